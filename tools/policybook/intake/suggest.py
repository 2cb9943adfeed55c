"""Values that schools are likely to differ in, found in the words: ages, hours, lengths of time, roles, providers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from policybook.domain.model import ParameterType, Value
from policybook.domain.source import Proposal
from policybook.text.number import parse_number
from policybook.text.placeholder import apply_filter
from policybook.text.value import print_value, print_value_words

_NUMBER = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty(?:[- ]one)?)"
)
_CLOCK = r"(?:\d{1,2}(?:[.:][0-5]\d)?\s?[ap]m\b|noon\b|midnight\b)"
_PATTERNS: tuple[tuple[ParameterType, float, re.Pattern[str]], ...] = (
    ("email", 0.9, re.compile(r"\b[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,20}){1,4}\b")),
    ("telephone", 0.75, re.compile(r"(?<![\w£])0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b")),
    ("time-range", 0.85, re.compile(rf"{_CLOCK} ?(?:to|-|–|until|and) ?{_CLOCK}", re.IGNORECASE)),
    ("time", 0.8, re.compile(_CLOCK, re.IGNORECASE)),
    ("term", 0.9, re.compile(r"\b(?:Autumn|Spring|Summer) (?:term )?20\d\d\b")),
    ("age", 0.8, re.compile(
        rf"(?:\b(?:aged?|age of|under the age of|over the age of|under|over|until (?:they are|the age of)|turns?|"
        rf"reach(?:es|ed)?)\s)({_NUMBER})\b(?! ?(?:%|per|days?|weeks?|months?|minutes?|hours?|"
        r"[ap]m|[GM]B|people|pounds|words|of)\b)",
        re.IGNORECASE)),
    ("age", 0.85, re.compile(rf"\b({_NUMBER})(?= years (?:old|of age)\b)", re.IGNORECASE)),
    ("duration", 0.75, re.compile(rf"\b{_NUMBER} (?:days?|weeks?|months?|years?)\b(?! (?:old|of age))", re.IGNORECASE)),
    ("organisation", 0.7, re.compile(
        r"\b(?:provided|supplied|maintained|monitored|filtered|hosted|managed|run|scrutin(?:y|ised)) by "
        r"((?!The\b|Our\b|MC\b)[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3})")),
    ("role", 0.75, re.compile(
        r"\b(?:head ?teacher|executive head(?: ?teacher)?|principal|chair of (?:the )?governors|business manager|"
        r"designated safeguarding (?:lead|officer)|data protection officer|e-?safety (?:lead|officer|co-?ordinator)|"
        r"online safety lead|I(?:C)?T (?:co-?ordinator|manager|technician)|network manager|line manager|"
        r"chief executive(?: officer)?)\b", re.IGNORECASE)),
)  # fmt: skip
_HOURS = ("am", "pm", "noon", "midnight")
_NEEDS: dict[ParameterType, tuple[str, ...]] = {
    "email": ("@",), "telephone": ("0",), "time-range": _HOURS, "time": _HOURS, "term": ("20",),
    "age": ("age", "under", "over", "until", "turn", "reach", "years o"), "duration": ("day", "week", "month", "year"),
    "organisation": (" by ",),
    "role": ("head", "princip", "chair", "manag", "officer", "lead", "ordinat", "techn", "chief"),
}  # fmt: skip
"""What a text must hold for a pattern to be looked for: most clauses hold no value, and reading them all takes long."""
_LABELS: dict[ParameterType, str] = {
    "email": "E-mail address", "telephone": "Telephone number", "time-range": "Hours", "time": "Time",
    "term": "School term", "age": "Age", "duration": "Length of time", "organisation": "Provider", "role": "Role",
}  # fmt: skip
_AUTHOR = re.compile(r"\b(?:written|produced|drafted|prepared|drawn up|devised) by (?:the )?$", re.IGNORECASE)
_YEARLY = re.compile(
    r"\breview(?:ed|s)? (?:[\w-]+ ){0,3}?(?:annually|yearly|on an annual basis)\b|\bannual reviews?\b", re.IGNORECASE
)
SCHOOL_NAME, SHORT_NAME = "Name of the school", "Short name of the school"
"""Labels of what is the school's own name in a text."""
_INITIALS = re.compile(r"\b[A-Z]{2,}\b")
_FEWEST_INITIALS, _FEWEST_MENTIONS = 3, 2
_OLDEST = 25
_YOUNGEST = 4


