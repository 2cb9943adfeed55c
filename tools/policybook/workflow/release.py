"""Freezing a model's draft as a version, and drafting its table of changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.adopt import resolve_model
from policybook.check.model import find_model_problems
from policybook.check.release import TO_EDIT, find_release_problems
from policybook.compare import compare, witness_of_policy
from policybook.domain.comparison import Row
from policybook.domain.edition import Manifest
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.domain.finding import Finding, Place
from policybook.domain.model import ModelVersion
from policybook.domain.workspace import Workspace
from policybook.store import read_workspace
from policybook.store.append import append_lines, edit_bytes, print_flow, print_scalar, set_key
from policybook.store.manifest import MANIFEST, kept_files, print_manifest
from policybook.store.read import read_model
from policybook.store.together import FileWrite, write_together
from policybook.workflow.register import is_draft

_DRAFT = re.compile(r"([a-z0-9-]+/[a-z0-9-]+)@draft")
_VERSION = re.compile(r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """Files to write and to take away, and the folder that is empty then; `paths` and `notes` say so to a person."""

    writes: tuple[FileWrite, ...]
    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()
    drop: Path | None = None


def plan_release(root: Path, ref: str, version: str, issued: date) -> ReleasePlan:
    """The draft as a frozen version with its manifest, which adoptions of the draft follow; writes nothing.

    Raises UnknownReference where there is no such draft, Refused where the version is there already or would break the
    chain of versions, and BrokenWorkspace with every finding where anything is missing: a clause without lineage, a
    change that is not described or not confirmed.
    """
    folder, draft, findings, records = _read_draft(root, ref)
    target = folder.parent / version
    if not _VERSION.fullmatch(version) or version == "draft" or len(version) > 40:
        raise Refused(f"'{version}' is no name of a version", mend="use letters, digits, full stops and hyphens")
    if version.casefold() in {folder.name.casefold() for folder in target.parent.iterdir()}:
        raise Refused(
            f"version '{version}' is there already", where=ref, mend="released versions are never written over"
        )
    before = _version_before(records, draft, ref)
    if before and before.issued and issued < before.issued:
        what = f"{issued.isoformat()} is before version {before.version} was issued, on {before.issued.isoformat()}"
        raise Refused(what, where=ref, mend="mend the date")
    rows = _changed_rows(draft, before)
    findings += find_release_problems(draft, before, version, list(dict.fromkeys(_ids(rows, draft))))
    if any(finding.severity == "error" for finding in findings):
        raise BrokenWorkspace(tuple(findings))
    files = _frozen_files(folder, version, issued)
    files[MANIFEST] = print_manifest(Manifest(version, kept_files(files)), "version")
    frozen = [FileWrite(target / name, content) for name, content in files.items()]
    paths = tuple(write.file.relative_to(root).as_posix() for write in frozen)
    drafted = [FileWrite(file, None, file.read_bytes()) for file in sorted(folder.iterdir())]
    adopted = [entry for entry in records.adoptions.values() if (entry.model, entry.version) == (draft.id, folder.name)]
    pinned = [write for entry in adopted for write in _pinned(root, entry.ref, version)]
    notes = [f"{draft.id}@{version} takes the place of the draft"]
    notes += [f"{entry.ref} was of the draft, and is now of version {version}" for entry in adopted]
    return ReleasePlan((*frozen, *drafted, *pinned), paths, tuple(notes), folder)


def plan_changes(root: Path, ref: str) -> ReleasePlan:
    """The table of changes drafted into the draft's policy.yaml, for clauses that it does not describe yet."""
    folder, draft, findings, records = _read_draft(root, ref)
    if any(finding.severity == "error" and not finding.code.startswith("amendment.") for finding in findings):
        raise BrokenWorkspace(tuple(findings))
    before = _version_before(records, draft, ref)
    named = {name for entry in draft.changes for name in entry.clauses}
    entries = list(_drafted(_changed_rows(draft, before), draft, named))
    if not entries:
        return ReleasePlan((), (), ("every change is described already",))
    file = folder / "policy.yaml"
    raw = file.read_bytes()
    edited = raw
    try:
        for lines in entries:
            edited = edit_bytes(edited, lambda text, lines=lines: append_lines(text, "changes", lines))  # type: ignore[misc]
    except ValueError as error:
        raise Refused(str(error), where=ref, mend="mend policy.yaml of the draft") from error
    note = "edit the words, then confirm each change with true or false under substance: and sign_again:"
    return ReleasePlan((FileWrite(file, edited, raw),), (file.relative_to(root).as_posix(),), (note,))


def _pinned(root: Path, ref: str, version: str) -> Iterator[FileWrite]:
    """The record of an adoption of the draft (`import --from-adopters`) and its lock, with the version's name."""
    for name in ("lock.yaml", "adoption.yaml"):
        file = root / "clauses" / "adoptions" / ref / name
        if file.is_file():
            raw = file.read_bytes()
            named = edit_bytes(raw, lambda text: set_key(text, ("version",), DoubleQuotedScalarString(version)))
            yield FileWrite(file, named, raw)


