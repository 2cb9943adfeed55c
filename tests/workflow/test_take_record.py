"""`take`: which record a copy belongs to, what is written, and copies that come back late."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as WordDocument

from policybook.cli import main
from policybook.domain.error import Refused
from policybook.render.pdf import write_pdf
from policybook.report.policy import policy_page
from policybook.store import find_template
from policybook.workflow.take import plan_take, write_take
from policybook.workflow.workspace import open_workspace
from support.word_edit import (
    answer_row,
    edit_word,
    is_guide,
    reword,
)
from take_sample import LADY, WHY, edit_all, make_copy, told


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """The copy to edit of one adoption."""
    return make_copy(example, LADY, tmp_path / "copy.docx")


def test_a_copy_made_before_the_record_changed_does_not_undo_the_change(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: reword(d, "two kinds", "two sorts"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("past_pupil_age_limit: 19", "past_pupil_age_limit: 20"), encoding="utf-8")
    plan = plan_take(copy, example, reasons=WHY)
    assert told(plan) == [("substitute", "communications.kinds")]
    assert plan.adoption.values["past_pupil_age_limit"] == 20


def test_the_same_section_changed_in_the_record_and_in_the_copy_is_left_to_a_person(example: Path, copy: Path) -> None:
    write_take(plan_take(edit_word(copy, lambda d: reword(d, "two kinds", "two sorts")), example, reasons=WHY))
    other = make_copy(example, LADY, copy.with_name("other.docx"))
    edit_word(other, lambda d: reword(d, "two sorts", "two groups"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("two sorts", "two families"), encoding="utf-8")
    plan = plan_take(other, example, reasons=WHY)
    assert not plan.changes
    assert [entry.clause for entry in plan.unplaced] == ["communications.kinds"]


def test_a_copy_of_an_older_version_says_so(example: Path, tmp_path: Path) -> None:
    older = "luton-hr/social-media-internet@2022-09"
    file = make_copy(example, older, tmp_path / "older.docx")
    plan = plan_take(file, example, LADY.partition("/")[0])
    assert "take.version" in {entry.code for entry in plan.findings}


def test_a_model_filled_in_by_a_school_is_a_new_adoption(example: Path, tmp_path: Path) -> None:
    def edit(document: WordDocument) -> None:
        answer_row(document, 0, "Age until which", "18")
        reword(document, "two kinds", "two sorts")

    file = edit_word(make_copy(example, "luton-hr/social-media-internet@2024-10", tmp_path / "model.docx"), edit)
    plan = plan_take(file, example, "severn-valley", WHY)
    assert plan.is_new
    assert told(plan) == [("value", "past_pupil_age_limit"), ("substitute", "communications.kinds")]
    assert not plan.unplaced
    edit_word(file, lambda d: answer_row(d, 0, "Person who keeps", "bursar"))
    write_take(plan_take(file, example, "severn-valley", WHY))
    adoption = open_workspace(example).records.adoptions["severn-valley/social-media-internet"]
    assert adoption.values == {"past_pupil_age_limit": 18, "sign_off_keeper": "bursar"}


def test_a_model_without_a_school_a_stranger_and_another_policy_are_refused(example: Path, tmp_path: Path) -> None:
    model = make_copy(example, "luton-hr/social-media-internet@2024-10", tmp_path / "model.docx")
    with pytest.raises(Refused, match="copy of the model"):
        plan_take(model, example)
    stranger = Document()
    stranger.add_paragraph("Parking is free for all staff on Mondays.")
    stranger.save(str(tmp_path / "stranger.docx"))
    with pytest.raises(Refused, match="does not say which policy"):
        plan_take(tmp_path / "stranger.docx", example)
    with pytest.raises(Refused, match="not the words of"):
        plan_take(tmp_path / "stranger.docx", example, LADY)
    copy = make_copy(example, LADY, tmp_path / "copy.docx")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(write_pdf(policy_page(open_workspace(example).policies[LADY]), find_template(example)))
    with pytest.raises(Refused, match="a PDF keeps no paragraphs"):
        plan_take(printed, example)
    with pytest.raises(Refused, match="it is a copy of lady"):
        plan_take(copy, example, "severn-valley/staff-ict-social-media")


def test_the_command_writes_only_when_told_and_tells_the_same_as_data(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: reword(d, "two kinds", "two sorts"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    before = file.read_bytes()
    options = ["-w", str(example), "take", str(copy)]
    asked = CliRunner().invoke(main, options)
    assert asked.exit_code == 1
    assert "take.reason" in asked.output
    told = CliRunner().invoke(main, [*options, "--reason", "Agreed.", "--to", "json"])
    assert told.exit_code == 0
    data = json.loads(told.output)
    assert [(one["kind"], one["reason"]) for one in data["changes"]] == [("substitute", "Agreed.")]
    assert file.read_bytes() == before
    written = CliRunner().invoke(main, [*options, "--reason", "Agreed.", "--write"])
    assert written.exit_code == 0, written.output
    assert b"two sorts" in file.read_bytes()


def test_show_makes_the_copy_with_classes_notes_values_and_choices_in_words(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "form.docx"
    result = CliRunner().invoke(main, ["-w", str(example), "show", LADY, "--to", "word-form", "-o", str(out)])
    assert result.exit_code == 0, result.output
    document = Document(str(out))
    guides = {p.style.name: p.text for p in document.paragraphs if p.style and is_guide(p)}
    assert guides["Guide fixed wording"].startswith("▸ Fixed wording.")
    assert guides["Guide note to schools"].startswith("▸ Note to schools.")
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "What is asked", "The model says", "Ours", "What may be said",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[1].rows[0].cells] == ["Section", "What may be chosen", "Ours"]


def test_what_is_written_prints_the_copy_and_taken_again_it_proposes_nothing(example: Path, copy: Path) -> None:
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    comments = [line.partition("#")[2] for line in file.read_text(encoding="utf-8").splitlines() if "#" in line]
    edit_word(copy, edit_all)
    written = write_take(plan_take(copy, example, reasons=WHY))
    assert {path.name for path in written} == {"adoption.yaml", "lock.yaml"}
    text = file.read_text(encoding="utf-8")
    assert all(comment in text for comment in comments)
    printed = {clause.id: clause for clause in open_workspace(example).policies[LADY].clauses}
    order = list(printed)
    assert printed["communications.kinds"].text.startswith("Communications are of two sorts")
    assert "under eighteen" in printed["safeguarding.past-pupils"].text
    assert "introduction.unlisted" not in printed
    assert order.index("purpose.children") == order.index("purpose.consequences") + 1
    assert printed["lady-zia-wernher.the-pond-is-out"].text == "The pond is out of bounds."
    again = plan_take(copy, example)
    assert (again.changes, again.unplaced, again.findings) == ((), (), ())
