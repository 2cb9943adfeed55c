"""Redlines: one text with its changes from another as a Word document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policybook.domain.comparison import Comparison
from policybook.domain.redline import Redline
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.redline import UNDATED, write_redline
from policybook.report.redline import redline_of
from policybook.text.decided import standing_approval
from policybook.workflow.past import find_past
from policybook.workflow.reference import find_policy, is_file_reference


def write_comparison_redline(comparison: Comparison, left: str, right: str, start: Path, template: Path) -> bytes:
    """The redline of two texts compared, from the REFs that named them. Raises RenderError for a broken template."""
    before, after = policy_behind(left, start), policy_behind(right, start)
    return make_redline(redline_of(comparison, before, after), template, change_date(after))


def policy_behind(ref: str, start: Path) -> ResolvedPolicy | None:
    """The policy that a REF names, with its tables and forms; None for a document, which was never modelled."""
    if is_file_reference(ref):
        return None
    past = find_past(ref, start)
    if past:
        return past.edition.resolved() if past.edition else None
    return find_policy(ref, start)


def change_date(policy: ResolvedPolicy | None) -> date:
    """The day that the tracked changes are given: of the approval, else of the model's issue, else a fixed one."""
    if policy is None:
        return UNDATED
    approval = standing_approval(policy.adoption) if policy.adoption else None
    return approval.on if approval else policy.model.issued or UNDATED


def make_redline(redline: Redline, template: Path, on: date) -> bytes:
    """A redline as a Word document by the program, its changes dated."""
    return write_redline(redline, template, on=on)
