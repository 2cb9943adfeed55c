"""Schools from the spreadsheet that HR has: all of them or none, and every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused, UnreadableDocument
from policybook.store import read_workspace
from policybook.workflow.school_columns import Known, read_kind
from policybook.workflow.schools import plan_schools, write_schools
from store.small import SCHOOL, write_workspace

HEAD = ["Name", "Type of school", "Short name", "Also known as", "Role: keeper", "Age limit", "Town"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "workspace")


def sheet(tmp_path: Path, *rows: list[object], head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Our schools"], head, *rows):
        book.active.append(row)
    book.save(tmp_path / "schools.xlsx")
    return tmp_path / "schools.xlsx"


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_new_school_is_written_with_all_that_the_row_says(root: Path, tmp_path: Path) -> None:
    row = ["St Mary's & All Saints", "Academy converter", "St Mary's", "SMAS; All Saints", "clerk", 20, "Luton"]
    write_schools(plan_schools(sheet(tmp_path, row), root))
    records, findings = read_workspace(root)
    assert findings == []
    made = records.schools["st-marys-and-all-saints"]
    assert (made.name, made.kind, made.short_name) == ("St Mary's & All Saints", "academy", "St Mary's")
    assert (made.aliases, made.roles, made.values) == (("SMAS", "All Saints"), {"keeper": "clerk"}, {"age_limit": 20})


def test_a_school_that_is_there_keeps_its_comments_order_and_what_the_sheet_does_not_say(
    root: Path, tmp_path: Path
) -> None:
    before = (root / SCHOOL).read_text(encoding="utf-8")
    commented = before.replace("kind:", "# as agreed in 2019\nkind:") + "# the end\n"
    (root / SCHOOL).write_text(commented, encoding="utf-8")
    name = read_workspace(root)[0].schools["oak"].name
    plan = plan_schools(sheet(tmp_path, [name, None, None, "Oaks", "bursar"]), root)
    assert [change.partition(":")[0] for change in plan.rows[0].changes] == ["also known as", "keeper"]
    write_schools(plan)
    after = (root / SCHOOL).read_text(encoding="utf-8")
    assert [
        line
        for line in commented.splitlines()
        if line not in after.splitlines() and "aliases" not in line and "roles" not in line
    ] == []
    assert read_workspace(root)[0].schools["oak"].roles["keeper"] == "bursar"
    assert plan_schools(sheet(tmp_path, [name, None, None, "Oaks", "bursar"]), root).writes == ()


def test_every_bad_row_is_told_at_once_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    before = files_of(root)
    plan = plan_schools(
        sheet(
            tmp_path,
            ["Elm School", "Widget"],
            ["Ash School", "school", None, None, "Mrs A Person"],
            ["Fir School", "school", None, None, None, 17],
            [None, "school"],
            ["Same School", "school"],
            ["Same School", "school", None, None, None, None, "Luton"],
            ["Yew School", "school", "=1+1"],
        ),
        root,
    )
    told = {finding.place.line: finding.message for finding in plan.findings if finding.severity == "error"}
    assert list(told) == [3, 4, 5, 6, 7, 9]
    assert all(f"row {line}:" in message for line, message in told.items())
    assert all(finding.mend for finding in plan.findings)
    with pytest.raises(BrokenWorkspace):
        write_schools(plan)
    assert files_of(root) == before


def test_schools_of_one_name_are_told_apart_by_their_town(root: Path, tmp_path: Path) -> None:
    rows = [["Same School", "school", None, None, None, None, town] for town in ("Luton", "Bedford")]
    plan = plan_schools(sheet(tmp_path, *rows), root)
    assert [row.school.id for row in plan.rows] == ["same-school-luton", "same-school-bedford"]
    write_schools(plan)
    assert plan_schools(sheet(tmp_path, *rows), root).writes == ()


def test_a_school_is_never_taken_for_another_because_their_ids_would_be_the_same(root: Path, tmp_path: Path) -> None:
    (finding,) = plan_schools(sheet(tmp_path, ["Oak", "school"]), root).findings
    assert (finding.code, "Oak School" in finding.message) == ("sheet.row", True)
    (row,) = plan_schools(sheet(tmp_path, ["Oak", "school", "oak"], head=["Name", "Kind", "ID"]), root).rows
    assert row.changes == ("name: Oak School -> Oak", "short name: Oak School -> Oak")


def test_one_school_twice_is_a_mistake(root: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Rowan", "school", "yew"], ["Yew School", "school", "yew"], head=["Name", "Kind", "ID"])
    (finding,) = plan_schools(path, root).findings
    assert (finding.code, finding.place.line) == ("sheet.row", 4)


@pytest.mark.parametrize("name", ["CON", "nul", "Aux", "LPT1"])
def test_no_file_gets_a_name_that_windows_keeps_for_itself(root: Path, tmp_path: Path, name: str) -> None:
    (row,) = plan_schools(sheet(tmp_path, [name, "school"]), root).rows
    assert row.school.id == f"{name.lower()}-school"


@pytest.mark.parametrize("written", ["../oak", "Oak", "a--b", "con", "x" * 70])
def test_an_id_that_will_not_do_is_refused(root: Path, tmp_path: Path, written: str) -> None:
    plan = plan_schools(sheet(tmp_path, ["Rowan", "school", written], head=["Name", "Kind", "ID"]), root)
    assert [finding.code for finding in plan.findings] == ["sheet.cell"]


def test_columns_that_are_not_read_are_named_and_a_person_is_no_title(root: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Rowan", "school", "Mrs A Person", 123], head=["Name", "Kind", "Keeper", "URN"])
    plan = plan_schools(path, root)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("note", "sheet.column")] * 2
    assert "“Keeper”" in plan.findings[0].message
    assert plan.rows[0].school.roles == {}


def test_two_columns_of_one_meaning_are_a_mistake(root: Path, tmp_path: Path) -> None:
    plan = plan_schools(sheet(tmp_path, ["Rowan", "Rowan", "school"], head=["Name", "School", "Kind"]), root)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("error", "sheet.column")]


def test_a_second_list_is_told_and_a_sheet_of_notes_is_not(root: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, ["Elm School", "school"])
    book = openpyxl.load_workbook(file)
    book.create_sheet("Notes").append(["Ask the office"])
    book.save(file)
    assert "sheet.unread" not in [finding.code for finding in plan_schools(file, root).findings]
    book.create_sheet("Secondary").append(["Name", "Town"])
    book.save(file)
    (told,) = [finding for finding in plan_schools(file, root).findings if finding.code == "sheet.unread"]
    assert "“Secondary”" in told.message


def test_a_kind_for_all_rows_without_one_can_be_given(root: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Rowan"], head=["Name"])
    assert not plan_schools(path, root).is_good
    assert plan_schools(path, root, "academy").rows[0].school.kind == "academy"


def test_a_list_without_names_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="names of schools"):
        plan_schools(sheet(tmp_path, [1], head=["URN"]), root)
    with pytest.raises(UnreadableDocument):
        plan_schools(tmp_path / "none.xlsx", root)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Voluntary aided school", "school"),
        ("Community special school", "school"),
        ("Academy converter", "academy"),
        ("Free schools", "academy"),
        ("Multi-academy trust", "trust"),
        ("Academy Trust (MAT)", "trust"),
        ("Federation", "federation"),
        ("Education service", "service"),
        ("widget", None),
    ],
)
def test_kinds_are_known_as_registers_write_them(words: str, kind: str | None) -> None:
    assert read_kind(words) == kind


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("School name", "name"),
        ("EstablishmentName", "name"),
        ("TypeOfEstablishment (name)", "kind"),
        ("Role: bursar", "role:bursar"),
        ("Headteacher", None),
        ("Job title", None),
        ("URN", None),
    ],
)
def test_headings_mean_what_the_manual_says(heading: str, key: str | None) -> None:
    assert Known().key_of(heading) == key


def test_the_command_tells_and_writes(root: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Rowan", "school"], ["Yew", "Widget"])
    bad = CliRunner().invoke(main, ["-w", str(root), "schools", "import", str(path), "--to", "json"])
    data = json.loads(bad.stdout)
    assert (bad.exit_code, data["written"]) == (1, False)
    assert set(data) == {"schema", "written", "schools", "findings"}
    path = sheet(tmp_path, ["Rowan", "school"])
    dry = CliRunner().invoke(main, ["-w", str(root), "schools", "import", str(path), "--dry-run"])
    assert (dry.exit_code, (root / "clauses/schools/rowan.yaml").exists()) == (0, False)
    assert "nothing was written" in dry.output
    done = CliRunner().invoke(main, ["-w", str(root), "schools", "import", str(path)])
    assert done.exit_code == 0
    assert "1 new, 0 changed" in done.output
    assert (root / "clauses/schools/rowan.yaml").is_file()
