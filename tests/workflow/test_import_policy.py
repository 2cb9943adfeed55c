"""`import`: the original untouched, a draft that checks clean, ids kept, and nothing written where anything goes wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.domain.error import Refused, UnreadableDocument
from policybook.intake import read_document
from policybook.store import find_workspace
from policybook.workflow.import_policy import import_policy
from policybook.workflow.workspace import check_workspace, open_workspace

TEXT = "# Aims\n\nStaff keep pupils safe.\n\nPast pupils under nineteen are not contacted.\n\n# Review\n\nYearly.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "A policy.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_twin_becomes_a_draft_that_checks_clean(example: Path, twins: Path) -> None:
    before = {finding.message for finding in check_workspace(example)}
    for text in sorted(twins.glob("*.txt")):
        import_policy(text, f"council/{text.stem}", "2024-10", example)
    found = [finding for finding in check_workspace(example) if finding.message not in before]
    assert [finding for finding in found if finding.severity == "error"] == []
    workspace = open_workspace(example)
    for text in sorted(twins.glob("*.txt")):
        assert workspace.model(f"council/{text.stem}@draft").clauses


def test_the_original_is_kept_untouched_with_its_fingerprint(example: Path, policy: Path) -> None:
    import_policy(policy, "council/conduct", "1", example)
    folder = example / "source_policies" / "council-conduct-1"
    assert (folder / "original.md").read_bytes() == policy.read_bytes()
    source = (folder / "source.yaml").read_text(encoding="utf-8")
    assert hashlib.sha256(policy.read_bytes()).hexdigest() in source
    assert policy.read_text(encoding="utf-8") == TEXT


def test_a_dry_run_writes_nothing_and_says_what_it_would(example: Path, policy: Path) -> None:
    before = files_of(example)
    made = import_policy(policy, "council/conduct", "1", example, is_dry=True)
    assert files_of(example) == before
    assert "clauses/models/council/conduct/draft/policy.yaml" in made.files


def test_a_draft_is_not_written_over_unless_told(example: Path, policy: Path) -> None:
    import_policy(policy, "council/conduct", "1", example)
    before = files_of(example)
    with pytest.raises(Refused, match="draft already"):
        import_policy(policy, "council/conduct", "1", example)
    assert files_of(example) == before
    policy.write_text(TEXT.replace("# Review\n\nYearly.\n", ""), encoding="utf-8")
    import_policy(policy, "council/conduct", "1", example, is_replaced=True)
    names = {file.name for file in (example / "clauses/models/council/conduct/draft").iterdir()}
    assert names == {"policy.yaml", "01-aims.yaml"}
    assert (example / "source_policies" / "council-conduct-1" / "original.md").read_text(encoding="utf-8") == TEXT


REFUSED = [("Council/Conduct", "1"), ("conduct", "1"), ("../x/y", "1"), ("council/conduct", "../1"), ("a/b", "")]


@pytest.mark.parametrize(("model", "version"), REFUSED)
def test_a_name_that_cannot_be_is_refused(example: Path, policy: Path, model: str, version: str) -> None:
    before = files_of(example)
    with pytest.raises(Refused):
        import_policy(policy, model, version, example)
    assert files_of(example) == before


def test_nothing_is_written_for_a_file_that_cannot_be_read(example: Path, tmp_path: Path) -> None:
    before = files_of(example)
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableDocument):
        import_policy(tmp_path / "bad.docx", "council/conduct", "1", example)
    assert files_of(example) == before


def test_a_title_alone_is_refused(example: Path, policy: Path) -> None:
    policy.write_text("# Conduct policy\n", encoding="utf-8")
    with pytest.raises(Refused, match="no clauses"):
        import_policy(policy, "council/conduct", "1", example)


def test_a_released_version_is_never_imported_over(example: Path, twins: Path) -> None:
    with pytest.raises(Refused, match="released already"):
        import_policy(twins / "lady-zia-wernher.txt", "luton-hr/social-media-internet", "2024-10", example)


def test_a_newer_edition_of_a_model_keeps_the_ids_of_clauses_that_are_there(example: Path, twins: Path) -> None:
    made = import_policy(twins / "lady-zia-wernher.txt", "luton-hr/social-media-internet", "2026-10", example)
    model = made.draft.model
    old = {clause.id for clause in open_workspace(example).records.models[f"{model.id}@2024-10"].walk()}
    new = {clause.id for clause in model.walk() if clause.withdrawn is None}
    assert model.supersedes == "2024-10"
    assert len(old & new) > 0.8 * len(old)
    assert "safeguarding.past-pupils" in new
    assert "past_pupil_age_limit" in model.parameters
    past_pupils = next(clause for clause in model.walk() if clause.id == "safeguarding.past-pupils")
    assert "past-pupils" in past_pupils.topics
    counted = [name for change in made.draft.lineage for name in change.new]
    printed = [part for part in model.parts if any(clause.withdrawn is None for clause in part.clauses)]
    assert len(counted) == len(set(counted)) == len(new) + len(printed)
    became = {(change.kind, change.old, change.new) for change in made.draft.lineage}
    assert ("reworded", ("email",), ("email",)) in became  # another heading over the same clauses


def test_a_part_that_went_keeps_its_ids_so_that_none_is_used_again(example: Path, twins: Path) -> None:
    name = "luton-hr/social-media-internet"
    made = import_policy(twins / "lady-zia-wernher.txt", name, "2026-10", example)
    (gone,) = [part for part in made.draft.model.parts if all(clause.withdrawn for clause in part.clauses)]
    assert (gone.id, {clause.withdrawn for clause in gone.clauses}) == ("sign-off", {"2026-10"})
    read = open_workspace(example).records.models[f"{name}@draft"]
    assert "sign-off.form" in {clause.id for clause in read.walk()}
    assert [finding for finding in check_workspace(example) if finding.severity == "error"] == []


def test_a_cycle_with_two_meanings_is_asked_about_and_never_written(example: Path, twins: Path) -> None:
    made = import_policy(twins / "lady-zia-wernher.txt", "council/conduct", "1", example)
    assert [finding.code for finding in made.findings if finding.code.startswith("review")] == ["review.unclear"]
    assert made.draft.model.review == ""
    source = (example / "source_policies/council-conduct-1/source.yaml").read_text(encoding="utf-8")
    assert "next_review: Autumn 2026" in source


STOPPED = """
import os, sys
from datetime import date
from pathlib import Path
from policybook.workflow.import_policy import import_policy

