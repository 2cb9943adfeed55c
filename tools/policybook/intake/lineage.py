"""Ids for the clauses of a newer edition: those that are still there keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policybook.domain.comparison import Pair
from policybook.domain.draft import LineageChange, LineageKind
from policybook.text.align import Passage, align
from policybook.text.word import comparable_words


@dataclass(frozen=True, slots=True)
class Lineage:
    """For each new text: the old id that it goes on from (None for a new one), and other old ids that it took in."""

    ids: tuple[str | None, ...]
    merged: tuple[tuple[str, ...], ...]
    same: frozenset[int] = field(default_factory=frozenset)
    pairs: tuple[Pair, ...] = ()


def follow(old: Sequence[tuple[str, Passage]], new: Sequence[Passage]) -> Lineage:
    """Which of the old clauses each new text goes on from; old ones are given with their ids, in reading order."""
    pairs = align([passage for _, passage in old], new)
    ids: list[str | None] = [None] * len(new)
    merged: list[tuple[str, ...]] = [()] * len(new)
    same: set[int] = set()
    for pair in pairs:
        before = [old[index][0] for index in pair.left]
        for position, index in enumerate(pair.right):
            ids[index] = before[0] if before and position == 0 else None
            merged[index] = tuple(before[1:]) if position == 0 else tuple(before[:1])
            if len(pair.left) == len(pair.right) == 1 and _same(old[pair.left[0]][1], new[index]):
                same.add(index)
    return Lineage(tuple(ids), tuple(merged), frozenset(same), pairs)


def changes_of(lineage: Lineage, old_ids: Sequence[str], new_ids: Sequence[str]) -> tuple[LineageChange, ...]:
    """One entry for each group of clauses, in the order of the new edition."""
    return tuple(
        LineageChange(
            _kind(pair, lineage, old_ids, new_ids),
            tuple(old_ids[index] for index in pair.left),
            tuple(new_ids[index] for index in pair.right),
        )
        for pair in lineage.pairs
    )


def _kind(pair: Pair, lineage: Lineage, old_ids: Sequence[str], new_ids: Sequence[str]) -> LineageKind:
    if not pair.left or not pair.right:
        return "came" if pair.right else "went"
    if len(pair.right) > 1:
        return "split"
    if len(pair.left) > 1:
        return "joined"
    if old_ids[pair.left[0]] != new_ids[pair.right[0]]:
        return "renamed"
    if pair.moved:
        return "moved"
    return "kept" if pair.right[0] in lineage.same else "reworded"


def _same(old: Passage, new: Passage) -> bool:
    return comparable_words(old.text) == comparable_words(new.text)
