"""The document of a home-grown policy: where it stands, and whether it may be read."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from policybook.domain.adoption import HomeGrown
from policybook.domain.home_grown import FoundDocument
from policybook.store.edition import adoption_folder
from policybook.store.manifest import kept_hash, read_kept_edition


def find_document(root: Path, record: HomeGrown) -> FoundDocument:
    """The file that a record names: in the record's own folder, else in the workspace. Nothing outside is looked at."""
    inside = root.resolve()
    name = record.file.replace("\\", "/")  # as somebody on Windows writes it, and another machine must find it
    candidates = [folder / name for folder in (adoption_folder(inside, record.ref), inside)]
    try:
        known = [file.resolve() for file in candidates if file.resolve().is_relative_to(inside)]
    except (OSError, RuntimeError, ValueError):  # a link to itself, or a name that no file can have
        known = []
    if not known:
        return FoundDocument(record.file, "outside")
    there = next((file for file in known if file.is_file()), None)
    if there is None:
        return FoundDocument(record.file, "missing")
    return FoundDocument(there.relative_to(inside).as_posix(), "there")


def is_document_changed(root: Path, record: HomeGrown, edition: str) -> bool:
    """Whether the document is another than the one kept with an edition; False where nothing was kept to compare.

    A paper of another kind (a scan of what was signed) cannot be compared byte by byte.
    """
    found = find_document(root, record)
    manifest = read_kept_edition(root, record.ref, edition).manifest
    if found.state != "there" or manifest is None:
        return False
    same = [entry for entry in manifest.files if PurePath(entry.path).suffix == PurePath(found.path).suffix.lower()]
    content = (root / found.path).read_bytes() if same else b""
    return bool(same) and all(kept_hash(entry.path, content) != entry.sha256 for entry in same)


def document_hash(root: Path, path: str) -> str:
    """The SHA-256 of a file of the workspace, empty where it cannot be read."""
    try:
        return hashlib.sha256((root / path).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""
