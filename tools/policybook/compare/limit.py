"""Whether a number is the least or the most, and from what a period is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from policybook.compare.denial import stems
from policybook.compare.hunk import Hunk
from policybook.compare.measure import NUMBER_WORDS, with_halves
from policybook.compare.telling import became, shortened
from policybook.compare.vocabulary import FUNCTION_WORDS
from policybook.domain.comparison import Fact
from policybook.text.number import parse_number
from policybook.text.spelling import fold

_NUMBER = rf"[£$€]?\b(?P<n>\d[\d,.]*\d|\d|{NUMBER_WORDS})\b(?P<half> and a half)?"
_BEFORE = (
    ("at most", "no more than|not more than|up to|at most|(?:a )?maximum of|not exceeding|no longer than|not exceed"),
    ("at least", "no fewer than|no less than|not less than|not fewer than|at least|(?:a )?minimum of"),
    ("more than", "more than|in excess of|exceeding|exceeds?|greater than|longer than|over|above"),
    ("less than", "less than|fewer than|shorter than|below|under"),
)
_LIMITS = tuple((name, re.compile(rf"\b(?:{words}) (?:(?:the|an?|any) )?{_NUMBER}", re.I)) for name, words in _BEFORE)
_TRAILING = re.compile(rf"{_NUMBER}(?: \w+)? or (?P<how>more|over|above|longer|less|fewer|under|below)\b", re.I)
_CUE = re.compile(
    r"\b(?:more|up to|maximum|exceed\w*|longer|fewer|less|least|most|minimum|excess|greater|over|above|below|under"
    r"|shorter)\b",
    re.I,
)
NEUTRAL = re.compile(r"\bno(?:t)? (?:more|fewer|less|longer|later|earlier|sooner) than\b|\bnot exceed(?:ing)?\b", re.I)
"""A limit that is told with a "no", and denies nothing."""
_DEADLINE = re.compile(r"\bno(?:t)? (?:later|earlier|sooner) than\b", re.I)
_COUNTED_FROM = re.compile(
    r"\b(?:hour|day|week|month|term)s?['’]? (?:of|from|after|before|following|prior to) (?P<what>(?:[\w'’]+ ?){1,6})",
    re.I,
)


def find_limit_facts(before: str, after: str) -> Iterator[Fact]:
    """The limit that a number became, or ceased to be, where both texts state the number itself."""
    if _DEADLINE.search(before) or _DEADLINE.search(after):
        return  # "no later than five days beforehand" is at least five days
    lefts, rights = _limits(before), _limits(after)
    gone, come = lefts - rights, rights - lefts
    for number in dict.fromkeys(number for _, number in (*gone, *come)):
        old, new = (_shown(side, number) for side in (gone, come))
        if number in _numbers(before) and number in _numbers(after):
            yield Fact("number", old, new, became(old, new, "unclear", "The limit"))


def find_anchor_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """Another event from which a period is counted ("14 days of the invoice", "14 days of the end of term")."""
    lefts, rights = (list(_COUNTED_FROM.finditer(text)) for text in (before, after))
    if len(lefts) != 1 or len(rights) != 1 or not hunk.content_before or not hunk.content_after:
        return
    old, new = lefts[0]["what"], rights[0]["what"]
    sides = [set(stems(said)) - FUNCTION_WORDS for said in (old, new)]
    held = not {*hunk.content_before}.isdisjoint(_folded(old)) and not {*hunk.content_after}.isdisjoint(_folded(new))
    if held and sides[0].isdisjoint(sides[1]):
        shown = shortened(old.strip()), shortened(new.strip())
        yield Fact("duration", *shown, became(*shown, "unclear", "From what the period is counted"))


def _folded(said: str) -> list[str]:
    return [fold(word) for word in said.split()]


@lru_cache(maxsize=4_096)
def _limits(text: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    if not _CUE.search(text):
        return found
    text = with_halves(text)
    for name, pattern in _LIMITS:
        for match in pattern.finditer(text):
            if (number := _parsed(match["n"], match["half"])) is not None:
                found[name, number] += 1
        text = pattern.sub(lambda match: " " + match["n"] + (match["half"] or ""), text)
    for match in _TRAILING.finditer(text):
        if (number := _parsed(match["n"], match["half"])) is not None:
            is_most = match["how"].lower() in ("less", "fewer", "under", "below")
            found["at most" if is_most else "at least", number] += 1
    return found


def _parsed(said: str, half: str | None = None) -> str | None:
    if half:
        said = f"{_parsed(said)}.5"
    number = parse_number(said.replace(",", ""))
    return str(number) if number is not None else said if said[:1].isdigit() else None


def _numbers(text: str) -> set[str]:
    return {value for word in re.findall(r"\d[\d,.]*\d|\d|[A-Za-z]+(?:-[a-z]+)?", text) if (value := _parsed(word))}


def _shown(side: Counter[tuple[str, str]], number: str) -> str:
    return next((f"{name} {number}" for name, own in side if own == number), number)
