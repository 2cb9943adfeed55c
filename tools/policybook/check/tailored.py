"""Departures that want a look: made against other words than the model has now, or without a recorded reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policybook.domain.adoption import Adoption
from policybook.domain.finding import Finding
from policybook.text.fingerprint import match_fingerprint

INHERITED = "not recorded (inherited)"


def find_suspect_problems(adoption: Adoption, bases: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Finding]:
    """Departures whose base is not what the model says now.

    `bases` holds the fingerprint of each base by clause id, as the lock keeps it; `words` what the pinned version says.
    """
    for entry in adoption.tailorings:
        base, now = bases.get(entry.clause), words.get(entry.clause)
        if entry.kind in ("substitute", "omit") and base and now is not None and base != match_fingerprint(now):
            message = f"the model's words of '{entry.clause}' are not those that this {entry.kind} was made against"
            mend = "read the model's words again; `policybook upgrade` moves a policy to a new version clause by clause"
            yield Finding("warning", "tailoring.suspect", entry.place, message, mend)


def find_reason_problems(adoption: Adoption) -> Iterator[Finding]:
    """One note on how many departures have only the honest `not recorded (inherited)`, at the first of them."""
    inherited = [entry for entry in adoption.tailorings if entry.reason.strip() == INHERITED]
    if inherited:
        message = f"{len(inherited)} of {len(adoption.tailorings)} departures have no recorded reason"
        mend = "ask whoever knows, and write the reason; governors will want it at the next review"
        yield Finding("note", "reason.inherited", inherited[0].place, message, mend)
