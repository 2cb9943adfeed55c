from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from policybook.compare import compare
from policybook.compare.fact import About, find_facts
from policybook.compare.hunk import Hunk
from policybook.domain.comparison import Fact, Reading, Witness


def witness(siglum: str, *texts: str) -> Witness:
    return Witness(siglum, siglum, siglum, tuple(Reading(text) for text in texts))


@pytest.mark.parametrize("piece", ["Aaa ", "1", "1.", "Act (", " ", "The A of and ", "aged ", "'a", "must not ", "* "])
def test_words_that_make_patterns_slow_are_read_in_bounded_time(piece: str) -> None:
    text = piece * 8_000
    assert compare(witness("A", text), witness("B", f"{text} must not", "b")).rows


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ni chaiff staff gysylltu â disgyblion dan 18 oed.", "Ni chaiff staff gysylltu â disgyblion dan 19 oed."),
        ("لا يجوز للموظفين التواصل مع التلاميذ دون 18.", "لا يجوز للموظفين التواصل مع التلاميذ دون 19."),
    ],
    ids=["Welsh", "Arabic"],
)
def test_a_figure_that_differs_is_of_substance_in_any_language(before: str, after: str) -> None:
    (row,) = compare(witness("A", before), witness("B", after)).rows
    assert row.change == "substantive"
    assert [(fact.before, fact.after) for fact in row.facts] == [("18", "19")]


def test_an_empty_text_beside_a_text_has_only_additions() -> None:
    comparison = compare(witness("A"), witness("B", "One.", "Two."))
    assert [row.change for row in comparison.rows] == ["added", "added"]


def test_of_a_clause_of_a_megabyte_only_the_places_that_differ_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []

    def counting(before: str, after: str, others: Sequence[Hunk], cues: frozenset[About]) -> Iterator[Fact]:
        searched.append(len(before) + len(after))
        return find_facts(before, after, others, cues)

    monkeypatch.setattr("policybook.compare.classify.find_facts", counting)
    words = " ".join(f"word{place}" for place in range(100_000))
    (row,) = compare(witness("A", f"{words} under 18 years."), witness("B", f"{words} under 19 years.")).rows
    assert [(fact.before, fact.after) for fact in row.facts] == [("18", "19")]
    assert sum(searched) < 1_000
