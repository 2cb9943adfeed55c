"""A whole meeting as a spreadsheet, and words that a body amended before it approved."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cli.test_record import run
from policybook.cli import record
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.report.meeting import COLUMNS, SHEET
from policybook.store.edition import read_edition
from policybook.store.read import read_adoption
from policybook.workflow.meeting_sheet import read_meeting_sheet
from policybook.workflow.verify import verify_workspace
from record_sample import ADOPTION, OAK, edit, snapshot, write_sample

AGENDA = "schema: 1\nbody: Governing Body\non: 2026-10-01\nagenda:\n  - {policy: oak/mail}\n  - {policy: ash/mail}\n"
BODY, ON = "Governing Body", date(2026, 10, 1)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "_today", lambda: date(2026, 11, 21))
    return write_sample(tmp_path / "workspace")


def sheet(tmp_path: Path, *rows: dict[str, object], columns: Sequence[str] = COLUMNS) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(columns))
    for row in rows:
        page.append([row.get(column) for column in columns])
    path = tmp_path / "meeting.xlsx"
    book.save(path)
    return path


def row(policy: str, outcome: str, **others: object) -> dict[str, object]:
    return {"Policy": policy, "Outcome": outcome, "Decided by": BODY, "Date": ON, **others}


def test_an_agenda_becomes_a_sheet_that_records_the_meeting_once_filled_in(root: Path, tmp_path: Path) -> None:
    (tmp_path / "agenda.yaml").write_text(AGENDA, encoding="utf-8")
    out = tmp_path / "meeting.xlsx"
    assert run(root, "decide", tmp_path / "agenda.yaml", "--to", "xlsx", "-o", out).exit_code == 0
    book = load_workbook(io.BytesIO(out.read_bytes()))
    page = book[SHEET]
    assert "Approved with amendments" in page.data_validations.dataValidation[0].formula1
    assert [page.cell(line, 1).value for line in (2, 3)] == ["oak/mail", "ash/mail"]
    page.cell(2, COLUMNS.index("Outcome") + 1, "Approved")
    page.cell(2, COLUMNS.index("Minute") + 1, "FGB 7")
    page.cell(2, COLUMNS.index("Next review") + 1, "Autumn 2028")
    book.save(out)
    result = run(root, "decide", out)
    assert result.exit_code == 0, result.output
    adoption = read_adoption(root, OAK)
    assert (adoption.decisions[0].minute, adoption.decisions[0].body, adoption.next_review) == (
        "FGB 7",
        BODY,
        "Autumn 2028",
    )
    assert not read_adoption(root, "ash/mail").decisions  # left open


def test_words_amended_at_the_meeting_are_entered_checked_and_bound(root: Path, tmp_path: Path) -> None:
    amended = {"Amended section": "use.scope", "Amended words": "All staff of {{ school_name }} use school e-mail."}
    second = {"Policy": OAK, "Amended section": "use.ask"}
    result = run(root, "decide", sheet(tmp_path, row(OAK, "Approved with amendments", **amended), second))
    assert result.exit_code == 0, result.output
    assert "wrote clauses/adoptions/oak/mail/lock.yaml" in result.output
    text = (root / ADOPTION).read_text(encoding="utf-8")
    assert "# Nothing was decided yet." in text
    assert text.count("amended by the Governing Body on 1 October 2026") == 2
    edition = read_edition(root, OAK, "2026-10-01")
    words = [clause.text for clause in edition.clauses]
    assert "All staff of Oak School use school e-mail." in words
    assert not any("doubt" in said for said in words)
    assert run(root, "check").output.count("decision.void") == 0
    assert not verify_workspace(root).is_damaged
    edit(root, ADOPTION, "All staff", "Most staff")
    assert "decision.void" in run(root, "check").output


def test_amendments_come_from_a_meeting_file_as_well(root: Path, tmp_path: Path) -> None:
    meeting = tmp_path / "meeting.yaml"
    item = "{policy: oak/mail, outcome: OUTCOME, amendments: [{substitute: CLAUSE, text: Staff use it., reason: Clearer.}]}"
    text = f"schema: 1\nbody: {BODY}\non: 2026-10-01\ndecisions:\n  - {item}\n"
    meeting.write_text(
        text.replace("OUTCOME", "approved-with-amendments").replace("CLAUSE", "use.scope"), encoding="utf-8"
    )
    assert run(root, "decide", meeting).exit_code == 0
    assert "Clearer." in (root / ADOPTION).read_text(encoding="utf-8")


REFUSED = [
    ("approved", "{substitute: use.scope, text: Words.}", "can only be amended"),
    ("approved-with-amendments", "{substitute: use.nowhere, text: Words.}", "use.nowhere"),
    ("approved-with-amendments", "{text: Words.}", "one change of one section"),
    ("approved-with-amendments", "{omit: use.scope, substitute: use.ask}", "one change of one section"),
]


@pytest.mark.parametrize(("outcome", "amendment", "said"), REFUSED)
def test_an_amendment_that_makes_no_sense_is_refused_and_nothing_is_written(
    root: Path, tmp_path: Path, outcome: str, amendment: str, said: str
) -> None:
    meeting = tmp_path / "meeting.yaml"
    item = f"{{policy: oak/mail, outcome: {outcome}, amendments: [{amendment}]}}"
    meeting.write_text(f"schema: 1\nbody: {BODY}\non: 2026-10-01\ndecisions:\n  - {item}\n", encoding="utf-8")
    before = snapshot(root)
    result = run(root, "decide", meeting)
    assert result.exit_code == 2
    assert said in result.output
    assert snapshot(root) == before


def test_who_decided_and_when_holds_for_the_rows_below(tmp_path: Path) -> None:
    first, second = read_meeting_sheet(
        sheet(tmp_path, row(OAK, "approved"), {"Policy": "ash/mail", "Outcome": "Approved by chair’s action"})
    )
    assert (second.decision.body, second.decision.on) == (BODY, ON)
    assert (first.decision.outcome, second.decision.outcome) == ("approved", "chairs-action")


def test_every_row_that_will_not_do_is_told_at_once(tmp_path: Path) -> None:
    rows = [row(OAK, "agreed"), row("ash/mail", "Approved", **{"In force from": "soon"}), row("ash/mail", "Deferred")]
    with pytest.raises(BrokenWorkspace) as broken:
        read_meeting_sheet(sheet(tmp_path, *rows))
    assert [finding.place.line for finding in broken.value.findings] == [2, 3, 4]
    with pytest.raises(BrokenWorkspace, match="1 error"):
        read_meeting_sheet(sheet(tmp_path, {"Policy": OAK, "Outcome": "Approved"}))


def test_a_sheet_without_decisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no decision stands"):
        read_meeting_sheet(sheet(tmp_path, row(OAK, "")))
    with pytest.raises(Refused, match="no list of decisions"):
        read_meeting_sheet(sheet(tmp_path, columns=("Policy", "Outcome")))
