"""`take`: what a drafter changed in the Word copy of a draft comes into its files, and nothing else does."""

from __future__ import annotations

import json
import random
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from draft_sample import LUTON, NEWEST, begin_draft, line_above, make_draft_copy, set_blank, told
from policybook.adopt.draft_piece import find_draft_pieces
from policybook.cli import main
from policybook.domain.error import Refused
from policybook.domain.model import Clause, ModelVersion
from policybook.intake.returned_draft import read_returned_draft
from policybook.store import read_workspace
from policybook.text.word import comparable_words
from policybook.workflow.take import copy_to_edit
from policybook.workflow.take_draft import plan_take_draft, write_take_draft
from support.word_edit import (
    SAVED,
    comment,
    delete_tracked,
    edit_word,
    is_guide,
    remove,
    reword,
    saved,
    starting,
    track,
)


@pytest.fixture
def folder(example: Path) -> Path:
    """The files of a draft."""
    return begin_draft(example)


@pytest.fixture
def copy(example: Path, folder: Path, tmp_path: Path) -> Path:
    """The copy of it to edit."""
    return make_draft_copy(example, tmp_path / "draft.docx")


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def _clauses(example: Path) -> dict[str, Clause]:
    return {clause.id: clause for clause in _model(example).walk()}


def _model(example: Path) -> ModelVersion:
    records, findings = read_workspace(example)
    assert not [one for one in findings if one.severity == "error"]
    return records.models[f"{LUTON}@draft"]


@pytest.mark.parametrize("model", NEWEST)
def test_a_copy_that_nobody_edited_changes_nothing(example: Path, tmp_path: Path, model: str) -> None:
    folder = begin_draft(example, model)
    before = _files(folder)
    plan = plan_take_draft(make_draft_copy(example, tmp_path / "draft.docx", model), example)
    assert (plan.changes, plan.unplaced, plan.findings, plan.is_change) == ((), (), (), False)
    assert plan.after == plan.before
    assert write_take_draft(plan) == ()
    assert _files(folder) == before


@pytest.mark.parametrize("model", [LUTON, "three-rivers/acceptable-use"])
def test_saving_it_in_other_programs_changes_nothing(example: Path, tmp_path: Path, model: str) -> None:
    begin_draft(example, model)
    file = saved(make_draft_copy(example, tmp_path / "draft.docx", model), "odt and back")
    for one in (file, file.with_name("saved0.odt")):
        plan = plan_take_draft(one, example)
        assert (plan.changes, plan.unplaced, plan.findings, plan.is_change) == ((), (), (), False)


def _edit_all(document: WordDocument) -> None:
    """A word, a bullet moved, a section out and one in, a default, a blank more, a class, a note, a topic."""
    reword(document, "two kinds", "two sorts")
    starting(document, "show staff")._p.addnext(starting(document, "keep children")._p)
    remove(document, "New apps appear")
    starting(document, "Staff do not look at").insert_paragraph_before("Ask the {{ headteacher }} within {{ asking }}.")
    set_blank(document, "past_pupil_age_limit", 3, "18")
    row = document.tables[1].add_row()
    for cell, words in zip(
        row.cells, ("asking", "Time to ask in", "duration", "2 days", "1 week at most", ""), strict=True
    ):
        cell.text = words
    line = line_above(document, "Adults keep every exchange")
    line.runs[0].text = "▸ Values only. "
    starting(document, "Communications are of").insert_paragraph_before("▸ Note to schools. Tell parents too.")
    starting(document, "Staff do not use social media to raise").insert_paragraph_before("> Topics: core-hours")


EDITS = [
    ("blank", "past_pupil_age_limit"),
    ("blank", "asking"),
    ("withdraw", "introduction.unlisted"),
    ("words", "communications.kinds"),
    ("setting", "communications.kinds"),
    ("move", "purpose.children"),
    ("setting", "safeguarding.boundaries"),
    ("add", "use.ask-the-headteacher"),
    ("setting", "use.concerns"),
]


@pytest.mark.parametrize("way", SAVED)
def test_every_kind_of_edit_comes_into_the_files_whatever_program_saved_it(example: Path, copy: Path, way: str) -> None:
    plan = plan_take_draft(saved(edit_word(copy, _edit_all), way), example)
    assert sorted(told(plan)) == sorted(EDITS)
    assert not plan.unplaced
    write_take_draft(plan)
    clauses, model = _clauses(example), _model(example)
    assert clauses["communications.kinds"].text.startswith("Communications are of two sorts")
    assert clauses["communications.kinds"].note == "Tell parents too."
    assert clauses["introduction.unlisted"].withdrawn == "2027-01"
    assert clauses["use.ask-the-headteacher"].text == "Ask the {{ headteacher }} within {{ asking }}."
    assert clauses["use.concerns"].topics == ("core-hours",)
    assert clauses["safeguarding.boundaries"].tailoring == "fill-in"
    aims = [one.id for one in clauses["purpose.aims"].clauses]
    assert aims.index("purpose.children") == aims.index("purpose.consequences") + 1
    assert model.parameters["past_pupil_age_limit"].default == 18
    assert model.parameters["past_pupil_age_limit"].minimum == 18
    assert (model.parameters["asking"].default, model.parameters["asking"].maximum) == ("2 days", "1 week")


