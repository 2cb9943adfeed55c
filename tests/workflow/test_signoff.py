"""The sheet on which staff sign: whether they must again, why, and lines for names that nobody has filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli.test_record import APPROVED, run
from policybook.cli import record
from record_sample import ADOPTION, OAK, PART, edit, write_sample


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "_today", lambda: date(2026, 11, 21))
    return write_sample(tmp_path)


def approve(root: Path, on: str) -> None:
    assert run(root, "decide", OAK, *APPROVED[:-1], on).exit_code == 0


def signatures(text: str) -> int:
    return text.count("Signature:")


def test_staff_sign_when_a_policy_is_first_adopted(root: Path) -> None:
    for _ in range(2):  # before the decision, and after it
        result = run(root, "signoff", OAK, "--lines", "3")
        assert result.exit_code == 1
        assert "Yes: staff sign a policy when it is first adopted." in result.output
        assert signatures(result.output) == 3 or "Signature" in result.output
        if not list((root / "clauses/adoptions/oak/mail").glob("editions/*")):
            approve(root, "2026-10-01")


@pytest.mark.parametrize("is_decided", [False, True])
def test_a_changed_duty_is_signed_again_with_the_section_that_says_why(root: Path, is_decided: bool) -> None:
    approve(root, "2026-10-01")
    edit(root, ADOPTION, "values: {", "values: {age_limit: 21, ")
    if is_decided:
        approve(root, "2026-11-01")
    result = run(root, "signoff", OAK)
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "Yes, because the words of a duty changed since the words approved on 1 October 2026" in said or (
        "since the edition of 1 October 2026" in said
    )
    assert "No contact under {+twenty-one+}." in said
    assert "I have read this." in said
    assert "school e-mail" not in said  # a section that did not change


def test_a_changed_detail_or_spelling_asks_nobody_to_sign(root: Path) -> None:
    approve(root, "2026-10-01")
    edit(root, "clauses/schools/oak.yaml", "principal", "head of school")
    details = ("--outcome", "administrative", "--body", "Clerk", "--on", "2026-11-02")
    assert run(root, "decide", OAK, *details).exit_code == 0
    result = run(root, "signoff", OAK)
    assert result.exit_code == 0
    assert "What was signed before still holds." in " ".join(result.output.split())
    assert "Staff sign here" not in result.output


def test_without_a_form_there_is_nothing_to_sign(root: Path) -> None:
    edit(
        root,
        PART,
        "  - {id: use.form, kind: form, text: I have read this., fields: [{label: Signature, type: signature}]}\n",
        "",
    )
    result = run(root, "signoff", OAK)
    assert result.exit_code == 0
    assert "has no form" in result.output


def test_the_sheet_comes_in_word_and_pdf_with_as_many_lines_as_asked_for(root: Path, tmp_path: Path) -> None:
    for to in ("docx", "pdf"):
        out = tmp_path / f"sheet.{to}"
        assert run(root, "signoff", OAK, "--lines", "12", "--to", to, "-o", out).exit_code == 1
        assert out.stat().st_size > 1000


def test_a_model_is_not_signed(root: Path) -> None:
    result = run(root, "signoff", "hr/mail@1")
    assert result.exit_code == 2
    assert "staff sign a school" in result.output
