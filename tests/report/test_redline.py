"""What a redline says, before any file is written of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.adopt import resolve, resolve_model
from policybook.compare import compare, witness_of_policy
from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.comparison import Reading, Witness
from policybook.domain.inline import Run, plain
from policybook.domain.model import Clause, FormField, ModelVersion, Parameter, Part, Publisher
from policybook.domain.page import Form, Heading, Paragraph, Table
from policybook.domain.redline import Redline, Revision
from policybook.report.redline import redline_of
from policybook.report.redline_order import Match, order
from policybook.report.redline_run import merge_runs, without

WORDS = st.lists(st.sampled_from(["staff", "may", "not", " ", ", ", "pupils", "18", "\n"]), max_size=8).map("".join)
RUNS = st.lists(st.builds(Run, WORDS, bold=st.booleans()), max_size=4).map(tuple)
SCHOOL = School("oak", "Oak School", "school", "Oak")
MODEL = ModelVersion(
    "hr/ict", "2024", "Use of ICT", Publisher("hr", "The HR service", "council-hr"), date(2024, 9, 1),
    (
        Part("contact", "Contact", clauses=(
            Clause("contact.past", text="Staff do not contact past pupils under {{ age | words }}."),
            Clause("contact.games", text="Staff do not play games with pupils on any machine."),
            Clause("contact.channels", kind="table", text="Channels", head=("For", "Use"),
                   rows=(("Parents", "School e-mail"), ("Pupils", "The learning platform"))),
        )),
        Part("phones", "Telephones", clauses=(Clause("phones.lock", text="Telephones are locked away in lessons."),)),
        Part("form", "Sign-off", "schedule", (
            Clause("form.sign", kind="form", text="I have read this.", fields=(FormField("Name"), FormField("Date", "date"))),
        )),
    ),
    {"age": Parameter("age", "age", "Age until which contact is barred", 19)},
)  # fmt: skip


def redline(*tailorings: Tailoring, **values: int) -> Redline:
    """The redline of a school's adoption against the model."""
    model = resolve_model(MODEL)
    policy = resolve(MODEL, Adoption("oak", "ict", "hr/ict", "2024", dict(values), tailorings=tailorings), SCHOOL)
    return redline_of(compare(witness_of_policy("A", model), witness_of_policy("B", policy)), model, policy)


def of_texts(left: list[str], right: list[str]) -> Redline:
    """The redline of two documents that were never modelled."""
    witnesses = [
        Witness(siglum, siglum, "A policy", tuple(Reading(text) for text in texts))
        for siglum, texts in (("A", left), ("B", right))
    ]
    return redline_of(compare(*witnesses))


def entry(made: Redline, anchor: str) -> tuple[Paragraph, Revision]:
    """The paragraph of the later text with this clause id, and what happened to it."""
    for block, revision in zip(made.page.blocks, made.revisions, strict=True):
        if isinstance(block, Paragraph) and block.anchor == anchor:
            return block, revision
    raise AssertionError(anchor)


def changes(runs: tuple[Run, ...]) -> list[tuple[str, str]]:
    return [(run.mark, run.text) for run in runs if run.mark != "none"]


@given(RUNS, RUNS)
def test_merged_runs_hold_both_sides_with_the_look_of_each(old: tuple[Run, ...], new: tuple[Run, ...]) -> None:
    merged = merge_runs(old, new)
    for mark, side in (("inserted", old), ("deleted", new)):
        left = without(merged, mark)
        assert [(sign, run.bold) for run in left for sign in run.text] == [
            (sign, run.bold) for run in side for sign in run.text
        ]


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_every_place_stands_once_in_each_text_and_in_its_order(
    new_order: list[int], lonely_old: set[int], lonely_new: set[int]
) -> None:
    matches = [
        Match((place,), (new_order[place],))
        for place in range(6)
        if place not in lonely_old and new_order[place] not in lonely_new
    ]
    steps = list(order(matches, 6, 6))
    assert [place for step in steps for place in step.old] == list(range(6))
    assert [place for step in steps for place in step.new] == list(range(6))
    moves = [step.move for step in steps if step.move]
    assert all(moves.count(move) == 2 for move in moves)


def test_a_value_changes_only_its_own_words() -> None:
    block, revision = entry(redline(age=18), "contact.past")
    assert changes(block.runs) == [("deleted", "nineteen"), ("inserted", "eighteen")]
    assert revision.mark == "none"


def test_what_is_omitted_stays_in_its_place_as_deleted_and_what_is_added_is_inserted() -> None:
    added = Tailoring("insert", "oak.lunch", "Agreed.", text="Staff lock phones away at lunch.", after="contact.past")
    made = redline(Tailoring("omit", "contact.games", "No games."), added)
    told = [
        (revision.mark, plain(block.runs))
        for block, revision in zip(made.page.blocks, made.revisions, strict=True)
        if isinstance(block, Paragraph) and revision.mark != "none"
    ]
    assert sorted(told) == [
        ("deleted", "Staff do not play games with pupils on any machine."),
        ("inserted", "Staff lock phones away at lunch."),
    ]


