"""A document as received becomes a source policy, kept untouched, and the draft of a model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policybook.adopt import resolve_model
from policybook.domain.draft import ModelDraft
from policybook.domain.error import Refused
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.source import ChangeReading, SourceDocument
from policybook.domain.workspace import Workspace
from policybook.intake import read_document
from policybook.intake.draft import Edition, draft_model
from policybook.intake.draft_name import names_in
from policybook.store import find_workspace, read_workspace
from policybook.store.draft import print_draft, print_source
from policybook.store.together import FileWrite, write_together
from policybook.workflow.import_draft import check_draft, ending_of, publisher_of, require_free, require_names

_BLANK_NAME = "[name of the school]"  # as `adopt` prints it where no school is known
_BLANK_SHORT_NAME = "[short name of the school]"


@dataclass(frozen=True, slots=True)
class Import:
    """What an import made, or would make: the draft, the document, the files by path in the workspace, the findings."""

    document: SourceDocument
    draft: ModelDraft
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    written: bool


def import_policy(
    file: Path, model: str, version: str, start: Path, *, changes: ChangeReading = "accept", is_replaced: bool = False,
    is_dry: bool = False, on: date | None = None,
) -> Import:  # fmt: skip
    """Makes the draft of `publisher/policy` from a document, and keeps the document with its SHA-256.

    `on` is the day that is noted (today). Raises Refused where the name, the version or the place will not do or where
    a draft is there and not to be replaced, UnreadableDocument, WorkspaceError; then nothing was written.
    """
    require_names(model, version)
    root = find_workspace(start)
    folder = root / "clauses" / "models" / model / "draft"
    was = _draft_files(folder)
    records, _ = read_workspace(root)
    require_free(records, folder, model, version, is_replaced=is_replaced)
    document = read_document(file, changes)
    if document.coverage < 1.0:
        mend = f"see `policybook read {file.name}` for what is missing"
        raise Refused("not every word of the document was understood", where=file.name, mend=mend)
    base = _base(records, model, document)
    draft = draft_model(document, model, version, publisher_of(records, model), base)
    if not draft.model.parts:
        raise Refused(
            "it holds a title and no clauses", where=file.name, mend="name the document with the policy's text"
        )
    files = print_draft(draft.model)
    findings = check_draft(files, model)
    if errors := [entry for entry in findings if entry.severity == "error"]:
        mend = "mend that in the document, or report it with the document's shape"
        raise Refused(f"the draft would have an error: {errors[0].message}", where=file.name, mend=mend)
    source = _source_writes(root, file, document, model, version, on or date.today())
    if not is_dry:
        _write(source, folder, files, was)
    written = [*(write.file for write in source), *(folder / name for name in files)]
    names = tuple(file.relative_to(root).as_posix() for file in written)
    return Import(document, draft, names, (*document.questions, *findings), written=not is_dry)


def edition_of(model: ModelVersion, school: str, short_name: str = "") -> Edition:
    """A model with the words of its headings and clauses, for the next edition to go on from; `school` is named there.

    Without a name the words of a clause that names the school would differ from those of the document.
    """
    resolved = resolve_model(model)
    names = {_BLANK_NAME: school, _BLANK_SHORT_NAME: short_name}
    listed = tuple((clause.id, _named(clause.text, names), clause.kind == "heading") for clause in resolved.clauses)
    return Edition(model, listed, is_released="/draft/" not in model.place.path)


def _named(text: str, names: Mapping[str, str]) -> str:
    for blank, name in names.items():
        text = text.replace(blank, name or blank)
    return text


def _base(records: Workspace, model: str, document: SourceDocument) -> Edition | None:
    """The edition before: the released version that no other supersedes; failing that, a draft that is replaced."""
    versions = [entry for entry in records.models.values() if entry.id == model]
    released = [entry for entry in versions if "/draft/" not in entry.place.path]
    gone = {entry.supersedes for entry in released}
    latest = [entry for entry in released if entry.version not in gone] or released or versions
    said = names_in(document)
    return edition_of(max(latest, key=lambda entry: entry.version), said.school, said.short) if latest else None


def _source_writes(
    root: Path, file: Path, document: SourceDocument, model: str, version: str, on: date
) -> list[FileWrite]:
    """The untouched original and its record; nothing where this very document is kept there already."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    folder = root / "source_policies" / f"{model.replace('/', '-')}-{version.lower().replace('.', '-')}"
    original = folder / f"original{ending_of(file, content)}"
    if folder.exists() and not (original.exists() and original.read_bytes() == content):
        folder = folder.with_name(f"{folder.name}-{digest[:8]}")
        original = folder / original.name
    facts = {
        "schema": 1,
        "file": file.name,
        "sha256": digest,
        "bytes": len(content),
        "received": on,
        "model": model,
        "version": version,
        "metadata": dict(document.metadata),
    }
    writes = [FileWrite(original, content), FileWrite(folder / "source.yaml", print_source(facts))]
    return [write for write in writes if not write.file.exists()]  # a run that died may have left the first alone


def _draft_files(folder: Path) -> dict[str, bytes]:
    """The files of a draft that is there, by name; what else somebody keeps beside them is not looked at."""
    files = [folder / "policy.yaml", *sorted(folder.glob("[0-9][0-9]-*.yaml"))]
    return {file.name: file.read_bytes() for file in files if file.is_file()}


def _write(source: list[FileWrite], folder: Path, files: dict[str, bytes], was: dict[str, bytes]) -> None:
    """The original, the draft, and away with what the draft before had besides: all of it or nothing."""
    gone = [FileWrite(folder / name, None, was[name]) for name in was if name not in files]
    draft = [FileWrite(folder / name, content, was.get(name)) for name, content in files.items()]
    write_together([*source, *gone, *draft])
