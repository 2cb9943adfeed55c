"""A policy that follows no model: the register knows it, documents and comparisons are left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chain_sample import write
from policybook.domain.error import Refused, UnknownReference
from policybook.render.text import write_text
from policybook.report.register import register_data, register_page
from policybook.workflow.build import planned_outputs
from policybook.workflow.register import calendar_of, read_register
from policybook.workflow.show import compare_texts, show_text
from policybook.workflow.verify import verify_workspace
from policybook.workflow.workspace import check_workspace, open_workspace
from record_sample import TODAY, decide, edit, request, write_sample

RECORD = "clauses/adoptions/oak/well-being/adoption.yaml"
DOCUMENT = "clauses/adoptions/oak/well-being/policy.txt"
TEXT = "Well-being\n\n1. Staff\n\n1.1 Staff rest on Sundays.\n"
REF = "oak/well-being"
YAML = """\
schema: 1
school: oak
model: none
title: Staff well-being
file: policy.txt
owner: School business manager
review: {next: 2028-09-01}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    write(tmp_path, RECORD, YAML)
    write(tmp_path, DOCUMENT, TEXT)
    return tmp_path


def codes(root: Path, day: date | None = None) -> list[str]:
    return [finding.code for finding in check_workspace(root, day) if finding.place.path == RECORD]


def text_of(root: Path) -> str:
    return write_text(show_text(REF, root))


def test_a_sound_record_has_but_the_finding_that_it_is_not_approved(root: Path) -> None:
    assert codes(root) == ["decision.none"]


def test_it_stands_in_the_register_and_in_its_calendar(root: Path) -> None:
    decide(root, request(REF, minute="FGB 3", next_review="2028-09-01"))
    register = read_register(root, TODAY)
    entry = next(entry for entry in register_data(register)["policies"] if entry["ref"] == REF)
    assert (entry["model"], entry["document"], entry["publisher"]) == ("none", "policy.txt", "School business manager")
    assert (entry["approval"], entry["behind"], entry["consultation"], entry["waits"]) == ("approved", None, None, [])
    page = write_text(register_page(register))
    assert "Staff well-being" in page
    assert "Home-grown" in page
    assert b"Review: Staff well-being" in calendar_of(register, None)


def test_show_reads_the_document_itself(root: Path) -> None:
    said = text_of(root)
    assert "Staff rest on Sundays" in said
    assert "follows no model" in said
    assert "School business manager" in said


def test_it_is_compared_as_a_document(root: Path) -> None:
    write(root, "other.txt", TEXT.replace("Sundays", "Saturdays"))
    comparison = compare_texts(REF, str(root / "other.txt"), root)
    assert [row.change for row in comparison.rows].count("same") == len(comparison.rows) - 1


def test_documents_are_built_of_the_others_alone(root: Path) -> None:
    assert not [output for output in planned_outputs(root) if "well-being" in output]
    assert REF not in open_workspace(root).policies


@pytest.mark.parametrize("slash", ["/", "\\"], ids=["anywhere", "Windows"])
def test_a_file_elsewhere_in_the_workspace_will_do(slash: str, root: Path) -> None:
    write(root, "source_policies/well-being.txt", TEXT)
    edit(root, RECORD, "file: policy.txt", f"file: source_policies{slash}well-being.txt")
    assert codes(root) == ["decision.none"]
    assert "Staff rest on Sundays" in text_of(root)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("gone.txt", "document.missing"),
        ("editions", "document.missing"),
        ("../../../../../outside.txt", "document.outside"),
        ("/etc/hostname", "document.outside"),
        (r"..\..\..\..\..\outside.txt", "document.outside"),
    ],
)
def test_a_document_that_is_gone_or_outside_is_a_finding_at_its_line(file: str, code: str, root: Path) -> None:
    write(root.parent, "outside.txt", TEXT)
    edit(root, RECORD, "file: policy.txt", f"file: {file}")
    found = [finding for finding in check_workspace(root) if finding.code == code]
    assert [(finding.place.path, finding.place.line) for finding in found] == [(RECORD, 5)]
    if code == "document.missing":
        with pytest.raises(UnknownReference):
            show_text(REF, root)


def test_a_link_out_of_the_workspace_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (root / DOCUMENT).unlink()
    try:
        (root / DOCUMENT).symlink_to(secret)
    except OSError:
        return  # this system lets nobody make links
    assert "document.outside" in codes(root) or "document.missing" in codes(root)


def test_an_overdue_review_is_told(root: Path) -> None:
    assert "review.overdue" in codes(root, date(2028, 9, 2))
    assert "review.overdue" not in codes(root, date(2028, 9, 1))


def test_a_decision_keeps_the_document_and_is_void_once_it_changes(root: Path) -> None:
    decide(root, request(REF, minute="FGB 3"))
    assert codes(root) == []
    kept = list((root / RECORD).parent.glob("issued/2026-10-01/*.txt"))
    assert [file.read_text(encoding="utf-8") for file in kept] == [TEXT]
    assert not verify_workspace(root).findings
    edit(root, DOCUMENT, "Sundays", "Saturdays")
    assert codes(root) == ["decision.void"]
    entry = next(entry for entry in read_register(root, TODAY).entries if entry.ref == REF)
    assert entry.approval == "void"
    assert "Staff rest on Sundays" in write_text(show_text(f"{REF}@2026-10-02", root))


def test_the_minute_number_follows_and_a_decision_is_recorded_once(root: Path) -> None:
    from policybook.workflow.decide import plan_minute, record_decisions

    decide(root, request(REF))
    assert codes(root) == ["decision.no-minute"]
    record_decisions([plan_minute(root, REF, date(2026, 10, 1), "FGB 4")])
    assert codes(root) == []
    with pytest.raises(Refused):
        decide(root, request(REF))
    with pytest.raises(Refused):
        decide(root, request(REF, "administrative", on="2026-10-02"))


KEYS = [
    ("file: policy.txt\n", "", "yaml.missing-key"),
    ("file: policy.txt\n", 'file: policy.txt\nversion: "1"\n', "yaml.unknown-key"),
    ("file: policy.txt\n", "file: policy.txt\nvalues: {a: 1}\n", "yaml.unknown-key"),
    ("model: none", "model: nothing", "id.malformed"),
    ("model: none\n", "model: hr/mail\n", "yaml.missing-key"),
]


@pytest.mark.parametrize(("old", "new", "code"), KEYS)
def test_what_goes_with_which_kind_of_model_is_checked(old: str, new: str, code: str, root: Path) -> None:
    edit(root, RECORD, old, new)
    assert code in codes(root)


def test_an_unknown_school_is_a_finding(root: Path) -> None:
    write(root, "clauses/adoptions/nobody/rest/adoption.yaml", YAML.replace("school: oak", "school: nobody"))
    found = [finding for finding in check_workspace(root) if finding.code == "school.unknown"]
    assert [finding.place.path for finding in found] == ["clauses/adoptions/nobody/rest/adoption.yaml"]
