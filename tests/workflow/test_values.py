"""A sheet of values goes out to a school and comes back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.render.answer_sheet import write_answer_sheet
from policybook.store import read_workspace
from policybook.workflow.values import ask_values, plan_values, write_values

SCHOOL = "lady-zia-wernher"
REF = f"{SCHOOL}/social-media-internet"
RECORD = f"clauses/adoptions/{REF}/adoption.yaml"


def filled(example: Path, tmp_path: Path, answers: Mapping[str, object], refs: tuple[str, ...] = (SCHOOL,)) -> Path:
    """The sheet as it comes back, with some answers typed over."""
    file = tmp_path / "back.xlsx"
    file.write_bytes(write_answer_sheet(ask_values(refs, example)))
    book = openpyxl.load_workbook(file)
    for row in book["Values"].iter_rows(min_row=6):
        if row[7].value in answers:
            row[4].value = answers[row[7].value]  # type: ignore[assignment]
    book.save(file)
    return file


def test_a_sheet_that_comes_back_untouched_changes_nothing(example: Path, tmp_path: Path) -> None:
    every = tuple(read_workspace(example)[0].adoptions)
    plan = plan_values(filled(example, tmp_path, {}, every), example)
    assert (plan.answers, plan.writes) == ((), ())


def test_answers_are_written_typed_and_comments_stay(example: Path, tmp_path: Path) -> None:
    before = (example / RECORD).read_text(encoding="utf-8")
    answers = {"past_pupil_age_limit": 20, "review_cycle": "three years", "mobile_phone_policy": "No"}
    write_values(plan_values(filled(example, tmp_path, answers), example))
    values = read_workspace(example)[0].adoptions[REF].values
    assert (values["past_pupil_age_limit"], values["review_cycle"]) == (20, "3 years")
    assert values["mobile_phone_policy"] is False
    after = (example / RECORD).read_text(encoding="utf-8")
    gone = [line.strip() for line in before.splitlines() if line not in after.splitlines()]
    assert all(line.partition(":")[0] in answers for line in gone)
    assert "# The headteacher reviewed the policy" in after


def test_an_emptied_answer_means_what_the_model_says(example: Path, tmp_path: Path) -> None:
    plan = plan_values(filled(example, tmp_path, {"sign_off_keeper": None}), example)
    assert [(entry.after, entry.is_models) for entry in plan.answers] == [("nothing", True)]
    assert "value.missing" in {finding.code for finding in plan.findings}
    write_values(plan)
    assert "sign_off_keeper" not in read_workspace(example)[0].adoptions[REF].values


def test_every_bad_answer_is_told_and_nothing_is_written(example: Path, tmp_path: Path) -> None:
    answers = {
        "past_pupil_age_limit": 17,
        "review_cycle": "often",
        "mobile_phone_policy": "perhaps",
        "headteacher": "=1+1",
    }
    plan = plan_values(filled(example, tmp_path, answers), example)
    assert [finding.code for finding in plan.findings] == ["sheet.cell"] * 4
    assert all("allowed: " in finding.mend for finding in plan.findings)
    with pytest.raises(BrokenWorkspace):
        write_values(plan)
    assert plan.writes == ()


def test_what_changed_here_meanwhile_is_not_lost(example: Path, tmp_path: Path) -> None:
    file = filled(example, tmp_path, {"past_pupil_age_limit": 20})
    record = example / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('review_cycle: "2 years"', 'review_cycle: "1 year"'), encoding="utf-8")
    write_values(plan_values(file, example))
    assert read_workspace(example)[0].adoptions[REF].values["review_cycle"] == "1 year"
    record.write_text(text.replace("past_pupil_age_limit: 19", "past_pupil_age_limit: 21"), encoding="utf-8")
    (finding,) = plan_values(file, example).findings
    assert "changed here too" in finding.message


def test_a_question_that_is_no_longer_asked_is_told(example: Path, tmp_path: Path) -> None:
    file = filled(example, tmp_path, {})
    book = openpyxl.load_workbook(file)
    book["Values"]["H6"] = "gone"
    book["Values"]["G7"] = "nobody/nothing"
    book["Values"]["H9"] = book["Values"]["H8"].value
    book.save(file)
    assert [finding.code for finding in plan_values(file, example).findings] == ["sheet.row"] * 3


def test_the_sheet_has_no_formula_locks_the_questions_and_offers_the_options(example: Path, tmp_path: Path) -> None:
    file = filled(example, tmp_path, {})
    with zipfile.ZipFile(file) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in xml or "<f " in xml for xml in sheets)
    sheet = openpyxl.load_workbook(file)["Values"]
    assert sheet.protection.sheet
    rows = list(sheet.iter_rows(min_row=6))
    assert all(not row[4].protection.locked for row in rows)
    assert all(cell.protection.locked for row in rows for index, cell in enumerate(row) if index != 4)
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert {"list", "whole"} <= kinds
    assert write_answer_sheet(ask_values((SCHOOL,), example)) == write_answer_sheet(ask_values((SCHOOL,), example))


def test_words_that_look_like_a_formula_stay_words(example: Path, tmp_path: Path) -> None:
    record = example / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("school business manager", "=HYPERLINK(1)"), encoding="utf-8")
    data = write_answer_sheet(ask_values((SCHOOL,), example))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "=HYPERLINK(1)" in package.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in package.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("refs", [("nobody",), (f"{SCHOOL}/nothing",)])
def test_what_is_not_there_is_said(example: Path, refs: tuple[str, ...]) -> None:
    with pytest.raises(UnknownReference):
        ask_values(refs, example)


def test_a_sheet_that_is_not_ours_is_refused(example: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("Name,Kind\nOak,school\n", encoding="utf-8")
    with pytest.raises(Refused, match="Your answer"):
        plan_values(tmp_path / "other.csv", example)


def test_the_command_asks_writes_and_reads_back(example: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["-w", str(example), "values", *words])
        return result.exit_code, result.stdout

    assert "Age until which contact with past pupils is barred" in run(SCHOOL)[1]
    questions = json.loads(run(SCHOOL, "--to", "json")[1])["questions"]
    assert {"ref", "name", "label", "type", "model", "allowed", "answer", "options", "is_settled"} == set(questions[0])
    assert run(SCHOOL, "--to", "xlsx", "-o", str(tmp_path / "out.xlsx"))[0] == 0
    file = filled(example, tmp_path, {"past_pupil_age_limit": 20})
    code, said = run("--from", str(file), "--dry-run", "--to", "json")
    assert (code, json.loads(said)["written"]) == (0, False)
    assert "19 -> 20" in run("--from", str(file))[1]
    assert "no answer changes anything" in run("--from", str(file))[1]
    assert run("--from", str(filled(example, tmp_path, {"past_pupil_age_limit": 3})))[0] == 1
    assert run()[0] == 2
    assert run(SCHOOL, "--from", str(file))[0] == 2