def test_a_clause_that_moved_is_one_move_with_two_places() -> None:
    made = redline(Tailoring("move", "contact.games", "Belongs there.", after="phones.lock"))
    moved = [revision for revision in made.revisions if revision.move]
    assert [(revision.mark, revision.move) for revision in moved] == [("deleted", 1), ("inserted", 1)]
    block, _ = entry(made, "contact.games")
    assert block.number == "2.2"
    assert changes(block.runs) == []


def test_a_number_that_only_follows_from_its_place_is_kept_for_the_earlier_text() -> None:
    block, revision = entry(redline(Tailoring("omit", "contact.past", "No.")), "contact.games")
    assert block.number == "1.1"
    assert isinstance(revision.before, Paragraph)
    assert revision.before.number == "1.2"


def test_split_and_joined_paragraphs_change_only_where_they_end() -> None:
    first = "Staff keep their passwords to themselves and change them each term without being asked."
    second = "The network manager can see every page that is opened on a school machine, at any hour."
    around = ["Telephones stay in the staff room while lessons last.", "Parents write to the office and nobody else."]
    parted = [around[0], first, second, around[1]]
    whole = [around[0], f"{first} {second}", around[1]]
    assert [revision.end for revision in of_texts(parted, whole).revisions] == ["none", "deleted", "none", "none"]
    assert [revision.end for revision in of_texts(whole, parted).revisions] == ["none", "inserted", "none", "none"]


def test_rows_of_tables_and_lines_of_forms_are_marked_one_by_one() -> None:
    games, sign = MODEL.parts[0].clauses[2], MODEL.parts[2].clauses[0]
    rows = (("Parents", "School e-mail only"), ("Governors", "Paper"), ("Pupils", "The learning platform"))
    part = replace(MODEL.parts[0], clauses=(*MODEL.parts[0].clauses[:2], replace(games, rows=rows)))
    form = replace(MODEL.parts[2], clauses=(replace(sign, fields=(FormField("Name"), FormField("Post"))),))
    old = resolve_model(MODEL)
    new = resolve_model(replace(MODEL, version="2025", parts=(part, MODEL.parts[1], form)))
    made = redline_of(compare(witness_of_policy("A", old), witness_of_policy("B", new)), old, new)
    entries = list(zip(made.page.blocks, made.revisions, strict=True))
    (table, of_table) = next(e for e in entries if isinstance(e[0], Table) and e[0].caption == "Channels")
    assert of_table.rows == ("none", "inserted", "none")
    assert isinstance(table, Table)
    assert changes(table.rows[0][1].paragraphs[0]) == [("inserted", " only")]
    (_, of_form) = next(e for e in entries if isinstance(e[0], Form))
    assert of_form.rows == ("none", "deleted", "inserted")


def test_one_text_against_itself_has_no_change() -> None:
    model = resolve_model(MODEL)
    witness = witness_of_policy("A", model)
    made = redline_of(compare(witness, witness), model, model)
    assert set(made.revisions) == {Revision()}
    assert changes(made.title) == changes(made.subject) == []


def test_equal_paragraphs_that_stand_twice_stay_where_they_are() -> None:
    made = of_texts(["Yes.", "Staff ask first.", "Yes."], ["Yes.", "Staff ask first.", "Yes."])
    assert set(made.revisions) == {Revision()}


@pytest.mark.parametrize("kind", ["heading", "paragraph", "item", "table"])
def test_a_document_that_was_never_modelled_has_headings_items_and_tables(kind: str) -> None:
    reading = Reading("Who | What\nStaff | Ask", None, "3" if kind == "heading" else None, kind)
    witnesses = Witness("A", "a", "A policy", (reading,)), Witness("B", "b", "A policy", ())
    (block,) = redline_of(compare(*witnesses)).page.blocks
    expected = {"heading": Heading, "table": Table}.get(kind, Paragraph)
    assert isinstance(block, expected)


def test_words_that_change_on_the_way_are_marked_in_the_new_place_only() -> None:
    stay = ["Passwords are never shared by anyone.", "Photographs are taken with school equipment only."]
    old = "The headteacher decides what is published in the name of the school and keeps a list."
    made = of_texts([old, *stay], [*stay, old.replace("headteacher", "governor")])
    moved = [block for block, one in zip(made.page.blocks, made.revisions, strict=True) if one.move]
    assert [changes(block.runs) for block in moved if isinstance(block, Paragraph)] == [[], [("inserted", "governor")]]
