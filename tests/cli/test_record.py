"""The commands that record and look after decisions, as a person runs them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main, record
from record_sample import OAK, edit, snapshot, write_sample

APPROVED = ("--outcome", "approved", "--body", "Governing Body", "--on", "2026-10-01")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "_today", lambda: date(2026, 11, 21))
    return write_sample(tmp_path)


def run(root: Path, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["-w", str(root), *(str(argument) for argument in arguments)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_decide_says_what_it_wrote_and_a_dry_run_writes_nothing(root: Path) -> None:
    before = snapshot(root)
    planned = run(root, "decide", OAK, *APPROVED, "--dry-run")
    assert planned.exit_code == 0
    assert snapshot(root) == before
    done = run(root, "decide", OAK, *APPROVED)
    assert done.output == planned.output.replace("would write", "wrote")
    assert "wrote clauses/adoptions/oak/mail/editions/2026-10-01.yaml" in done.output


def test_decide_show_compare_and_verify_belong_together(root: Path) -> None:
    run(root, "decide", OAK, *APPROVED, "--minute", "FGB 1")
    edit(root, "clauses/adoptions/oak/mail/adoption.yaml", "values: {", "values: {age_limit: 18, ")
    shown = run(root, "show", f"{OAK}@2026-10-15")
    assert "In force on 15 October 2026. Approved: Governing Body, 1 October 2026 (minute FGB 1)." in shown.output
    assert "under nineteen" in shown.output
    assert run(root, "compare", f"{OAK}@2026-10-15", OAK).exit_code == 1
    assert "[decision.void]" in run(root, "check").output
    assert run(root, "verify").exit_code == 0
    edit(root, "clauses/adoptions/oak/mail/editions/2026-10-01.yaml", "nineteen", "eighteen")
    altered = run(root, "verify")
    assert altered.exit_code == 1
    assert "[edition.altered]" in altered.output
    assert run(root, "show", f"{OAK}@2026-10-15").exit_code == 2
    assert json.loads(run(root, "verify", "--to", "json").output)["findings"][0]["code"] == "edition.altered"


def test_a_minute_number_follows_later(root: Path) -> None:
    run(root, "decide", OAK, *APPROVED)
    assert "[decision.no-minute]" in run(root, "check").output
    assert run(root, "decide", OAK, "--on", "2026-10-01", "--minute", "FGB 1").exit_code == 0
    assert "[decision.no-minute]" not in run(root, "check").output


def test_a_meeting_file_records_a_whole_meeting(root: Path) -> None:
    meeting = root / "meeting.yaml"
    meeting.write_text(
        "schema: 1\nbody: Governing Body\non: 2026-10-01\ndecisions:\n"
        "  - {policy: oak/mail, outcome: approved}\n  - {policy: ash/mail, outcome: approved}\n"
    )
    result = run(root, "decide", meeting)
    assert result.exit_code == 0
    assert result.output.count("/manifest.yaml") == 2


WRONG = [
    (("decide", OAK), "--outcome, --body and --on"),
    (("decide", OAK, "--outcome", "approved", "--body", "B", "--on", "soon"), "write it as 2024-11-21"),
    (("decide", "oak/male", *APPROVED), "did you mean oak/mail?"),
    (("decide", OAK, *APPROVED[:-1], "2026-08-01"), "issued on 2026-09-01"),
    (("decide", "gone.yaml"), "no such meeting file"),
    (("release", "hr/mail@draft", "--version", "2"), "no draft"),
    (("release", "hr/mail@draft"), "--draft-changes"),
    (("register", "--on", "today"), "write it as 2024-11-21"),
    (("register", "--to", "xlsx"), "-o FILE.xlsx"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_what_cannot_be_done_is_said_in_words_and_nothing_is_written(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = snapshot(root)
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert snapshot(root) == before


@pytest.mark.parametrize("to", ["text", "json", "html", "xlsx", "ics"])
def test_the_register_comes_in_every_format_the_same_each_time(root: Path, tmp_path: Path, to: str) -> None:
    run(root, "decide", OAK, *APPROVED)
    out = tmp_path / f"register.{to}"
    contents = []
    for _ in range(2):
        assert run(root, "register", "--to", to, "--on", "2026-11-21", "-o", out).exit_code == 0
        contents.append(out.read_bytes())
    assert contents[0] == contents[1]
    assert len(contents[0]) > 200


def test_the_register_of_another_day_says_so(root: Path) -> None:
    assert "As the records stand on 1 January 2027" in run(root, "register", "--on", "2027-01-01").output


def test_an_event_without_a_decision_is_stamped_from_the_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert "DTSTAMP:20260101T000000Z" in run(root, "register", "--to", "ics").output


def test_release_drafts_its_changes_and_then_refuses_until_they_are_confirmed(root: Path) -> None:
    draft = root / "clauses/models/hr/mail/draft"
    draft.mkdir()
    for file in (root / "clauses/models/hr/mail/1").iterdir():
        text = file.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"\nsupersedes: "1"')
        (draft / file.name).write_text(text.replace("default: 19", "default: 18"), encoding="utf-8")
    drafted = run(root, "release", "hr/mail@draft", "--draft-changes")
    assert "edit the words" in drafted.output
    refused = run(root, "release", "hr/mail@draft", "--version", "2")
    assert refused.exit_code == 2
    assert "[amendment.unconfirmed]" in refused.output
    policy = draft / "policy.yaml"
    lines = policy.read_text(encoding="utf-8").replace("To edit: ", "").splitlines()
    confirmed = [line.partition("#")[0] + "true" if "We think" in line else line for line in lines]
    policy.write_text("\n".join(confirmed) + "\n", encoding="utf-8")
    assert run(root, "release", "hr/mail@draft", "--version", "2").exit_code == 0
    assert run(root, "verify").exit_code == 0
