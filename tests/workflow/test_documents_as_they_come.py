"""Reading and comparing documents as they come: the own-words twins, and the real policies where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REAL, TWINS
from policybook.domain.comparison import Comparison, Row
from policybook.workflow.show import compare_texts, read_source

DOCUMENTS = [*sorted(TWINS.glob("*.txt")), *(sorted(REAL.glob("*.txt")) if REAL.is_dir() else [])]
PAIRS = [(TWINS / "severn-valley.txt", TWINS / "gloucestershire-2018.txt")]
if REAL.is_dir():
    PAIRS.append((next(REAL.glob("000_*")), next(REAL.glob("001_*"))))
IDS = ["twins", "real"][: len(PAIRS)]


def row_with(comparison: Comparison, words: str) -> Row:
    """The one row whose left text holds the words."""
    (found,) = [
        row for row in comparison.rows if any(words in reading.text for reading in row.left) and row.right
    ]  # fmt: skip
    return found


@pytest.fixture(scope="module", params=PAIRS, ids=IDS)
def pair(request: pytest.FixtureRequest) -> Comparison:
    left, right = request.param
    return compare_texts(str(left), str(right), Path())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem[:24])
def test_every_word_of_a_document_is_accounted_for(document: Path) -> None:
    read = read_source(document)
    assert read.coverage == 1.0
    assert read.missing == ()
    assert all(entry.why for entry in read.set_aside)


def test_little_is_set_aside_and_each_piece_with_its_reason() -> None:
    read = [read_source(document) for document in DOCUMENTS]
    words = sum(len(clause.text.split()) for document in read for clause in document.clauses)
    aside = sum(len(entry.text.split()) for document in read for entry in document.set_aside)
    assert aside <= 0.03 * words


def test_the_hours_of_contact_differ_in_substance(pair: Comparison) -> None:
    row = row_with(pair, "8.00am")
    assert row.change == "substantive"
    (time,) = [fact for fact in row.facts if fact.kind == "time"]
    assert time.before == "8am to 6pm"
    assert time.after == "reasonable hours"


def test_the_age_differs_in_substance(pair: Comparison) -> None:
    facts = [fact for row in pair.rows if row.change == "substantive" for fact in row.facts if fact.kind == "age"]
    facts += [fact for row in pair.rows for fact in row.facts if fact.kind == "definition"]
    assert facts
    assert any("18" in fact.before for fact in facts)
    assert not any("18" in fact.after for fact in facts)


def test_the_core_hours_are_the_same(pair: Comparison) -> None:
    row = row_with(pair, "4.15pm")
    assert row.change in ("same", "value", "editorial")
    assert not row.facts


def test_every_clause_stands_in_exactly_one_row(pair: Comparison) -> None:
    for side in ("left", "right"):
        told = [id(reading) for row in pair.rows for reading in getattr(row, side)]
        assert len(told) == len(set(told)) == len(getattr(pair, side).readings)


@pytest.mark.parametrize("left", DOCUMENTS, ids=lambda path: path.stem[:16])
@pytest.mark.parametrize("right", DOCUMENTS, ids=lambda path: path.stem[:16])
def test_any_two_documents_can_be_compared(left: Path, right: Path) -> None:
    comparison = compare_texts(str(left), str(right), Path())
    assert sum(comparison.summary().values()) == len(comparison.rows)
    if left == right:
        assert {row.change for row in comparison.rows} == {"same"}
