"""How well an alignment and its judgements agree with a truth that is known."""

from __future__ import annotations

from dataclasses import dataclass

from bench.synthetic import Adoption
from policybook.domain.comparison import Comparison


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1; `moves` and `splits` are the shares of moved, and of split, joined or broken pairs found."""

    f1: float
    moves: float
    splits: float
    substance_recall: float
    substance_precision: float


def score(adoption: Adoption, comparison: Comparison) -> Score:
    """How well one comparison agrees with the truth of a synthetic adoption."""
    told = told_pairs(comparison)
    substance = {pair for pair, change in told.items() if change == "substantive"}
    # A row of several clauses is substantive if one of them is: what was done beside counts neither way.
    wanted = adoption.pairs_done("substance")
    judged = {pair for pair in substance & adoption.pairs if not _is_cut(adoption, pair)}
    moved = adoption.pairs_done("move") | adoption.pairs_done("part")
    cut = {pair for pair in adoption.pairs if _is_cut(adoption, pair)}
    return Score(
        f1_of(set(told), adoption.pairs),
        _share(moved & told.keys(), moved),
        _share(cut & told.keys(), cut),
        _share(wanted & substance, wanted),
        _share(wanted & judged, judged),
    )


def told_pairs(comparison: Comparison) -> dict[tuple[int, int], str]:
    """The pairs of indices that a comparison tells, each with its kind of change."""
    lefts = {id(reading): index for index, reading in enumerate(comparison.left.readings)}
    rights = {id(reading): index for index, reading in enumerate(comparison.right.readings)}
    return {
        (lefts[id(left)], rights[id(right)]): row.change
        for row in comparison.rows
        for left in row.left
        for right in row.right
    }


def f1_of(told: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> float:
    """The harmonic mean of how many told pairs are right and how many right pairs are told."""
    return 2 * len(told & wanted) / (len(told) + len(wanted)) if told or wanted else 1.0


def _is_cut(adoption: Adoption, pair: tuple[int, int]) -> bool:
    return bool(adoption.pieces[pair[1]].done & {"split", "join", "break"})


def _share(part: set[tuple[int, int]], whole: set[tuple[int, int]]) -> float:
    return len(part) / len(whole) if whole else 1.0
