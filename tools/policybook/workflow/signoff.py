"""Whether staff sign a policy again, and why; compared with the words that they signed before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policybook.domain.adoption import APPROVING, Adoption, Decision
from policybook.domain.error import UnknownReference
from policybook.domain.meeting import AgendaItem, PackItem
from policybook.store import find_workspace
from policybook.text.decided import exact_of
from policybook.workflow.pack import make_item
from policybook.workflow.reference import policy_of
from policybook.workflow.workspace import open_workspace


def signing_of(ref: str, start: Path, since: str = "") -> PackItem:
    """A policy beside the words that staff know: those of `since`, else those approved before the words of today.

    `is_first` where there were none before. Raises UnknownReference for a model or a REF that is not there.
    """
    policy = policy_of(open_workspace(find_workspace(start)), ref)
    if policy.adoption is None:
        mend = "name a school's policy, as school/policy"
        raise UnknownReference("staff sign a school's policy, and this is a model", where=ref, mend=mend)
    before = _before(policy.adoption, exact_of(policy))
    since = since or (f"{policy.ref}@edition:{before.edition}" if before else "")
    item = make_item(AgendaItem(policy.ref, since=since), start)
    return replace(item, is_first=item.is_first or not since)


def _before(adoption: Adoption, now: str) -> Decision | None:
    """The approval of the words before those of today; where only details changed since, that of today's."""
    issued = sorted((entry for entry in adoption.decisions if entry.exact and entry.edition), key=_day)
    approvals = [entry for entry in issued if entry.outcome in APPROVING]
    if issued and issued[-1].outcome == "administrative" and issued[-1].exact == now:
        return approvals[-1] if approvals else None
    return next((entry for entry in reversed(approvals) if entry.exact != now), None)


def _day(decision: Decision) -> tuple[object, str]:
    return decision.on, decision.edition or ""
