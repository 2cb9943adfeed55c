"""Home-grown policies: a school's document that follows no model, kept in the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from policybook.check.home_grown import find_home_grown_problems
from policybook.domain.adoption import HomeGrown
from policybook.domain.error import BrokenWorkspace, UnknownReference
from policybook.domain.finding import Finding
from policybook.domain.workspace import Workspace
from policybook.store.document import document_hash, find_document, is_document_changed
from policybook.store.read import read_adoption
from policybook.text.decided import standing_approval


def find_document_problems(root: Path, records: Workspace) -> Iterator[Finding]:
    """What is wrong with the documents of all home-grown policies."""
    for ref in sorted(records.home_grown):
        record = records.home_grown[ref]
        found = find_document(root, record)
        yield from find_home_grown_problems(record, records, found, is_changed=is_void_document(root, record))


def is_void_document(root: Path, record: HomeGrown) -> bool:
    """Whether the document is another than the one that was approved."""
    approval = standing_approval(record)
    return bool(approval and approval.edition and is_document_changed(root, record, approval.edition))


def document_hashes(root: Path) -> Iterator[str]:
    """A line for the document of each home-grown policy, which changes with it; reads no other record than theirs."""
    for file in sorted((root / "clauses" / "adoptions").glob("*/*/adoption.yaml")):
        if b"none" not in file.read_bytes():
            continue
        with suppress(BrokenWorkspace):
            record = read_adoption(root, "/".join(file.parts[-3:-1]))
            if isinstance(record, HomeGrown):
                path = find_document(root, record).path
                yield f"{record.ref} {path} {document_hash(root, path)}"


def document_of(root: Path, record: HomeGrown) -> Path:
    """The document of a home-grown policy. Raises UnknownReference where it is not in the workspace."""
    found = find_document(root, record)
    if found.state != "there":
        why = "leads out of the workspace" if found.state == "outside" else "is not there"
        mend = f"put the file there, or mend `file:` in {record.place.path}"
        raise UnknownReference(f"the document of {record.ref}, '{record.file}', {why}", where=record.ref, mend=mend)
    return root.resolve() / found.path