def test_what_is_written_keeps_every_other_line_and_taken_again_it_changes_nothing(
    example: Path, copy: Path, folder: Path
) -> None:
    file = folder / "02-communications.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "  - id: communications.kinds", "  # agreed\n  - id: communications.kinds"
    )
    file.write_text(text, encoding="utf-8")
    before = _files(folder)
    write_take_draft(plan_take_draft(edit_word(copy, lambda d: reword(d, "two kinds", "two sorts")), example))
    after = _files(folder)
    assert [name for name in before if before[name] != after[name]] == ["02-communications.yaml"]
    lines = before["02-communications.yaml"].splitlines(), after["02-communications.yaml"].splitlines()
    assert len(set(lines[0]) ^ set(lines[1])) <= 6
    assert b"# agreed\n  - id: communications.kinds" in after["02-communications.yaml"]
    again = plan_take_draft(make_draft_copy(example, copy.with_name("again.docx")), example)
    assert not again.is_change


def test_a_clause_that_was_never_released_is_forgotten(example: Path, folder: Path, tmp_path: Path) -> None:
    file = folder / "01-introduction.yaml"
    text = file.read_text(encoding="utf-8") + "  - id: introduction.trial\n    text: A sentence on trial.\n"
    file.write_text(text, encoding="utf-8")
    copy = make_draft_copy(example, tmp_path / "draft.docx")
    plan = plan_take_draft(edit_word(copy, lambda d: remove(d, "A sentence on trial")), example)
    assert told(plan) == [("remove", "introduction.trial")]
    write_take_draft(plan)
    assert "introduction.trial" not in _clauses(example)


