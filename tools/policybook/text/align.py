"""Alignment of two lists of texts: which answers which, robust to moves, splits and joins.

Four passes, each on what the one before left over:

1. the same id, then the same words (a text that stands several times is paired in order);
2. within the gaps between pairs that keep their order, the best in-order path of similar texts (a low bar);
3. anywhere, the best assignment of similar texts (a high bar): these are moved;
4. splits and joins: a text left over that makes its neighbour's pair more alike is added to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from policybook.domain.comparison import FoundBy, Pair
from policybook.text.similar import Coded, WordCode, similarities, similarity
from policybook.text.word import comparable_words

IN_ORDER_BAR = 0.40
OUT_OF_ORDER_BAR = 0.62
SHORT_WORDS = 4
SHORT_BAR = 0.60
SPLIT_GAIN = 0.05
SPLIT_SHARE = 0.70
LARGEST_BLOCK = 4_000_000
"""Pairs of texts compared in one gap at most; a larger gap is cut into bands along its diagonal."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to align; `id` pairs it with the same id on the other side, `kind` keeps headings among headings."""

    text: str
    id: str | None = None
    is_heading: bool = False


def align(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Pair, ...]:
    """Pairs in the order of the left side; a text without an answer is in a pair with nothing on the other side.

    Every index of either side stands in exactly one pair. Those that only the right side has stand where the right
    side has them, after the pair of the text before.
    """
    matching = _Matching(left, right)
    matching.pair_by_id()
    matching.pair_by_words()
    matching.pair_in_gaps()
    matching.pair_anywhere()
    matching.add_fragments()
    return _in_reading_order(matching.found, len(left), len(right))


