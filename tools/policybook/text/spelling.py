"""One spelling for the same word: British or American, with or without a possessive."""

from __future__ import annotations

import re
from functools import lru_cache

from policybook.text.word import comparable_words

_SPELLINGS = (
    (re.compile(r"(?<=[a-z])is(?=(?:e|ed|es|er|ers|ing|ation|ations)\b)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ful|ite|ites|al|less)?\b)"), "or"),
    (re.compile("ae"), "e"),
    (re.compile("oe"), "e"),
    (re.compile(r"(?<=[a-z]{2})ll(?=(?:ed|ing|er|ers)\b)"), "l"),
    (re.compile(r"(?<=[a-z]{3})mme(?=s?\b)"), "m"),
    (re.compile(r"(?<=[a-z])yse(?=[drs]?\b)"), "yze"),
    (re.compile(r"\b(licen|practi|defen|offen)ce"), r"\1se"),
    (re.compile(r"(?<=[a-z]t)re\b"), "er"),
    (re.compile(r"\b(fulfi|enro|insta|ski)ll?(?=(?:s|ment|ments|ful|fully)?\b)"), r"\1l"),
    (re.compile(r"(?<=[a-z]dg)e(?=ments?\b)"), ""),
    (re.compile(r"\bwhilst\b"), "while"),
    (re.compile(r"\b(among|amid)st\b"), r"\1"),
    (re.compile(r"\b(to|back|up|for|after)wards\b"), r"\1ward"),
)
"""What is spelt otherwise, and the one spelling."""
_MAY_DIFFER = re.compile(
    "is[aei]|our|ae|oe|ll[ei]|mme|yse|cence|tice|fence|tre|ulfil|nrol|nstal|skil|dgem|whilst|ngst|idst|wards"
)
"""Letters that a word with another spelling has: most have none, and to look once is faster than for each spelling."""


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case and one spelling (`encyclopaedia` and `encyclopedia` are the same)."""
    key = word.casefold().removesuffix("'s").strip("'")
    if _MAY_DIFFER.search(key):
        for pattern, replacement in _SPELLINGS:
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
