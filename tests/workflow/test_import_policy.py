"""`import`: the original untouched, a draft that checks clean, ids kept, and nothing written where anything goes wrong."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.domain.error import Refused, UnreadableDocument
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
    assert len(counted) == len(set(counted)) == len(new) + len(model.parts)


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
