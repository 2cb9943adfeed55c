"""Values as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.model import Parameter, ParameterType, Value
from policybook.text.answer import describe_allowed, parse_answer, print_answer


def of(kind: ParameterType, **more: object) -> Parameter:
    return Parameter("p", kind, "P", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("age", 19, 19),
        ("age", "nineteen", 19),
        ("age", " 19 ", 19),
        ("boolean", "Yes", True),
        ("boolean", False, False),
        ("duration", "3 years", "3 years"),
        ("duration", "three years", "3 years"),
        ("time", time(16, 15), "16:15"),
        ("time", "4.15pm", "16:15"),
        ("time", "16.15", "16:15"),
        ("time", "noon", "12:00"),
        ("time-range", "9am to 4.15pm", "09:00-16:15"),
        ("time-range", "09:00–16:15", "09:00-16:15"),
        ("date", date(2026, 11, 21), date(2026, 11, 21)),
        ("date", "21/11/2026", date(2026, 11, 21)),
        ("date", "21 November 2026", date(2026, 11, 21)),
        ("date", "2026-11-21", date(2026, 11, 21)),
        ("term", "autumn 2026", "Autumn 2026"),
        ("list", "A; B", ("A", "B")),
        ("list", "A, B", ("A", "B")),
        ("list", "health and safety", ("health and safety",)),
        ("text", 7, "7"),
        ("telephone", "01582 123456", "01582 123456"),
        ("text", "   ", None),
        ("age", None, None),
    ],
)
def test_an_answer_becomes_a_typed_value(kind: ParameterType, typed: str | int, value: Value) -> None:
    assert parse_answer(of(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("age", "old"),
        ("age", 18.5),
        ("age", True),
        ("boolean", "maybe"),
        ("boolean", 1),
        ("time", "half past"),
        ("time", "13pm"),
        ("time", "9"),
        ("time-range", time(9, 0)),
        ("time-range", "9am to 8am"),
        ("date", "31/02/2026"),
        ("duration", 3),
        ("telephone", 1582123456),
        ("term", "next term"),
    ],
)
def test_an_answer_that_will_not_do_is_refused(kind: ParameterType, typed: str | int) -> None:
    with pytest.raises(ValueError, match="must be"):
        parse_answer(of(kind), typed)


def test_an_option_is_found_whatever_its_case() -> None:
    assert parse_answer(of("choice", options=("In lockers", "In bags")), "in LOCKERS") == "In lockers"


@given(
    st.one_of(
        st.tuples(st.just("age"), st.integers(1, 99)),
        st.tuples(st.just("boolean"), st.booleans()),
        st.tuples(st.just("date"), st.dates(date(1950, 1, 1), date(2090, 1, 1))),
        st.tuples(st.just("duration"), st.builds("{} months".format, st.integers(2, 90))),
        st.tuples(st.just("time"), st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))),
        st.tuples(
            st.just("time-range"),
            st.builds("{:02}:{:02}-{:02}:15".format, st.integers(0, 11), st.integers(0, 59), st.integers(12, 23)),
        ),
        st.tuples(
            st.just("list"),
            st.lists(st.from_regex(r"[a-z]{1,8}( and [a-z]{1,8})?", fullmatch=True), min_size=2, max_size=4).map(tuple),
        ),
    )
)
def test_what_is_printed_for_a_sheet_is_read_as_the_same_value(pair: tuple[ParameterType, Value]) -> None:
    parameter = of(pair[0])
    assert parse_answer(parameter, print_answer(parameter, pair[1])) == pair[1]


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (of("age", minimum=18), "an age in years, 18 or more"),
        (of("integer", minimum=1, maximum=5), "a whole number, from 1 to 5"),
        (of("duration", maximum="3 months"), "a length of time, such as 3 years, 3 months at most"),
        (of("choice", options=("a", "b")), "one of: a, b"),
        (of("text"), "words"),
    ],
)
def test_what_is_allowed_is_said_in_words(parameter: Parameter, said: str) -> None:
    assert describe_allowed(parameter) == said
