"""Alignment of three or more lists of texts."""

from __future__ import annotations

import random

import pytest

from policybook.text.align import Passage
from policybook.text.align_many import align_many

CLAUSES = [
    "Staff use school e-mail for school matters only.",
    "Photographs are kept in a locked cabinet.",
    "No contact with past pupils under nineteen.",
    "Visitors sign in at the office before they go anywhere.",
    "The governors review this policy every two years.",
    "Bees are kept behind the hall by the caretaker.",
]


def passages(*texts: str) -> list[Passage]:
    return [Passage(text) for text in texts]


def test_what_all_have_is_one_row_and_what_one_has_stands_where_it_has_it() -> None:
    a, b, c, d, e, f = CLAUSES
    rows = align_many([passages(a, b, c, e), passages(a, f, b, c, e), passages(a, b, d, c, e)])
    assert [sorted(row) for row in rows] == [[0, 1, 2], [1], [0, 1, 2], [2], [0, 1, 2], [0, 1, 2]]


def test_two_that_share_what_the_first_lacks_are_one_row() -> None:
    a, b, c, d, *_ = CLAUSES
    rows = align_many([passages(a, b, c), passages(a, b, d, c), passages(a, b, d, c)])
    assert [sorted(row) for row in rows] == [[0, 1, 2], [0, 1, 2], [1, 2], [0, 1, 2]]


@pytest.mark.parametrize("seed", range(20))
def test_every_passage_stands_in_exactly_one_row(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 (a test's own draw, no secret)
    texts = [passages(*draw.sample(CLAUSES, draw.randint(0, 6))) for _ in range(draw.randint(1, 5))]
    found = [entry for row in align_many(texts) for entry in row.items()]
    assert sorted(found) == [(text, place) for text in range(len(texts)) for place in range(len(texts[text]))]


def test_nothing_has_no_rows() -> None:
    assert align_many([]) == []
    assert align_many([[], []]) == []
