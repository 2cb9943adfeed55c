"""The evidence that a change is one of substance: what was stated, asked, forbidden or threatened before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from policybook.compare.binding import binds, binds_alike, find_modal_facts
from policybook.compare.condition import find_condition_facts
from policybook.compare.cue import Cue, cue_of
from policybook.compare.hunk import Hunk
from policybook.compare.measure import ANY_MEASURE, Measure, may_state_measure, measures_of
from policybook.compare.people import PARTY, exchanges_bodies, find_party_facts, find_people_facts, names_only_people
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import (
    AUTHORITY,
    DEFINING,
    NARROW_WORDS,
    NEGATIONS,
    PEOPLE,
    SANCTIONS,
    SCOPE_WORDS,
    SEVERITY,
    WIDE_WORDS,
)
from policybook.domain.comparison import Direction, Edit, Fact, FactKind, Operation
from policybook.text.edit import word_edits
from policybook.text.spelling import fold
from policybook.text.word import normalise, words_of

MOST_BESIDE = 3
"""Other words replaced beside "all" or "only" before it is a phrase of its own."""
TELLING_WORDS = 3
"""Meaning words added or dropped in one place before they count as text of their own."""
LONGEST_INSTEAD = 4
"""Words that can stand in the place of a time or an age ("reasonable hours")."""
_NOUNS: dict[FactKind, str] = {
    "age": "The age", "time": "The time", "duration": "The period", "date": "The date", "number": "The number",
}  # fmt: skip
_DEADLINE = re.compile(
    r"\b(?:within|in|no later than|not later than) (?:the (?:next|following) )?"
    r"(?:\d|[a-z]+[- ](?:\w+ )?(?:day|hour|week|month)s?)",
    re.I,
)
_PERIOD = re.compile(r"(\d+) (working |school )?(\w+?)s?")
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8_760}
_DEFINES = re.compile(
    r"\W*(?:(?:the|a|an|in this policy,?) )?\W?(?P<term>[\w-]+(?: [\w-]+){0,3}?)\W{0,2} "
    r"(?:means?|(?:is|are) defined as|refers? to|includes?|(?:is|are) taken to mean)\b",
    re.I,
)
"""The beginning of a text that tells what a word means."""
_BARS = re.compile(r"\b(?:not|never|no|avoid|declin\w+|barred|forbidden|refuse)\b", re.I)
_SANCTION = cue_of(
    "misconduct,disciplinary,dismiss,prosecut,criminal,suspen,exclu,warning,referr,ban,police,sanction",
    tuple(sorted(SANCTIONS, key=len, reverse=True)),
)
_MAY_CITE = re.compile(
    r"\d|\b(?:Acts?|Regulations|Order|Directive|GDPR|LADO|KCS|Keeping|DfE|ICO|Ofsted|Teachers|Teaching|Working|Prevent|DBS"
    r"|Disclosure|guidelines|statutory|unions?)"
)
_DEFINITION = Cue(("defined", "taken", "means", "refers"), DEFINING)
About = Literal["measure", "party", "sanction", "authority", "definition"]


def cues_of(hunk: Hunk) -> frozenset[About]:
    """What a place may be about, by the words there and right beside it; of nothing else are facts looked for."""
    around = hunk.around
    found: set[About] = set()
    if may_state_measure(around) and ANY_MEASURE.search(around):
        found.add("measure")
    if PARTY.search(around) and not exchanges_bodies(hunk):
        found.add("party")
    if _SANCTION.search(around):
        found.add("sanction")
    if _MAY_CITE.search(around):
        found.add("authority")
    if _DEFINITION.search(around):
        found.add("definition")
    return frozenset(found)


def find_facts(before: str, after: str, others: Sequence[Hunk], cues: frozenset[About]) -> Iterator[Fact]:
    """The facts of one changed clause; `others` are the places where the two differ by more than a name.

    The whole texts are searched only for what `cues` name (see `cues_of`): nothing else can have changed. Each place
    tells its tale once: an exception is not also told as text of its own, nor a new sentence also as a "not" within it.
    """
    if "measure" in cues:
        yield from _measure_facts(before, after)
    for hunk in _settled(others):
        modals = tuple(find_modal_facts((hunk,)))
        yield from modals
        yield from _hunk_facts(hunk, before, after, is_bound_otherwise=bool(modals) or binds_alike(hunk))
    if "party" in cues:
        yield from find_party_facts(before, after)
    if "sanction" in cues:
        yield from _sanction_facts(before, after)
    if "authority" in cues:
        yield from _phrase_facts("authority", _authorities(before), _authorities(after), "cited")
    if "definition" in cues:
        said = "said, to tell what a word means"
        yield from _phrase_facts("definition", _definitions(before), _definitions(after), said)


def _settled(hunks: Sequence[Hunk]) -> Iterator[Hunk]:
    """The places without the words that only stand elsewhere in the clause now; none that holds nothing else."""
    if len(hunks) < 2:
        yield from hunks
        return
    for hunk in hunks:
        others = [other for other in hunks if other is not hunk]
        old = _not_among(hunk.content_before, [other.content_after for other in others])
        new = _not_among(hunk.content_after, [other.content_before for other in others])
        if (old, new) == (hunk.content_before, hunk.content_after):
            yield hunk
        elif old or new:
            yield replace(hunk, content_before=old, content_after=new)


def _not_among(words: tuple[str, ...], elsewhere: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Where a "not" stands makes a difference, so that negations count unless a whole phrase moved."""
    if len(words) >= TELLING_WORDS and any(set(words) <= set(other) for other in elsewhere):
        return ()
    others = set().union(*elsewhere)
    return tuple(word for word in words if word in NEGATIONS or word not in others)


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
            direction = _direction_of(kind, before if old else after, old, new)
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


