from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.model import Parameter, ParameterType
from policybook.text.value import duration_days, parse_value, print_time, print_value, print_value_words


def parameter(kind: ParameterType, **more: object) -> Parameter:
    return Parameter("p", kind, "What is asked", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "raw", "value", "printed"),
    [
        ("age", 19, 19, "19"), ("integer", 0, 0, "0"), ("boolean", True, True, "yes"), ("text", " us ", "us", "us"),
        ("time", "9:05", "09:05", "9.05am"), ("time", "12:00", "12:00", "noon"), ("time", "00:00", "00:00", "midnight"),
        ("time-range", "09:00 - 16:15", "09:00-16:15", "9am to 4.15pm"),
        ("duration", "three years", "3 years", "3 years"), ("duration", "1 day", "1 day", "1 day"),
        ("date", date(2024, 11, 21), date(2024, 11, 21), "21 November 2024"),
        ("term", "Autumn 2026", "Autumn 2026", "Autumn 2026"), ("list", ["a", "b", "c"], ("a", "b", "c"), "a, b and c"),
        ("email", "office@hill.school.example", "office@hill.school.example", "office@hill.school.example"),
        ("telephone", "+44 (0)1632 960000 ext 12", "+44 (0)1632 960000 ext 12", "+44 (0)1632 960000 ext 12"),
    ],
)  # fmt: skip
def test_values_are_read_and_printed(kind: ParameterType, raw: object, value: object, printed: str) -> None:
    read = parse_value(parameter(kind), raw)
    assert read == value
    assert print_value(kind, read) == printed


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("age", "nineteen"), ("age", True), ("integer", 1.5), ("time", "25:00"), ("time", "9am"),
        ("time-range", "16:00-09:00"), ("time-range", "09:00"), ("duration", "soon"), ("duration", f"{'9' * 5000} days"),
        ("date", "2024-11-21"), ("term", "2026"), ("list", []), ("list", [1]), ("text", "  "), ("boolean", "yes"),
        ("email", "19"), ("email", "the office"), ("email", "office@hill"), ("telephone", "nobody"), ("telephone", "12"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_with_what_would(kind: ParameterType, raw: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        parse_value(parameter(kind), raw)


def test_a_blank_is_none_and_limits_and_options_hold() -> None:
    assert parse_value(parameter("age"), None) is None
    with pytest.raises(ValueError, match="at least 18"):
        parse_value(parameter("age", minimum=18), 17)
    with pytest.raises(ValueError, match="at most 1 year"):
        parse_value(parameter("duration", maximum="1 year"), "2 years")
    with pytest.raises(ValueError, match="one of a, b"):
        parse_value(parameter("choice", options=("a", "b")), "c")


@given(st.times())
def test_printed_times_are_told_apart(clock: time) -> None:
    text = f"{clock:%H:%M}"
    assert parse_value(parameter("time"), text) == text
    assert print_time(text).endswith(("am", "pm", "noon", "midnight"))


@given(st.integers(1, 999), st.sampled_from(["day", "week", "month", "year"]))
def test_a_duration_printed_in_words_is_read_again(count: int, unit: str) -> None:
    value = parse_value(parameter("duration"), f"{count} {unit}s")
    assert print_value_words("duration", value) is not None
    assert duration_days(value) >= count
    assert parse_value(parameter("duration"), str(value)) == value
