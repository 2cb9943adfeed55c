"""How alike two texts are, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

Coded = str
"""A text with one character for each word, as `WordCode` gives it."""


class WordCode:
    """Gives each distinct word a character, so that string measures count words. One instance serves one comparison."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def encode(self, words: Iterable[str]) -> Coded:
        """The words as one character each; the same word always has the same character."""
        codes = self._codes
        return "".join(codes.setdefault(word, _character(len(codes))) for word in words)


def similarity(left: Coded, right: Coded) -> float:
    """2 x common words in order / all words, from 0 to 1 (normalised Indel similarity; 1 for two empty texts)."""
    return Indel.normalized_similarity(left, right)


def similarities(left: Sequence[Coded], right: Sequence[Coded]) -> NDArray[np.float32]:
    """The similarity of each pair, as a matrix of len(left) x len(right)."""
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    return process.cdist(left, right, scorer=Indel.normalized_similarity, dtype=np.float32)


def _character(index: int) -> str:
    # Surrogates (U+D800 to U+DFFF) are no characters: step over them.
    return chr(index + 0x100 if index < 0xD700 else index + 0x900)