def _direction_of(kind: FactKind, text: str, old: str, new: str) -> Direction:
    if kind == "age":
        return age_direction(text, old, new)
    if kind == "duration" and old and new and old.split()[1:] and binds(text):
        return _deadline_direction(text, old, new)
    return "unclear"


def _deadline_direction(text: str, old: str, new: str) -> Direction:
    """A duty that must be done within a period binds harder the shorter the period is."""
    if not _DEADLINE.search(text):
        return "unclear"
    periods = [_PERIOD.fullmatch(value) for value in (old, new)]
    lengths = [int(period[1]) * _HOURS.get(period[3], 0) for period in periods if period]
    if len(lengths) < 2 or not all(lengths) or lengths[0] == lengths[1] or _sort_of_day(old) != _sort_of_day(new):
        return "unclear"
    return "weaker" if lengths[1] > lengths[0] else "stricter"


def _sort_of_day(period: str) -> tuple[bool, bool]:
    """Calendar days and working days are not held against each other, nor days against weeks."""
    return "day" in period, "working" in period


def age_direction(text: str, old: str, new: str) -> Direction:
    """A ban until an age binds longer the higher the age is."""
    if not _BARS.search(text):
        return "unclear"
    if not new:
        return "weaker"
    if not old:
        return "stricter"
    ages = [int(value.split()[0]) + ("or under" in value) for value in (old, new)]
    return "stricter" if ages[1] > ages[0] else "weaker" if ages[1] < ages[0] else "unclear"


