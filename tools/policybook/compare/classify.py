"""What kind of change a pair of clauses is: same, value, editorial, reworded, substantive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.contrast import exchanges_joiners
from policybook.compare.difference import Difference
from policybook.compare.fact import About, cues_of, find_facts
from policybook.compare.hunk import Hunk
from policybook.compare.measure import measures_of
from policybook.compare.substitution import NameTable, Sort, without_names
from policybook.compare.vocabulary import FUNCTION_WORDS, NEGATIONS, SCOPE_WORDS
from policybook.domain.comparison import ChangeKind, Fact
from policybook.text.spelling import fold
from policybook.text.word import words_of

LONGEST_SEARCHED = 100_000
"""Characters of two clauses together; of longer ones only the places that differ are searched for facts."""
_SLIPS = (FUNCTION_WORDS | {"&"}) - NEGATIONS - SCOPE_WORDS


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of a change and its evidence."""

    change: ChangeKind
    facts: tuple[Fact, ...] = ()


_SAME = Judgement("same")


def judge(difference: Difference, table: NameTable) -> tuple[Judgement, tuple[Sort, ...]]:
    """The kind of change between two texts, and of which sort each of its places is by the name table.

    What only names and habits of the documents change is left out. A change is substantive if there is at least one
    fact; reworded if other words stand there and no fact was found.
    """
    if difference.is_layout:
        return _SAME, ()
    sorts = tuple([table.sort_of(hunk) for hunk in difference.hunks])
    return _judged(difference, sorts, table.names_in(difference)), sorts


@lru_cache(maxsize=4_096)
def _judged(difference: Difference, sorts: tuple[Sort, ...], names: tuple[str, ...]) -> Judgement:
    """Kept, because many schools make the same change of the same clause."""
    places = [(hunk, cues_of(hunk)) for hunk in difference.hunks]
    others = [
        place
        for place, sort in zip(places, sorts, strict=True)
        if not (sort or place[0].is_detail) or exchanges_joiners(place[0])
    ]
    telling = [
        hunk for hunk, cues in others if not _is_slip(hunk) and not ("measure" in cues and _is_same_measure(hunk))
    ]
    wanted = frozenset[About]().union(*(cues for _, cues in others))
    if any("party" in cues for _, cues in places):  # a council is told of even where its name is only replaced
        wanted |= {"party"}
    if telling and "measure" in wanted and _with_values(difference.before) == _with_values(difference.after):
        telling = []  # "1 April 2025" for "April 1, 2025"
    if telling or wanted:
        before, after = _searched(difference)
        found = find_facts(without_names(before, names), without_names(after, names), telling, wanted)
        facts = tuple(dict.fromkeys(found))
        if facts or telling:
            return Judgement("substantive" if facts else "reworded", facts)
    return Judgement("value" if len(others) < len(places) else "editorial")


def _searched(difference: Difference) -> tuple[str, str]:
    """Both texts; of very long ones only the places that differ."""
    if len(difference.before) + len(difference.after) <= LONGEST_SEARCHED:
        return difference.before, difference.after
    sides = [hunk.sides for hunk in difference.hunks]
    return " … ".join(before for before, _ in sides), " … ".join(after for _, after in sides)


def _is_slip(hunk: Hunk) -> bool:
    """Small words only ("to", "the"), none of which binds, denies or limits, or an abbreviation explained."""
    return hunk.is_gloss or (
        all(word.casefold() in _SLIPS for word in (*hunk.before, *hunk.after)) and not exchanges_joiners(hunk)
    )


def _is_same_measure(hunk: Hunk) -> bool:
    """One figure written in two ways, and nothing else: `8.00am` and `08:00`, `three` and `3`."""
    values = [[measure.value for measure in measures_of(said)] for said in hunk.sides]
    return bool(values[0]) and values[0] == values[1] and _rest(hunk.sides[0]) == _rest(hunk.sides[1])


def _with_values(text: str) -> list[str]:
    """The words of a text with each figure in one way of writing."""
    for measure in measures_of(text):
        text = text.replace(measure.words, measure.value, 1)
    return [fold(word) for word in words_of(text)]


def _rest(said: str) -> set[str]:
    for measure in measures_of(said):
        said = said.replace(measure.words, " ")
    return {word.casefold() for word in words_of(said)} - FUNCTION_WORDS
