"""An old workspace brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.finding import Finding
from policybook.store import find_workspace
from policybook.store.carry import NEWEST, carry_forward, is_frozen, schema_of
from policybook.store.together import FileWrite, write_together
from policybook.store.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration would write. `left` are older files that stay as they are, because they are frozen."""

    root: Path
    writes: tuple[FileWrite, ...]
    left: tuple[str, ...]
    files: int

    def names(self) -> tuple[str, ...]:
        """The files to be written, relative to the workspace."""
        return tuple(write.file.relative_to(self.root).as_posix() for write in self.writes)


def plan_migration(start: Path) -> Migration:
    """Every file of the workspace that is of an older version, carried forward; nothing is written.

    Raises Refused where a file is newer than this program knows, BrokenWorkspace where one cannot be read.
    """
    root = find_workspace(start)
    files = sorted(_files(root))
    writes: list[FileWrite] = []
    left: list[str] = []
    newer: list[str] = []
    findings: list[Finding] = []
    for file in files:
        name, yaml = file.relative_to(root).as_posix(), read_yaml(file, root)
        schema = schema_of(yaml.data) if yaml.data is not None else None
        if schema is None:
            if not yaml.findings:
                yaml.report("yaml.wrong-type", "'schema' is no whole number", f"write `schema: {NEWEST}`", ("schema",))
            findings += yaml.findings
        elif schema > NEWEST:
            newer.append(name)
        elif schema < NEWEST and is_frozen(file):
            left.append(name)
        elif schema < NEWEST:
            raw = file.read_bytes()
            writes.append(FileWrite(file, carry_forward(raw, schema, name), raw))
    _require_known(newer)
    if findings:
        raise BrokenWorkspace(tuple(findings))
    return Migration(root, tuple(writes), tuple(left), len(files))


def write_migration(migration: Migration) -> None:
    """Writes all files or none."""
    write_together(migration.writes)


def _files(root: Path) -> Iterator[Path]:
    """Our own YAML: never templates, or what is derived."""
    for folder, pattern in (("clauses", "*.yaml"), ("source_policies", "source.yaml")):
        for file in (root / folder).rglob(pattern):
            if file.is_file() and not file.is_symlink():
                yield file


def _require_known(newer: list[str]) -> None:
    if newer:
        more = f" and {len(newer) - 3} more" if len(newer) > 3 else ""
        what = f"files of a newer format than this program knows ({NEWEST}): {', '.join(newer[:3])}{more}"
        raise Refused(what, mend="bring policybook up to date; nothing was written")
