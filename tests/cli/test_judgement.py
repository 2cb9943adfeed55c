"""`policybook judge` and `policybook confirm`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.store.judgement import read_judgements

SECTION = "Telephoning or texting a pupil directly"


@pytest.fixture
def pair(twins: Path) -> tuple[str, str]:
    return str(twins / "severn-valley.txt"), str(twins / "gloucestershire-2018.txt")


def run(workspace: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["-w", str(workspace), *map(str, arguments)])


def judged_rows(workspace: Path, *texts: object) -> list[dict[str, Any]]:
    rows = json.loads(run(workspace, "compare", *texts, "--to", "json").stdout)["rows"]
    return [row for row in rows if "judgement" in row]


def test_a_judgement_is_kept_and_shown_in_every_format(example: Path, pair: tuple[str, str]) -> None:
    result = run(
        example, "judge", *pair, SECTION, "--substance", "no", "--by", "Chair of governors", "--on", "2026-11-22",
        "--note", "We never did so.",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (row,) = judged_rows(example, *pair)
    said = {"substance": False, "by": "Chair of governors", "on": "2026-11-22", "note": "We never did so."}
    assert row["judgement"] == said | {"holds": True}
    assert row["change"] == "substantive"
    for to in ("text", "html"):
        shown = " ".join(run(example, "compare", *pair, "--to", to).stdout.split())
        assert "Judged not of substance by Chair of governors on 22 November 2026: “We never did so”." in shown
        assert "How far it binds" in shown


def test_a_judgement_lapses_with_the_words_and_says_so(example: Path, pair: tuple[str, str], tmp_path: Path) -> None:
    left, right = pair
    edited = tmp_path / Path(right).name
    edited.write_text(Path(right).read_text("utf-8").replace("texting a pupil", "texting any pupil"), "utf-8")
    run(example, "judge", left, right, SECTION, "--substance", "no", "--by", "Clerk")
    (row,) = judged_rows(example, left, edited)
    assert row["judgement"]["holds"] is False
    shown = " ".join(run(example, "compare", left, edited).stdout.split())
    assert "but the words have changed since: please judge again." in shown


def test_nothing_is_written_in_a_dry_run(example: Path, pair: tuple[str, str]) -> None:
    result = run(example, "judge", *pair, SECTION, "--substance", "yes", "--by", "Clerk", "--dry-run")
    assert "would write" in result.output
    assert not (example / "clauses" / "judgements.yaml").exists()


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("Work phones are not for personal calls", "the same in both texts"),
        ("pupils", "several sections are meant"),
        ("a section on kites", "there is no such section"),
    ],
)
def test_a_section_that_cannot_be_judged_is_refused_in_words(
    example: Path, pair: tuple[str, str], section: str, said: str
) -> None:
    result = run(example, "judge", *pair, section, "--substance", "no", "--by", "Clerk")
    assert result.exit_code == 2
    assert said in result.output
    assert not (example / "clauses" / "judgements.yaml").exists()


def test_a_person_confirms_or_corrects_what_a_text_says(example: Path, twins: Path) -> None:
    document = twins / "lady-zia-wernher.txt"
    result = run(example, "confirm", document, "past-pupils", "--by", "Head of HR")
    assert "“until 19”, confirmed by Head of HR" in result.output
    section = ("--section", "Staff do not contact past pupils")
    result = run(example, "confirm", document, "past-pupils", "--by", "Clerk", "--says", "until they turn 19", *section)
    assert result.exit_code == 0, result.output
    result = run(example, "confirm", document, "core-hours", "--not-stated", "--by", "Head of HR")
    assert result.exit_code == 0, result.output
    data = json.loads(run(example, "positions", "--of", document, "--to", "json").stdout)
    found = {entry["topic"]: entry for entry in data["positions"]}
    assert found["past-pupils"]["answer"] == "until 19"
    assert found["past-pupils"]["confirmed"]["answer"] == "until they turn 19"
    assert found["past-pupils"]["confirmed"]["holds"] is True
    assert found["core-hours"]["confirmed"]["answer"] is None
    assert "confirmed" not in found["monitoring"]
    shown = " ".join(run(example, "positions", "core-hours", "--of", document).stdout.split())
    assert "“not stated”, confirmed by Head of HR on" in shown
    assert "The program had found: stated, no figure." in shown


def test_a_broken_file_of_judgements_is_a_finding_and_nothing_is_added_to_it(
    example: Path, pair: tuple[str, str]
) -> None:
    file = example / "clauses" / "judgements.yaml"
    file.write_text("schema: 1\nchanges:\n  - {a: x, b: y}\n", "utf-8")
    assert "judgements.yaml" in run(example, "check").output
    before = file.read_bytes()
    result = run(example, "judge", *pair, SECTION, "--substance", "no", "--by", "Clerk")
    assert result.exit_code == 2
    assert file.read_bytes() == before


def test_the_file_names_its_schema_and_follows_it(example: Path, pair: tuple[str, str], twins: Path) -> None:
    for _ in range(2):
        run(
            example,
            "judge",
            *pair,
            SECTION,
            "--substance",
            "no",
            "--by",
            'Clerk: of the "board", #1',
            "--note",
            "a: {b}",
        )
        run(example, "confirm", twins / "three-rivers.txt", "past-pupils", "--by", "Clerk")
    text = (example / "clauses" / "judgements.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../docs/reference/schemas/judgements.json\n")
    assert len(read_judgements(example).changes) == len(read_judgements(example).positions) == 2
    assert read_judgements(example).changes[0].by == 'Clerk: of the "board", #1'


def test_who_approves_an_adopted_policy_is_what_its_record_says(example: Path) -> None:
    data = json.loads(run(example, "positions", "approval", "--to", "json").stdout)
    found = {entry["ref"]: entry for entry in data["positions"]}
    entry = found["lady-zia-wernher/social-media-internet"]
    assert (entry["answer"], entry["found_by"], entry["clause"]) == ("Full Governing Board", "parameter", None)
    assert entry["words"] == "Approved by Full Governing Board on 21 November 2024"
