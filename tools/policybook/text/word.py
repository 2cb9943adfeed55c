"""Words: how a text is cut into them and how they are made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SAME = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})


def words_of(text: str) -> list[str]:
    """The words of a text as written, in order; punctuation and spacing are left out, an inner apostrophe stays."""
    return WORD.findall(text)


@lru_cache(maxsize=4_096)
def normalise(text: str) -> str:
    """The text in one spelling of quotation marks, dashes and spaces (NFKC), case kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_SAME)
    return " ".join(text.split())


def lowered(text: str) -> str:
    """The text in lower case with every character in its place (`İ` alone would become two)."""
    return text.replace("İ", "I").lower()


def comparable_words(text: str) -> list[str]:
    """Lower-case words in one spelling of marks, for finding the same clause again; punctuation does not count."""
    return WORD.findall(normalise(text).casefold())
