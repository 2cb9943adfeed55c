"""Where two clauses differ, hunk by hunk, in words that keep their case; spelling alone is no difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from policybook.compare.vocabulary import FUNCTION_WORDS, SPELLING
from policybook.text.similar import WordCode
from policybook.text.word import normalise

_TOKEN = re.compile(r"\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|\d+(?:[.,:/]\d+)*|[^\W_]+(?:'[^\W_]+)*|&")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words of the left that stand against words of the right; one of the two may be empty.

    `before` and `after` are the words, `said_before` and `said_after` the text as written. `context` are the words that
    stand before and after it on the left.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    said_before: str = ""
    said_after: str = ""
    context: tuple[str, str] = ("", "")

    @property
    def content_before(self) -> tuple[str, ...]:
        """The deleted words that carry meaning, folded."""
        return _content(self.before)

    @property
    def content_after(self) -> tuple[str, ...]:
        """The inserted words that carry meaning, folded."""
        return _content(self.after)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text and the spans of its words, numbers, times (`8.00am` is one) and ampersands."""

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]

    def said(self, start: int, end: int) -> str:
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case and one spelling (`encyclopaedia` and `encyclopedia` are the same)."""
    key = word.casefold().removesuffix("'s").strip("'")
    for pattern, replacement in SPELLING:
        key = pattern.sub(replacement, key)
    return key


def find_hunks(before: str, after: str) -> list[Hunk]:
    """Where two texts differ in words, in order; hunks that one small word parts are one.

    None where only spelling, case, punctuation or spacing differ: a hunk whose two sides are the same letters
    (`web space`, `webspace`) is left out.
    """
    left, right = _tokens(before), _tokens(after)
    code = WordCode()
    coded = code.encode(map(fold, left.words)), code.encode(map(fold, right.words))
    spans: list[tuple[int, int, int, int]] = []
    for opcode in Indel.opcodes(*coded):
        if opcode.tag == "equal":
            continue
        start, end, start2, end2 = opcode.src_start, opcode.src_end, opcode.dest_start, opcode.dest_end
        if spans and _is_small(left.words[spans[-1][1] : start]):
            start, start2 = spans[-1][0], spans[-1][2]
            spans.pop()
        spans.append((start, end, start2, end2))
    return [_hunk(left, right, span) for span in spans if not _same_letters(left, right, span)]


def _tokens(text: str) -> _Tokens:
    text = normalise(text)
    spans = tuple(match.span() for match in _TOKEN.finditer(text))
    return _Tokens(text, spans, tuple(text[start:end] for start, end in spans))


def _hunk(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> Hunk:
    start, end, start2, end2 = span
    context = (left.words[start - 1] if start else "", left.words[end] if end < len(left.words) else "")
    said = left.said(start, end), right.said(start2, end2)
    return Hunk(left.words[start:end], right.words[start2:end2], *said, context)


def _is_small(gap: Sequence[str]) -> bool:
    return not gap or (len(gap) == 1 and (fold(gap[0]) in FUNCTION_WORDS or gap[0] == "&"))


def _same_letters(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> bool:
    start, end, start2, end2 = span
    return "".join(map(fold, left.words[start:end])) == "".join(map(fold, right.words[start2:end2]))


def _content(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for word in words if (key := fold(word)) not in FUNCTION_WORDS and key != "&")
