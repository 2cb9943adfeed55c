"""What kind of change a pair of clauses is: same, value, editorial, reworded, substantive."""

from __future__ import annotations

from dataclasses import dataclass

from policybook.compare.fact import find_facts
from policybook.compare.hunk import Hunk
from policybook.compare.substitution import NameTable
from policybook.compare.vocabulary import FUNCTION_WORDS, NEGATIONS, SCOPE_WORDS
from policybook.domain.comparison import ChangeKind, Fact
from policybook.text.word import normalise


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a change and its evidence."""

    change: ChangeKind
    facts: tuple[Fact, ...] = ()


def judge(before: str, after: str, hunks: list[Hunk], table: NameTable) -> Judgement:
    """The kind of change between two texts whose hunks are given, names and habits of the documents left out.

    A change is substantive if there is at least one fact; reworded if other words stand there and no fact was found.
    """
    if normalise(before) == normalise(after):
        return Judgement("same")
    others = [hunk for hunk in hunks if not table.is_name(hunk) and not table.is_habit(hunk)]
    telling = [hunk for hunk in others if not _is_slip(hunk)]
    facts = tuple(dict.fromkeys(find_facts(table.mask(before), table.mask(after), telling)))
    if facts:
        return Judgement("substantive", facts)
    if telling:
        return Judgement("reworded")
    return Judgement("value" if len(others) < len(hunks) else "editorial")


def _is_slip(hunk: Hunk) -> bool:
    """Small words only ("to", "the"), none of which binds, denies or limits."""
    words = {word.casefold() for word in (*hunk.before, *hunk.after)}
    return words <= (FUNCTION_WORDS | {"&"}) - NEGATIONS - SCOPE_WORDS - {"to do"}
