"""Values as people type them: into a cell of a spreadsheet, at a prompt, on the command line."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time

from policybook.domain.model import Parameter, Value
from policybook.text.number import parse_number
from policybook.text.value import parse_value, print_time, print_value

Answer = str | int | float | bool | date | time | None
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")
_DATES = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y")
"""As written in Britain: the day stands first."""
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?")
_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*")
_APART = re.compile(r"[;\n]")


def parse_answer(parameter: Parameter, answer: Answer) -> Value:
    """The value that somebody typed; None for nothing. Raises ValueError saying what would do.

    Takes what `print_answer` gives, and what policies print: `9am to 4.15pm`, `nineteen`, `21 November 2024`.
    """
    if isinstance(answer, str):
        answer = answer.strip()
    if answer is None or answer == "":
        return None
    return parse_value(parameter, _typed(parameter, answer))


def print_answer(parameter: Parameter, value: Value) -> str | int | date | None:
    """A value as somebody would type it: read again it is the same value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if value is None or isinstance(value, int | date):
        return value
    return print_value(parameter.type, value)


def _typed(parameter: Parameter, answer: Answer) -> object:
    kind = parameter.type
    if isinstance(answer, str):
        return _typed_words(parameter, answer)
    if isinstance(answer, time):
        return f"{answer:%H:%M}"
    if kind == "telephone" and isinstance(answer, int):
        raise ValueError("must be words: a number has lost its first 0")
    if kind in ("integer", "age", "boolean", "date") or isinstance(answer, bool | date):
        return answer
    return str(answer)


def _typed_words(parameter: Parameter, words: str) -> object:
    kind = parameter.type
    if kind in ("integer", "age"):
        number = parse_number(words)
        return words if number is None else number
    if kind == "boolean":
        return words.casefold() in _YES if words.casefold() in (*_YES, *_NO) else words
    if kind == "list":
        pieces = _APART.split(words) if _APART.search(words) else words.split(",")
        return [piece.strip() for piece in pieces if piece.strip()]
    if kind == "date":
        return _date(words)
    if kind == "time":
        return _time(words)
    if kind == "time-range":
        return "-".join(_time(piece) for piece in _BETWEEN.split(words))
    if kind == "term":
        return words[:1].upper() + words[1:]
    return next((option for option in parameter.options if option.casefold() == words.casefold()), words)


def _date(words: str) -> object:
    with suppress(ValueError):
        return date.fromisoformat(words)
    for form in _DATES:
        with suppress(ValueError):
            return datetime.strptime(words, form).date()
    return words


def _time(words: str) -> str:
    """`4.15pm`, `16:15` and `16.15` as `16:15`; other words as they are."""
    if words.casefold() in ("noon", "midnight"):
        return "12:00" if words.casefold() == "noon" else "00:00"
    match = _CLOCK.fullmatch(words.casefold())
    if match is None or not (match[2] or match[3]):
        return words
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            return words
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return f"{hour:02}:{match[2] or '00'}"


def describe_allowed(parameter: Parameter) -> str:
    """What may be answered, in words: `a whole number, 18 or more`."""
    if parameter.options:
        return f"one of: {', '.join(parameter.options)}"
    words = _ALLOWED.get(parameter.type, "words")
    low, high = (_shown(parameter, limit) for limit in (parameter.minimum, parameter.maximum))
    if low and high:
        return f"{words}, from {low} to {high}"
    return f"{words}, {low} or more" if low else f"{words}, {high} at most" if high else words


def _shown(parameter: Parameter, limit: Value) -> str:
    return "" if limit is None else print_value(parameter.type, limit)


_ALLOWED = {
    "integer": "a whole number",
    "age": "an age in years",
    "duration": "a length of time, such as 3 years",
    "time": f"a time, such as {print_time('16:15')}",
    "time-range": f"two times, such as {print_time('09:00')} to {print_time('16:15')}",
    "date": "a date, such as 21 November 2026",
    "term": "a school term, such as Autumn 2026",
    "list": "one or more, with ; between them",
    "boolean": "yes or no",
    "role": "a title, not a person's name",
    "organisation": "a name",
    "email": "an e-mail address",
    "telephone": "a telephone number, with ' before it so that its first 0 is not lost",
}
