"""Alignment of two lists of texts: which answers which, robust to moves, splits and joins.

Passes, each on what the ones before left over:

1. the same id, then the same words (a text that stands several times is paired in order);
2. two texts that are each other's clear best match, wherever they stand: an edited clause that moved is not stolen by
   a weak match that happens to stand in order;
3. within the gaps between neighbouring pairs (so that a part that moved is read in its own order) and then between
   all pairs that keep their order, the best in-order path of similar texts (a low bar);
4. anywhere, the best assignment of similar texts (a high bar): these are moved;
5. splits and joins: a text left over that makes its neighbour's pair more alike is added to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from policybook.domain.comparison import FoundBy, Pair
from policybook.text.similar import Coded, WordCode, longest_increasing, similarities, similarity
from policybook.text.spelling import folded_words

IN_ORDER_BAR = 0.40
OUT_OF_ORDER_BAR = 0.62
MUTUAL_BAR = 0.66
MUTUAL_LEAD = 0.10
"""How much more alike two texts must be than either is with any other, to be paired before all else."""
NEIGHBOUR_FAVOUR = 0.02
SHORT_WORDS = 4
SHORT_BAR = 0.60
SPLIT_GAIN = 0.05
SPLIT_SHARE = 0.70
FARTHEST_PIECE = 3
"""How far from its other half a piece that stands there word for word may be (a page's foot may lie between)."""
LARGEST_BLOCK = 4_000_000
"""Pairs of texts compared in one gap at most; a larger gap is cut into bands along its diagonal."""
LARGEST_ASSIGNMENT = 1_000_000
"""Pairs of texts among which the best assignment is sought (it takes longer than their comparison)."""


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
    if matching.has_free():
        matching.pair_by_words()
        matching.pair_best_matches()
        matching.pair_between_neighbours()
        matching.pair_in_gaps()
        matching.pair_anywhere()
        matching.add_fragments()
    return _in_reading_order(matching.found, len(left), len(right))


class _Matching:
    """The state of one alignment: texts as coded words, and the pairs found so far."""

    def __init__(self, left: Sequence[Passage], right: Sequence[Passage]) -> None:
        self.sides = (left, right)
        self.code = WordCode()
        self.codes: tuple[dict[int, Coded], dict[int, Coded]] = ({}, {})
        self.found: list[Pair] = []
        self.used: tuple[set[int], set[int]] = (set(), set())
        self.answers: dict[int, int] = {}

    def coded(self, side: int, index: int) -> Coded:
        """The words of a text; texts paired by id never need them."""
        known = self.codes[side].get(index)
        if known is None:
            known = self.codes[side][index] = self.code.encode(folded_words(self.sides[side][index].text))
        return known

    def add(self, left: int, right: int, confidence: float, found_by: FoundBy) -> None:
        self.found.append(Pair((left,), (right,), round(float(confidence), 3), found_by))
        self.used[0].add(left)
        self.used[1].add(right)
        self.answers[left] = right

    def add_alike(self, cells: Iterable[tuple[int, int, float]]) -> None:
        for left, right, score in list(cells):
            self.add(left, right, score, "exact" if score == 1.0 else "words")

    def free(self, side: int, start: int = 0, end: int | None = None) -> list[int]:
        stop = len(self.sides[side]) if end is None else end
        return [index for index in range(start, stop) if index not in self.used[side]]

    def has_free(self) -> bool:
        return any(len(used) < len(texts) for used, texts in zip(self.used, self.sides, strict=True))

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
                if coded := self.coded(side, index):
                    places[coded][side].append(index)
        for lefts, rights in places.values():
            # Unequal counts of a repeated text are left to the gaps, where their neighbours decide.
            if len(lefts) == len(rights):
                for left, right in zip(lefts, rights, strict=True):
                    self.add(left, right, 1.0, "exact")

    def pair_best_matches(self) -> None:
        lefts, rights = self.free(0), self.free(1)
        if not lefts or not rights or len(lefts) * len(rights) > LARGEST_BLOCK:
            return
        scores = self._scores(lefts, rights)
        rows, columns = scores.argmax(axis=1), scores.argmax(axis=0)
        leads = np.minimum(_lead(scores)[:, None], _lead(scores.T)[None, :])
        for row, column in enumerate(rows):
            is_clear = columns[column] == row and leads[row, column] >= MUTUAL_LEAD
            is_long = min(len(self.coded(0, lefts[row])), len(self.coded(1, rights[column]))) >= SHORT_WORDS
            if is_clear and is_long and scores[row, column] >= MUTUAL_BAR:
                self.add_alike([(lefts[row], rights[column], float(scores[row, column]))])

    def pair_between_neighbours(self) -> None:
        """Between two pairs with nothing paired between them on either side, in whichever part they stand."""
        for start, end in pairwise(sorted(_places(self.found))):
            is_gap = end[0] - start[0] > 1 and end[1] - start[1] > 1
            if is_gap and not self.used[1].intersection(range(start[1] + 1, end[1])):
                lefts, rights = self.free(0, start[0] + 1, end[0]), self.free(1, start[1] + 1, end[1])
                self.add_alike(self._best_path(lefts, rights))

    def pair_in_gaps(self) -> None:
        ends = [(-1, -1), *longest_increasing(_places(self.found)), (len(self.sides[0]), len(self.sides[1]))]
        for (left0, right0), (left1, right1) in pairwise(ends):
            if left1 - left0 == 1 or right1 - right0 == 1:
                continue
            self.add_alike(self._best_path(self.free(0, left0 + 1, left1), self.free(1, right0 + 1, right1)))

    def pair_anywhere(self) -> None:
        lefts, rights = self.free(0), self.free(1)
        if not lefts or not rights or len(lefts) * len(rights) > LARGEST_ASSIGNMENT:
            return
        scores = self._scores(lefts, rights)
        for row, column in zip(*linear_sum_assignment(-scores), strict=True):
            left, right = lefts[row], rights[column]
            is_short = min(len(self.coded(0, left)), len(self.coded(1, right))) < SHORT_WORDS
            if scores[row, column] >= (0.99 if is_short else OUT_OF_ORDER_BAR):
                self.add_alike([(left, right, float(scores[row, column]))])

    def add_fragments(self) -> None:
        """A text left over joins the pair of a neighbour when that makes the pair clearly more alike.

        Forwards, then backwards: of a text cut in three, the last piece may be the one that was paired.
        """
        for side in (0, 1):
            places = {index: place for place, pair in enumerate(self.found) for index in _own(pair, side)}
            for index in (*self.free(side), *reversed(self.free(side))):
                if index not in self.used[side] and len(self.coded(side, index)) > 1:
                    self._add_fragment(side, index, places)

    def _add_fragment(self, side: int, index: int, places: dict[int, int]) -> None:
        best: tuple[float, int, Pair] | None = None
        near = {places[place]: abs(place - index) for place in _around(index) if place in places}
        for place, distance in sorted(near.items()):
            grown = self._grown(side, index, self.found[place], distance)
            if grown and (best is None or grown.confidence > best[0]):
                best = (grown.confidence, place, grown)
        if best:
            self.found[best[1]] = best[2]
            self.used[side].add(index)
            places[index] = best[1]

    def _grown(self, side: int, index: int, pair: Pair, distance: int) -> Pair | None:
        """The pair with one more text on a side, if that makes its two sides clearly more alike."""
        own, other = _own(pair, side), _own(pair, 1 - side)
        if pair.found_by == "id" or pair.confidence == 1.0:
            return None
        joined = tuple(sorted((*own, index)))
        piece, whole = self.coded(side, index), self._join(1 - side, other)
        before, after = similarity(self._join(side, own), whole), similarity(self._join(side, joined), whole)
        if not (_stands_in(piece, whole, after - before) or (distance == 1 and _fits(piece, whole, after - before))):
            return None
        return Pair(*((joined, other) if side == 0 else (other, joined)), round(after, 3), "split")

    def _join(self, side: int, indices: Sequence[int]) -> Coded:
        return "".join(self.coded(side, index) for index in indices)

    def _scores(self, lefts: list[int], rights: list[int]) -> NDArray[np.float32]:
        scores = similarities([self.coded(0, i) for i in lefts], [self.coded(1, j) for j in rights])
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
        lengths = [[len(self.coded(side, i)) for i in chosen] for side, chosen in ((0, lefts), (1, rights))]
        short = np.minimum.outer(np.array(lengths[0]), np.array(lengths[1])) < SHORT_WORDS
        gains = scores - np.where(short, np.float32(SHORT_BAR), np.float32(IN_ORDER_BAR))
        self._favour_neighbours(gains, lefts, rights)
        for row, column in _path(gains):
            yield lefts[row], rights[column], float(scores[row, column])

    def _favour_neighbours(self, gains: NDArray[np.float32], lefts: list[int], rights: list[int]) -> None:
        """Of several texts that are equally alike ("Purpose") the one beside a pair that is known already is taken."""
        columns = {right: column for column, right in enumerate(rights)}
        for row, left in enumerate(lefts):
            for step in (-1, 1):
                column = columns.get(self.answers.get(left + step, -9) - step)
                if column is not None and gains[row, column] > 0:
                    gains[row, column] += np.float32(NEIGHBOUR_FAVOUR)

    def _best_path_in_bands(self, lefts: list[int], rights: list[int]) -> Iterator[tuple[int, int, float]]:
        bands = int(np.ceil(np.sqrt(len(lefts) * len(rights) / LARGEST_BLOCK))) + 1
        for band in range(bands):
            piece = [side[len(side) * band // bands : len(side) * (band + 1) // bands] for side in (lefts, rights)]
            yield from self._best_path(*piece)


def _places(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    return [(pair.left[0], pair.right[0]) for pair in pairs]


def _own(pair: Pair, side: int) -> tuple[int, ...]:
    return pair.right if side else pair.left


def _around(index: int) -> Iterator[int]:
    """The places near a text, farthest first, so that the nearest decide how far away a pair is."""
    for distance in range(FARTHEST_PIECE, 0, -1):
        yield from (index - distance, index + distance)


def _stands_in(piece: Coded, whole: Coded, gain: float) -> bool:
    """Whether a piece stands word for word in the other side; if it is short, at its beginning or end."""
    is_end = whole.startswith(piece) or whole.endswith(piece)
    return gain > 0 and (is_end or (len(piece) >= SHORT_WORDS and piece in whole))


def _fits(piece: Coded, whole: Coded, gain: float) -> bool:
    """Whether a piece that was edited as well belongs to the other side."""
    if len(piece) < SHORT_WORDS or gain < SPLIT_GAIN / 3:
        return False
    return _contained(piece, whole) >= (SPLIT_SHARE if gain >= SPLIT_GAIN else SPLIT_SHARE + 0.15)


def _lead(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """By how much the best of each row is better than the second; its whole score where there is only one."""
    if scores.shape[1] < 2:
        return scores[:, 0]
    ranked = np.partition(scores, -2, axis=1)
    return np.subtract(ranked[:, -1], ranked[:, -2])


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


def _in_reading_order(found: Sequence[Pair], lefts: int, rights: int) -> tuple[Pair, ...]:
    in_order = set(longest_increasing(_places(found)))
    marked = [pair if (pair.left[0], pair.right[0]) in in_order else replace(pair, moved=True) for pair in found]
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
