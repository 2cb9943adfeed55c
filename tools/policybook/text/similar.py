"""How alike two texts are, word by word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from policybook.text.spelling import folded_words

Coded = str
"""A text with one character for each word, as `WordCode` gives it."""


Difference = tuple[int, int, int, int]
"""Where two coded texts differ: start and end (out) on the left, start and end on the right; one may be empty."""

MOST_DISTINCT = 1_000_000
"""Distinct words that one code tells apart (there are only so many characters); all further ones count as one word."""
LARGEST_TABLE = 64_000_000
"""Words of one text times words of the other that are compared word by word at once: 8 MB of bits."""
_CHARACTERS = 0x10FFFF - 0x900 + 1
"""Characters from U+0100 on that are no surrogates (U+D800 to U+DFFF)."""
ANCHOR_WORDS = 6
"""Words in a row that, standing once in each of two very long texts, tie them together there."""


def _character_at(index: int) -> str:
    return chr(index + 0x100 if index < 0xD700 else index + 0x900)  # step over the surrogates, which are no characters


_READY = "".join(map(_character_at, range(4_096)))


def characters_for(count: int) -> str:
    """That many distinct characters, to stand for words; always the same ones."""
    return _READY[:count] if count <= len(_READY) else "".join(map(_character_at, range(count)))


class _Codes(dict[str, str]):
    def __missing__(self, word: str) -> str:
        character = self[word] = _character_at(min(len(self), MOST_DISTINCT))
        return character


class WordCode:
    """Gives each distinct word a character, so that string measures count words. One instance serves one comparison."""

    def __init__(self) -> None:
        self._codes = _Codes()

    def encode(self, words: Iterable[str]) -> Coded:
        """The words as one character each; the same word always has the same character."""
        return "".join(map(self._codes.__getitem__, words))


@lru_cache(maxsize=8_192)
def code_text(text: str) -> Coded:
    """The words of a text, in lower case and one spelling, as one character each; the same word always has the same.

    Unlike a `WordCode` it needs no other text, so that a text in many comparisons is coded once. Two words in a million
    have the same character: enough to say how alike two texts are, not to say that they are the same.
    """
    return "".join(map(_character, folded_words(text)))


@lru_cache(maxsize=50_000)
def _character(word: str) -> str:
    return _character_at(crc32(word.encode("utf-8", "surrogatepass")) % _CHARACTERS)


def similarity(left: Coded, right: Coded) -> float:
    """2 x common words in order / all words, from 0 to 1 (normalised Indel similarity; 1 for two empty texts)."""
    return Indel.normalized_similarity(left, right)


def similarities(left: Sequence[Coded], right: Sequence[Coded]) -> NDArray[np.float32]:
    """The similarity of each pair, as a matrix of len(left) x len(right)."""
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    return process.cdist(left, right, scorer=Indel.normalized_similarity, dtype=np.float32)


def letter_similarity(left: str, right: str) -> float:
    """2 x common letters in order / all letters of two short texts, in any case, from 0 to 1."""
    return Indel.normalized_similarity(left.casefold(), right.casefold())


def is_held(piece: Coded, whole: Coded, share: float) -> bool:
    """Whether at least that share (0 to 1) of a piece is alike with one stretch of a longer text."""
    if len(piece) > len(whole):
        return False
    return fuzz.partial_ratio(piece, whole, score_cutoff=100 * share) > 0


def differences(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Difference]:
    """Where two texts (coded, or tuples of words) differ, in order; what lies between is the same, as much as can be.

    Texts too long for that (a clause of a megabyte) are first tied together where a run of words stands once in each.
    Between two ties that are still too far apart everything counts as different.
    """
    for start, end, start2, end2 in _stretches(left, right):
        if (end - start) * (end2 - start2) > LARGEST_TABLE:
            yield start, end, start2, end2
            continue
        for opcode in Indel.opcodes(left[start:end], right[start2:end2]):
            if opcode.tag != "equal":
                yield (
                    start + opcode.src_start, start + opcode.src_end, start2 + opcode.dest_start,
                    start2 + opcode.dest_end,
                )  # fmt: skip


def _stretches(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Difference]:
    """The whole of two texts, or what lies between the ties of two very long ones."""
    if len(left) * len(right) <= LARGEST_TABLE:
        yield 0, len(left), 0, len(right)
        return
    start = start2 = 0
    for place, place2 in longest_increasing(_ties(left, right)):
        if place >= start and place2 >= start2:
            yield start, place, start2, place2
            start, start2 = place + ANCHOR_WORDS, place2 + ANCHOR_WORDS
    yield start, len(left), start2, len(right)


def _ties(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    places, places2 = _runs_standing_once(left), _runs_standing_once(right)
    return [(place, places2[run]) for run, place in places.items() if run in places2]


def _runs_standing_once(text: Sequence[Hashable]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    for place in range(len(text) - ANCHOR_WORDS + 1):
        run: Hashable = text[place : place + ANCHOR_WORDS]
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def longest_increasing(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of places (left, right) that keeps its order on both sides (patience sorting)."""
    ordered = sorted(places)
    rights = [right for _, right in ordered]
    if rights == sorted(set(rights)):
        return ordered
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, right in enumerate(rights):
        if not tails or right > tails[-1]:  # as nearly always: most clauses stay in their order
            previous.append(ends[-1] if ends else -1)
            tails.append(right)
            ends.append(position)
            continue
        place = bisect_left(tails, right)
        previous.append(ends[place - 1] if place else -1)
        tails[place], ends[place] = right, position
    chain: list[tuple[int, int]] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        chain.append(ordered[position])
        position = previous[position]
    return chain[::-1]