def _hunk_facts(hunk: Hunk, before: str, after: str, is_bound_otherwise: bool) -> Iterator[Fact]:
    if conditions := tuple(find_condition_facts(hunk, before, after)):
        yield from conditions
        return
    old, new = hunk.content_before, hunk.content_after
    if names_only_people(hunk) and (people := tuple(find_people_facts(hunk))):
        yield from people
    elif len(old) - len(new) >= TELLING_WORDS and len(new) <= len(old) // 3:
        yield _text_fact("dropped-text", hunk.said_before)
    elif len(new) - len(old) >= TELLING_WORDS and len(old) <= len(new) // 3:
        yield _text_fact("added-text", hunk.said_after)
    elif hunk.is_listed:
        yield _text_fact("added-text" if new else "dropped-text", hunk.said_after if new else hunk.said_before)
    else:
        # One tale for one place: where whole sentences were replaced, "not", "only" and "staff" may all stand in it.
        negations = () if is_bound_otherwise else tuple(_negation_facts(hunk))
        yield from (
            negations
            or tuple(_scope_facts(hunk, before, after))
            or tuple(find_people_facts(hunk))
            or tuple(_meaning_facts(hunk, before, after))
        )


def _meaning_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """A definition that takes in more or less than before."""
    match = _DEFINES.match(before)
    if match and _DEFINES.match(after) and bool(hunk.before) != bool(hunk.after):
        old, new = shortened(hunk.said_before), shortened(hunk.said_after)
        said = f"“{new}” is new" if new else f"“{old}” is gone"
        yield Fact("definition", old, new, f"{said} in what “{match['term']}” means.")


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
    if {"without", "delay"} <= {*hunk.before, *hunk.after}:
        return  # "without delay" is a period
    if bool(old) == bool(new):
        return  # "never" for "not" is told as how far it binds
    shown_old, shown_new = _in_place(hunk)
    tale = "it says what is not so" if new else "it said what is not so"
    said = f"“{shown_new}” is new" if new else f"“{shown_old}” is gone"
    both = f"“{shown_old}” became “{shown_new}”"
    why = f"{both if shown_old and shown_new else said}: {tale}."
    yield Fact("negation", shown_old, shown_new, why)


def _scope_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    old, new = _words_of(hunk, SCOPE_WORDS)
    if old == new or (old and new and (old <= WIDE_WORDS) and (new <= WIDE_WORDS)):
        return  # "each" for "every" reaches as far
    if old | new <= WIDE_WORDS and _wide_words(before) == _wide_words(after):
        return  # it only stands elsewhere: "at all times", "always"
    if old | new <= WIDE_WORDS and len({*hunk.content_before, *hunk.content_after} - SCOPE_WORDS) > MOST_BESIDE:
        return  # "when all else fails" for "as a last resort"
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


def _sanction_facts(before: str, after: str) -> Iterator[Fact]:
    old, new = _sanctions(before) - _sanctions(after), _sanctions(after) - _sanctions(before)
    if not old and not new:
        return
    direction: Direction = _severity_direction(old, new) if old and new else "weaker" if old else "stricter"
    old_said, new_said = ", ".join(sorted(old)), ", ".join(sorted(new))
    why = became(old_said, new_said, direction, "What may follow a breach")
    if not old or not new:
        told = "is no longer named as what may follow" if old else "is named now as what may follow"
        why = f"“{old_said or new_said}” {told}: {direction}."
    yield Fact("sanction", old_said, new_said, why, direction)


def _severity_direction(old: frozenset[str], new: frozenset[str]) -> Direction:
    """Of two sanctions of an employer the harder one is stricter."""
    if not (old | new) <= SEVERITY.keys():
        return "unclear"
    hardest = [max(SEVERITY[name] for name in side) for side in (old, new)]
    return "unclear" if hardest[0] == hardest[1] else "stricter" if hardest[1] > hardest[0] else "weaker"


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


@lru_cache(maxsize=4_096)
def _wide_words(text: str) -> int:
    return sum(fold(word) in WIDE_WORDS for word in words_of(text))


@_cached
def _sanctions(text: str) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in _SANCTION.pattern.finditer(text))


@_cached
def _authorities(text: str) -> frozenset[str]:
    return frozenset(match[0].removeprefix("The ").strip() for match in AUTHORITY.finditer(text))


@_cached
def _definitions(text: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in DEFINING.finditer(text))
