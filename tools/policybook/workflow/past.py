"""What applied on a day, answered from what was kept and from nothing else."""

from __future__ import annotations

from pathlib import Path

from policybook.compare import compare, witness_of_document, witness_of_policy
from policybook.domain.comparison import Comparison, Witness
from policybook.domain.edition import Edition
from policybook.domain.error import PolicybookError, UnknownReference
from policybook.domain.page import Page
from policybook.intake import read_document
from policybook.report.past import edition_page, kept_document_page
from policybook.store import find_workspace
from policybook.workflow.kept import PastText, past_text
from policybook.workflow.workspace import open_workspace


def find_past(ref: str, start: Path) -> PastText | None:
    """The past text that a REF with `@DATE` or `@edition:NAME` names, None for a REF of another kind.

    Raises UnknownReference where nothing applied on that day.
    """
    return past_text(find_workspace(start), ref) if "@" in ref else None


def past_page(past: PastText, start: Path) -> Page:
    """One document that holds the words on that day, the decision, and what reads differently now."""
    if past.edition:
        return edition_page(past.edition, past.decision, past.day, _since(past, past.edition, start))
    return kept_document_page(read_document(_document(past)), past.decision, past.day)


def past_witness(past: PastText, siglum: str) -> Witness:
    """The past text as one side of a comparison."""
    if past.edition is None:
        document = _document(past)
        return witness_of_document(siglum, f"{past.ref}@{past.decision.edition}", read_document(document))
    witness = witness_of_policy(siglum, past.edition.resolved())
    when = past.day.isoformat() if past.day else f"edition {past.edition.name}"
    ref, title = f"{past.ref}@{past.day or 'edition:' + past.edition.name}", f"{witness.title} ({when})"
    owner = f"{witness.owner}, {when}"
    return Witness(siglum, ref, title, witness.readings, witness.names, witness.model, owner)


def _since(past: PastText, edition: Edition, start: Path) -> Comparison | None:
    """The edition beside the text of today; None where the workspace cannot say, for the past must answer alone."""
    try:
        policy = open_workspace(find_workspace(start)).policies.get(past.ref)
    except PolicybookError:
        return None
    if policy is None:
        return None
    return compare(witness_of_policy("A", edition.resolved()), witness_of_policy("B", policy))


def _document(past: PastText) -> Path:
    if past.document is None:
        raise UnknownReference("neither an edition nor a document was kept", where=past.ref)
    return past.document
