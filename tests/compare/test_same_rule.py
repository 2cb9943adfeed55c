"""Policies of different models: what a reader calls the same rule, by lists made before any run.

The target of .80 is not reached; what is held here is what was measured (docs/dev/benchmarks.md), a little below.
"""

from __future__ import annotations

import pytest

from bench.same_rule import SameRule, find_lists, find_same, total

LISTS = list(find_lists())
LEAST = {"development": (0.76, 0.64), "held-out": (0.45, 0.39), "blind": (0.72, 0.39)}
"""Precision and F1 of all lists of a half together, by its name."""


@pytest.mark.parametrize("half", LEAST)
def test_what_is_found_between_different_models_is_no_worse_than_measured(half: str) -> None:
    found = total(find_same(entry) for entry in LISTS if entry.half == half)
    precision, f1 = LEAST[half]
    assert found.precision >= precision
    assert found.f1 >= f1


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.name)
def test_a_list_names_clauses_that_are_there_and_headings_for_headings(entry: SameRule) -> None:
    """A text that is read into other clauses than when the list was made would be scored at random."""
    for left, right in entry.same:
        kinds = entry.left.readings[left].kind, entry.right.readings[right].kind
        assert (kinds[0] == "heading") == (kinds[1] == "heading")
