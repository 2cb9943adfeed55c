"""Checks of decisions: do they still bind the words, and is what was decided still kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from policybook.domain.adoption import Adoption, Decision, PolicyRecord
from policybook.domain.edition import Damage, DamageKind, KeptRecord
from policybook.domain.finding import Finding, Place, Severity
from policybook.domain.resolved import ResolvedPolicy
from policybook.text.decided import exact_of, recorded_edition, shown_of, standing_approval

DAMAGE_WORDS: dict[DamageKind, str] = {
    "missing": "is missing",
    "altered": "is not as it was kept",
    "unreadable": "cannot be read",
    "unlisted": "was not there when the others were kept",
}
DAMAGE_MEND: dict[DamageKind, str] = {
    "missing": "put it back from a copy: nothing can be made again for the past",
    "altered": "put it back from a copy; a new wording is a new decision, or a new version",
    "unreadable": "put it back from a copy",
    "unlisted": "take it away, or keep it elsewhere",
}
NO_MINUTE = ("", "not recorded")


def find_decision_problems(
    adoption: PolicyRecord, policy: ResolvedPolicy | None, kept: Mapping[str, KeptRecord]
) -> Iterator[Finding]:
    """What is wrong or unusual with the decisions of one adoption.

    `policy` is its text as it stands now, None where it cannot be resolved; `kept` what stands on disk for each edition
    that a decision names.
    """
    for decision in adoption.decisions:
        if decision.edition:
            yield from _find_edition_problems(adoption, decision, kept.get(decision.edition))
        if decision.edition and decision.minute in NO_MINUTE:
            message = f"the decision of {decision.on.isoformat()} ({decision.body}) has no minute number"
            mend = f"add it when the minutes are out: `policybook decide {adoption.ref} --on {decision.on} --minute …`"
            yield Finding("note", "decision.no-minute", adoption.place_of("decisions"), message, mend)
    if policy is not None and isinstance(adoption, Adoption):
        yield from _find_approval_problems(adoption, policy, kept)


def find_damage_problems(
    damages: tuple[Damage, ...], record: Literal["edition", "version"] = "edition"
) -> Iterator[Finding]:
    """Kept files that are not as they were kept. A lost or altered record is an error, a document a warning."""
    for damage in damages:
        is_record = damage.path.endswith(".yaml")
        code = f"{record if is_record else 'issued'}.{damage.kind}"
        message = f"{damage.path.rpartition('/')[2]} {DAMAGE_WORDS[damage.kind]}"
        severity: Severity = "error" if is_record else "warning"
        yield Finding(severity, code, Place(damage.path), message, DAMAGE_MEND[damage.kind])


def _find_edition_problems(adoption: PolicyRecord, decision: Decision, kept: KeptRecord | None) -> Iterator[Finding]:
    if kept is None:
        return
    yield from find_damage_problems(kept.damages)
    if kept.manifest and decision.exact and kept.manifest.exact != decision.exact:
        message = f"the decision of {decision.on.isoformat()} binds other words than edition {decision.edition} holds"
        mend = "put both back from a copy: adoption.yaml or the edition was changed by hand"
        yield Finding("error", "edition.other-words", adoption.place_of("decisions"), message, mend)


def _find_approval_problems(
    adoption: Adoption, policy: ResolvedPolicy, kept: Mapping[str, KeptRecord]
) -> Iterator[Finding]:
    approval = standing_approval(adoption)
    if approval is None or approval.exact is None:
        return
    day = approval.on.isoformat()
    if approval.exact != exact_of(policy):
        message = f"the words are not those approved on {day} ({approval.body}): the approval no longer holds"
        before = f"{adoption.ref}@edition:{approval.edition}"
        mend = f"have the new words decided; `policybook compare {before} {adoption.ref}` shows what differs"
        yield Finding("warning", "decision.void", adoption.place_of("decisions"), message, mend)
        return
    last = kept.get(recorded_edition(adoption) or "")
    if last and last.manifest and last.manifest.shown != shown_of(policy):
        message = f"names or details differ from those approved on {day}; the approval stands"
        mend = (
            f"record it: `policybook decide {adoption.ref} --outcome administrative …`; report it to the next meeting"
        )
        yield Finding("note", "decision.details-changed", adoption.place_of("decisions"), message, mend)
