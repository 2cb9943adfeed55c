"""Sentences: how a text is cut into them without losing a character."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?:;][\"'”’)\]*_]*\s+|\n+")
_OPENS = re.compile(r"[\"'“‘(\[*_]*(?:[A-Z0-9À-Þ]|\{\{|[\ue000-\uf8ff])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|no|nos|para|paras|st|mr|mrs|ms|dr|prof|rev|hon|p|pp|s|ss|ch|sch|reg|art)|\b[A-Z])\.\s+\Z",
    re.IGNORECASE,
)
_COLON = (":", ";")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each with the spaces after it; joined again they give the text back.

    A sentence ends at a full stop, question mark or exclamation mark before a capital, a figure or a blank to fill in,
    at a colon or semicolon before a space, and at a line break. "e.g. the office" and "St. Mary" stay whole.
    """
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, start, match):
            pieces.append(text[start : match.end()])
            start = match.end()
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] == "\n" or mark[0] in _COLON:
        return True
    if mark[0] == "." and _ABBREVIATION.search(text[start : match.end()]):
        # "They report it to Mr. Hill": but a full stop after "I." or "A." in a list of letters is rare enough.
        return False
    return _OPENS.match(text, match.end()) is not None
