"""Ages, times, durations, dates and numbers that a text states, in a form that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policybook.domain.comparison import FactKind
from policybook.text.number import parse_number
from policybook.text.value import print_time
from policybook.text.word import normalise

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))? thirty forty fifty sixty ninety"
).replace(" ", "|").replace("[-|]", "[- ]")  # fmt: skip
_N = rf"(?:\d{{1,9}}|{_NUMBER_WORDS})"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_CLOCK = r"(?:\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)|(?:[01]\d|2[0-3]):[0-5]\d|noon|midnight)"
_PATTERNS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    ("time", re.compile(rf"(?P<a>{_CLOCK})(?: ?(?:to|and|until|till|-) ?(?P<b>{_CLOCK}))?", re.I)),
    ("date", re.compile(rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} \d{{4}}")),
    ("age", re.compile(
        rf"(?:aged?|ages|age of|the age|under(?: the age of)?|below(?: the age of)?|over|until(?: they (?:are|turn|reach))?"
        rf"(?: the age of)?|turn(?:s|ed)?|reach(?:es|ed)?) (?P<a>{_N})(?! (?:day|week|month|hour|minute|copies|%))\b"
        rf"(?P<or> (?:or|and) (?:under|below|younger))?"
        rf"|(?P<b>{_N})(?P<or2> or (?:under|below|younger|over|above))"
        rf"|(?P<c>{_N})[- ]years?[- ](?:old|of age)",
        re.I,
    )),
    ("duration", re.compile(rf"(?P<a>{_N})[- ](?:(?:school|working|calendar) )?(?P<unit>day|week|month|year|hour|minute)s?\b"
                            r"|\b(?P<word>annual(?:ly)?|yearly|termly|monthly|weekly|daily|fortnightly|each year|every year)\b", re.I)),
    ("number", re.compile(rf"\b{_N}\b(?! ?(?:am|pm)\b)", re.I)),
)  # fmt: skip
_REFERENCE = re.compile(
    r"(?:appendix|section|sections|clause|paragraph|annex|schedule|part|page|version|article|chapter|year|act|acts|"
    r"regulations?|windows|office|tel|telephone)[ (]{0,3}(?:\d{1,9}(?:\.\d{1,9}){0,9}|[A-Z])\b|\b(?:19|20)\d\d\b|\b\d{1,9}(?:\.\d{1,9}){1,9}\b",
    re.I,
)
_CYCLES = {
    "annual": "1 year", "annually": "1 year", "yearly": "1 year", "each year": "1 year", "every year": "1 year",
    "termly": "1 term", "monthly": "1 month", "weekly": "1 week", "fortnightly": "2 weeks", "daily": "1 day",
}  # fmt: skip
_ANY = re.compile(
    rf"\d|\b(?:{_NUMBER_WORDS}|noon|midnight|annual|annually|yearly|termly|monthly|weekly|daily|fortnightly|each year"
    r"|every year)\b",
    re.I,
)
"""A text without any of these states no measure."""
_SMALL_NUMBERS = frozenset({"1"})
"""`one` is mostly no number ("no one", "one of these")."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A stated age, time, duration, date or number: its comparable value, the words, and where (characters) they stand."""

    kind: FactKind
    value: str
    words: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def measures_of(text: str) -> tuple[Measure, ...]:
    """What the text states, each stretch of words once, most telling kind first; references ("section 9") are none."""
    text = normalise(text)
    if not _ANY.search(text):
        return ()
    taken = bytearray(len(text))  # a mark for each character that is told of already
    found = []
    for kind, pattern in _PATTERNS:
        if kind == "number":
            for match in _REFERENCE.finditer(text):
                _mark(taken, match)
        for match in pattern.finditer(text):
            value = None if any(taken[match.start() : match.end()]) else _VALUE[kind](match)
            if value is not None and not (kind == "number" and value in _SMALL_NUMBERS):
                _mark(taken, match)
                found.append(Measure(kind, value, match[0].strip(), *match.span()))
    return tuple(found)


def _mark(taken: bytearray, match: re.Match[str]) -> None:
    taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


def _time(match: re.Match[str]) -> str | None:
    ends = [_clock(match[name]) for name in ("a", "b") if match[name]]
    return " to ".join(print_time(end) for end in ends if end) or None


def _clock(words: str) -> str | None:
    words = words.lower().replace(" ", "")
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))?(am|pm)?", words)
    if not found or int(found[1]) > 23:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "pm" else 0) if found[3] else int(found[1])
    return f"{hour:02}:{found[2] or '00'}"


def _age(match: re.Match[str]) -> str | None:
    number = parse_number(match["a"] or match["b"] or match["c"])
    if number is None or not 2 <= number <= 100:
        return None
    return f"{number} or under" if match["or"] or (match["or2"] and "o" not in match["or2"][4:5]) else str(number)


def _duration(match: re.Match[str]) -> str | None:
    if match["word"]:
        return _CYCLES[match["word"].lower()]
    number = parse_number(match["a"])
    return None if number is None else f"{number} {match['unit'].lower()}{'' if number == 1 else 's'}"


def _number(match: re.Match[str]) -> str | None:
    number = parse_number(match[0])
    return None if number is None else str(number)


_VALUE = {
    "time": _time,
    "date": lambda match: match[0].lower(),
    "age": _age,
    "duration": _duration,
    "number": _number,
}
