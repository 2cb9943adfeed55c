"""What kind of change a pair of clauses is: same, value, editorial, reworded, substantive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.fact import find_facts
from policybook.compare.hunk import Hunk
from policybook.compare.measure import measures_of
from policybook.compare.substitution import NameTable
from policybook.compare.vocabulary import FUNCTION_WORDS, NEGATIONS, SCOPE_WORDS
from policybook.domain.comparison import ChangeKind, Fact
from policybook.text.word import normalise, words_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a change and its evidence."""

    change: ChangeKind
    facts: tuple[Fact, ...] = ()


def judge(before: str, after: str, hunks: Sequence[Hunk], table: NameTable) -> Judgement:
    """The kind of change between two texts whose hunks are given, names and habits of the documents left out.

    A change is substantive if there is at least one fact; reworded if other words stand there and no fact was found.
    """
    if before == after or normalise(before) == normalise(after):
        return Judgement("same")
    others = [hunk for hunk in hunks if not table.is_name(hunk) and not table.is_habit(hunk)]
    telling = [hunk for hunk in others if not _is_slip(hunk) and not _is_same_measure(hunk)]
    facts = _facts(table.mask(before), table.mask(after), tuple(telling))
    if facts:
        return Judgement("substantive", facts)
    if telling:
        return Judgement("reworded")
    return Judgement("value" if len(others) < len(hunks) else "editorial")


@lru_cache(maxsize=4_096)
def _facts(before: str, after: str, telling: tuple[Hunk, ...]) -> tuple[Fact, ...]:
    """Each fact once; kept, because many schools make the same change of the same clause."""
    return tuple(dict.fromkeys(find_facts(before, after, telling)))


@lru_cache(maxsize=16_384)
def _is_slip(hunk: Hunk) -> bool:
    """Small words only ("to", "the"), none of which binds, denies or limits."""
    words = {word.casefold() for word in (*hunk.before, *hunk.after)}
    return words <= (FUNCTION_WORDS | {"&"}) - NEGATIONS - SCOPE_WORDS - {"to do"}


@lru_cache(maxsize=16_384)
def _is_same_measure(hunk: Hunk) -> bool:
    """One figure written in two ways, and nothing else: `8.00am` and `08:00`, `three` and `3`."""
    values = [[measure.value for measure in measures_of(said)] for said in (hunk.said_before, hunk.said_after)]
    return bool(values[0]) and values[0] == values[1] and not (_rest(hunk.said_before) or _rest(hunk.said_after))


def _rest(said: str) -> set[str]:
    for measure in measures_of(said):
        said = said.replace(measure.words, " ")
    return {word.casefold() for word in words_of(said)} - FUNCTION_WORDS
