"""The row of a blank shows all that is set for it, and an edited row changes what was edited and no more."""

from __future__ import annotations

from typing import Any

import pytest

from policybook.domain.model import Parameter
from policybook.text.blank_row import parse_blank, print_blank

BLANKS = [
    Parameter("age", "age", "Age", default=19, minimum=18, topic="past-pupils"),
    Parameter("time", "duration", "Time", default="2 weeks", maximum="3 months"),
    Parameter("head", "role", "Head", default="headteacher", detail=True, required=True),
    Parameter("days", "integer", "Days", minimum=1, maximum=5),
    Parameter("apps", "list", "Apps", default=("one", "two")),
    Parameter("pool", "boolean", "Pool", default=True),
    Parameter("hours", "time-range", "Hours", default="09:00-16:15"),
    Parameter("way", "choice", "Way", default="by post", options=("by post", "by hand")),
]


@pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: blank.name)
def test_a_printed_row_is_read_as_the_same_blank(blank: Parameter) -> None:
    assert parse_blank(print_blank(blank), blank) == blank
    assert parse_blank(print_blank(blank), None) == blank


EDITS: list[tuple[int, str, str, Any]] = [
    (3, "eighteen", "default", 18),
    (3, "", "default", None),
    (4, "at least 16", "minimum", 16),
    (4, "from 18 to 21", "maximum", 21),
    (4, "", "minimum", None),
    (5, "topic leavers; only a detail", "topic", "leavers"),
    (1, "Age of leavers", "label", "Age of leavers"),
    (2, "text", "default", "19"),  # what the cell says, read again as words
    (2, "integer", "default", 19),
]


@pytest.mark.parametrize(("column", "words", "name", "value"), EDITS)
def test_an_edited_cell_changes_what_it_says(column: int, words: str, name: str, value: object) -> None:
    cells = list(print_blank(BLANKS[0]))
    cells[column] = words
    assert getattr(parse_blank(tuple(cells), BLANKS[0]), name) == value


@pytest.mark.parametrize("words", ["one of:by post; by hand", "One of: by post, by hand", "one of: by post; by hand;"])
def test_the_answers_of_a_choice_stand_between_semicolons_or_commas(words: str) -> None:
    cells = ("way", "Way", "choice", "by hand", words, "")
    made = parse_blank(cells, None)
    assert (made.options, made.default) == (("by post", "by hand"), "by hand")


@pytest.mark.parametrize(
    ("limits", "least", "most"),
    [
        ("18 or more", 18, None), ("at least 18", 18, None), ("18+", 18, None), ("from 18", 18, None),
        ("21 at most", None, 21), ("up to 21", None, 21), ("21 or less", None, 21), ("no more than 21", None, 21),
        ("between 18 and 21", 18, 21), ("From 18 to 21", 18, 21), ("", None, None),
    ],
)  # fmt: skip
def test_limits_are_said_as_people_say_them(limits: str, least: int | None, most: int | None) -> None:
    made = parse_blank(("age", "Age", "age", "19", limits, ""), BLANKS[0])
    assert (made.minimum, made.maximum) == (least, most)


@pytest.mark.parametrize(
    ("column", "words"), [(0, "Past pupils"), (1, ""), (2, "years"), (2, "duration"), (3, "17"), (4, "young"), (5, "x")]
)
def test_a_cell_that_will_not_do_is_refused(column: int, words: str) -> None:
    cells = list(print_blank(BLANKS[0]))
    cells[column] = words
    with pytest.raises(ValueError, match=r"\w"):
        parse_blank(tuple(cells), BLANKS[0])
