"""Values of parameters: read from what people write, and printed in a policy."""

from __future__ import annotations

import re
from datetime import date

from policybook.domain.model import Parameter, ParameterType, Value
from policybook.text.number import parse_number, print_number

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DURATION = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
_WRITTEN: dict[ParameterType, re.Pattern[str]] = {
    "term": re.compile(r"(Autumn|Spring|Summer) (?:term )?\d{4}"),
    "email": re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+"),
    "telephone": re.compile(r"(?=(?:\D*\d){5})[+(\d][\d\s()./-]*(?:(?:x|ext\.?|extension)\s*\d+)?", re.IGNORECASE),
}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SHAPE: dict[ParameterType, str] = {
    "integer": "a whole number",
    "age": "an age in years, such as 18",
    "duration": 'a number of days, weeks, months or years in quotes, such as "3 years"',
    "time": 'a time in quotes, such as "16:15"',
    "time-range": 'two times in quotes, such as "09:00-16:15"',
    "date": "a date, such as 2024-11-21",
    "term": "a school term and year, such as Autumn 2026",
    "choice": "one of the options",
    "list": "a list in square brackets",
    "boolean": "true or false",
    "email": "an e-mail address, such as office@school.example",
    "telephone": 'a telephone number in quotes, such as "01632 960000"',
}


def parse_value(parameter: Parameter, raw: object) -> Value:
    """The value as its parameter's type has it; None is a blank. Raises ValueError saying what would do."""
    if raw is None:
        return None
    value = _parse_type(parameter.type, raw)
    if value is None:
        raise ValueError(f"must be {_SHAPE.get(parameter.type, 'words in quotes')}")
    if parameter.options and value not in parameter.options:
        raise ValueError(f"must be one of {', '.join(parameter.options)}")
    _check_limits(parameter, value)
    return value


def print_value(kind: ParameterType, value: Value) -> str:
    """The value as it stands in a policy: `4.15pm`, `9am to 4.15pm`, `21 November 2024`, `A, B and C`."""
    if isinstance(value, tuple):
        return " and ".join(filter(None, [", ".join(value[:-1]), value[-1] if value else ""]))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if kind == "time":
        return print_time(str(value))
    if kind == "time-range":
        start, _, end = str(value).partition("-")
        return f"{print_time(start)} to {print_time(end)}"
    return str(value)


def print_value_words(kind: ParameterType, value: Value) -> str | None:
    """The value with its number in words (`nineteen`, `three years`), or None where the type has no such form."""
    if kind in ("integer", "age") and isinstance(value, int):
        return print_number(value)
    if kind == "duration":
        count, _, unit = str(value).partition(" ")
        return f"{print_number(int(count))} {unit}"
    return None


def print_time(clock: str) -> str:
    """`16:15` as `4.15pm`, `09:00` as `9am`, `12:00` as `noon`, `00:00` as `midnight`."""
    hour, minute = (int(piece) for piece in clock.split(":"))
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    return f"{hour % 12 or 12}{f'.{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"


def duration_days(value: Value) -> int:
    """About how many days a duration lasts (a month counts 30, a year 365), for comparing durations only."""
    match = _DURATION.fullmatch(str(value))
    return int(match[1]) * _DAYS[match[2]] if match else 0


def _parse_type(kind: ParameterType, raw: object) -> Value:
    if kind in ("integer", "age"):
        return raw if isinstance(raw, int) and not isinstance(raw, bool) else None
    if kind == "boolean":
        return raw if isinstance(raw, bool) else None
    if kind == "date":
        return raw if isinstance(raw, date) else None
    if kind == "list":
        is_words = isinstance(raw, list | tuple) and raw and all(isinstance(entry, str) for entry in raw)
        return tuple(raw) if is_words else None  # type: ignore[arg-type]
    return _parse_words(kind, raw.strip()) if isinstance(raw, str) and raw.strip() else None


def _parse_words(kind: ParameterType, raw: str) -> Value:
    if kind == "time":
        return _parse_time(raw)
    if kind == "time-range":
        start, _, end = (piece.strip() for piece in raw.partition("-"))
        first, last = _parse_time(start), _parse_time(end)
        return f"{first}-{last}" if first and last and first < last else None
    if kind == "duration":
        return _parse_duration(raw)
    pattern = _WRITTEN.get(kind)
    return raw if pattern is None or pattern.fullmatch(raw) else None


def _parse_time(raw: str) -> str | None:
    match = _TIME.fullmatch(raw)
    return f"{int(match[1]):02}:{match[2]}" if match else None


def _parse_duration(raw: str) -> str | None:
    count, _, unit = raw.partition(" ")
    number = parse_number(count)
    if number is None or not (match := _DURATION.fullmatch(f"{number} {unit}")):
        return None
    return f"{number} {match[2]}{'' if number == 1 else 's'}"


def _check_limits(parameter: Parameter, value: Value) -> None:
    size = _size(parameter.type, value)
    if size is None:
        return
    lowest, highest = _size(parameter.type, parameter.minimum), _size(parameter.type, parameter.maximum)
    if lowest is not None and size < lowest:
        raise ValueError(f"must be at least {parameter.minimum}")
    if highest is not None and size > highest:
        raise ValueError(f"must be at most {parameter.maximum}")


def _size(kind: ParameterType, value: Value) -> int | None:
    if kind in ("integer", "age"):
        return value if isinstance(value, int) else None
    if kind == "duration" and value is not None:
        return duration_days(value)
    return None
