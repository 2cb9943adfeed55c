"""Where two clauses differ, hunk by hunk, in words that keep their case; spelling alone is no difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from policybook.compare.measure import DETAIL, has_detail, with_halves
from policybook.compare.vocabulary import CITING_WORDS, FUNCTION_WORDS, PARTY_WORDS, PASSING_WORDS, PEOPLE
from policybook.text.similar import differences
from policybook.text.spelling import fold
from policybook.text.word import normalise

_PLAIN = r"[^\W\d_][^\W_]*(?:'[^\W_]+)*|\d{1,2}(?:[.:]\d\d)? ?[ap]\.? ?m\b|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?|&"
_PLAIN_TOKEN = re.compile(f"({_PLAIN})", re.I)
_TOKEN = re.compile(
    rf"({DETAIL.pattern}|head teachers?\b|can't"
    r"|(?:do|does|did|is|are|was|were|has|have|had|should|would|could|must|need|wo|sha)(?=n't\b)|n't\b|"
    rf"{_PLAIN})",
    re.I,
)
_CUES = ("'t", "ead teacher", "EAD TEACHER", "ead Teacher")
"""A text without any of these has no details, contractions or head teachers: a plain pattern will do."""
_CONTRACTED = {"n't": "not", "can't": "cannot", "wo": "will", "sha": "shall"}
LONGEST_SEARCHED = 5_000
"""Characters of one place that are searched for what they may be about."""
LONGEST_ENTRY = 2
"""Words that carry meaning in one entry of a list."""
_NO_NAME = (PEOPLE - {"head"}).union(
    CITING_WORDS,
    "january february march april may june july august september october november december".split(),
    "monday tuesday wednesday thursday friday saturday sunday autumn spring summer".split(),
    "must should never not all any no only council authority governing body board".split(),
)
"""Words that may stand with a capital and are no name of a school or supplier."""
_RENAMED = re.compile(
    r"(?:[A-Z][\w ]{0,40}\()?(?:formerly|previously|once|now|also)(?: known as| called| named)?(?: [A-Z][\w ]{0,40})?"
)
"""What tells only another name of the same ("X (formerly Twitter)")."""
_BRACKETS = (("[", "]"), ("<", ">"), ("{", "}"))
_OPENING, _CLOSING = (frozenset(pair[side] for pair in _BRACKETS) for side in (0, 1))
LONGEST_BLANK = 8
"""Words that ask for something to be filled in."""
_TITLES = frozenset("mr mrs ms miss mx dr prof professor rev sir dame".split())


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words of the left that stand against words of the right; one of the two may be empty.

    `before` and `after` are the words, `said_before` and `said_after` the text as written. `context` are the words that
    stand before and after it on the left; `content_before` and `content_after` the words that carry meaning, folded.
    `is_proper` where one proper name stands for another, `is_listed` where an entry of a list comes or goes, `is_blank`
    where a blank in brackets is filled in; `words` are those of both sides that carry meaning.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    said_before: str = ""
    said_after: str = ""
    context: tuple[str, str] = ("", "")
    content_before: tuple[str, ...] = ()
    content_after: tuple[str, ...] = ()
    has_capital: bool = False
    is_proper: bool = False
    is_listed: bool = False
    is_blank: bool = False
    words: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def sides(self) -> tuple[str, str]:
        """What each side says there, with the words around it; the beginning of it where that is very long."""
        start, end = self.context
        said = self.said_before[:LONGEST_SEARCHED], self.said_after[:LONGEST_SEARCHED]
        return f"{start} {said[0]} {end}", f"{start} {said[1]} {end}"

    @property
    def is_detail(self) -> bool:
        """Whether only e-mail addresses, addresses on the web, telephone numbers or people's names differ."""
        sides = (self.before, self.content_before), (self.after, self.content_after)
        return any(content for _, content in sides) and all(
            _only_details(words, content, self.context[0]) for words, content in sides
        )

    @property
    def is_gloss(self) -> bool:
        """Whether only the words that an abbreviation beside them stands for come or go, or the abbreviation."""
        if _RENAMED.fullmatch(self.said_before) or _RENAMED.fullmatch(self.said_after):
            return True
        words = self.content_before or self.content_after
        if bool(self.content_before) == bool(self.content_after) or len(words) < 2:
            return False
        beside = {word.casefold() for word in self.context}
        spelt = ["".join(word[0].casefold() for word in said) for said in (words, self.before or self.after)]
        return not beside.isdisjoint(spelt)

    @property
    def around(self) -> str:
        """What either side says there, with the words around it: all that a fact of this place can be found by."""
        return " | ".join(self.sides)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text and the spans of its words, numbers, times (`8.00am` is one) and ampersands."""

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    folded: tuple[str, ...]

    def said(self, start: int, end: int) -> str:
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""

    def is_blank(self, start: int, end: int) -> bool:
        """Whether the words stand in brackets that ask to be filled in ("[name of school]")."""
        if start >= len(self.spans) or end - start > LONGEST_BLANK or _OPENING.isdisjoint(self.text):
            return False
        before = self.text[: self.spans[start][0]]
        if start == end and before.rstrip()[-1:] in _CLOSING:
            return True  # the second half of a long name for "<school>"
        return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _BRACKETS)

    def opens_sentence(self, place: int) -> bool:
        return self.text[: self.spans[place][0]].rstrip(" \"'(")[-1:] in ("", ".", "!", "?", ":", ";", "\n")


def find_hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """Where two texts differ in words, in order; hunks that one small word parts are one.

    None where only spelling, case, punctuation or spacing differ: a hunk whose two sides are the same letters
    (`web space`, `webspace`) is left out.
    """
    left, right = _tokens(before), _tokens(after)
    spans: list[tuple[int, int, int, int]] = []
    for start, end, start2, end2 in differences(left.folded, right.folded):
        if spans and _is_small(left.words[spans[-1][1] : start]):
            start, start2 = spans[-1][0], spans[-1][2]
            spans.pop()
        spans.append((start, end, start2, end2))
    return tuple(_hunk(left, right, span) for span in spans if not _same_letters(left, right, span))


@lru_cache(maxsize=4_096)
def _tokens(text: str) -> _Tokens:
    text = normalise(with_halves(text))
    pattern = _TOKEN if any(cue in text for cue in _CUES) or has_detail(text) else _PLAIN_TOKEN
    pieces = pattern.split(text)  # what lies between, a word, what lies between, a word, ...: faster than matches
    places = tuple(accumulate(map(len, pieces)))
    spans = tuple(zip(places[::2], places[1::2], strict=False))
    words = tuple(pieces[1::2])
    if "'t" in text:
        words = tuple([_CONTRACTED.get(word.lower(), word) for word in words])
    folded = tuple(map(fold, words))
    if " " in "".join(folded):
        folded = tuple([word.replace(" ", "") for word in folded])
    return _Tokens(text, spans, words, folded)


def _hunk(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> Hunk:
    start, end, start2, end2 = span
    context = (left.words[start - 1] if start else "", left.words[end] if end < len(left.words) else "")
    said = left.said(start, end), right.said(start2, end2)
    before, after = left.words[start:end], right.words[start2:end2]
    content = _content(left.folded[start:end]), _content(right.folded[start2:end2])
    has_capital = any(word[0].isupper() for word in (*before, *after))
    is_proper = has_capital and _is_proper(left, right, span)
    is_listed = _is_listed(left, right, span, content)
    is_blank = left.is_blank(start, end) or right.is_blank(start2, end2)
    words = frozenset((*content[0], *content[1]))
    return Hunk(before, after, *said, context, *content, has_capital, is_proper, is_listed, is_blank, words)


def _is_small(gap: Sequence[str]) -> bool:
    return not gap or (len(gap) == 1 and (fold(gap[0]) in FUNCTION_WORDS or gap[0] == "&"))


def _same_letters(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> bool:
    start, end, start2, end2 = span
    return "".join(left.folded[start:end]) == "".join(right.folded[start2:end2])


def _is_proper(left: _Tokens, right: _Tokens, span: tuple[int, int, int, int]) -> bool:
    """Whether both sides are proper names, or one side is the first part of a school's name ("Marsh Lane" School)."""
    start, end, start2, end2 = span
    sides = (left, start, end), (right, start2, end2)
    named = [
        [
            place
            for place in range(first, last)
            if tokens.folded[place] not in FUNCTION_WORDS and not has_detail(tokens.words[place])
        ]
        for tokens, first, last in sides
    ]
    for (tokens, _, _), places in zip(sides, named, strict=True):
        barred = _NO_NAME if not places or tokens.folded[places[-1]] in _NO_NAME else _NO_NAME - {"education"}
        if not all(tokens.words[place][0].isupper() and tokens.folded[place] not in barred for place in places):
            return False
        if len(places) == 1 and tokens.opens_sentence(places[0]):
            return False
    if not named[0] or not named[1]:
        following = left.folded[end] if end < len(left.folded) else ""
        return max(map(len, named)) > 1 and following in PARTY_WORDS
    others = (*left.words[:start], *left.words[end:])
    return sum(word.islower() and fold(word) not in FUNCTION_WORDS for word in others) > 1  # a title says nothing


