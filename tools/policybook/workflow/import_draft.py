"""What every import of a document as a model's draft needs: names that will do, a free place, a check of the draft."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from policybook.check import find_problems
from policybook.domain.error import Refused
from policybook.domain.finding import Finding
from policybook.domain.model import Publisher
from policybook.domain.workspace import Workspace
from policybook.store import read_workspace
from policybook.text.slug import slug_of

_MODEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
_ENDINGS = (b"%PDF", ".pdf"), (b"PK", ".docx"), (b"{\\rtf", ".rtf")


def require_names(model: str, version: str) -> None:
    """Raises Refused where a model or version cannot be called so."""
    if not _MODEL.fullmatch(model) or len(model) > 160:
        example = "/".join(slug_of(half) for half in model.split("/", 1)) if "/" in model else ""
        such = example if _MODEL.fullmatch(example) else "my-council/code-of-conduct"
        mend = f"write it as publisher/policy in lower-case letters, digits and single hyphens, such as {such}"
        raise Refused(f"'{model}' cannot be the name of a model", mend=mend)
    if not _VERSION.fullmatch(version) or len(version) > 40:
        raise Refused(f"'{version}' cannot be a version", mend="write it as 2024-10 or 1.2")


def require_free(records: Workspace, folder: Path, model: str, version: str, *, is_replaced: bool) -> None:
    """Raises Refused where a draft is there and not to be replaced, or the version is released."""
    if folder.exists() and not is_replaced:
        mend = "release that draft first, or say --replace to write over it"
        raise Refused("there is a draft already, and it may hold work", where=f"{model}/draft", mend=mend)
    released = records.models.get(f"{model}@{version}")
    if released and "/draft/" not in released.place.path:
        mend = "released versions are frozen; give the new one another name"
        raise Refused(f"version {version} is released already", where=model, mend=mend)


def publisher_of(records: Workspace, model: str) -> Publisher:
    """The publisher as other models name it, else by its id: the name on the document is often that of a school."""
    name = model.partition("/")[0]
    known = next((entry.publisher for entry in records.models.values() if entry.publisher.id == name), None)
    return known or Publisher(name, name.replace("-", " ").title(), "other")


def check_draft(files: dict[str, bytes], model: str) -> tuple[Finding, ...]:
    """What the check of a workspace with nothing but this draft finds."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        draft = root / "clauses" / "models" / model / "draft"
        draft.mkdir(parents=True)
        for name, content in files.items():
            (draft / name).write_bytes(content)
        records, findings = read_workspace(root)
        findings += find_problems(records)
    # A version before this one, and topics, are in the workspace and not here.
    return tuple(entry for entry in findings if entry.code not in ("version.unknown", "topic.unknown"))


def ending_of(file: Path, content: bytes) -> str:
    """The ending of the original by what the file is; a zip may be Word or OpenDocument, so there the name decides."""
    ending = next((ending for sign, ending in _ENDINGS if content.startswith(sign)), "")
    named = file.suffix.lower()
    if ending == ".docx" and named == ".odt":
        return named
    return ending or (named if named in (".txt", ".md", ".html", ".htm") else ".txt")
