"""One spelling for the same word: British or American, with or without a possessive."""

from __future__ import annotations

import re
from functools import lru_cache

from policybook.text.word import comparable_words

_SPELLINGS = (
    ("is", re.compile(r"(?<=[a-z])is(?=(?:e|ed|es|er|ers|ing|ation|ations)\b)"), "iz"),
    ("our", re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ful|ite|ites|al|less)?\b)"), "or"),
    ("ae", re.compile("ae"), "e"),
    ("oe", re.compile("oe"), "e"),
    ("ll", re.compile(r"(?<=[a-z]{2})ll(?=(?:ed|ing|er|ers)\b)"), "l"),
    ("mme", re.compile(r"(?<=[a-z]{3})mme(?=s?\b)"), "m"),
    ("yse", re.compile(r"(?<=[a-z])yse(?=[drs]?\b)"), "yze"),
    ("ce", re.compile(r"\b(licen|practi|defen|offen)ce"), r"\1se"),
    ("tre", re.compile(r"(?<=[a-z]t)re\b"), "er"),
    ("l", re.compile(r"\b(fulfi|enro|insta|ski)ll?(?=(?:s|ment|ments|ful|fully)?\b)"), r"\1l"),
    ("dge", re.compile(r"(?<=[a-z]dg)e(?=ments?\b)"), ""),
    ("whilst", re.compile(r"\bwhilst\b"), "while"),
    ("st", re.compile(r"\b(among|amid)st\b"), r"\1"),
    ("wards", re.compile(r"\b(to|back|up|for|after)wards\b"), r"\1ward"),
)
"""Letters that a word must have, what is spelt otherwise there, and the one spelling."""


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case and one spelling (`encyclopaedia` and `encyclopedia` are the same)."""
    key = word.casefold().removesuffix("'s").strip("'")
    for letters, pattern, replacement in _SPELLINGS:
        if letters in key:
            key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=4_096)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and one spelling, for finding the same clause again."""
    return tuple(map(fold, comparable_words(text)))


@lru_cache(maxsize=8_192)
def folded_text(text: str) -> str:
    """The same words with a space between them: the same for two texts if, and only if, their folded words are."""
    return " ".join(folded_words(text))
