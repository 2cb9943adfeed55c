"""Old workspaces carried forward: listed, atomic, and a newer one refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.store import read_workspace
from policybook.store.carry import NEWEST, STEPS, carry_forward
from policybook.workflow.migrate import plan_migration, write_migration
from store.small import ADOPTION, SCHOOL, write_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "workspace")


def without_schema(root: Path, *names: str) -> None:
    for name in names:
        lines = (root / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (root / name).write_text("".join(line for line in lines if not line.startswith("schema:")), encoding="utf-8")


def test_there_is_a_step_from_every_older_version() -> None:
    assert sorted(STEPS) == list(range(NEWEST))


def test_a_file_without_its_version_is_given_it_and_nothing_else_changes(root: Path) -> None:
    before = (root / SCHOOL).read_text(encoding="utf-8")
    without_schema(root, SCHOOL, ADOPTION)
    assert any(finding.code == "yaml.missing-key" for finding in read_workspace(root)[1])
    migration = plan_migration(root)
    assert migration.names() == (ADOPTION, SCHOOL)
    write_migration(migration)
    assert (root / SCHOOL).read_text(encoding="utf-8") == before
    assert read_workspace(root)[1] == []
    assert plan_migration(root).writes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# ours\nid: oak\n", b"schema: 1\n# ours\nid: oak\n"),
        (b"---\nid: oak\n", b"---\nschema: 1\nid: oak\n"),
        (b"%YAML 1.2\n---\nid: oak\n", b"%YAML 1.2\n---\nschema: 1\nid: oak\n"),
        (b"id: oak\r\nname: x\r\n", b"schema: 1\r\nid: oak\r\nname: x\r\n"),
    ],
)
def test_comments_heads_and_line_ends_stay(before: bytes, after: bytes) -> None:
    assert carry_forward(before, 0, "x") == after


def test_what_is_laid_out_in_another_way_is_refused_rather_than_spoilt() -> None:
    with pytest.raises(Refused, match="laid out"):
        carry_forward(b"{id: oak}\n", 0, "x")


def test_a_newer_workspace_is_refused_with_the_files_named(root: Path) -> None:
    without_schema(root, ADOPTION)
    text = (root / SCHOOL).read_text(encoding="utf-8")
    (root / SCHOOL).write_text(text.replace("schema: 1", "schema: 2"), encoding="utf-8")
    with pytest.raises(Refused, match=SCHOOL):
        plan_migration(root)


@pytest.mark.parametrize("text", ["schema: one\nid: oak\n", "schema: true\n", "id: [\n", ""])
def test_a_file_that_cannot_be_read_stops_all_of_it(root: Path, text: str) -> None:
    (root / SCHOOL).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenWorkspace) as broken:
        plan_migration(root)
    assert broken.value.findings[0].place.path == SCHOOL


def test_what_was_decided_or_released_is_left_and_named(root: Path) -> None:
    released = "clauses/models/hr/mail/1/policy.yaml"
    (root / released).with_name("manifest.yaml").write_text("schema: 1\n", encoding="utf-8")
    edition = f"{Path(ADOPTION).parent.as_posix()}/editions/2026-01-01.yaml"
    (root / edition).parent.mkdir()
    (root / edition).write_text("name: x\n", encoding="utf-8")
    without_schema(root, released)
    migration = plan_migration(root)
    assert (migration.writes, set(migration.left)) == ((), {released, edition})


def test_the_command_lists_and_a_dry_run_writes_nothing(root: Path) -> None:
    without_schema(root, SCHOOL)
    before = (root / SCHOOL).read_bytes()
    dry = CliRunner().invoke(main, ["-w", str(root), "migrate", "--dry-run"])
    assert (dry.exit_code, (root / SCHOOL).read_bytes()) == (0, before)
    assert f"would write {SCHOOL}" in dry.output
    assert f"wrote {SCHOOL}" in CliRunner().invoke(main, ["-w", str(root), "migrate"]).output
    assert "nothing to do" in CliRunner().invoke(main, ["-w", str(root), "migrate"]).output