def _is_listed(
    left: _Tokens, right: _Tokens, span: tuple[int, int, int, int], content: tuple[tuple[str, ...], tuple[str, ...]]
) -> bool:
    longer = content[0] or content[1]
    if bool(content[0]) == bool(content[1]) or len(longer) > LONGEST_ENTRY or not PASSING_WORDS.isdisjoint(longer):
        return False
    tokens, start, end = (left, span[0], span[1]) if content[0] else (right, span[2], span[3])
    around = tokens.text[: tokens.spans[start][0]].rstrip()[-1:], tokens.text[tokens.spans[end - 1][1] :][:1]
    joined = {tokens.folded[start], tokens.folded[end - 1], tokens.folded[end] if end < len(tokens.folded) else ""}
    is_joined = not joined.isdisjoint(("and", "or")) and "," in tokens.text
    return not longer[-1].endswith("ly") and (around == (",", ",") or ("," in around and is_joined))


def _only_details(words: Sequence[str], content: Sequence[str], word_before: str) -> bool:
    is_named = word_before.casefold() in _TITLES
    kept = set(content)
    for word in words:
        if word.casefold() in _TITLES:
            is_named = True
        elif not (is_named and word[:1].isupper()):
            is_named = False
            if not DETAIL.fullmatch(word) and fold(word) in kept:
                return False
    return True


def _content(folded: Sequence[str]) -> tuple[str, ...]:
    return tuple([word for word in folded if word not in FUNCTION_WORDS and word != "&"])
