"""The ages, times, periods, dates and numbers that a clause states, and what it says of them, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policybook.compare.binding import binds
from policybook.compare.limit import find_limit_facts
from policybook.compare.measure import Measure, measures_of
from policybook.compare.telling import became, came, went
from policybook.domain.comparison import Direction, Edit, Fact, FactKind, Operation
from policybook.text.edit import word_edits
from policybook.text.word import normalise

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
_PERIOD = re.compile(r"([\d.]+) (working |school )?(\w+?)s?")
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8_760}
_SOON = ("at once", "as soon as possible")
_PROMPT = re.compile(r"\b(?:promptly|quickly|speedily|urgently)\b", re.I)
"""What says in other words that something is done soon."""
_BARS = re.compile(r"\b(?:not|never|no|avoid|declin\w+|barred|forbidden|refuse)\b", re.I)


def find_figure_facts(before: str, after: str) -> Iterator[Fact]:
    """Each figure that is stated on one side only, beside what the other side says there, and each limit."""
    found = tuple(_measure_facts(before, after))
    yield from found
    if not any(fact.kind == "age" for fact in found):
        yield from find_limit_facts(before, after)


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
            if (old or new) in _SOON and not (old and new) and _PROMPT.search(after if old else before):
                continue
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
    lengths = [float(period[1]) * _HOURS.get(period[3], 0) for period in periods if period]
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
