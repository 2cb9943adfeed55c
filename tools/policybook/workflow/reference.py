"""A REF into a text: a file's path, `school/policy`, `school/policy@DATE`, or `publisher/policy@version`."""

from __future__ import annotations

import difflib
from pathlib import Path

from policybook.compare import witness_of_document, witness_of_policy
from policybook.domain.comparison import Witness
from policybook.domain.error import UnknownReference
from policybook.domain.resolved import ResolvedPolicy
from policybook.intake import read_document
from policybook.store import find_workspace
from policybook.workflow.past import find_past, past_witness
from policybook.workflow.workspace import OpenWorkspace, open_workspace


def read_witness(ref: str, siglum: str, start: Path) -> Witness:
    """The text that a REF names, as a witness. Raises UnknownReference, or UnreadableDocument for a file."""
    if is_file_reference(ref):
        return witness_of_document(siglum, Path(ref).name, read_document(Path(ref)))
    past = find_past(ref, start)
    if past:
        return past_witness(past, siglum)
    return witness_of_policy(siglum, find_policy(ref, start))


def find_policy(ref: str, start: Path) -> ResolvedPolicy:
    """The policy or model that a REF names in the workspace at or above `start`. Raises UnknownReference."""
    workspace = open_workspace(find_workspace(start))
    return policy_of(workspace, ref)


def policy_of(workspace: OpenWorkspace, ref: str) -> ResolvedPolicy:
    """The policy or model that a REF names in an open workspace. Raises UnknownReference with the nearest known REF."""
    if ref in workspace.policies:
        return workspace.policies[ref]
    if ref in workspace.records.models:
        return workspace.model(ref)
    known = [*workspace.policies, *workspace.records.models]
    near = difflib.get_close_matches(ref, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    mend = f"{hint}A text is named by a file's path, school/policy or publisher/policy@version"
    raise UnknownReference(f"there is no file and no text '{ref}'", where=ref, mend=mend)


def is_file_reference(ref: str) -> bool:
    """Whether a REF means a file: there is one, or it looks like a path rather than `a/b` or `a/b@c`."""
    path = Path(ref)
    return path.exists() or path.is_absolute() or path.suffix.lower() in _ENDINGS or ref.startswith(("./", "../"))


_ENDINGS = (".txt", ".md", ".docx", ".pdf", ".odt", ".rtf", ".html", ".htm", ".doc")
