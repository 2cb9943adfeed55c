"""`take`: what a school changed in its copy is proposed section by section, and no word of it is lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from policybook.adopt import resolve
from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.intake.returned import read_returned
from policybook.report.policy import policy_page
from policybook.report.tailoring_copy import tailoring_page
from policybook.text.word import comparable_words
from policybook.workflow.take import plan_take
from policybook.workflow.workspace import open_workspace
from support.word_edit import (
    SAVED,
    answer_row,
    edit_word,
    is_guide,
    is_heading,
    remove,
    reword,
    saved,
    starting,
)
from take_sample import LADY, WHY, edit_all, make_copy, told

ADOPTIONS = [
    "example-trust/social-media-ict",
    "fennimore-brook/pupil-messages",
    "fennimore-trust/pupil-messages",
    "gloucestershire-2018/staff-ict-social-media",
    LADY,
    "severn-valley/staff-ict-social-media",
    "three-rivers/acceptable-use",
]
PAGES: dict[str, Callable[[ResolvedPolicy], Page]] = {"copy to edit": tailoring_page, "clean copy": policy_page}


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """The copy to edit of one adoption."""
    return make_copy(example, LADY, tmp_path / "copy.docx")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("ref", ADOPTIONS)
def test_a_copy_that_nobody_edited_proposes_nothing(example: Path, tmp_path: Path, ref: str, page: str) -> None:
    plan = plan_take(make_copy(example, ref, tmp_path / "copy.docx", PAGES[page]), example)
    assert (plan.changes, plan.unplaced, plan.findings) == ((), (), ())
    assert plan.adoption == open_workspace(example).records.adoptions[ref]


@pytest.mark.parametrize("ref", [LADY, "gloucestershire-2018/staff-ict-social-media", "three-rivers/acceptable-use"])
@pytest.mark.parametrize("way", ["libreoffice", "odt and back"])
def test_saving_it_in_another_program_proposes_nothing(example: Path, tmp_path: Path, ref: str, way: str) -> None:
    plan = plan_take(saved(make_copy(example, ref, tmp_path / "copy.docx"), way), example)
    assert (plan.changes, plan.unplaced, plan.findings) == ((), (), ())


@pytest.mark.parametrize("way", SAVED)
def test_every_kind_of_edit_is_proposed_clause_by_clause_whatever_program_saved_it(
    example: Path, copy: Path, way: str
) -> None:
    plan = plan_take(saved(edit_word(copy, edit_all), way), example, reasons=WHY)
    assert told(plan) == [
        ("value", "past_pupil_age_limit"),
        ("value", "sign_off_keeper"),
        ("omit", "introduction.unlisted"),
        ("substitute", "communications.kinds"),
        ("move", "purpose.children"),
        ("insert", "lady-zia-wernher.the-pond-is-out"),
        ("choice", "use.naming-employer"),
    ]
    assert not plan.unplaced
    assert plan.is_good


def test_a_new_wording_keeps_the_blanks_that_were_not_touched(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: reword(d, "Anyone unsure whether", "Any person unsure whether"))
    plan = plan_take(copy, example, reasons=WHY)
    (entry,) = [one for one in plan.adoption.tailorings if one.clause == "introduction.unlisted"]
    assert "{{ headteacher }}" in entry.text
    assert entry.text.startswith("New apps appear")
    assert "Any person unsure" in entry.text


BAD = [
    ("Age until which", "seventeen", "take.value"),
    ("Age until which", "soon", "take.value"),
    ("Time allowed to return", "two", "take.value"),
]


@pytest.mark.parametrize(("label", "answer", "code"), BAD)
def test_a_value_that_will_not_do_is_told_and_nothing_is_written(
    example: Path, copy: Path, label: str, answer: str, code: str
) -> None:
    edit_word(copy, lambda d: answer_row(d, 0, label, answer))
    plan = plan_take(copy, example)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("error", code)]
    assert answer in plan.findings[0].message


def test_an_emptied_value_is_the_models_again(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: answer_row(d, 0, "Person who keeps", ""))
    plan = plan_take(copy, example)
    assert told(plan) == [("value", "sign_off_keeper")]
    assert "sign_off_keeper" not in plan.adoption.values


def test_a_value_said_in_two_ways_is_not_taken(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        reword(document, "nineteen", "eighteen")
        answer_row(document, 0, "Age until which", "20")

    plan = plan_take(edit_word(copy, edit), example)
    assert [entry.clause for entry in plan.unplaced] == ["safeguarding.past-pupils"]
    assert plan.adoption.values["past_pupil_age_limit"] == 20


def test_words_above_the_text_and_in_lines_of_guidance_are_told(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        document.paragraphs[2].insert_paragraph_before("For the meeting in May.")
        guide = next(p for p in document.paragraphs if is_guide(p))
        guide.runs[-1].text += " Says who?"

    plan = plan_take(edit_word(copy, edit), example)
    assert not plan.changes
    assert next(entry.words for entry in plan.unplaced) == "For the meeting in May."
    assert any("Says who?" in entry.words for entry in plan.unplaced)


def test_a_section_cut_in_two_is_one_section_and_a_new_half_is_added(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        paragraph = starting(document, "New apps appear")
        half = deepcopy(paragraph._p)
        paragraph._p.addnext(half)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = "New apps appear all the time."
        other = Paragraph(half, paragraph._parent)
        for run in other.runs[1:]:
            run.text = ""
        other.runs[0].text = "Anyone unsure asks the office."

    plan = plan_take(edit_word(copy, edit), example, reasons=WHY)
    words = " ".join(change.after for change in plan.changes)
    assert "New apps appear all the time." in words
    assert "Anyone unsure asks the office." in words
    assert not [change for change in plan.changes if change.kind == "omit"]


def test_broken_numbering_proposes_nothing(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        for paragraph in document.paragraphs[30:60]:
            if (paragraph.style.name or "").startswith(("Clause", "List")) if paragraph.style else False:
                paragraph.style = document.styles["Body Text"]

    plan = plan_take(edit_word(copy, edit), example)
    assert not plan.changes


def test_lost_bookmarks_are_made_good_by_the_words(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        reword(document, "two kinds", "two sorts")
        for mark in list(document.element.iter(qn("w:bookmarkStart"))):
            mark.getparent().remove(mark)

    plan = plan_take(edit_word(copy, edit), example, reasons=WHY)
    assert told(plan) == [("substitute", "communications.kinds")]


def test_a_departure_beyond_the_class_is_told_as_consult_first(example: Path, copy: Path) -> None:
    policy = open_workspace(example).policies[LADY]
    fixed = next(c for c in policy.model.walk() if c.tailoring == "fixed" and c.kind == "paragraph" and not c.clauses)
    words = next(clause.text for clause in policy.clauses if clause.id == fixed.id)
    edit_word(copy, lambda d: remove(d, words[:40]))
    plan = plan_take(copy, example, reasons=WHY)
    assert [(c.kind, c.clause, c.is_beyond) for c in plan.changes] == [("omit", fixed.id, True)]
    assert "take.consult" in {entry.code for entry in plan.findings}


def _scramble(document: WordDocument, seed: int) -> None:
    """Sections taken out, moved, reworded, added and run on, as chance has it; headings of parts stay where they are."""
    chance = random.Random(seed)  # noqa: S311 - no secret, the same edits every time
    paragraphs = [p for p in document.paragraphs if p._p.find(qn("w:bookmarkStart")) is not None and not is_heading(p)]
    for number in range(chance.randint(2, 6)):
        one, other = chance.sample(paragraphs, 2)
        if one._p.getparent() is None or other._p.getparent() is None:
            continue
        match chance.randrange(4):
            case 0:
                one._p.getparent().remove(one._p)
            case 1:
                other._p.addnext(one._p)
            case 2:
                chance.choice(one.runs).text += f" zebra {number} "
            case _:
                other.insert_paragraph_before(f"A line about giraffes, number {number}.")


@pytest.mark.parametrize("seed", range(8))
def test_every_word_of_an_edited_copy_is_in_the_result_or_named(example: Path, copy: Path, seed: int) -> None:
    edit_word(copy, lambda d: _scramble(d, seed))
    plan = plan_take(copy, example, reasons=WHY)
    assert plan.policy.school
    printed = resolve(plan.policy.model, plan.adoption, plan.policy.school).clauses
    have = Counter(word for text in (c.text for c in printed) for word in comparable_words(text))
    have += Counter(word for entry in plan.unplaced for word in comparable_words(entry.words))
    clauses = read_returned(copy).clauses
    first = next(index for index, clause in enumerate(clauses) if clause.bookmarks)
    want = Counter(word for clause in clauses[first:] for word in comparable_words(clause.text))
    assert not want - have


def _part(document: WordDocument, heading: str) -> list[Paragraph]:
    """The heading of a part and the paragraphs below it."""
    paragraphs = document.paragraphs
    start = next(i for i, p in enumerate(paragraphs) if is_heading(p) and p.text == heading)
    end = next(i for i, p in enumerate(paragraphs[start + 1 :], start + 1) if is_heading(p))
    return paragraphs[start:end]


def _move_part(document: WordDocument) -> None:
    for paragraph in _part(document, "Purpose"):
        _part(document, "Introduction")[0]._p.addprevious(paragraph._p)


def _edit_cell(document: WordDocument) -> None:
    table = next(one for one in document.tables if one.rows[0].cells[0].text == "Purpose")
    table.rows[1].cells[1].text = "The office account"


def _add_row(document: WordDocument) -> None:
    table = next(one for one in document.tables if one.rows[0].cells[0].text == "Purpose")
    for cell in table.add_row().cells:
        cell.text = "Own telephone"


NO_PLACE: list[tuple[Callable[[WordDocument], object], str, str]] = [
    (_move_part, "purpose", "cannot move a whole part"),
    (_edit_cell, "communications.channels", "cannot reword a table or form: new is “The office”"),
    (_add_row, "communications.channels", "cannot reword a table or form: new is "),
    (lambda d: reword(d, "These are examples", "These are a few examples"), "use.rules.closing",
     "cannot reword the words after a list: new is “a few”"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "clause", "why"), NO_PLACE)
def test_what_a_record_has_no_place_for_is_told_with_what_is_new_in_it(
    example: Path, copy: Path, edit: Callable[[WordDocument], object], clause: str, why: str
) -> None:
    plan = plan_take(edit_word(copy, edit), example, reasons=WHY)
    assert not plan.changes
    assert [entry.clause for entry in plan.unplaced] == [clause]
    assert why in plan.unplaced[0].why


def test_a_reworded_heading_of_a_part_is_the_schools_wording(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        _part(document, "Purpose")[0].runs[-1].text = "Aims"

    plan = plan_take(edit_word(copy, edit), example, reasons=WHY)
    assert [(one.kind, one.clause, one.after) for one in plan.changes] == [("substitute", "purpose", "Aims")]
    assert not plan.unplaced
