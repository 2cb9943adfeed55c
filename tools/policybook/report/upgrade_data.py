"""The plans of upgrades as plain data, for `upgrade --to json`: a contract that other people's scripts rely on."""

from __future__ import annotations

from typing import Any

from policybook.domain.upgrade import TRIAGES, ClauseOutcome, Step, UpgradePlan, UpgradeTriage
from policybook.text.fingerprint import exact_fingerprint

SCHEMA = 1


def upgrade_data(triage: UpgradeTriage) -> dict[str, Any]:
    """`upgrade --to json`: every clause of every plan, what happens to it, and the answers a person may give."""
    counts = [plan.summary() for plan in triage.plans]
    return {
        "schema": SCHEMA,
        "plans": [_plan(plan) for plan in triage.plans],
        "passed_over": [
            {"ref": entry.ref, "model": entry.model_ref, "why": entry.why} for entry in triage.passed_over
        ],
        "summary": {name: sum(count[name] for count in counts) for name in TRIAGES},
    }  # fmt: skip


def plan_fingerprint(plan: UpgradePlan) -> str:
    """Of all that a person was shown: it changes when the model, the school's record or its names change."""
    return exact_fingerprint([upgrade_data(UpgradeTriage((plan,)))])


def _plan(plan: UpgradePlan) -> dict[str, Any]:
    return {
        "ref": plan.ref,
        "school": plan.school_name,
        "title": plan.title,
        "model": plan.proposed.model,
        "from": plan.adoption.version,
        "to": plan.proposed.version,
        "unlabelled": plan.unlabelled or None,
        "summary": plan.summary(),
        "outcomes": [_outcome(outcome) for outcome in plan.outcomes],
    }


def _outcome(outcome: ClauseOutcome) -> dict[str, Any]:
    return {
        "clause": outcome.clause,
        "number": outcome.number,
        "part": outcome.part,
        "formerly": list(outcome.formerly),
        "now": list(outcome.now),
        "changes": list(outcome.changes),
        "state": outcome.state,
        "triage": outcome.triage,
        "review": outcome.to_review,
        "takes": list(outcome.takes()),
        "model_old": outcome.model_old,
        "model_new": outcome.model_new,
        "yours": outcome.yours,
        "proposed": outcome.proposed,
        "steps": [_step(step) for step in outcome.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    options = [{"take": option.take, "says": option.says, "text": option.text} for option in step.options]
    return {"kind": step.kind, "triage": step.triage, "why": step.why, "options": options}
