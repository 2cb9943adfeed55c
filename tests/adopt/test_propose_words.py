"""An edited clause as clause YAML: markup reads back, and a blank that nobody touched stays a blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.adopt.fill import Filler
from policybook.adopt.propose_words import write_clause
from policybook.domain.inline import Run, plain
from policybook.domain.model import Parameter
from policybook.text.inline import parse_inline

TEMPLATE = "Staff ask the {{ head }} before they write to pupils under {{ limit | words }}."
FILLER = Filler(
    {"head": Parameter("head", "role", "Head"), "limit": Parameter("limit", "age", "Limit")},
    {"head": "headteacher", "limit": 19},
    {},
)
PRINTED = FILLER.fill(TEMPLATE)
EDITS = [
    ("Staff ask the headteacher before they write to pupils under nineteen.", TEMPLATE),
    ("All staff ask the headteacher before they ring pupils under nineteen.",
     "All staff ask the {{ head }} before they ring pupils under {{ limit | words }}."),
    ("Staff ask the bursar before they write to anyone under nineteen.",
     "Staff ask the bursar before they write to anyone under {{ limit | words }}."),
    ("Nobody writes to pupils.", "Nobody writes to pupils."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), EDITS)
def test_a_blank_that_was_not_touched_stays_one(words: str, expected: str) -> None:
    assert write_clause((Run(words),), TEMPLATE, PRINTED) == expected


def test_a_blank_stays_one_in_bold_and_over_two_runs() -> None:
    runs = (Run("Always ask the "), Run("head", bold=True), Run("teacher first."))
    assert plain(FILLER.fill(write_clause(runs, TEMPLATE, PRINTED))).startswith("Always ask the headteacher first.")


WORDS = st.text(st.sampled_from("ab *_[]()\\{}.<>&"), min_size=1, max_size=12)


@given(st.lists(st.tuples(WORDS, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_the_words_written_read_back_as_they_stood(pieces: list[tuple[str, bool, bool]]) -> None:
    runs = tuple(Run(text, bold, italic) for text, bold, italic in pieces)
    read = plain(parse_inline(write_clause(runs, "", ())))
    assert " ".join(read.split()) == " ".join(plain(runs).split())
