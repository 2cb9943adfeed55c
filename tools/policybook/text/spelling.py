"""One spelling for the same word: British or American, with or without a possessive."""

from __future__ import annotations

import re
from functools import lru_cache

from policybook.text.word import comparable_words

_SPELLINGS = (
    (re.compile(r"(?<=[a-z])is(?=(?:e|ed|es|er|ers|ing|ation|ations)\b)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ful|ite|ites|al|less)?\b)"), "or"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"(?<=[a-z]{2})ll(?=(?:ed|ing|er|ers)\b)"), "l"),
    (re.compile(r"(?<=[a-z]{3})mme(?=s?\b)"), "m"),
    (re.compile(r"(?<=[a-z])yse(?=[drs]?\b)"), "yze"),
    (re.compile(r"\b(licen|practi|defen|offen)ce"), r"\1se"),
    (re.compile(r"(?<=[a-z]t)re\b"), "er"),
)
_TOUCHED = re.compile(r"is|our|ae|oe|ll|mme|yse|ce|tre")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case and one spelling (`encyclopaedia` and `encyclopedia` are the same)."""
    key = word.casefold().removesuffix("'s").strip("'")
    if _TOUCHED.search(key):
        for pattern, replacement in _SPELLINGS:
            key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=4_096)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and one spelling, for finding the same clause again."""
    return tuple(map(fold, comparable_words(text)))
