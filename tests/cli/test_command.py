"""The commands as a person runs them: what they say, and their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_help_names_every_command() -> None:
    text = run("--help").output
    for command in ("init", "read", "check", "show", "compare", "collate", "positions", "build", "site"):
        assert f"\n  {command} " in text


def test_every_command_is_in_the_reference() -> None:
    from conftest import ROOT

    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in main.commands:
        assert f"## `policybook {name}" in reference, name


def test_check_of_the_example_has_no_error(example: Path) -> None:
    result = run("-w", example, "check")
    assert result.exit_code == 0
    assert "0 errors" in result.output


def test_check_writes_the_same_words_to_a_file(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "findings.txt"
    assert run("-w", example, "check", "-o", out).exit_code == 0
    assert out.read_text(encoding="utf-8") == run("-w", example, "check").stdout
    assert "\n0 errors, " in out.read_text(encoding="utf-8")


def test_show_prints_the_text_in_force(example: Path) -> None:
    result = run("-w", example, "show", "lady-zia-wernher/social-media-internet")
    assert result.exit_code == 0
    assert "under nineteen" in result.output or "nineteen" in result.output


def test_compare_answers_with_exit_code_1_where_something_differs(twins: Path) -> None:
    result = run("compare", twins / "severn-valley.txt", twins / "gloucestershire-2018.txt")
    assert result.exit_code == 1
    assert "reasonable hours" in result.output


def test_compare_answers_with_exit_code_0_where_nothing_differs(twins: Path) -> None:
    assert run("compare", twins / "three-rivers.txt", twins / "three-rivers.txt").exit_code == 0


def test_compare_as_json_keeps_its_contract(twins: Path) -> None:
    result = run("compare", twins / "severn-valley.txt", twins / "gloucestershire-2018.txt", "--to", "json")
    data = json.loads(result.stdout)
    assert set(data) == {"schema", "witnesses", "substitutions", "rows", "summary"}
    assert set(data["rows"][0]) == {"readings", "change", "moved", "facts", "edits", "confidence", "found_by"}
    assert list(data["summary"]) == ["same", "value", "editorial", "reworded", "substantive", "added", "removed"]
    assert sum(data["summary"].values()) == len(data["rows"])


def test_read_as_json_keeps_its_contract(twins: Path) -> None:
    data = json.loads(run("read", twins / "academy-trust.txt", "--to", "json").stdout)
    assert {"metadata", "clauses", "set_aside", "coverage"} <= set(data)
    assert set(data["clauses"][0]) == {"kind", "number", "level", "text", "place"}
    assert data["coverage"] == 1.0


@pytest.mark.parametrize("to", ["html", "pdf", "docx", "xlsx"])
def test_compare_writes_files(twins: Path, tmp_path: Path, to: str) -> None:
    out = tmp_path / f"out.{to}"
    result = run("compare", twins / "severn-valley.txt", twins / "gloucestershire-2018.txt", "--to", to, "-o", out)
    assert result.exit_code == 1
    assert out.stat().st_size > 1000


def test_positions_are_found_in_a_document_that_nobody_modelled(example: Path, twins: Path) -> None:
    document = twins / "severn-valley.txt"
    result = run("-w", example, "positions", "contact-hours", "past-pupils", "--of", document, "--to", "json")
    answers = {entry["topic"]: entry["answer"] for entry in json.loads(result.stdout)["positions"]}
    assert answers["contact-hours"] == "8am to 6pm"
    assert answers["past-pupils"].startswith("until 18")


def test_collate_of_a_model_shows_its_adopters(example: Path) -> None:
    result = run("-w", example, "collate", "ghes/staff-ict-social-media@2018-01", "--to", "json")
    assert len(json.loads(result.stdout)["witnesses"]) == 2


def test_init_makes_a_workspace_that_checks_and_builds(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert "would make" in run("init", folder, "--dry-run").output
    assert not folder.exists()
    assert run("init", folder).exit_code == 0
    assert run("-w", folder, "check").exit_code == 0
    assert run("-w", folder, "build").exit_code == 0
    assert (folder / "build" / "site" / "index.html").is_file()


def test_init_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert "something here already" in result.output
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_build_dry_run_writes_nothing(example: Path) -> None:
    result = run("-w", example, "build", "--dry-run")
    assert result.exit_code == 0
    assert "would make build/documents/" in result.output
    assert not (example / "build").exists()


def test_a_command_outside_a_workspace_says_what_to_do(tmp_path: Path) -> None:
    result = run("-w", tmp_path, "build")
    assert result.exit_code == 2
    assert "not a workspace" in result.output
    assert "policybook init" in result.output


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = "numpy scipy lxml typst mkdocs pydantic ruamel.yaml pypdfium2 docx rapidfuzz"
    code = f"import sys, policybook.cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
