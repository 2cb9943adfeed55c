from __future__ import annotations

from policybook.compare import collate
from policybook.domain.comparison import Collation, CollationRow, Reading, Witness
from policybook.report.matrix import matrix_page

MODEL = {
    "use.age": "Staff do not contact past pupils under 18.",
    "use.keys": "Keys are handed in at reception.",
    "use.log": "The log is checked on Fridays.",
}


def witness(siglum: str, **changed: str | None) -> Witness:
    """A school's text: the model with some clauses in other words, or left out (None), or added."""
    texts = {**MODEL, **{f"use.{name}": text for name, text in changed.items()}}
    readings = tuple(Reading(text, name) for name, text in texts.items() if text is not None)
    return Witness(siglum, siglum, siglum, readings, model="hr/use", owner=f"School {siglum}")


def collation() -> Collation:
    later = "Staff do not contact past pupils under 19."
    return collate(
        witness("M"),
        [
            witness("S1", age=later, bell="The bell rings twice."), witness("S2", age=later, keys=None),
            witness("S3", bell="The bell  rings twice"), witness("S4", age="Staff do not contact past pupils under 16."),
        ],
    )  # fmt: skip


def row(clause: str) -> CollationRow:
    (found,) = [entry for entry in collation().rows if entry.clause == clause]
    return found


def test_schools_that_made_the_same_change_are_told_together_and_the_others_alone() -> None:
    shared, alone = row("use.age").clusters
    assert (shared.state, shared.columns) == ("substantive", (0, 1))
    assert shared.why == ("The age: “18” became “19”: stricter.",)
    assert alone.columns == (3,)


def test_a_clause_left_out_is_a_departure_and_one_as_the_model_is_none() -> None:
    assert [(entry.state, entry.columns) for entry in row("use.keys").clusters] == [("removed", (1,))]
    assert row("use.log").clusters == ()


def test_the_same_words_added_by_two_schools_are_one_row() -> None:
    added = row("use.bell")
    assert [cell.state for cell in added.cells] == ["added", "not there", "added", "not there"]
    assert [entry.columns for entry in added.clusters] == [(0, 2)]


def test_every_reading_of_every_witness_stands_in_the_matrix() -> None:
    matrix = collation()
    for column, school in enumerate(matrix.witnesses):
        told = [entry.cells[column].text for entry in matrix.rows if entry.cells[column].text]
        assert sorted(told) == sorted(reading.text for reading in school.readings)


def test_the_page_says_how_many_of_how_many_changed_what() -> None:
    page = repr(matrix_page(collation(), "All adoptions"))
    assert "2 of 4" in page
    assert "School S1, School S2" in page


def test_a_base_without_witnesses_is_a_matrix_without_columns() -> None:
    assert all(entry.cells == () for entry in collate(witness("M"), []).rows)
