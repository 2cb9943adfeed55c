"""Bad input: what, where, how to mend; the exit code of the design; nothing written; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main

SCHOOL = Path("clauses/adoptions/severn-valley/staff-ict-social-media/adoption.yaml")
MODEL = Path("clauses/models/ghes/staff-ict-social-media/2018-01/policy.yaml")


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def edit(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


BROKEN_WORKSPACES: list[tuple[str, Path, Callable[[str], str], str, str]] = [
    ("a YAML error", SCHOOL, lambda text: text + "\nvalues: [unclosed\n", "yaml.", "adoption.yaml:"),
    ("an unknown parameter", SCHOOL, lambda text: text.replace("values:", "values:\n  core_hour: x", 1),
     "value.unknown", "adoption.yaml:8  there is no parameter 'core_hour'"),
    ("an unquoted version", MODEL, lambda text: text.replace('version: "2018-01"', "version: 1.10", 1),
     "version.unquoted", "policy.yaml:"),
    ("an unknown key", SCHOOL, lambda text: text.replace("values:", "valeus:", 1), "yaml.unknown-key", "'values'"),
    ("a tailoring of a clause that is not there", SCHOOL,
     lambda text: text + "\ntailorings:\n  - {omit: mobile-phones.hour, reason: none}\n",
     "tailoring.unknown-clause", "did you mean 'mobile-phones.hours'"),
    ("a value outside its limits", SCHOOL, lambda text: text.replace("pupil_age_limit: 18", "pupil_age_limit: 3", 1),
     "value.outside", "pupil_age_limit"),
    ("a tab", SCHOOL, lambda text: text.replace("values:\n  ", "values:\n\t", 1), "yaml.syntax", "adoption.yaml:"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change", "code", "said"),
    [entry[1:] for entry in BROKEN_WORKSPACES],
    ids=[entry[0] for entry in BROKEN_WORKSPACES],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_broken_workspace_is_refused_with_the_finding(
    example: Path, command: str, file: Path, change: Callable[[str], str], code: str, said: str
) -> None:
    if "tailorings" in change(""):
        edit(example / file, lambda text: text.replace("tailorings: []\n", ""))
    edit(example / file, change)
    result = run("-w", example, command)
    assert result.exit_code == (1 if command == "check" else 2)
    assert code in result.output
    assert said in result.output
    made = {file.name for file in (example / "build").glob("*")}
    assert made <= {".check.json"}, "what check remembers, and no document"


def test_all_findings_come_at_once(example: Path) -> None:
    edit(example / SCHOOL, lambda text: text.replace("values:", "values:\n  no_such: 1\n  nor_this: 2", 1))
    edit(example / MODEL, lambda text: text.replace("publish:", "pubish:", 1))
    output = run("-w", example, "check").output
    assert "yaml.unknown-key" in output
    edit(example / MODEL, lambda text: text.replace("pubish:", "publish:", 1))
    assert run("-w", example, "check").output.count("value.unknown") == 2


@pytest.mark.parametrize("command", ["read", "compare"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.docx", None),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("posing.docx", bytes(range(256)) * 40),
        ("cut.docx", b"PK\x03\x04" + b"\0" * 200),
        ("posing.pdf", b"%PDF-1.7\nnothing follows"),
        ("binary.txt", b"\0\1\2\3" * 500),
    ],
)
def test_a_document_that_cannot_be_read_is_an_error_in_words(
    tmp_path: Path, twins: Path, command: str, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    others = [twins / "three-rivers.txt"] if command == "compare" else []
    result = run(command, file, *others)
    assert result.exit_code == 2
    assert name in result.output
    assert len(result.output.strip().splitlines()) >= 2, "what and where, then how to mend"
    assert list(tmp_path.iterdir()) == ([file] if content is not None else [])


def test_a_folder_is_not_a_document(tmp_path: Path) -> None:
    assert run("read", tmp_path).exit_code == 2


def test_an_unknown_text_names_the_nearest(example: Path) -> None:
    result = run("-w", example, "show", "severn-vale/staff-ict-social-media")
    assert result.exit_code == 2
    assert "did you mean severn-valley/staff-ict-social-media?" in result.output


def test_a_file_that_cannot_be_written_is_an_error_in_words(tmp_path: Path, twins: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    result = run("read", twins / "three-rivers.txt", "--to", "json", "-o", blocked / "out.json")
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_a_binary_format_does_not_go_to_the_terminal(twins: Path) -> None:
    result = run("compare", twins / "three-rivers.txt", twins / "academy-trust.txt", "--to", "pdf")
    assert result.exit_code == 2
    assert "-o FILE.pdf" in result.output