def find_values(text: str, school: str = "", place: str = "", short_name: str = "") -> Iterator[Proposal]:
    """The values of one text, in order, none inside another; `school` is the name whose mentions are the school's."""
    found = list(_named(text, SCHOOL_NAME, school, place)) if school else []
    found += _named(text, SHORT_NAME, short_name, place) if short_name else []
    small = text.lower()
    for kind, sure, pattern in _PATTERNS:
        for match in pattern.finditer(text) if any(sign in small for sign in _NEEDS.get(kind, ("",))) else ():
            start, end = match.span(match.lastindex or 0)
            if parse_words(kind, text[start:end]) is not None:
                label = f"{_LABELS[kind]} in “{_around(text, start, end)}”"
                why = "schools often differ in this"
                found.append(Proposal("value", text[start:end], label, kind, start, end, sure, why, place))
    position = 0
    for entry in sorted(found, key=lambda entry: (entry.start, -entry.end, -entry.confidence)):
        if entry.start >= position:
            position = entry.end
            yield entry


def find_stated(text: str) -> Iterator[tuple[ParameterType, Value]]:
    """What a text says, in whichever words: the values of `find_values`, and that something is reviewed every year."""
    yield from ((found.type, parse_words(found.type, found.text)) for found in find_values(text))
    if _YEARLY.search(text):
        yield "duration", "1 year"


def find_short_name(school: str, texts: Iterable[str]) -> str:
    """The letters that stand for a school's name in its own document: its initials, or those in brackets after it.

    Empty where there are none, or where they stand in only one place: that may be anything.
    """
    words = re.sub(r"\([^()]*\)", " ", school).split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    letters = [match[1] for match in re.finditer(r"\(([A-Z]{2,8})\)", school)]
    known = [one for one in (*letters, initials) if len(one) >= _FEWEST_INITIALS]
    counts = Counter(found for text in texts for found in _INITIALS.findall(text) if found in known)
    return next((one for one in known if counts[one] >= _FEWEST_MENTIONS), "")


def parse_words(kind: ParameterType, words: str) -> Value:
    """The value that printed words stand for ("nineteen" -> 19, "9am to 4.15pm" -> "09:00-16:15"), or None."""
    if kind == "age":
        age = parse_number(words)
        return age if age is not None and _YOUNGEST <= age <= _OLDEST else None
    if kind == "duration":
        count, _, unit = words.lower().partition(" ")
        number = parse_number(count)
        return f"{number} {unit.rstrip('s')}{'' if number == 1 else 's'}" if number else None
    if kind == "time":
        return _clock(words)
    if kind == "time-range":
        times = [_clock(piece) for piece in re.findall(_CLOCK, words, re.IGNORECASE)]
        return f"{times[0]}-{times[1]}" if len(times) == 2 and all(times) and str(times[0]) < str(times[1]) else None
    return words


def filter_for(kind: ParameterType, value: Value, words: str) -> str | None:
    """The filter under which a value prints exactly these words (empty for none), or None where no filter does."""
    printed = print_value(kind, value)
    number_words = print_value_words(kind, value)
    options = ("", "words", "capital", "between", "minutes") if kind == "time-range" else ("", "words", "capital")
    return next((name for name in options if apply_filter(name, printed, number_words=number_words) == words), None)


def _named(text: str, label: str, name: str, place: str) -> Iterator[Proposal]:
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if _AUTHOR.search(text, 0, match.start()):
            continue  # who wrote the words stays so, whichever school takes them
        why = "the name on the front of the document" if label == SCHOOL_NAME else "letters of the school's name"
        yield Proposal("value", match[0], label, "organisation", *match.span(), 0.95, why, place)


def _around(text: str, start: int, end: int) -> str:
    before, after = text[:start].split()[-4:], text[end:].split()[:2]
    return " ".join([*before, text[start:end], *after]).strip(" .,;:")


def _clock(words: str) -> str | None:
    words = words.lower().replace(" ", "")
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    hour, _, minute = words[:-2].replace(":", ".").partition(".")
    if not 1 <= int(hour) <= 12:
        return None
    return f"{int(hour) % 12 + (12 if words.endswith('pm') else 0):02}:{minute or '00'}"
