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
from policybook.workflow.home_grown import document_of
from policybook.workflow.past import find_past, past_witness
from policybook.workflow.workspace import OpenWorkspace, open_workspace


def read_witness(ref: str, siglum: str, start: Path) -> Witness:
    """The text that a REF names, as a witness. Raises UnknownReference, or UnreadableDocument for a file."""
    if is_file_reference(ref):
        return witness_of_document(siglum, Path(ref).name, read_document(Path(ref)))
    past = find_past(ref, start)
    if past:
        return past_witness(past, siglum)
    workspace = open_workspace(find_workspace(start))
    if ref in workspace.records.home_grown:
        document = document_of(workspace.root, workspace.records.home_grown[ref])
        return witness_of_document(siglum, ref, read_document(document))
    return witness_of_policy(siglum, policy_of(workspace, ref))


def find_policy(ref: str, start: Path) -> ResolvedPolicy:
    """The policy or model that a REF names in the workspace at or above `start`. Raises UnknownReference."""
    workspace = open_workspace(find_workspace(start))
    return policy_of(workspace, ref)


def policy_of(workspace: OpenWorkspace, ref: str) -> ResolvedPolicy:
    """The policy or model that a REF names in an open workspace. Raises UnknownReference with the nearest known REF."""
    if ref in workspace.policies:
        return workspace.policies[ref]
    if ref in workspace.records.adoptable:
        return workspace.model(ref)
    if ref in workspace.records.home_grown:
        mend = "only the register holds it; `policybook show`, `compare` and `decide` read its document"
        raise UnknownReference(f"'{ref}' is a home-grown policy, without a model", where=ref, mend=mend)
    known = [*workspace.policies, *workspace.records.adoptable, *workspace.records.home_grown]
    near = difflib.get_close_matches(ref, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    mend = f"{hint}A text is named by a file's path, school/policy or publisher/policy@version"
    raise UnknownReference(f"there is no file and no text '{ref}'", where=ref, mend=mend)


def is_file_reference(ref: str) -> bool:
    """Whether a REF means a file: there is one, or it looks like a path rather than `a/b` or `a/b@c`."""
    path = Path(ref)
    return path.exists() or path.is_absolute() or path.suffix.lower() in _ENDINGS or ref.startswith(("./", "../"))


_ENDINGS = (".txt", ".md", ".docx", ".pdf", ".odt", ".rtf", ".html", ".htm", ".doc")
