"""The evidence that a change is one of substance: what was stated, asked, forbidden or threatened before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from policybook.compare.binding import binds, find_modal_facts
from policybook.compare.hunk import Hunk
from policybook.compare.measure import Measure, measures_of
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import (
    AUTHORITY,
    DEFINING,
    EXCEPTIONS,
    NARROW_WORDS,
    NEGATIONS,
    OUTER_PARTIES,
    PEOPLE,
    SAME_PEOPLE,
    SANCTIONS,
    SCOPE_WORDS,
    WIDE_WORDS,
)
from policybook.domain.comparison import Direction, Edit, Fact, FactKind, Operation
from policybook.text.edit import word_edits
from policybook.text.spelling import fold
from policybook.text.word import normalise

TELLING_WORDS = 3
"""Meaning words added or dropped in one place before they count as text of their own."""
LONGEST_INSTEAD = 4
"""Words that can stand in the place of a time or an age ("reasonable hours")."""
_NOUNS: dict[FactKind, str] = {
    "age": "The age", "time": "The time", "duration": "The period", "date": "The date", "number": "The number",
}  # fmt: skip
_BARS = re.compile(r"\b(?:not|never|no|avoid|declin\w+|barred|forbidden|refuse)\b", re.I)
_EXCEPTION = re.compile(rf"\b(?:{'|'.join(EXCEPTIONS)})\b", re.I)
_PARTY = re.compile(rf"\b(?:{'|'.join(OUTER_PARTIES)})\b", re.I)
_SANCTION = re.compile(rf"\b(?:{'|'.join(sorted(SANCTIONS, key=len, reverse=True))})\b", re.I)


def find_facts(before: str, after: str, others: Sequence[Hunk]) -> Iterator[Fact]:
    """The facts of one changed clause; `others` are the places where the two differ by more than a name.

    Each place tells its tale once: an exception is not also told as text of its own, nor a new sentence also as a
    "not" within it.
    """
    yield from _measure_facts(before, after)
    for hunk in others:
        modals = tuple(find_modal_facts(before, after, (hunk,)))
        yield from modals
        yield from _hunk_facts(hunk, before, is_bound_otherwise=bool(modals))
    yield from _party_facts(before, after)
    yield from _sanction_facts(before, after)
    yield from _phrase_facts("authority", _authorities(before), _authorities(after), "cited")
    yield from _phrase_facts("definition", _definitions(before), _definitions(after), "said, to tell what a word means")


def _measure_facts(before: str, after: str) -> Iterator[Fact]:
    lefts, rights = measures_of(before), measures_of(after)
    if not lefts and not rights:
        return
    edits = word_edits(normalise(before), normalise(after)) if len(lefts) != len(rights) else ()
    for kind, noun in _NOUNS.items():
        gone = _minus([entry for entry in lefts if entry.kind == kind], rights)
        come = _minus([entry for entry in rights if entry.kind == kind], lefts)
        for index in range(max(len(gone), len(come))):
            old = gone[index].value if index < len(gone) else ""
            new = come[index].value if index < len(come) else ""
            old_said = old or _instead(edits, come[index].words, "insert")
            new_said = new or _instead(edits, gone[index].words, "delete")
            direction = _age_direction(before if old else after, old, new) if kind == "age" else "unclear"
            yield Fact(kind, old_said, new_said, _measure_why(noun, old_said, new_said, direction), direction)


def _measure_why(noun: str, old: str, new: str, direction: Direction) -> str:
    if old and new:
        return became(old, new, direction, noun)
    return went(f"{noun} “{old}” is", "stated", direction) if old else came(f"{noun} “{new}” is", "stated", direction)


def _minus(measures: list[Measure], others: Sequence[Measure]) -> list[Measure]:
    """Measures whose value the other side does not state as well, counted."""
    left = [measure.value for measure in others]
    kept = []
    for measure in measures:
        if measure.value in left:
            left.remove(measure.value)
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
    if not _BARS.search(text):
        return "unclear"
    if not new:
        return "weaker"
    if not old:
        return "stricter"
    ages = [int(value.split()[0]) + ("or under" in value) for value in (old, new)]
    return "stricter" if ages[1] > ages[0] else "weaker" if ages[1] < ages[0] else "unclear"


def _hunk_facts(hunk: Hunk, before: str, is_bound_otherwise: bool) -> Iterator[Fact]:
    excepts = _EXCEPTION.search(hunk.said_before) is not None, _EXCEPTION.search(hunk.said_after) is not None
    if excepts[0] or excepts[1]:
        yield _exception_fact(hunk, *excepts)
        return
    old, new = hunk.content_before, hunk.content_after
    if len(old) - len(new) >= TELLING_WORDS and len(new) <= len(old) // 3:
        yield _text_fact("dropped-text", hunk.said_before)
    elif len(new) - len(old) >= TELLING_WORDS and len(old) <= len(new) // 3:
        yield _text_fact("added-text", hunk.said_after)
    else:
        # One tale for one place: where whole sentences were replaced, "not", "only" and "staff" may all stand in it.
        negations = () if is_bound_otherwise else tuple(_negation_facts(hunk))
        yield from negations or tuple(_scope_facts(hunk, before)) or tuple(_people_facts(hunk))


def _exception_fact(hunk: Hunk, was_there: bool, is_there: bool) -> Fact:
    old, new = shortened(hunk.said_before), shortened(hunk.said_after)
    if was_there and is_there:
        return Fact("negation", old, new, became(old, new, "unclear", "The exception"))
    if is_there:
        return Fact("negation", old, new, f"A new exception: “{new}”: weaker.", "weaker")
    return Fact("negation", old, new, f"An exception is gone: “{old}”: stricter.", "stricter")


def _text_fact(kind: FactKind, words: str) -> Fact:
    direction: Direction = "unclear"
    if binds(words):
        direction = "stricter" if kind == "added-text" else "weaker"
    shown = shortened(words)
    if kind == "dropped-text":
        return Fact(kind, shown, "", went(f"“{shown}” is", "there", direction), direction)
    return Fact(kind, "", shown, came(f"“{shown}” is", "there", direction), direction)


def _negation_facts(hunk: Hunk) -> Iterator[Fact]:
    old, new = _words_of(hunk, NEGATIONS)
    if bool(old) == bool(new):
        return  # "never" for "not" is told as how far it binds
    shown_old, shown_new = _in_place(hunk)
    tale = "it says what is not so" if new else "it said what is not so"
    said = f"“{shown_new}” is new" if new else f"“{shown_old}” is gone"
    both = f"“{shown_old}” became “{shown_new}”"
    why = f"{both if shown_old and shown_new else said}: {tale}."
    yield Fact("negation", shown_old, shown_new, why)


def _scope_facts(hunk: Hunk, before: str) -> Iterator[Fact]:
    old, new = _words_of(hunk, SCOPE_WORDS)
    if old == new or (old and new and (old <= WIDE_WORDS) and (new <= WIDE_WORDS)):
        return  # "each" for "every" reaches as far
    direction: Direction = "unclear"
    if old & WIDE_WORDS and new & NARROW_WORDS and binds(before):
        direction = "weaker"
    elif old & NARROW_WORDS and new & WIDE_WORDS and binds(before):
        direction = "stricter"
    shown_old, shown_new = _in_place(hunk)
    why = became(shown_old, shown_new, direction, "How far it reaches")
    if not shown_old or not shown_new:
        said = f"“{shown_old}” is gone, which set" if shown_old else f"“{shown_new}” is new, which sets"
        why = f"{said} how far this reaches."
    yield Fact("scope", shown_old, shown_new, why, direction)


def _people_facts(hunk: Hunk) -> Iterator[Fact]:
    """Other people than before stand in one place, and nothing else changed there."""
    old, new = _people(hunk.content_before), _people(hunk.content_after)
    content = {*hunk.content_before, *hunk.content_after}
    if old == new or not content <= PEOPLE | SCOPE_WORDS:
        return
    following = hunk.context[1] if fold(hunk.context[1]) in PEOPLE else ""
    if following and not _people((*hunk.content_before, following)) ^ _people((*hunk.content_after, following)):
        return  # "staff members" and "members" are the same people
    before, after = _in_place(hunk) if following else (hunk.said_before, hunk.said_after)
    before, after = (said if content else "" for said, content in ((before, old), (after, new))) if not following else (
        before, after,
    )  # fmt: skip
    if before and after:
        yield Fact("who", before, after, became(before, after, "unclear", "Who is bound or meant"))
    else:
        why = went(f"“{before}” are", "named", "unclear") if before else came(f"“{after}” are", "named", "unclear")
        yield Fact("who", before, after, why)


def _people(words: Sequence[str]) -> set[str]:
    """The groups named, one word for each: `employees` and `colleagues` are staff, `members` alone are no group."""
    return {SAME_PEOPLE.get(fold(word), fold(word)) for word in words if fold(word) in PEOPLE} - {""}


def _words_of(hunk: Hunk, words: frozenset[str]) -> tuple[set[str], set[str]]:
    old, new = ({fold(word) for word in side} & words for side in (hunk.before, hunk.after))
    return old - new, new - old


def _in_place(hunk: Hunk) -> tuple[str, str]:
    """What both sides say there; with the next word where one side says nothing, so that a reader sees the place."""
    if hunk.said_before and hunk.said_after:
        return shortened(hunk.said_before), shortened(hunk.said_after)
    tail = hunk.context[1]
    joined = [f"{said} {tail}".strip() if said and tail else said for said in (hunk.said_before, hunk.said_after)]
    before, after = (said or (tail if fold(tail) in PEOPLE else "") for said in joined)
    return shortened(before), shortened(after)


def _party_facts(before: str, after: str) -> Iterator[Fact]:
    """A body beside the school (a council) is named less or more often than before."""
    sides = [[match[0].casefold() for match in _PARTY.finditer(text)] for text in (before, after)]
    for party in sorted({*sides[0], *sides[1]}):
        old, new = (side.count(party) for side in sides)
        if old != new:
            name = party.title()
            less = "named less often here than before" if new else "no longer named here"
            more = "named more often here than before" if old else "now named here"
            yield Fact("who", name if old else "", name if new else "", f"The {name} is {less if old > new else more}.")
            return


def _sanction_facts(before: str, after: str) -> Iterator[Fact]:
    old, new = _sanctions(before) - _sanctions(after), _sanctions(after) - _sanctions(before)
    if not old and not new:
        return
    direction: Direction = "unclear" if old and new else "weaker" if old else "stricter"
    old_said, new_said = ", ".join(sorted(old)), ", ".join(sorted(new))
    why = became(old_said, new_said, direction, "What may follow a breach")
    if not old or not new:
        told = "is no longer named as what may follow" if old else "is named now as what may follow"
        why = f"“{old_said or new_said}” {told}: {direction}."
    yield Fact("sanction", old_said, new_said, why, direction)


def _phrase_facts(kind: FactKind, before: frozenset[str], after: frozenset[str], said: str) -> Iterator[Fact]:
    old, new = ", ".join(sorted(before - after)), ", ".join(sorted(after - before))
    if old and new:
        noun = "The authority cited" if kind == "authority" else "How a word is defined"
        yield Fact(kind, old, new, became(old, new, "unclear", noun))
    elif old:
        yield Fact(kind, old, "", went(f"“{old}” is", said, "unclear"))
    elif new:
        yield Fact(kind, "", new, came(f"“{new}” is", said, "unclear"))


def _cached(find: Callable[[str], frozenset[str]]) -> Callable[[str], frozenset[str]]:
    return lru_cache(maxsize=4_096)(find)


@_cached
def _sanctions(text: str) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in _SANCTION.finditer(text))


@_cached
def _authorities(text: str) -> frozenset[str]:
    return frozenset(match[0].removeprefix("The ").strip() for match in AUTHORITY.finditer(text))


@_cached
def _definitions(text: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in DEFINING.finditer(text))