left = [int(sys.argv[4])]

def stop(event, arguments):
    if event in ("os.rename", "os.remove", "os.rmdir") and sys.argv[1] in str(arguments[0]):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)

sys.addaudithook(stop)
import_policy(Path(sys.argv[2]), "council/conduct", sys.argv[3], Path(sys.argv[1]), is_replaced=True, on=date(2026, 1, 1))
"""


def run_until_stopped(workspace: Path, policy: Path, version: str, step: int) -> bool:
    """Imports in a process of its own, which is ended before a given step on the disk; says whether it came so far."""
    command = [sys.executable, "-c", STOPPED, str(workspace), str(policy), version, str(step)]
    return subprocess.run(command, check=False, timeout=120).returncode == 9


def test_a_replacement_that_dies_at_any_step_leaves_the_old_draft_or_the_new_one(policy: Path, tmp_path: Path) -> None:
    example = tmp_path / "small"  # a workspace with nothing else in it, since every step is tried anew
    (example / "clauses").mkdir(parents=True)
    import_policy(policy, "council/conduct", "1", example)
    drafts = example / "clauses/models/council/conduct"
    (drafts / "draft" / "my notes.txt").write_text("Ask the unions.", encoding="utf-8")
    newer = tmp_path / "newer.md"
    newer.write_text("# Conduct\n\nStaff are kind.\n\n" + TEXT.replace("nineteen", "eighteen"), encoding="utf-8")
    old, untouched = files_of(drafts / "draft"), tmp_path / "untouched"
    shutil.copytree(example, untouched)
    import_policy(newer, "council/conduct", "2", example, is_replaced=True, on=date(2026, 1, 1))
    new, step = files_of(drafts / "draft"), 0
    assert new.keys() - old.keys()
    assert old.keys() - new.keys()
    assert new["my notes.txt"] == old["my notes.txt"]
    while True:
        shutil.rmtree(example)
        shutil.copytree(untouched, example)
        if not run_until_stopped(example, newer, "2", step):
            break
        there = files_of(drafts / "draft") if find_workspace(example) else {}  # which puts right what was cut off
        assert there in (old, new), f"step {step}"
        assert "council/conduct@draft" in open_workspace(example).records.models
        with suppress(Refused):  # whoever tries again is told that there is a draft, whole
            import_policy(newer, "council/conduct", "2", example)
        assert files_of(drafts / "draft") in (old, new)
        import_policy(newer, "council/conduct", "2", example, is_replaced=True, on=date(2026, 1, 1))
        assert files_of(drafts) == {f"draft/{name}": content for name, content in new.items()}
        step += 1
    assert step > 6
    assert files_of(drafts) == {f"draft/{name}": content for name, content in new.items()}


def test_a_draft_that_somebody_changed_meanwhile_is_not_replaced(
    example: Path, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_policy(policy, "council/conduct", "1", example)
    file = example / "clauses/models/council/conduct/draft/01-aims.yaml"

    def read_and_change(path: Path, *rest: object) -> object:
        file.write_bytes(file.read_bytes() + b"# mine\n")
        return read_document(path)

    monkeypatch.setattr("policybook.workflow.import_policy.read_document", read_and_change)
    policy.write_text(TEXT.replace("nineteen", "eighteen"), encoding="utf-8")
    before = files_of(example)
    with pytest.raises(Refused, match="no longer as it was read"):
        import_policy(policy, "council/conduct", "2", example, is_replaced=True)
    assert file.read_bytes().endswith(b"# mine\n")
    assert files_of(example).keys() == before.keys()


def test_import_prints_what_it_made_and_as_json_keeps_its_contract(example: Path, policy: Path) -> None:
    text = run("-w", example, "import", policy, "--model", "council/conduct", "--version", "1", "--dry-run")
    assert text.exit_code == 0
    assert "nineteen" in text.output
    result = run("-w", example, "import", policy, "--model", "council/conduct", "--version", "1", "--to", "json")
    data = json.loads(result.stdout)
    assert set(data) == {
        "schema", "model", "version", "written", "files", "parts", "clauses", "proposals", "edition_before", "lineage",
        "remarks", "findings",
    }  # fmt: skip
    assert data["written"] is True
    assert data["proposals"][0]["parameter"] == "past_pupils_age"
