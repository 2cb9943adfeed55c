"""Slips of people who are not at home on a command line: a name half right, an ending that says another format."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.workflow.start import new_workspace

SCHOOL = "severn-valley/staff-ict-social-media"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


SLIPS = [
    (("cheque",), "Did you mean check?"),
    (("upgrade",), "Write --model PUBLISHER/POLICY@V"),
    (("import", "policy.docx", "--model", "My Council/Staff Code", "--version", "1"), "such as my-council/staff-code"),
    (("import", "policy.docx", "--model", "code", "--version", "1"), "such as my-council/code-of-conduct"),
    (("adopt", "severn", "ghes/staff-ict-social-media"), "did you mean severn-valley?"),
    (("site", "build", "--audience", "school:severn"), "did you mean severn-valley?"),
    (("positions", "past-pupil"), "did you mean past-pupils?"),
    (("show", SCHOOL, "-o", "."), "name a file in it"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS)
def test_a_slip_is_answered_with_what_to_write(example: Path, words: tuple[str, ...], said: str) -> None:
    result = run("-w", example, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_a_draft_without_at_draft_is_offered_by_its_whole_name(example: Path, twins: Path) -> None:
    run("-w", example, "import", twins / "severn-valley.txt", "--model", "my-council/code", "--version", "1")
    result = run("-w", example, "release", "my-council/code", "--version", "1")
    assert "did you mean my-council/code@draft?" in result.output


@pytest.mark.parametrize(
    ("ending", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype"), ("txt", b"")]
)
def test_a_file_holds_what_its_ending_says(example: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"policy.{ending}"
    assert run("-w", example, "show", SCHOOL, "-o", file).exit_code == 0
    assert file.read_bytes().startswith(begins)


def test_a_format_is_never_written_into_a_file_that_promises_another(example: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.docx"
    result = run("-w", example, "show", SCHOOL, "--to", "text", "-o", file)
    assert result.exit_code == 2
    assert "say --to docx" in result.output
    result = run("-w", example, "check", "-o", file)
    assert "this command makes text, json" in result.output
    assert not file.exists()


def test_stopping_a_command_says_so_and_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("policybook.store.find_workspace", stop)
    result = run("verify")
    assert result.exit_code == 2
    assert "run it again" in result.output


def test_the_list_of_commands_cuts_no_sentence_short() -> None:
    assert "..." not in run("--help").output.partition("Commands:")[2]


def test_an_empty_workspace_says_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "Dawn's policies é"
    assert "policybook import" in run("init", folder).output
    assert "no topics yet" in run("-w", folder, "positions", "past-pupils").output
    assert "No topics yet" in run("-w", folder, "positions").output
    assert "For HR" not in run("-w", folder, "register").output


def test_a_document_that_is_not_of_the_model_is_said_to_be_none(tmp_path: Path, twins: Path) -> None:
    folder = tmp_path / "workspace"
    new_workspace(folder)
    run("-w", folder, "import", twins / "lady-zia-wernher.txt", "--model", "c/social", "--version", "1")
    run("-w", folder, "release", "c/social@draft", "--version", "1")
    other = run("-w", folder, "adopt", "severn", "c/social", "--from", twins / "severn-valley.txt", "--dry-run")
    assert "little in common with this model" in other.output
    own = run("-w", folder, "adopt", "zia", "c/social", "--from", twins / "lady-zia-wernher.txt", "--dry-run")
    assert own.exit_code == 0
    assert "little in common" not in own.output
