from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.store import read_workspace
from policybook.store.read import read_model
from policybook.workflow.release import carry_out, plan_changes, plan_release
from policybook.workflow.verify import verify_workspace
from policybook.workflow.workspace import check_workspace
from record_sample import edit, snapshot, write_sample

DRAFT = "clauses/models/hr/mail/draft"
REF = "hr/mail@draft"
ISSUED = date(2026, 11, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A draft that takes the place of version 1, with one rule changed, one clause reworded and one added."""
    root = write_sample(tmp_path)
    shutil.copytree(root / "clauses/models/hr/mail/1", root / DRAFT)
    edit(root, f"{DRAFT}/policy.yaml", 'version: "1"', 'version: "2"\nsupersedes: "1"   # the one before')
    edit(root, f"{DRAFT}/policy.yaml", "default: 19", "default: 18")
    edit(root, f"{DRAFT}/01-use.yaml", "Anyone in doubt asks", "Whoever is in doubt asks")
    text = (root / f"{DRAFT}/01-use.yaml").read_text(encoding="utf-8")
    (root / f"{DRAFT}/01-use.yaml").write_text(f"{text}  - {{id: use.new, text: Staff must lock their screens.}}\n")
    return root


def confirm(root: Path) -> None:
    """What a drafter does with the drafted table of changes."""
    file = root / DRAFT / "policy.yaml"
    lines = file.read_text(encoding="utf-8").replace("To edit: ", "").splitlines()
    lines = [
        line.partition("#")[0].rstrip() + " true" if line.strip().startswith(("substance", "sign_again")) else line
        for line in lines
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def ready(root: Path) -> None:
    carry_out(plan_changes(root, REF))
    confirm(root)


def test_the_table_of_changes_is_drafted_and_left_to_the_drafter(root: Path) -> None:
    before = (root / DRAFT / "policy.yaml").read_text(encoding="utf-8")
    carry_out(plan_changes(root, REF))
    after = (root / DRAFT / "policy.yaml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    draft, findings = read_model(root, "hr/mail/draft")
    assert draft is not None
    assert not findings
    named = {entry.clauses: entry.summary for entry in draft.changes}
    assert set(named) == {("use.age",), ("use.new",), ("use.ask",)}
    assert all(summary.startswith("To edit: ") for summary in named.values())
    assert "19" in named["use.age",]
    assert "18" in named["use.age",]
    assert "lock their screens" in named["use.new",]
    assert {entry.substance for entry in draft.changes} == {None}


def test_drafting_twice_adds_nothing(root: Path) -> None:
    carry_out(plan_changes(root, REF))
    again = plan_changes(root, REF)
    assert again.writes == ()
    assert "already" in again.notes[0]


def test_a_release_freezes_the_files_with_a_manifest(root: Path) -> None:
    ready(root)
    part = (root / DRAFT / "01-use.yaml").read_bytes()
    carry_out(plan_release(root, REF, "2", ISSUED))
    folder = root / "clauses/models/hr/mail/2"
    assert not (root / DRAFT).exists()
    assert {file.name for file in folder.iterdir()} == {"policy.yaml", "01-use.yaml", "manifest.yaml"}
    assert (folder / "01-use.yaml").read_bytes() == part
    records, findings = read_workspace(root)
    assert not findings
    model = records.models["hr/mail@2"]
    assert (model.issued, model.supersedes, len(model.changes)) == (ISSUED, "1", 3)
    assert all(entry.substance and entry.sign_again for entry in model.changes)
    assert not [entry for entry in check_workspace(root) if entry.severity == "error"]
    assert not verify_workspace(root).findings


def test_a_plan_writes_nothing(root: Path) -> None:
    ready(root)
    before = snapshot(root)
    plan_release(root, REF, "2", ISSUED)
    assert snapshot(root) == before


def test_the_version_is_quoted_and_the_comments_stay(root: Path) -> None:
    ready(root)
    carry_out(plan_release(root, REF, "1.10", ISSUED))
    text = (root / "clauses/models/hr/mail/1.10/policy.yaml").read_text(encoding="utf-8")
    assert 'version: "1.10"' in text
    assert "# the one before" in text
    assert "issued: 2026-11-01" in text


def test_a_first_version_needs_no_changes(root: Path) -> None:
    shutil.rmtree(root / "clauses/adoptions")
    shutil.rmtree(root / "clauses/models/hr/mail/1")
    edit(root, f"{DRAFT}/policy.yaml", 'supersedes: "1"', "")
    carry_out(plan_release(root, REF, "1", ISSUED))
    assert list(read_workspace(root)[0].models) == ["hr/mail@1"]


def lineage(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        ready(root)
        change(root)

    return prepare


PART = f"{DRAFT}/01-use.yaml"
SCOPE = '{id: use.scope, text: "Staff of {{ school_name }} use **school** e-mail."}'
FINDINGS: list[tuple[str, Callable[[Path], None], str]] = [
    ("no table of changes", lambda root: None, "amendment.missing"),
    ("only drafted words", lambda root: carry_out(plan_changes(root, REF)), "amendment.not-edited"),
    ("nothing confirmed", lambda root: carry_out(plan_changes(root, REF)), "amendment.unconfirmed"),
    ("a vanished clause", lineage(lambda root: edit(root, PART, f"  - {SCOPE}\n", "")), "lineage.vanished"),
    ("a clause withdrawn in another version",
     lineage(lambda root: edit(root, PART, SCOPE, '{id: use.scope, withdrawn: "1"}')), "lineage.withdrawn-when"),
    ("a clause that follows none",
     lineage(lambda root: edit(root, PART, "{id: use.new,", "{id: use.new, supersedes: [use.nowhere],")), "lineage.unknown"),
    ("an id used again",
     lineage(lambda root: edit(root, "clauses/models/hr/mail/1/01-use.yaml", SCOPE, '{id: use.scope, withdrawn: "1"}')),
     "lineage.reused"),
    ("a missing part", lineage(lambda root: (root / PART).unlink()), "part.missing"),
    ("a file that is no part", lineage(lambda root: (root / DRAFT / "notes.docx").touch()), "release.odd-file"),
    ("a parameter not declared", lineage(lambda root: edit(root, PART, "age_limit", "age_limt")), "parameter.undeclared"),
]  # fmt: skip


@pytest.mark.parametrize(("prepare", "code"), [entry[1:] for entry in FINDINGS], ids=[entry[0] for entry in FINDINGS])
def test_a_draft_that_lacks_anything_is_refused_and_nothing_is_written(
    root: Path, prepare: Callable[[Path], None], code: str
) -> None:
    prepare(root)
    before = snapshot(root)
    with pytest.raises(BrokenWorkspace) as broken:
        plan_release(root, REF, "2", ISSUED)
    assert code in {finding.code for finding in broken.value.findings}
    assert snapshot(root) == before


def test_a_clause_withdrawn_or_replaced_on_purpose_is_released(root: Path) -> None:
    edit(root, PART, SCOPE, '{id: use.scope, withdrawn: "2"}')
    edit(root, PART, "{id: use.ask,", "{id: use.doubt, supersedes: [use.ask],")
    ready(root)
    carry_out(plan_release(root, REF, "2", ISSUED))
    assert "hr/mail@2" in read_workspace(root)[0].models


REFUSED = [
    ("hr/mail@1", "2", ISSUED, UnknownReference, "no draft"),
    ("hr/other@draft", "2", ISSUED, UnknownReference, "no draft"),
    ("../hr/mail@draft", "2", ISSUED, UnknownReference, "no draft"),
    (REF, "1", ISSUED, Refused, "there already"),
    (REF, "../2", ISSUED, Refused, "no name of a version"),
    (REF, "draft", ISSUED, Refused, "no name of a version"),
    (REF, "2", date(2026, 8, 1), Refused, "before version 1 was issued"),
]


@pytest.mark.parametrize(("ref", "version", "issued", "error", "said"), REFUSED)
def test_a_release_that_makes_no_sense_is_refused(
    root: Path, ref: str, version: str, issued: date, error: type[Exception], said: str
) -> None:
    ready(root)
    before = snapshot(root)
    with pytest.raises(error, match=said):
        plan_release(root, ref, version, issued)
    assert snapshot(root) == before


def test_a_draft_says_which_version_it_takes_the_place_of(root: Path) -> None:
    edit(root, f"{DRAFT}/policy.yaml", 'supersedes: "1"', "")
    with pytest.raises(Refused, match="takes the place of") as refused:
        plan_release(root, REF, "2", ISSUED)
    assert "one of 1" in refused.value.mend


def test_a_draft_hides_no_released_version(root: Path) -> None:
    edit(root, f"{DRAFT}/policy.yaml", 'version: "2"', 'version: "1"')
    records, _ = read_workspace(root)
    assert set(records.models) == {"hr/mail@1", "hr/mail@draft"}