def carry_out(plan: ReleasePlan) -> None:
    """Writes what was planned, or nothing; the draft goes, whose files are now the version."""
    write_together(plan.writes)
    if plan.drop is not None:
        with suppress(OSError):  # somebody put another file there meanwhile
            plan.drop.rmdir()


def _read_draft(root: Path, ref: str) -> tuple[Path, ModelVersion, list[Finding], Workspace]:
    match = _DRAFT.fullmatch(ref)
    folder = root / "clauses" / "models" / (match[1] if match else "") / "draft"
    if match is None or not (folder / "policy.yaml").is_file():
        named = f"{ref.partition('@')[0]}@draft"
        is_there = _DRAFT.fullmatch(named) and (root / "clauses" / "models" / named[:-6] / "draft").is_dir()
        mend = "name one that is being written, as publisher/policy@draft; it stands in clauses/models/…/draft/"
        mend = f"did you mean {named}?" if is_there and named != ref else mend
        raise UnknownReference(f"there is no draft '{ref}'", where=ref, mend=mend)
    draft, findings = read_model(root, f"{match[1]}/draft")
    if draft is None:
        raise BrokenWorkspace(tuple(findings))
    records, _ = read_workspace(root)
    findings += find_model_problems(draft, records)
    findings += _find_odd_files(root, folder)
    return folder, draft, findings, records


def _find_odd_files(root: Path, folder: Path) -> Iterator[Finding]:
    for file in sorted(folder.iterdir()):
        if file.is_file() and (file.name == "policy.yaml" or re.fullmatch(r"[0-9]{2}-.+\.yaml", file.name)):
            continue
        place = Place(file.relative_to(root).as_posix())
        mend = "keep it elsewhere: a version holds policy.yaml and its parts"
        yield Finding("error", "release.odd-file", place, f"'{file.name}' is no part of a model", mend)


def _version_before(records: Workspace, draft: ModelVersion, ref: str) -> ModelVersion | None:
    released = [entry for entry in records.versions_of(draft.id) if not is_draft(entry)]
    by_version = {entry.version: entry for entry in released}
    if not released and draft.supersedes is None:
        return None
    if draft.supersedes not in by_version:
        known = f"write `supersedes:` with one of {', '.join(by_version)}" if by_version else "take `supersedes:` out"
        raise Refused("the draft does not say which version it takes the place of", where=ref, mend=known)
    return by_version[draft.supersedes]


def _changed_rows(draft: ModelVersion, before: ModelVersion | None) -> list[Row]:
    if before is None:
        return []
    left, right = witness_of_policy("A", resolve_model(before)), witness_of_policy("B", resolve_model(draft))
    return [row for row in compare(left, right).rows if row.change != "same"]


def _ids(rows: Iterable[Row], draft: ModelVersion) -> Iterator[str]:
    """The clauses of the draft that changed rows are about; a part's heading is no clause and is not asked for."""
    here = {clause.id for clause in draft.walk()}
    follows = {name: clause.id for clause in draft.walk() for name in clause.supersedes}
    for row in rows:
        for reading in row.right or row.left:
            name = (reading.id or "").removesuffix(".closing")
            name = name if name in here else follows.get(name, "")
            if name:
                yield name


def _drafted(rows: list[Row], draft: ModelVersion, named: set[str]) -> Iterator[list[str]]:
    """One entry for each change of substance, and one for all that is only worded otherwise."""
    done = set(named)
    wording: list[str] = []
    for row in rows:
        names = [name for name in dict.fromkeys(_ids([row], draft)) if name not in done]
        done.update(names)
        if not names:
            continue
        if row.change in ("value", "editorial", "reworded"):
            wording += names
        else:
            yield _entry(names, _what_changed(row), "yes")
    if wording:
        yield _entry(wording, "Other words, and no rule changes.", "no")


def _entry(names: list[str], summary: str, guess: str) -> list[str]:
    clauses = print_flow({"c": names}).removeprefix("{c: ").removesuffix("}")
    return [
        f"clauses: {clauses}",
        f"summary: {print_scalar(DoubleQuotedScalarString(TO_EDIT + summary))}",
        f"substance:     # true or false: does a rule change? We think: {guess}",
        f"sign_again:    # true or false: do staff sign again? We think: {guess}",
    ]


def _what_changed(row: Row) -> str:
    if row.facts:
        said = " ".join(dict.fromkeys(fact.why for fact in row.facts))
    else:
        reading = (row.right or row.left)[0]
        said = f"{'New' if row.right else 'Left out'}: {reading.text}"
    words = " ".join(said.split())
    return words if len(words) <= 300 else f"{words[:300].rsplit(' ', 1)[0]} …"


def _frozen_files(folder: Path, version: str, issued: date) -> dict[str, bytes]:
    files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.yaml"))}

    def freeze(text: str) -> str:
        named = set_key(text, ("version",), DoubleQuotedScalarString(version))
        return set_key(named, ("issued",), issued)

    with suppress(KeyError):
        files["policy.yaml"] = edit_bytes(files["policy.yaml"], freeze)
    return files
