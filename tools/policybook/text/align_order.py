"""The pairs of an alignment in reading order, with those that moved marked."""

from __future__ import annotations

from collections.abc import Sequence

from policybook.domain.comparison import Pair
from policybook.text.similar import longest_increasing


def places_of(pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    """Where each pair begins on the left and on the right."""
    return [(pair.left[0], pair.right[0]) for pair in pairs]


def in_reading_order(found: Sequence[Pair], lefts: int, rights: int) -> tuple[Pair, ...]:
    """The pairs found, and one for each text without an answer, in the order of the left side.

    Those that only the right side has stand after the pair of the text before them there that did not move.
    """
    marked = _mark_moved(found)
    own: list[Pair | None] = [None] * lefts
    answered: list[Pair | None] = [None] * rights
    is_piece = bytearray(lefts)
    for pair in marked:
        own[pair.left[0]] = pair
        for index in pair.left[1:]:
            is_piece[index] = True
        for index in pair.right:
            answered[index] = pair
    waiting = _waiting(answered)
    rows = waiting.get(-1, [])
    for index, known in enumerate(own):
        if not is_piece[index]:
            rows.append(known or Pair((index,), (), 1.0, "words"))
        rows += waiting.get(index, ())
    return tuple(rows)


def _mark_moved(found: Sequence[Pair]) -> Sequence[Pair]:
    places = places_of(found)
    in_order = longest_increasing(places)
    if len(in_order) == len(found):
        return found
    kept = set(in_order)
    return [
        pair if place in kept else Pair(pair.left, pair.right, pair.confidence, pair.found_by, moved=True)
        for pair, place in zip(found, places, strict=True)
    ]


def _waiting(answered: Sequence[Pair | None]) -> dict[int, list[Pair]]:
    """What only the right side has, by the index on the left after which it stands (-1: at the very beginning)."""
    waiting: dict[int, list[Pair]] = {}
    anchor = -1
    for index, pair in enumerate(answered):
        if pair is None:
            waiting.setdefault(anchor, []).append(Pair((), (index,), 1.0, "words"))
        elif not pair.moved:
            anchor = pair.left[0]
    return waiting
