"""A person's decisions on a plan -> the adoption on the new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policybook.adopt.school_view import NOT_RECORDED, apply_edit
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.error import Refused
from policybook.domain.upgrade import ClauseOutcome, RecordEdit, Settlement, Step, Take, UpgradePlan


def settle_plan(plan: UpgradePlan, settlements: Iterable[Settlement]) -> Adoption:
    """The adoption on the new version with everything that applies and the decisions given.

    A clause that is open and not decided stands as it was: see `still_open`. Raises Refused for a decision on a
    clause that is not open, or an answer that its outcome does not offer.
    """
    waiting = {outcome.clause: outcome for outcome in plan.open()}
    adoption = plan.proposed
    for settlement in settlements:
        outcome = waiting.get(settlement.clause)
        if outcome is None:
            raise _not_open(plan, settlement.clause)
        for edit in _edits(outcome, settlement):
            adoption = apply_edit(adoption, edit)
    return adoption


def still_open(plan: UpgradePlan, settlements: Iterable[Settlement]) -> tuple[ClauseOutcome, ...]:
    """The outcomes that wait for a person after these decisions."""
    done = {settlement.clause for settlement in settlements}
    return tuple(outcome for outcome in plan.open() if outcome.clause not in done)


def _edits(outcome: ClauseOutcome, settlement: Settlement) -> Iterable[RecordEdit]:
    if settlement.take not in outcome.takes():
        offered = " or ".join(outcome.takes())
        raise Refused(f"'{outcome.clause}' does not offer '{settlement.take}'", mend=f"take {offered}")
    for step in outcome.steps:
        if step.is_open:
            edit = _edit_of(step, settlement.take)
            yield replace(edit, put=tuple(_with_reason(entry, settlement.reason) for entry in edit.put))


def _edit_of(step: Step, take: Take) -> RecordEdit:
    """What an answer does at one step; a step with one answer only is confirmed by any."""
    return next((option.edit for option in step.options if option.take == take), step.options[0].edit)


def _with_reason(entry: Tailoring, reason: str) -> Tailoring:
    """A reason that a person gives now counts where none was recorded; one recorded before stays."""
    return replace(entry, reason=reason) if reason and entry.reason == NOT_RECORDED else entry


def _not_open(plan: UpgradePlan, clause: str) -> Refused:
    known = any(outcome.clause == clause for outcome in plan.outcomes)
    what = f"nothing waits for a decision at '{clause}'" if known else f"the plan has no section '{clause}'"
    names = ", ".join(outcome.clause for outcome in plan.open()) or "none is open"
    return Refused(what, where=plan.ref, mend=f"open are: {names}")