def test_a_section_moved_to_another_part_says_which_one_it_follows(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        starting(document, "Staff do not use social media to raise")._p.addprevious(
            starting(document, "New apps appear")._p
        )

    plan = plan_take_draft(edit_word(copy, edit), example)
    assert told(plan) == [("move", "introduction.unlisted")]
    assert "use.unlisted" in plan.changes[0].remark
    write_take_draft(plan)
    clauses = _clauses(example)
    assert clauses["use.unlisted"].supersedes == ("introduction.unlisted",)
    assert "introduction.unlisted" not in clauses


def test_parts_are_reworded_moved_added_and_taken_out(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        starting(document, "Purpose").runs[-1].text = "Aims"
        heading = starting(document, "Governing body and headteacher")
        heading.insert_paragraph_before("Lost property", style="Heading 1")
        heading.insert_paragraph_before("Found things go to the office.")
        remove(document, "Personal use")
        paragraphs = [p for p in document.paragraphs if p.text and not is_guide(p)]
        start = next(
            i for i, p in enumerate(paragraphs) if p.text == "Introduction" and "Heading" in (p.style.name or "")
        )
        assert start

    plan = plan_take_draft(edit_word(copy, edit), example)
    assert ("words", "purpose") in told(plan)
    assert ("add", "lost-property") in told(plan)
    assert ("add", "lost-property.found-things-go-to") in told(plan)
    assert [entry.clause for entry in plan.unplaced] == ["personal-use"]
    write_take_draft(plan)
    model = _model(example)
    names = [part.id for part in model.parts]
    assert names.index("lost-property") == names.index("leadership") - 1
    assert next(part.heading for part in model.parts if part.id == "purpose") == "Aims"


def test_tables_and_forms_change_cell_by_cell_and_keep_the_words_of_the_others(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        table = next(one for one in document.tables if one.rows[0].cells[0].text == "Purpose")
        table.rows[1].cells[1].text = "The office account"
        added = table.add_row()
        for cell, words in zip(added.cells, ("Trips", "Trip telephone", "Own telephone"), strict=True):
            cell.text = words
        form = next(one for one in document.tables if one.rows[0].cells[0].text == "Line of the form")
        form.rows[1].cells[0].text = "Full name"

    before = next(clause for clause in begin_model(example).walk() if clause.rows)
    plan = plan_take_draft(edit_word(copy, edit), example)
    assert told(plan) == [("words", before.id), ("words", "sign-off.form")]
    write_take_draft(plan)
    clauses = _clauses(example)
    assert clauses[before.id].rows[0] == (before.rows[0][0], "The office account", *before.rows[0][2:])
    assert clauses[before.id].rows[1:-1] == before.rows[1:]
    assert clauses[before.id].rows[-1] == ("Trips", "Trip telephone", "Own telephone")
    assert clauses["sign-off.form"].fields[0].label == "Full name"


def begin_model(example: Path) -> ModelVersion:
    """The draft as it stands before an edit."""
    return _model(example)


def test_choices_are_reworded_added_and_taken_out(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        line = next(p for p in document.paragraphs if p.text.startswith("▸ Or. Staff do not say online"))
        line.runs[-1].text = line.runs[-1].text.replace("online", "anywhere")
        line._p.addnext(line.insert_paragraph_before("▸ Or. Staff never name the school.")._p)

    write_take_draft(plan_take_draft(edit_word(copy, edit), example))
    choices = _clauses(example)["use.naming-employer"].choices
    assert [one.id for one in choices] == ["representative", "no-name", "staff-never-name"]
    assert "anywhere" in choices[1].text


def test_bold_words_are_a_change_too(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        starting(document, "Communications are of two kinds").runs[0].bold = True

    plan = plan_take_draft(edit_word(copy, edit), example)
    assert [(one.clause, one.remark) for one in plan.changes] == [
        ("communications.kinds", "only bold, italics or a link")
    ]
    assert plan.after != plan.before


def test_tracked_changes_and_comments_say_who(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        track(document, "Communications are of", "two kinds", "two sorts")
        comment(document, "Communications are of", "Plainer.")
        delete_tracked(starting(document, "New apps appear"))
        comment(document, "Read this policy with", "Is this still its title?")

    plan = plan_take_draft(edit_word(copy, edit), example)
    by = {one.clause: one.by for one in plan.changes}
    assert by["introduction.unlisted"] == ("Sam Hill",)
    assert set(by["communications.kinds"]) == {"Sam Hill", "Jo Green"}
    assert next(one.remark for one in plan.changes if one.clause == "communications.kinds") == "comment: Plainer."
    assert [entry.words for entry in plan.unplaced] == ["Is this still its title?"]


BAD = [
    (3, "seventeen", "must be at least 18"),
    (2, "years", "is no kind of blank"),
    (4, "young", "is no limit"),
    (5, "important", "is not known"),
]


@pytest.mark.parametrize(("column", "words", "why"), BAD)
def test_a_row_that_will_not_do_is_told_and_the_blank_stays(
    example: Path, copy: Path, column: int, words: str, why: str
) -> None:
    plan = plan_take_draft(edit_word(copy, lambda d: set_blank(d, "past_pupil_age_limit", column, words)), example)
    assert not plan.is_change
    assert why in plan.unplaced[0].why


@pytest.mark.parametrize("words", ["▸ Only for: colleges", "▸ Colour: red", "▸ Only where: pool is yes"])
def test_a_line_that_is_not_understood_is_told(example: Path, copy: Path, words: str) -> None:
    plan = plan_take_draft(
        edit_word(copy, lambda d: starting(d, "Communications are of").insert_paragraph_before(words)), example
    )
    assert not plan.is_change
    assert [entry.clause for entry in plan.unplaced] == ["communications.kinds"]


def test_a_blank_still_in_the_text_stays_and_one_that_is_not_goes(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        for name in ("headteacher", "sign_off_period"):
            row = next(row for row in document.tables[1].rows if row.cells[0].text == name)
            row._tr.getparent().remove(row._tr)
        starting(document, "Staff return this form").runs[-1].text = "soon."
        for run in starting(document, "Staff return this form").runs:
            run.text = run.text.replace("{{ sign_off_period | words }}", "a week")

    plan = plan_take_draft(edit_word(copy, edit), example)
    assert ("blank", "sign_off_period") in told(plan)
    assert "sign_off_period" not in plan.after.parameters
    assert [entry.clause for entry in plan.unplaced] == ["headteacher"]


def test_broken_numbering_and_lost_bookmarks_change_nothing(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        for mark in list(document.element.iter(qn("w:bookmarkStart"))):
            mark.getparent().remove(mark)
        for paragraph in document.paragraphs[30:60]:
            if paragraph.style and (paragraph.style.name or "").startswith(("Clause", "List")):
                paragraph.style = document.styles["Body Text"]

    plan = plan_take_draft(edit_word(copy, edit), example)
    assert not plan.is_change


def test_a_late_copy_undoes_nothing_that_the_draft_says_since(example: Path, copy: Path, folder: Path) -> None:
    file = folder / "02-communications.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("two kinds", "two families"), encoding="utf-8")
    assert not plan_take_draft(copy, example).is_change
    plan = plan_take_draft(edit_word(copy, lambda d: reword(d, "two kinds", "two sorts")), example)
    assert not plan.is_change
    assert [entry.clause for entry in plan.unplaced] == ["communications.kinds"]


def test_withdrawn_sections_stay_where_they_are(example: Path, folder: Path, tmp_path: Path) -> None:
    file = folder / "01-introduction.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("  - id: introduction.unlisted\n", '  - id: introduction.unlisted\n    withdrawn: "2024-10"\n'),
        encoding="utf-8",
    )
    copy = make_draft_copy(example, tmp_path / "draft.docx")
    order = [clause.id for clause in _model(example).walk()]
    write_take_draft(plan_take_draft(edit_word(copy, lambda d: reword(d, "two kinds", "two sorts")), example))
    assert [clause.id for clause in _model(example).walk()] == order
    assert _clauses(example)["introduction.unlisted"].withdrawn == "2024-10"


def test_the_command_makes_the_copy_and_takes_it_back(example: Path, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    runner, where = CliRunner(), ["-w", str(example)]
    made = runner.invoke(main, [*where, "show", f"{LUTON}@draft", "--to", "word-form", "-o", str(file)])
    assert made.exit_code == 0, made.output
    edit_word(file, lambda d: reword(d, "two kinds", "two sorts"))
    before = _files(folder)
    asked = runner.invoke(main, [*where, "take", str(file), "--to", "json"])
    data = json.loads(asked.output)
    assert (data["draft"], [one["kind"] for one in data["changes"]]) == (f"{LUTON}@draft", ["words"])
    assert _files(folder) == before
    refused = runner.invoke(main, [*where, "take", str(file), "--for", "severn-valley"])
    assert refused.exit_code == 2
    done = runner.invoke(main, [*where, "take", str(file), "--write"])
    assert done.exit_code == 0, done.output
    assert "02-communications.yaml" in done.output
    assert _files(folder) != before


def test_a_file_laid_out_in_braces_is_refused_and_left_alone(example: Path, copy: Path, folder: Path) -> None:
    file = folder / "02-communications.yaml"
    clauses = json.dumps([{"id": "communications.kinds", "text": "Communications are of two kinds."}])
    file.write_text("{schema: 1, id: communications, heading: C, clauses: " + clauses + "}\n", encoding="utf-8")
    made = make_draft_copy(example, copy.with_name("braces.docx"))
    plan = plan_take_draft(edit_word(made, lambda d: reword(d, "two kinds", "two sorts")), example)
    before = _files(folder)
    with pytest.raises(Refused, match="keys do not stand one below the other"):
        write_take_draft(plan)
    assert _files(folder) == before


def _scramble(document: WordDocument, seed: int) -> None:
    """Sections taken out, moved, copied, reworded and added, as chance has it."""
    chance = random.Random(seed)  # noqa: S311 - no secret, the same edits every time
    paragraphs = [p for p in document.paragraphs if p._p.find(qn("w:bookmarkStart")) is not None and not is_guide(p)]
    for number in range(chance.randint(2, 7)):
        one, other = chance.sample(paragraphs, 2)
        if one._p.getparent() is None or other._p.getparent() is None:
            continue
        match chance.randrange(5):
            case 0:
                one._p.getparent().remove(one._p)
            case 1:
                other._p.addnext(one._p)
            case 2:
                chance.choice(one.runs).text += f" zebra {number} "
            case 3:
                other._p.addnext(deepcopy(one._p))
            case _:
                other.insert_paragraph_before(f"A line about giraffes, number {number}.")


@pytest.mark.parametrize("seed", range(6))
def test_every_word_of_an_edited_draft_is_in_its_files_or_named(example: Path, copy: Path, seed: int) -> None:
    plan = plan_take_draft(edit_word(copy, lambda d: _scramble(d, seed)), example)
    write_take_draft(plan)
    model = _model(example)
    have = Counter(word for piece in find_draft_pieces(model) for word in comparable_words(piece.text))
    have += Counter(word for entry in plan.unplaced for word in comparable_words(entry.words))
    clauses = read_returned_draft(copy).clauses
    first = next(index for index, clause in enumerate(clauses) if clause.bookmarks)
    want = Counter(word for clause in clauses[first:] for word in comparable_words(clause.text))
    assert not want - have
    released = {
        clause.id
        for ref in ("2022-09", "2024-10")
        for clause in read_workspace(example)[0].models[f"{LUTON}@{ref}"].walk()
    }
    kept = {clause.id for clause in model.walk()} | {name for clause in model.walk() for name in clause.supersedes}
    assert {clause.id for clause in plan.before.walk()} & released <= kept
    assert copy_to_edit(f"{LUTON}@draft", example).clauses
