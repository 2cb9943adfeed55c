"""Alignment of two lists of texts: which answers which, robust to moves, splits and joins.

Passes, each on what the ones before left over:

1. the same id, then the same words (a text that stands several times is paired in order);
2. two texts that are each other's clear best match, wherever they stand: an edited clause that moved is not stolen by
   a weak match that happens to stand in order;
3. within the gaps between neighbouring pairs (so that a part that moved is read in its own order) and then between
   all pairs that keep their order, the best in-order path of similar texts (a low bar);
4. anywhere, the best assignment of similar texts (a high bar): these are moved;
5. splits and joins: a text left over that makes its neighbour's pair more alike is added to it;
6. of what is left, a heading whose section answers the other's, and a sentence that holds the same words turned round;
7. between texts that were never one (few of their clauses are paired by now), those that speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from policybook.domain.comparison import FoundBy, Pair
from policybook.text.align_kindred import find_kindred, is_by_chance, is_of_another_model, is_too_long, kindred_scores
from policybook.text.align_matrix import Scores, best_assignment, best_path, clear_matches
from policybook.text.align_order import in_reading_order, places_of
from policybook.text.align_piece import SHORT_WORDS, SPLIT_SHARE, contained, fits, stands_in
from policybook.text.align_rest import heading_answers, turned_answers
from policybook.text.similar import (
    Coded,
    code_text,
    is_held,
    letter_similarity,
    longest_increasing,
    similarities,
    similarity,
)
from policybook.text.spelling import folded_text

IN_ORDER_BAR = 0.40
OUT_OF_ORDER_BAR = 0.62
MUTUAL_BAR = 0.66
MUTUAL_LEAD = 0.10
"""How much more alike two texts must be than either is with any other, to be paired before all else."""
NEIGHBOUR_FAVOUR = 0.02
HEADING_BAR = 0.20
"""For a heading that alone stands where the other text has a heading: it was given another name."""
LETTERS_BAR = 0.70
"""For a text of few words that alone stands where the other has one ("Weblogs", "Blogs"), letter by letter."""
SHORT_BAR = 0.60
FARTHEST_PIECE = 3
"""How far from its other half a piece that stands there word for word may be (a page's foot may lie between)."""
MOST_SURE_OF_REST = 0.8
"""How sure a pair is at most that was found among what was left over."""
LONG_PIECE = 6
"""Words that a piece has at least, to be looked for far from where it stood."""
HELD_SHARE = 0.75
"""How much of it must stand in one stretch of the text that it is to be found in."""
MOST_SEARCHED = 400_000
"""Pieces times pairs at most among which they are looked for."""
LARGEST_BLOCK = 4_000_000
"""Pairs of texts compared in one gap at most; a larger gap is cut into bands along its diagonal."""
LARGEST_BAND = 1_000_000
"""Pairs of texts compared in one such band."""
LARGEST_ASSIGNMENT = 1_000_000
"""Pairs of texts among which the best assignment is sought (it takes longer than their comparison)."""


class Passage(NamedTuple):
    """One text to align; `id` pairs it with the same id on the other side, `kind` keeps headings among headings."""

    text: str
    id: str | None = None
    is_heading: bool = False


def align(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Pair, ...]:
    """Pairs in the order of the left side; a text without an answer is in a pair with nothing on the other side.

    Every index of either side stands in exactly one pair. Those that only the right side has stand where the right
    side has them, after the pair of the text before.
    """
    return in_reading_order(_match(left, right).found, len(left), len(right))


def align_kindred(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Pair, ...]:
    """As `align`, and for policies of different models also the same rule in other words, for a person to check.

    Up to half of those pairs may be wrong (tests/bench/same_rule.py): show them, and conclude nothing from them.
    """
    matching = _match(left, right)
    matching.pair_kindred()
    return in_reading_order(matching.found, len(left), len(right))


def _match(left: Sequence[Passage], right: Sequence[Passage]) -> _Matching:
    matching = _Matching(left, right)
    matching.pair_by_id()
    if matching.has_free():
        matching.pair_by_words()
        matching.pair_best_matches()
        matching.pair_between_neighbours()
        matching.pair_in_gaps()
        matching.pair_anywhere()
        matching.add_fragments()
        matching.pair_rest()
    return matching


class _Matching:
    """The state of one alignment: texts as coded words, and the pairs found so far."""

    def __init__(self, left: Sequence[Passage], right: Sequence[Passage]) -> None:
        self.sides = (left, right)
        self.found: list[Pair] = []
        self.used = (bytearray(len(left)), bytearray(len(right)))
        self.answers: dict[int, int] = {}
        self.scored: tuple[dict[int, int], dict[int, int], Scores] | None = None

    def coded(self, side: int, index: int) -> Coded:
        """The words of a text; texts paired by id never need them."""
        return code_text(self.sides[side][index].text)

    def add(self, left: int, right: int, confidence: float, found_by: FoundBy) -> None:
        self.found.append(_pair_of(left, right, confidence, found_by))
        self.used[0][left] = self.used[1][right] = True
        self.answers[left] = right

    def add_alike(self, cells: Iterable[tuple[int, int, float]]) -> None:
        for left, right, score in list(cells):
            self.add(left, right, round(float(score), 3), "exact" if score == 1.0 else "words")

    def free(self, side: int, start: int = 0, end: int | None = None) -> list[int]:
        used = self.used[side]
        return [index for index in range(start, len(used) if end is None else end) if not used[index]]

    def has_free(self) -> bool:
        return not (all(self.used[0]) and all(self.used[1]))

    def pair_by_id(self) -> None:
        places: dict[str | None, int] = {passage.id: index for index, passage in enumerate(self.sides[1]) if passage.id}
        if not places:
            return
        for index, passage in enumerate(self.sides[0]):
            other = places.pop(passage.id, None)
            if other is not None:
                self.add(index, other, 1.0, "id")

    def pair_by_words(self) -> None:
        places: tuple[dict[str, list[int]], dict[str, list[int]]] = {}, {}
        for side in (0, 1):
            for index in self.free(side):
                if words := folded_text(self.sides[side][index].text):
                    places[side].setdefault(words, []).append(index)
        for words, lefts in places[0].items():
            rights = places[1].get(words, ())
            # Unequal counts of a repeated text are left to the gaps, where their neighbours decide.
            if len(lefts) == len(rights):
                for left, right in zip(lefts, rights, strict=True):
                    self.add(left, right, 1.0, "exact")

    def pair_best_matches(self) -> None:
        lefts, rights = self.free(0), self.free(1)
        if not lefts or not rights or len(lefts) * len(rights) > LARGEST_BLOCK:
            return
        scores = self._score(lefts, rights)
        self.scored = _places(lefts), _places(rights), scores
        for row, column, score in clear_matches(scores, MUTUAL_BAR, MUTUAL_LEAD):
            if min(len(self.coded(0, lefts[row])), len(self.coded(1, rights[column]))) >= SHORT_WORDS:
                self.add_alike([(lefts[row], rights[column], score)])

    def pair_between_neighbours(self) -> None:
        """Between two pairs with nothing paired between them on either side, in whichever part they stand."""
        for start, end in pairwise(sorted(places_of(self.found))):
            is_gap = end[0] - start[0] > 1 and end[1] - start[1] > 1
            if is_gap and not any(self.used[1][start[1] + 1 : end[1]]):
                lefts, rights = self.free(0, start[0] + 1, end[0]), self.free(1, start[1] + 1, end[1])
                self.add_alike(self._best_path(lefts, rights))

    def pair_in_gaps(self) -> None:
        ends = [(-1, -1), *longest_increasing(places_of(self.found)), (len(self.sides[0]), len(self.sides[1]))]
        for (left0, right0), (left1, right1) in pairwise(ends):
            if left1 - left0 == 1 or right1 - right0 == 1:
                continue
            self.add_alike(self._best_path(self.free(0, left0 + 1, left1), self.free(1, right0 + 1, right1)))

    def pair_anywhere(self) -> None:
        lefts, rights = self.free(0), self.free(1)
        if not lefts or not rights or len(lefts) * len(rights) > LARGEST_ASSIGNMENT:
            return
        scores = self._scores(lefts, rights)
        if scores.max() < OUT_OF_ORDER_BAR:
            return
        for row, column in best_assignment(scores):
            left, right = lefts[row], rights[column]
            is_short = min(len(self.coded(0, left)), len(self.coded(1, right))) < SHORT_WORDS
            if scores[row, column] >= (0.99 if is_short else OUT_OF_ORDER_BAR):
                self.add_alike([(left, right, float(scores[row, column]))])

    def add_fragments(self) -> None:
        """A text left over joins the pair of a neighbour when that makes the pair clearly more alike.

        Forwards, then backwards: of a text cut in three, the last piece may be the one that was paired.
        """
        if all(pair.found_by == "id" or pair.confidence == 1.0 for pair in self.found):
            return
        for side in (0, 1):
            places = {
                index: place
                for place, pair in enumerate(self.found)
                if pair.found_by != "id" and pair.confidence < 1.0
                for index in _own(pair, side)
            }
            for index in (*self.free(side), *reversed(self.free(side))):
                if not self.used[side][index] and len(self.coded(side, index)) > 1:
                    near = {places[place]: distance for place, distance in _around(index) if place in places}
                    self._add_fragment(side, index, places, near)
            self._add_far_fragments(side, places)

    def pair_rest(self) -> None:
        """A heading given another name, known by what stands under it, and a sentence turned round."""
        free = self.free(0), self.free(1)
        if not free[0] or not free[1]:
            return
        heads = [[passage.is_heading for passage in side] for side in self.sides]
        chosen = [[index for index in own if heads[side][index]] for side, own in enumerate(free)]
        for left, right, share in heading_answers((heads[0], heads[1]), self.answers, (chosen[0], chosen[1])):
            self.add(left, right, round(min(share, MOST_SURE_OF_REST), 3), "words")
        others = [[index for index in own if not heads[side][index]] for side, own in enumerate(free)]
        texts = [[passage.text for passage in side] for side in self.sides]
        for left, right, share in turned_answers((texts[0], texts[1]), self.answers, (others[0], others[1])):
            self.add(left, right, round(min(share, MOST_SURE_OF_REST), 3), "words")

    def _add_far_fragments(self, side: int, places: dict[int, int]) -> None:
        """Two texts from far apart may have been made one: the other side has nearly all words of both."""
        pieces = [index for index in self.free(side) if len(self.coded(side, index)) >= LONG_PIECE]
        if len(pieces) * len(places) > MOST_SEARCHED:
            return
        wholes = {place: self._join(1 - side, _own(self.found[place], 1 - side)) for place in places.values()}
        words = [(place, whole, frozenset(whole)) for place, whole in wholes.items()]
        for index in pieces:
            piece = self.coded(side, index)
            distinct, size, least = frozenset(piece), len(piece), HELD_SHARE * len(piece)
            held = [
                place
                for place, whole, own in words
                if size <= len(whole)
                and size - len(distinct - own) >= least  # cheaper than the next, and decides nearly always
                and sum(map(own.__contains__, piece)) >= least
                and is_held(piece, whole, HELD_SHARE)
            ]
            self._add_fragment(side, index, places, dict.fromkeys(held, FARTHEST_PIECE + 1))

    def _add_fragment(self, side: int, index: int, places: dict[int, int], near: dict[int, int]) -> None:
        grown = [(place, self._grown(side, index, self.found[place], near[place])) for place in sorted(near)]
        fitting = [(pair.confidence, -place, pair) for place, pair in grown if pair]
        if fitting:
            _, negative, pair = max(fitting, key=lambda entry: entry[:2])
            self.found[-negative] = pair
            self.used[side][index] = True
            places[index] = -negative

    def pair_kindred(self) -> None:
        """The same rule in other words, where two policies are of different models."""
        counts = len(self.sides[0]), len(self.sides[1])
        if not is_of_another_model(len(self.found), *counts) or not all(counts) or is_too_long(*counts):
            return
        scores = kindred_scores(*self.sides)
        for pair in [pair for pair in self.found if is_by_chance(pair, scores)]:
            self._take_back(pair)
        for left, right, sure in find_kindred(scores, self.free(0), self.free(1)):
            self.add(left, right, sure, "words")

    def _take_back(self, pair: Pair) -> None:
        self.found.remove(pair)
        for side in (0, 1):
            for index in _own(pair, side):
                self.used[side][index] = False
        for index in pair.left:
            self.answers.pop(index, None)

    def _heads_apart(self, scores: Scores, lefts: list[int], rights: list[int], share: float = 0.8) -> Scores:
        heads = [[self.sides[side][i].is_heading for i in chosen] for side, chosen in ((0, lefts), (1, rights))]
        if any(heads[0]) or any(heads[1]):
            scores[np.not_equal.outer(heads[0], heads[1])] *= np.float32(share)
        return scores

    def _grown(self, side: int, index: int, pair: Pair, distance: int) -> Pair | None:
        """The pair with one more text on a side, if that makes its two sides clearly more alike."""
        own, other = _own(pair, side), _own(pair, 1 - side)
        if pair.confidence == 1.0:
            return None  # it grew to be the same in the meantime
        piece, whole = self.coded(side, index), self._join(1 - side, other)
        is_whole, is_beside = stands_in(piece, whole), distance in (1, FARTHEST_PIECE + 1)
        share = contained(piece, whole) if is_beside and not is_whole else 0.0
        if not (is_whole or share >= SPLIT_SHARE):
            return None
        mine = self._join(side, own)
        before = similarity(mine, whole)
        # Two clauses that were made one may stand in it the other way round.
        after = max(similarity(mine + piece, whole), similarity(piece + mine, whole))
        if not ((is_whole and after > before) or fits(piece, share, after - before)):
            return None
        joined = tuple(sorted((*own, index)))
        return Pair(*((joined, other) if side == 0 else (other, joined)), round(after, 3), "split")

    def _join(self, side: int, indices: Sequence[int]) -> Coded:
        return "".join([self.coded(side, index) for index in indices])

    def _scores(self, lefts: list[int], rights: list[int]) -> Scores:
        """How alike they are; texts that were free when all free ones were compared are not compared again."""
        if self.scored is None:
            return self._score(lefts, rights)
        rows, columns, scores = self.scored
        own, others = [rows[index] for index in lefts], [columns[index] for index in rights]
        return scores if scores.shape == (len(own), len(others)) else scores[np.ix_(own, others)]

    def _score(self, lefts: list[int], rights: list[int]) -> Scores:
        scores = similarities([self.coded(0, i) for i in lefts], [self.coded(1, j) for j in rights])
        return self._heads_apart(scores, lefts, rights)

    def _best_path(self, lefts: list[int], rights: list[int]) -> Iterator[tuple[int, int, float]]:
        if not lefts or not rights:
            return
        if len(lefts) == len(rights) == 1:
            yield from self._only_cell(lefts[0], rights[0])
            return
        if len(lefts) * len(rights) > LARGEST_BLOCK:
            yield from self._best_path_in_bands(lefts, rights)
            return
        scores = self._scores(lefts, rights)
        if scores.max() < IN_ORDER_BAR:
            return
        lengths = [[len(self.coded(side, i)) for i in chosen] for side, chosen in ((0, lefts), (1, rights))]
        short = np.minimum.outer(np.array(lengths[0]), np.array(lengths[1])) < SHORT_WORDS
        gains = scores - np.where(short, np.float32(SHORT_BAR), np.float32(IN_ORDER_BAR))
        self._favour_neighbours(gains, lefts, rights)
        for row, column in best_path(gains):
            yield lefts[row], rights[column], float(scores[row, column])

    def _only_cell(self, left: int, right: int) -> Iterator[tuple[int, int, float]]:
        """One text against one: no matrix is needed."""
        one, other = self.coded(0, left), self.coded(1, right)
        is_unlike = self.sides[0][left].is_heading != self.sides[1][right].is_heading
        score = similarity(one, other) * (0.8 if is_unlike else 1.0)
        is_heading = self.sides[0][left].is_heading and self.sides[1][right].is_heading
        is_short = min(len(one), len(other)) < SHORT_WORDS
        letters = letter_similarity(self.sides[0][left].text, self.sides[1][right].text) if is_short else 0.0
        if is_heading and score >= HEADING_BAR:
            yield left, right, score
            return
        is_alike = score > (SHORT_BAR if is_short else IN_ORDER_BAR)
        if is_alike or (not is_unlike and (letters >= LETTERS_BAR or _is_cut_short(one, other))):
            yield left, right, max(score, letters)

    def _favour_neighbours(self, gains: Scores, lefts: list[int], rights: list[int]) -> None:
        """Of several texts that are equally alike ("Purpose") the one beside a pair that is known already is taken."""
        columns = {right: column for column, right in enumerate(rights)}
        for row, left in enumerate(lefts):
            for step in (-1, 1):
                column = columns.get(self.answers.get(left + step, -9) - step)
                if column is not None and gains[row, column] > 0:
                    gains[row, column] += np.float32(NEIGHBOUR_FAVOUR)

    def _best_path_in_bands(self, lefts: list[int], rights: list[int]) -> Iterator[tuple[int, int, float]]:
        bands = int(np.ceil(np.sqrt(len(lefts) * len(rights) / LARGEST_BAND)))
        for band in range(bands):
            piece = [side[len(side) * band // bands : len(side) * (band + 1) // bands] for side in (lefts, rights)]
            yield from self._best_path(*piece)


@lru_cache(maxsize=16_384)
def _pair_of(left: int, right: int, confidence: float, found_by: FoundBy) -> Pair:
    """Kept, because most schools' clauses stand in the same places."""
    return Pair((left,), (right,), confidence, found_by)


def _places(indices: Sequence[int]) -> dict[int, int]:
    return {index: place for place, index in enumerate(indices)}


def _is_cut_short(one: Coded, other: Coded) -> bool:
    """Whether little more of one of two texts was kept than a sentence, in nearly the same words."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= LONG_PIECE and contained(shorter, longer) >= SPLIT_SHARE


def _own(pair: Pair, side: int) -> tuple[int, ...]:
    return pair.right if side else pair.left


def _around(index: int) -> Iterator[tuple[int, int]]:
    """The places near a text and their distance, farthest first, so that the nearest decide how far away a pair is."""
    for distance in range(FARTHEST_PIECE, 0, -1):
        yield from ((index - distance, distance), (index + distance, distance))
