"""Where two clauses differ, hunk by hunk, in words that keep their case; spelling alone is no difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.vocabulary import FUNCTION_WORDS
from policybook.text.similar import WordCode, differences
from policybook.text.spelling import fold
from policybook.text.word import normalise

_TOKEN = re.compile(r"\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)\b|\d+(?:[.,:/]\d+)*|[^\W_]+(?:'[^\W_]+)*|&")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words of the left that stand against words of the right; one of the two may be empty.

    `before` and `after` are the words, `said_before` and `said_after` the text as written. `context` are the words that
    stand before and after it on the left; `content_before` and `content_after` the words that carry meaning, folded.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    said_before: str = ""
    said_after: str = ""
    context: tuple[str, str] = ("", "")
    content_before: tuple[str, ...] = ()
    content_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text and the spans of its words, numbers, times (`8.00am` is one) and ampersands."""

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]

    def said(self, start: int, end: int) -> str:
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""


@lru_cache(maxsize=4_096)
def find_hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """Where two texts differ in words, in order; hunks that one small word parts are one.

    None where only spelling, case, punctuation or spacing differ: a hunk whose two sides are the same letters
    (`web space`, `webspace`) is left out.
    """
    left, right = _tokens(before), _tokens(after)
    code = WordCode()
    coded = code.encode(map(fold, left.words)), code.encode(map(fold, right.words))
    spans: list[tuple[int, int, int, int]] = []
    for start, end, start2, end2 in differences(*coded):
        if spans and _is_small(left.words[spans[-1][1] : start]):
            start, start2 = spans[-1][0], spans[-1][2]
            spans.pop()
        spans.append((start, end, start2, end2))
    return tuple(_hunk(left, right, span) for span in spans if not _same_letters(left, right, span))


@lru_cache(maxsize=4_096)
def _tokens(text: str) -> _Tokens:
    text = normalise(text)
    spans = tuple(match.span() for match in _TOKEN.finditer(text))
    return _Tokens(text, spans, tuple(text[start:end] for start, end in spans))


def _hunk(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> Hunk:
    start, end, start2, end2 = span
    context = (left.words[start - 1] if start else "", left.words[end] if end < len(left.words) else "")
    said = left.said(start, end), right.said(start2, end2)
    before, after = left.words[start:end], right.words[start2:end2]
    return Hunk(before, after, *said, context, _content(before), _content(after))


def _is_small(gap: Sequence[str]) -> bool:
    return not gap or (len(gap) == 1 and (fold(gap[0]) in FUNCTION_WORDS or gap[0] == "&"))


def _same_letters(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> bool:
    start, end, start2, end2 = span
    return "".join(map(fold, left.words[start:end])) == "".join(map(fold, right.words[start2:end2]))


def _content(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for word in words if (key := fold(word)) not in FUNCTION_WORDS and key != "&")