class _Matching:
    """The state of one alignment: texts as coded words, and the pairs found so far."""

    def __init__(self, left: Sequence[Passage], right: Sequence[Passage]) -> None:
        code = WordCode()
        self.sides = (left, right)
        self.coded: tuple[list[Coded], list[Coded]] = (
            [code.encode(comparable_words(passage.text)) for passage in left],
            [code.encode(comparable_words(passage.text)) for passage in right],
        )
        self.found: list[Pair] = []
        self.used: tuple[set[int], set[int]] = (set(), set())

    def add(self, left: int, right: int, confidence: float, found_by: FoundBy) -> None:
        self.found.append(Pair((left,), (right,), round(float(confidence), 3), found_by))
        self.used[0].add(left)
        self.used[1].add(right)

    def free(self, side: int) -> list[int]:
        return [index for index in range(len(self.sides[side])) if index not in self.used[side]]

    def pair_by_id(self) -> None:
        places = {passage.id: index for index, passage in enumerate(self.sides[1]) if passage.id}
        for index, passage in enumerate(self.sides[0]):
            other = places.get(passage.id) if passage.id else None
            if other is not None and other not in self.used[1]:
                self.add(index, other, 1.0, "id")

    def pair_by_words(self) -> None:
        places: dict[Coded, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side in (0, 1):
            for index in self.free(side):
                if self.coded[side][index]:
                    places[self.coded[side][index]][side].append(index)
        for lefts, rights in places.values():
            # Unequal counts of a repeated text are left to the gaps, where their neighbours decide.
            if len(lefts) == len(rights):
                for left, right in zip(lefts, rights, strict=True):
                    self.add(left, right, 1.0, "exact")

    def pair_in_gaps(self) -> None:
        backbone = [(-1, -1), *_longest_increasing(self.found), (len(self.sides[0]), len(self.sides[1]))]
        for (left0, right0), (left1, right1) in pairwise(backbone):
            lefts = [index for index in range(left0 + 1, left1) if index not in self.used[0]]
            rights = [index for index in range(right0 + 1, right1) if index not in self.used[1]]
            for left, right, score in self._best_path(lefts, rights):
                self.add(left, right, score, "exact" if score == 1.0 else "words")

    def pair_anywhere(self) -> None:
        lefts, rights = self.free(0), self.free(1)
        if not lefts or not rights or len(lefts) * len(rights) > LARGEST_BLOCK:
            return
        scores = self._scores(lefts, rights)
        for row, column in zip(*linear_sum_assignment(-scores), strict=True):
            left, right = lefts[row], rights[column]
            is_short = min(len(self.coded[0][left]), len(self.coded[1][right])) < SHORT_WORDS
            if scores[row, column] >= (0.99 if is_short else OUT_OF_ORDER_BAR):
                self.add(left, right, scores[row, column], "exact" if scores[row, column] == 1.0 else "words")

    def add_fragments(self) -> None:
        """A text left over joins the pair of a neighbour when that makes the pair clearly more alike."""
        for side in (0, 1):
            for index in self.free(side):
                if len(self.coded[side][index]) >= SHORT_WORDS:
                    self._add_fragment(side, index)

    def _add_fragment(self, side: int, index: int) -> None:
        best: tuple[float, int, Pair] | None = None
        for position, pair in enumerate(self.found):
            own, other = (pair.left, pair.right) if side == 0 else (pair.right, pair.left)
            if index not in (own[0] - 1, own[-1] + 1) or pair.found_by == "id":
                continue
            joined = tuple(sorted((*own, index)))
            before = similarity(self._join(side, own), self._join(1 - side, other))
            after = similarity(self._join(side, joined), self._join(1 - side, other))
            share = _contained(self.coded[side][index], self._join(1 - side, other))
            if after - before >= SPLIT_GAIN and share >= SPLIT_SHARE and (best is None or after > best[0]):
                grown = (joined, other) if side == 0 else (other, joined)
                best = (after, position, Pair(grown[0], grown[1], round(after, 3), "split"))
        if best:
            self.found[best[1]] = best[2]
            self.used[side].add(index)

    def _join(self, side: int, indices: Sequence[int]) -> Coded:
        return "".join(self.coded[side][index] for index in indices)

    def _scores(self, lefts: list[int], rights: list[int]) -> np.ndarray:
        scores = similarities([self.coded[0][i] for i in lefts], [self.coded[1][j] for j in rights])
        heads = [[self.sides[side][i].is_heading for i in chosen] for side, chosen in ((0, lefts), (1, rights))]
        unlike = np.not_equal.outer(np.array(heads[0]), np.array(heads[1]))
        return np.where(unlike, scores * np.float32(0.8), scores)

    def _best_path(self, lefts: list[int], rights: list[int]) -> Iterator[tuple[int, int, float]]:
        if not lefts or not rights:
            return
        if len(lefts) * len(rights) > LARGEST_BLOCK:
            yield from self._best_path_in_bands(lefts, rights)
            return
        scores = self._scores(lefts, rights)
        lengths = [[len(self.coded[side][i]) for i in chosen] for side, chosen in ((0, lefts), (1, rights))]
        short = np.minimum.outer(np.array(lengths[0]), np.array(lengths[1])) < SHORT_WORDS
        gains = scores - np.where(short, np.float32(SHORT_BAR), np.float32(IN_ORDER_BAR))
        for row, column in _path(gains):
            yield lefts[row], rights[column], float(scores[row, column])

    def _best_path_in_bands(self, lefts: list[int], rights: list[int]) -> Iterator[tuple[int, int, float]]:
        bands = int(np.ceil(np.sqrt(len(lefts) * len(rights) / LARGEST_BLOCK))) + 1
        for band in range(bands):
            piece = [side[len(side) * band // bands : len(side) * (band + 1) // bands] for side in (lefts, rights)]
            yield from self._best_path(*piece)


def _path(gains: np.ndarray) -> list[tuple[int, int]]:
    """The in-order cells with the greatest sum of gains; cells that gain nothing are never taken."""
    rows, columns = gains.shape
    best = np.zeros((rows + 1, columns + 1), dtype=np.float64)
    usable = np.maximum(gains, 0.0)
    for row in range(rows):
        taken = np.maximum(best[row, :-1] + usable[row], best[row, 1:])
        np.maximum.accumulate(taken, out=best[row + 1, 1:])
    cells: list[tuple[int, int]] = []
    row, column = rows, columns
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            cells.append((row, column))
    return cells[::-1]


def _contained(part: Coded, whole: Coded) -> float:
    """The share of a text's words that stand, in order, in another."""
    if not part:
        return 0.0
    common = similarity(part, whole) * (len(part) + len(whole)) / 2
    return common / len(part)


def _longest_increasing(pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    """The longest run of pairs that keep their order on both sides (patience sorting)."""
    ordered = sorted((pair.left[0], pair.right[0]) for pair in pairs)
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, (_, right) in enumerate(ordered):
        place = bisect_left(tails, right)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [right]
        ends[place : place + 1] = [position]
    chain: list[tuple[int, int]] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        chain.append(ordered[position])
        position = previous[position]
    return chain[::-1]


def _in_reading_order(found: Sequence[Pair], lefts: int, rights: int) -> tuple[Pair, ...]:
    in_order = set(_longest_increasing(found))
    marked = [replace(pair, moved=(pair.left[0], pair.right[0]) not in in_order) for pair in found]
    by_left = {pair.left[0]: pair for pair in marked}
    taken = {index for pair in marked for index in pair.left}
    by_left |= {index: Pair((index,), (), 1.0, "words") for index in range(lefts) if index not in taken}
    answered = {index: pair for pair in marked for index in pair.right}
    waiting: dict[int, list[Pair]] = defaultdict(list)
    anchor = -1
    for index in range(rights):
        pair = answered.get(index)
        if pair is None:
            waiting[anchor].append(Pair((), (index,), 1.0, "words"))
        elif not pair.moved:
            anchor = pair.left[0]
    rows = list(waiting[-1])
    for left in sorted(by_left):
        rows += [by_left[left], *waiting[left]]
    return tuple(rows)
