"""The evidence that a change is one of substance: what was stated, asked, forbidden or threatened before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policybook.compare.hunk import Hunk, fold
from policybook.compare.measure import Measure, find_measures
from policybook.compare.vocabulary import (
    AUTHORITY,
    DEFINING,
    EXCEPTIONS,
    MODALS,
    NEGATIONS,
    OUTER_PARTIES,
    PEOPLE,
    SANCTIONS,
    SCOPE_WORDS,
)
from policybook.domain.comparison import Direction, Edit, Fact, FactKind, Operation
from policybook.text.edit import word_edits
from policybook.text.word import normalise

TELLING_WORDS = 3
"""Meaning words added or dropped in one place before they count as text of their own."""
LONGEST_INSTEAD = 4
"""Words that can stand in the place of a time or an age ("reasonable hours")."""
_MODAL = tuple((re.compile(rf"\b(?:{pattern})\b", re.I), strength, scale) for pattern, strength, scale in MODALS)
_NOUNS: dict[FactKind, str] = {
    "age": "The age", "time": "The time", "duration": "The period", "date": "The date", "number": "The number",
}  # fmt: skip


def find_facts(before: str, after: str, others: Sequence[Hunk]) -> Iterator[Fact]:
    """The facts of one changed clause; `others` are the places where the two differ by more than a name."""
    yield from _measure_facts(before, after)
    deleted, inserted = _joined(others, "before"), _joined(others, "after")
    yield from _modal_facts(before, after, others)
    yield from _word_facts("negation", deleted, inserted, NEGATIONS, others)
    yield from _word_facts("scope", deleted, inserted, SCOPE_WORDS, others)
    yield from _people_facts(others)
    yield from _party_facts(before, after)
    yield from _phrase_facts("sanction", before, after, _sanctions)
    yield from _phrase_facts("authority", before, after, _authorities)
    yield from _phrase_facts("definition", before, after, _definitions)
    yield from _text_facts(others)


def _measure_facts(before: str, after: str) -> Iterator[Fact]:
    lefts, rights = list(find_measures(before)), list(find_measures(after))
    edits = word_edits(normalise(before), normalise(after)) if len(lefts) != len(rights) else ()
    for kind, noun in _NOUNS.items():
        gone = _minus([m for m in lefts if m.kind == kind], rights)
        come = _minus([m for m in rights if m.kind == kind], lefts)
        for index in range(max(len(gone), len(come))):
            old = gone[index].value if index < len(gone) else ""
            new = come[index].value if index < len(come) else ""
            old_said = old or _instead(edits, come[index].words, "insert")
            new_said = new or _instead(edits, gone[index].words, "delete")
            direction = _age_direction(before if old else after, old, new) if kind == "age" else "unclear"
            why = _became(noun, old_said, new_said, direction)
            yield Fact(kind, old_said, new_said, why, direction)


def _minus(measures: list[Measure], others: list[Measure]) -> list[Measure]:
    """Measures whose value the other side does not state as well, counted."""
    left = Counter(measure.value for measure in others)
    kept = []
    for measure in measures:
        if left[measure.value]:
            left[measure.value] -= 1
        else:
            kept.append(measure)
    return kept


def _instead(edits: Sequence[Edit], words: str, operation: Operation) -> str:
    """What the other side says in the very place of a measure, if that is short ("reasonable hours")."""
    for index, (own, text) in enumerate(edits):
        if own == operation and words in text:
            near = (*edits, ("keep", ""))[index + 1] if operation == "delete" else edits[index - 1]
            is_other = near[0] not in ("keep", operation)
            return near[1].strip() if is_other and len(near[1].split()) <= LONGEST_INSTEAD else ""
    return ""


def _age_direction(text: str, old: str, new: str) -> Direction:
    """A ban until an age binds longer the higher the age is."""
    if not re.search(r"\b(?:not|never|no|avoid|declin\w+|barred|forbidden|refuse)\b", text, re.I):
        return "unclear"
    if not new:
        return "weaker"
    if not old:
        return "stricter"
    ages = [int(value.split()[0]) + ("or under" in value) for value in (old, new)]
    return "stricter" if ages[1] > ages[0] else "weaker" if ages[1] < ages[0] else "unclear"


def _modal_facts(before: str, after: str, hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """The strongest binding words of the places that changed, on one scale; only where both sides have some."""
    for hunk in hunks:
        old, new = _modals_near(hunk, before, "before"), _modals_near(hunk, after, "after")
        if not old or not new or {word for word, *_ in old} == {word for word, *_ in new}:
            continue
        (old_word, old_strength, old_scale), (new_word, new_strength, new_scale) = (
            max(old, key=_strength),
            max(new, key=_strength),
        )
        if old_word == new_word:
            continue
        direction: Direction = "unclear"
        if old_scale == new_scale and old_scale != "permission":
            direction = (
                "stricter" if new_strength > old_strength else "weaker" if new_strength < old_strength else "unclear"
            )
        elif {old_scale, new_scale} == {"permission", "prohibition"}:
            direction = "stricter" if new_scale == "prohibition" else "weaker"
        yield Fact("modal", old_word, new_word, _became("How far it binds", old_word, new_word, direction), direction)


def _modals_near(hunk: Hunk, text: str, side: str) -> list[tuple[str, int, str]]:
    words = hunk.before if side == "before" else hunk.after
    phrase = " ".join(words)
    # "must" kept and "not" inserted: the binding words are read together with the word before the change.
    widened = f"{hunk.context[0]} {phrase} {hunk.context[1]}".strip()
    found: list[tuple[str, int, str]] = []
    rest = widened if re.search(rf"{re.escape(widened)}", text, re.I) else phrase
    for pattern, strength, scale in _MODAL:
        found += [(match[0].lower(), strength, scale) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found


def _strength(modal: tuple[str, int, str]) -> tuple[int, int]:
    return modal[1], len(modal[0])


def _word_facts(
    kind: FactKind, deleted: list[str], inserted: list[str], words: frozenset[str], hunks: Sequence[Hunk]
) -> Iterator[Fact]:
    gone = Counter(word for word in deleted if word in words)
    come = Counter(word for word in inserted if word in words)
    old, new = " ".join((gone - come).elements()), " ".join((come - gone).elements())
    if not old and not new:
        return
    shown_old, shown_new = _surroundings(hunks, old.split(), "before"), _surroundings(hunks, new.split(), "after")
    noun = "A limit or its reach" if kind == "scope" else "A negation or an exception"
    yield Fact(kind, shown_old, shown_new, _became(noun, shown_old, shown_new, "unclear"))


def _surroundings(hunks: Sequence[Hunk], words: list[str], side: str) -> str:
    for hunk in hunks:
        own, said = (hunk.before, hunk.said_before) if side == "before" else (hunk.after, hunk.said_after)
        if words and words[0] in {fold(word) for word in own}:
            return _shortened(said, 90)
    return " ".join(words)


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"


def _people_facts(hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """Other people than before stand in one place, and nothing else changed there."""
    for hunk in hunks:
        old, new = set(hunk.content_before) & PEOPLE, set(hunk.content_after) & PEOPLE
        only_people = set(hunk.content_before) | set(hunk.content_after) <= PEOPLE | SCOPE_WORDS
        if old != new and only_people:
            before = hunk.said_before if hunk.content_before else ""
            after = hunk.said_after if hunk.content_after else ""
            yield Fact("who", before, after, _became("Who is bound or meant", before, after, "unclear"))


def _party_facts(before: str, after: str) -> Iterator[Fact]:
    """A body beside the school (a council) is named less or more often than before."""
    for party in OUTER_PARTIES:
        old, new = (len(re.findall(rf"\b{party}\b", text, re.I)) for text in (before, after))
        if old != new:
            name = party.title()
            less = "named less often here than before" if new else "no longer named here"
            more = "named more often here than before" if old else "now named here"
            yield Fact("who", name if old else "", name if new else "", f"The {name} is {less if old > new else more}.")
            return


def _phrase_facts(kind: FactKind, before: str, after: str, find: object) -> Iterator[Fact]:
    assert callable(find)  # noqa: S101 - narrows the type
    old, new = find(before) - find(after), find(after) - find(before)
    if not old and not new:
        return
    old_said, new_said = ", ".join(sorted(old)), ", ".join(sorted(new))
    noun = {"sanction": "What follows a breach", "authority": "The authority cited"}.get(kind, "A definition")
    direction: Direction = "unclear"
    if kind == "sanction":
        direction = "weaker" if old and not new else "stricter" if new and not old else "unclear"
    yield Fact(kind, old_said, new_said, _became(noun, old_said, new_said, direction), direction)


def _sanctions(text: str) -> set[str]:
    found = [phrase for phrase in SANCTIONS if re.search(rf"\b{phrase}\b", text, re.I)]
    return {phrase for phrase in found if not any(phrase != other and phrase in other for other in found)}


def _authorities(text: str) -> set[str]:
    return {re.sub(r"^The ", "", match[0]).strip() for match in AUTHORITY.finditer(text)}


def _definitions(text: str) -> set[str]:
    return {match[0].lower() for match in DEFINING.finditer(text)}


def _text_facts(hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """Text of its own that only one side has; words that merely put it otherwise are none."""
    for hunk in hunks:
        old, new = hunk.content_before, hunk.content_after
        if len(old) - len(new) >= TELLING_WORDS and len(new) <= len(old) // 3:
            yield _text_fact("dropped-text", hunk.said_before)
        elif len(new) - len(old) >= TELLING_WORDS and len(old) <= len(new) // 3:
            yield _text_fact("added-text", hunk.said_after)


def _text_fact(kind: FactKind, words: str) -> Fact:
    binds = any(pattern.search(words) and scale != "permission" for pattern, _, scale in _MODAL)
    loosens = any(re.search(rf"\b{phrase}\b", words, re.I) for phrase in EXCEPTIONS)
    direction: Direction = "unclear"
    if binds != loosens:
        direction = "stricter" if binds == (kind == "added-text") else "weaker"
    tail = f": {direction}." if direction != "unclear" else "."
    shown = _shortened(words, 160)
    if kind == "dropped-text":
        return Fact(kind, shown, "", f"No longer there: “{shown}”{tail}", direction)
    return Fact(kind, "", shown, f"New: “{shown}”{tail}", direction)


def _became(noun: str, old: str, new: str, direction: Direction) -> str:
    tail = f": {direction}." if direction != "unclear" else "."
    if old and new:
        return f"{noun}: “{old}” became “{new}”{tail}"
    return f"{noun}: “{old}” is no longer stated{tail}" if old else f"{noun}: “{new}” is stated now{tail}"


def _joined(hunks: Sequence[Hunk], side: str) -> list[str]:
    return [fold(word) for hunk in hunks for word in (hunk.before if side == "before" else hunk.after)]
