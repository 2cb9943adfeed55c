"""The order of a redline: that of the later text, with what was taken out where it stood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policybook.domain.comparison import Edit


@dataclass(frozen=True, slots=True)
class Match:
    """Places in the earlier (`old`) and the later list (`new`) that answer each other, and the edits between them."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What stands next in the redline: kept places of both lists, or of one alone; a move has its number twice."""

    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    move: int = 0
    other: int = -1
    """The place in the other list of what moved."""


def order(matches: Iterable[Match], olds: int, news: int) -> Iterator[Step]:
    """Every place of both lists (of these lengths) in exactly one step, or two where it moved.

    The steps with old places are in the order of the earlier list, those with new ones in the order of the later. The
    greatest number of matches that keep their order on both sides stays in place; of the others, those of one place
    with one place are moves.
    """
    paired = sorted((_tidied(match) for match in matches if match.old and match.new), key=lambda match: match.old)
    chain = _longest_chain(paired)
    kept = {match.old for match in chain}
    moves = [match for match in paired if match.old not in kept and len(match.old) == len(match.new) == 1]
    gone = {match.old[0]: (number, match) for number, match in enumerate(moves, 1)}
    come = {match.new[0]: (number, match) for number, match in enumerate(moves, 1)}
    at_old = at_new = 0
    for match in [*chain, Match((olds,), (news,))]:
        yield from (_old_step(place, gone) for place in range(at_old, match.old[0]))
        yield from (_new_step(place, come) for place in range(at_new, match.new[0]))
        if match.old[0] < olds:  # not the end of both
            yield Step(match.old, match.new, match.edits)
        at_old, at_new = match.old[-1] + 1, match.new[-1] + 1


def _old_step(place: int, gone: dict[int, tuple[int, Match]]) -> Step:
    if place not in gone:
        return Step(old=(place,))
    number, match = gone[place]
    return Step(old=(place,), edits=match.edits, move=number, other=match.new[0])


def _new_step(place: int, come: dict[int, tuple[int, Match]]) -> Step:
    if place not in come:
        return Step(new=(place,))
    number, match = come[place]
    return Step(new=(place,), edits=match.edits, move=number, other=match.old[0])


def _tidied(match: Match) -> Match:
    """A split or join of neighbours as it is; of one that other clauses interrupt, only its first places."""
    if _is_unbroken(match.old) and _is_unbroken(match.new):
        return match
    return Match(match.old[:1], match.new[:1])


def _is_unbroken(places: Sequence[int]) -> bool:
    return all(place == places[0] + step for step, place in enumerate(places))


def _longest_chain(matches: Sequence[Match]) -> list[Match]:
    """The longest run of matches, sorted by their old places, whose new places rise too (patience sorting)."""
    tops: list[int] = []
    top_match: list[int] = []
    before: list[int] = []
    for index, match in enumerate(matches):
        pile = bisect_left(tops, match.new[0])
        before.append(top_match[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [match.new[0]]
        top_match[pile : pile + 1] = [index]
    chain: list[Match] = []
    index = top_match[-1] if top_match else -1
    while index >= 0:
        chain.append(matches[index])
        index = before[index]
    return chain[::-1]
