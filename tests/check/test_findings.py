"""Every finding code: what triggers it and what, nearly the same, does not; and a line about it in the reference."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from check.code_cases import CASES, DAY, WORDS, Build
from conftest import ROOT
from policybook.domain.edition import DamageKind
from policybook.workflow.workspace import check_workspace
from store.small import Change, codes_of, write_workspace

REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize(("code", "broken", "sound"), CASES, ids=[case[0] for case in CASES])
def test_each_finding_is_triggered_by_its_mistake_and_not_by_what_is_right(
    code: str, broken: Build, sound: Build, tmp_path: Path
) -> None:
    for folder in ("bad", "good"):
        (tmp_path / folder).mkdir()
    bad = [entry for entry in broken(tmp_path / "bad") if entry.code == code]
    assert bad
    for finding in bad:
        assert finding.place.line >= 0
        assert finding.message
        assert finding.mend
    assert code not in codes_of(sound(tmp_path / "good"))


@pytest.mark.parametrize(("code", "change"), [case[:2] for case in WORDS], ids=[case[0] for case in WORDS])
def test_a_mistake_in_a_file_is_told_with_its_line(code: str, change: Change, tmp_path: Path) -> None:
    for finding in check_workspace(write_workspace(tmp_path, change), DAY):
        if finding.code == code:
            assert finding.place.path.startswith("clauses/")
            assert finding.place.line >= 1


def test_every_code_of_the_reference_has_its_two_cases() -> None:
    """A code without a case that triggers it and one that does not is no promise; nor is a case of no known code."""
    assert {case[0] for case in CASES} == documented_codes()


def test_the_small_workspace_has_no_finding(tmp_path: Path) -> None:
    assert check_workspace(write_workspace(tmp_path), DAY) == ()


EXAMPLE = {
    "citation.edition": 3,
    "citation.mistitled": 1,
    "citation.outdated": 8,
    "citation.platform": 3,
    "decision.none": 1,
    "reason.inherited": 2,
    "review.overdue": 5,
    "term.undefined": 1,
    "term.unused": 2,
}
"""What `check` says of the example on a day: each finding stands in it on purpose, as its notes and remarks say."""


def test_the_example_workspace_has_these_findings_and_no_error() -> None:
    found = check_workspace(ROOT, DAY)
    assert Counter(codes_of(found)) == EXAMPLE
    assert not [finding for finding in found if finding.severity == "error"]


def test_what_is_frequent_is_told_once_for_each_text() -> None:
    """Nobody reads a wall: notes on style come at most once for each file of words."""
    once = ("sentence.long", "readability.hard", "term.unused", "reason.inherited")
    told = Counter((entry.code, str(Path(entry.place.path).parent)) for entry in check_workspace(ROOT, DAY))
    assert [key for key, count in told.items() if key[0] in once and count > 1] == []


def codes_in(*files: Path) -> set[str]:
    """The codes that appear as strings in source files; names of files are no codes."""
    found = {
        code
        for file in files
        for code in re.findall(r'"([a-z]+\.[a-z]+(?:-[a-z]+)*)"', file.read_text(encoding="utf-8"))
        if code.rpartition(".")[2] not in ("yaml", "yml", "html", "json", "duckdb")
    }
    damage = {f"{kind}.{how}" for kind in ("edition", "issued") for how in DamageKind.__args__}  # type: ignore[attr-defined]
    damage -= {"edition.unlisted"}  # an edition that nothing names is `edition.no-decision`
    return found | damage if any(file.name == "decision.py" for file in files) else found


def test_every_code_in_the_source_is_documented() -> None:
    source = ROOT / "tools" / "policybook"
    files = [*(source / "check").glob("*.py"), *(source / "store").glob("*.py")]
    missing = codes_in(*files) - documented_codes()
    assert not missing, f"docs/reference/findings.md lacks {sorted(missing)}"


def documented_codes() -> set[str]:
    text = (REFERENCE / "findings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| \[?`([a-z]+\.[a-z-]+)`", text, re.MULTILINE))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {file.stem for file in (REFERENCE / "findings").glob("*.md")} == documented_codes()


@pytest.mark.parametrize("file", sorted((REFERENCE / "findings").glob("*.md")), ids=lambda file: file.stem)
def test_a_page_says_what_why_and_how_to_mend_with_an_example(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# `{file.stem}`\n")
    assert re.search(r"^\*(Error|Warning|Note)", text, re.MULTILINE)
    for head in ("Why it matters", "How to mend it", "Example"):
        assert f"\n## {head}\n" in text
