"""The triage as a spreadsheet: sent out, filled in with the answers offered, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from policybook.cli import main
from policybook.report.upgrade import DECISIONS
from workflow.test_settle import OPEN, REF, adoption_file, plan_file
from workflow.test_upgrade import ADOPTION, TARGET, digests, with_oakfield

ASH = "ash-lane/social-media-internet"


@pytest.fixture
def workspace(example: Path) -> Path:
    """Two schools on the older version."""
    root = with_oakfield(example)
    clauses = root / "clauses"
    school = (clauses / "schools/oakfield-primary.yaml").read_text(encoding="utf-8")
    (clauses / "schools/ash-lane.yaml").write_text(school.replace("oakfield-primary", "ash-lane"), encoding="utf-8")
    (clauses / "adoptions" / ASH).mkdir(parents=True)
    text = ADOPTION.replace("oakfield-primary", "ash-lane").partition("tailorings:")[0]
    (clauses / "adoptions" / ASH / "adoption.yaml").write_text(text, encoding="utf-8")
    return root


def run(workspace: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["-w", str(workspace), *(str(argument) for argument in arguments)])


def fill(workspace: Path, tmp_path: Path, answers: Mapping[tuple[str, str], tuple[str, str]]) -> Path:
    """The sheet of the plan, filled in by record and section as (decision, reason)."""
    out = tmp_path / "plan.xlsx"
    assert run(workspace, "upgrade", "--model", TARGET, "--to", "xlsx", "-o", out).exit_code == 1
    book = load_workbook(out)
    sheet = book[DECISIONS]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        key = (str(sheet.cell(row, columns["Record"]).value), str(sheet.cell(row, columns["Name"]).value))
        for name, value in zip(("Your decision", "Your reason"), answers.get(key, ()), strict=False):
            sheet.cell(row, columns[name], value)
    book.save(out)
    return out


def everything(take: str = "new") -> dict[tuple[str, str], tuple[str, str]]:
    sections = {REF: OPEN, ASH: [*OPEN, "email.private-messages"]}
    return {(ref, name): (take, "") for ref, names in sections.items() for name in names}


def test_each_row_offers_its_answers_to_pick_from(workspace: Path, tmp_path: Path) -> None:
    sheet = load_workbook(fill(workspace, tmp_path, {}))[DECISIONS]
    assert isinstance(sheet, Worksheet)
    offered = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered == {'"new,ours"'}
    assert sum(len(rule.sqref.ranges) for rule in sheet.data_validations.dataValidation) >= 1


def test_a_filled_in_sheet_settles_many_schools_at_once(workspace: Path, tmp_path: Path) -> None:
    sheet = fill(workspace, tmp_path, everything() | {(REF, "email.ethos"): ("Ours", "We are a community school.")})
    dry = run(workspace, "settle", "--sheet", sheet, "--write", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION
    result = run(workspace, "settle", "--sheet", sheet, "--write")
    assert result.exit_code == 0, result.output
    for ref in (REF, ASH):
        text = (workspace / "clauses/adoptions" / ref / "adoption.yaml").read_text(encoding="utf-8")
        assert 'version: "2024-10"' in text
    assert "reason: We are a community school." in adoption_file(workspace).read_text(encoding="utf-8")


def test_a_half_filled_sheet_is_kept_and_what_is_whole_can_be_written(workspace: Path, tmp_path: Path) -> None:
    answers = everything()
    del answers[REF, "email.ethos"]
    sheet = fill(workspace, tmp_path, answers)
    result = run(workspace, "settle", "--sheet", sheet, "--write")
    assert result.exit_code == 1
    assert "rows without a decision: 1" in result.output
    assert plan_file(workspace).is_file()
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION
    ash = workspace / "clauses/adoptions" / ASH / "adoption.yaml"
    assert 'version: "2024-10"' in ash.read_text(encoding="utf-8")


def test_one_school_alone_can_be_taken_from_a_sheet_of_many(workspace: Path, tmp_path: Path) -> None:
    sheet = fill(workspace, tmp_path, everything())
    assert run(workspace, "settle", ASH, "--sheet", sheet, "--write").exit_code == 0
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION


def test_all_bad_rows_are_told_at_once_and_nothing_is_written(workspace: Path, tmp_path: Path) -> None:
    answers = everything() | {(REF, OPEN[0]): ("perhaps", ""), (ASH, OPEN[1]): ("merged", "")}
    sheet = fill(workspace, tmp_path, answers)
    book = load_workbook(sheet)
    page = book[DECISIONS]
    names = [cell.value for cell in page[1]]
    last = page.max_row
    page.cell(last, names.index("Name") + 1, "email.nowhere")
    page.append([page.cell(last - 1, column + 1).value for column in range(len(names))])
    book.save(sheet)
    before = digests(workspace)
    result = run(workspace, "settle", "--sheet", sheet, "--write")
    assert result.exit_code == 1
    for said in (
        "“perhaps” is no decision",
        "“merged” is not offered here",
        "“email.nowhere”",
        "again",
        "nothing was written",
    ):
        assert said in result.output, said
    assert digests(workspace) == before


def test_a_sheet_of_a_plan_that_changed_is_refused(workspace: Path, tmp_path: Path) -> None:
    sheet = fill(workspace, tmp_path, everything())
    changed = ADOPTION.replace("Each member of staff and each governor", "All staff and each governor")
    adoption_file(workspace).write_text(changed, encoding="utf-8")
    before = digests(workspace)
    result = run(workspace, "settle", "--sheet", sheet, "--write")
    assert result.exit_code == 1
    assert "changed since these decisions were taken" in result.output
    assert digests(workspace) == before


REFUSED = [
    (("settle",), "which upgrade?"),
    (("settle", REF, "--sheet", "none.xlsx", "--take", "new"), "which upgrade?"),
    (("settle", "--sheet", "none.xlsx"), "cannot be read"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_is_no_sheet_of_decisions_is_refused(workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(workspace, *arguments)
    assert result.exit_code == 2
    assert said in result.output
