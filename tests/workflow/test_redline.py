"""Redlines by REF, and the day that their changes are given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from policybook.cli import main
from policybook.render.redline import UNDATED
from policybook.workflow.redline import change_date, policy_behind
from support.tracked import W, document_of

ROOT = Path(__file__).parents[2]
MODEL, SCHOOL = "luton-hr/social-media-internet@2024-10", "lady-zia-wernher/social-media-internet"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--workspace", str(ROOT), *arguments])
    return done.exit_code, done.output


def test_compare_writes_a_redline_with_the_tables_and_the_day_of_the_approval(tmp_path: Path) -> None:
    file = tmp_path / "changes.docx"
    code, _ = run("compare", MODEL, SCHOOL, "--to", "redline", "-o", str(file))
    assert code == 1
    root = document_of(file.read_bytes())
    days = {(one.get(f"{W}date") or "")[:10] for kind in ("ins", "del") for one in root.iter(W + kind)}
    assert days == {change_date(policy_behind(SCHOOL, ROOT)).isoformat()}
    assert len(list(root.iter(f"{W}tbl"))) > 1


def test_a_redline_of_two_files_needs_no_workspace(tmp_path: Path, twins: Path) -> None:
    file = tmp_path / "changes.docx"
    names = [str(twins / f"{name}.txt") for name in ("severn-valley", "gloucestershire-2018")]
    done = CliRunner().invoke(main, ["-w", str(tmp_path), "compare", *names, "--to", "redline", "-o", str(file)])
    assert done.exit_code == 1
    days = {one.get(f"{W}date") for one in document_of(file.read_bytes()).iter(f"{W}ins")}
    assert days == {f"{UNDATED.isoformat()}T12:00:00Z"}


def test_a_redline_is_not_for_a_terminal_and_the_message_names_a_word_file() -> None:
    code, output = run("compare", MODEL, SCHOOL, "--to", "redline")
    assert code == 2
    assert "-o FILE.docx" in output


def test_the_day_is_that_of_the_approval_else_that_of_the_model() -> None:
    model = policy_behind(MODEL, ROOT)
    assert model is not None
    assert change_date(model) == model.model.issued
    assert change_date(None) == UNDATED == date(2020, 1, 1)
