"""The register of a workspace on one day, and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from policybook.domain.adoption import Adoption, Decision, HomeGrown, PolicyRecord
from policybook.domain.consultation import consultation_of
from policybook.domain.model import ModelVersion
from policybook.domain.register import ApprovalState, CalendarEvent, Register, RegisterEntry, Review, Waiting
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.render.calendar import write_calendar
from policybook.report.register import calendar_events
from policybook.report.word import print_date
from policybook.store.document import find_document
from policybook.store.edition import adoption_folder
from policybook.store.manifest import read_kept_edition
from policybook.text.decided import is_void, recorded_edition, shown_of, standing_approval
from policybook.text.term import day_after, review_period
from policybook.workflow.delegation import Delegations
from policybook.workflow.home_grown import is_void_document
from policybook.workflow.workspace import open_workspace

NOTICE_DAYS = 90
"""A review on a day is due in the 90 days up to it, so that it can be put on an agenda; a term is its own notice."""
DRAFT = "draft"
BEYOND = "tailoring.beyond-class"
"""A departure to consult on stops documents; the register is where HR reads of it."""


def read_register(root: Path, day: date) -> Register:
    """Who has adopted what, as the records stand, with what is due on `day`. Raises BrokenWorkspace."""
    workspace = open_workspace(root, despite=(BEYOND,))
    records = _with_cycles(workspace.records, Delegations(root, workspace.records))
    policies = [replace(policy, adoption=records.adoptions[ref]) for ref, policy in workspace.policies.items()]
    entries = [_entry(root, records, policy, day) for policy in policies]
    entries += [_own_entry(root, records, record, day) for record in records.home_grown.values()]
    return Register(day, tuple(sorted(entries, key=lambda entry: entry.ref)))


def _with_cycles(records: Workspace, delegations: Delegations) -> Workspace:
    """The records with the next review that the cycle of a scheme of delegation asks for, where none is recorded."""
    adoptions = {ref: replace(entry, next_review=_due(entry, delegations)) for ref, entry in records.adoptions.items()}
    own = {ref: replace(entry, next_review=_due(entry, delegations)) for ref, entry in records.home_grown.items()}
    return replace(records, adoptions=adoptions, home_grown=own)


def _due(record: PolicyRecord, delegations: Delegations) -> str:
    approval = standing_approval(record)
    if record.next_review or approval is None:
        return record.next_review
    found = delegations.rule_on(record.ref, approval.on)
    return day_after(approval.on, found.rule.cycle).isoformat() if found and found.rule.cycle else ""


def calendar_of(register: Register, fallback: date | None) -> bytes:
    """The reviews and dates of coming into force as a calendar; the same register gives the same bytes.

    An event is stamped with the decision's day, else `fallback` (SOURCE_DATE_EPOCH), else its own first day.
    """
    events: tuple[CalendarEvent, ...] = calendar_events(register, fallback)
    return write_calendar(events, "Policy reviews")


def versions_behind(records: Workspace, adoption: Adoption) -> tuple[str, int | None]:
    """The newest released version, and how many steps of `supersedes` lead from it back to the pinned one."""
    released = [entry for entry in records.versions_of(adoption.model) if not is_draft(entry)]
    by_version = {entry.version: entry for entry in released}
    if not released:
        return adoption.version, None
    at: ModelVersion | None = released[-1]
    seen: list[str] = []
    while at and at.version not in seen:
        if at.version == adoption.version:
            return released[-1].version, len(seen)
        seen.append(at.version)
        at = by_version.get(at.supersedes or "")
    return released[-1].version, None


def is_draft(model: ModelVersion) -> bool:
    """Whether a model version is the draft being written."""
    return model.version == DRAFT


def review_of(words: str, day: date, decided: date | None) -> Review:
    """Whether a review is ahead, due or overdue on `day`; one that lies before the last decision is unclear."""
    if not words:
        return Review("", "not recorded")
    period = review_period(words)
    if period is None:
        return Review(words, "unclear")
    first, last = period
    notice = first - timedelta(days=NOTICE_DAYS) if first == last else first
    if decided and last < decided:
        return Review(words, "unclear", first, last)
    return Review(words, "overdue" if day > last else "due" if day >= notice else "ahead", first, last)


def _entry(root: Path, records: Workspace, policy: ResolvedPolicy, day: date) -> RegisterEntry:
    adoption = policy.adoption
    assert adoption is not None  # noqa: S101  the policies of a workspace are adoptions
    decision = standing_approval(adoption)
    state = _state(policy, adoption, decision)
    newest, behind = versions_behind(records, adoption)
    issued = policy.model.issued
    days = (decision.on - issued).days if decision and issued and state == "approved" else None
    review = review_of(adoption.next_review, day, decision.on if decision else None)
    return RegisterEntry(
        ref=policy.ref,
        school=policy.owner,
        title=policy.model.title,
        model=adoption.model,
        version=adoption.version,
        newest=newest,
        publisher=policy.model.publisher.name,
        approval=state,
        decision=decision,
        days_to_decide=days if days is None or days >= 0 else None,
        behind=behind,
        departures=len(adoption.tailorings),
        review=review,
        covers=adoption.covers,
        waits=() if state == "withdrawn" else tuple(_waits(root, policy, adoption, state, review, newest, behind)),
        served=_served(records, adoption),
        consultation=consultation_of(policy.model, adoption),
    )


def _own_entry(root: Path, records: Workspace, record: HomeGrown, day: date) -> RegisterEntry:
    """A home-grown policy: nothing is known of its words but whether they are those that were approved."""
    decision = standing_approval(record)
    is_withdrawn = any(entry.outcome == "withdrawn" for entry in record.decisions)
    state: ApprovalState = "withdrawn" if is_withdrawn else "none"
    if decision:
        state = "void" if is_void_document(root, record) else "approved"
    review = review_of(record.next_review, day, decision.on if decision else None)
    return RegisterEntry(
        ref=record.ref,
        school=records.schools[record.school].name,
        title=record.title,
        model="none",
        version="",
        newest="",
        publisher=record.owner,
        approval=state,
        decision=decision,
        days_to_decide=None,
        behind=None,
        departures=0,
        review=review,
        covers=record.covers,
        waits=() if state == "withdrawn" else tuple(_own_waits(root, record, state, review)),
        served=_served(records, record),
        document=record.file,
    )


def _served(records: Workspace, record: PolicyRecord) -> tuple[tuple[str, str], ...]:
    return tuple((school, records.schools[school].name) for school in record.schools if school != record.school)


def _state(policy: ResolvedPolicy, adoption: Adoption, decision: Decision | None) -> ApprovalState:
    if decision is not None:
        return "void" if is_void(policy) else "approved"
    return "withdrawn" if any(entry.outcome == "withdrawn" for entry in adoption.decisions) else "none"


def _waits(
    root: Path,
    policy: ResolvedPolicy,
    adoption: Adoption,
    state: ApprovalState,
    review: Review,
    newest: str,
    behind: int | None,
) -> Iterator[Waiting]:
    if consultation_of(policy.model, adoption).is_open:
        yield Waiting("HR", "consultation on departures that the model does not allow")
    yield from _waits_for_decision(adoption, state)
    approval = standing_approval(adoption)
    yield from _waits_for_minutes(adoption, approval)
    if state == "approved" and _has_other_details(root, policy, adoption):
        yield Waiting("School", "records that names or details changed (administrative)")
    if (adoption_folder(root, adoption.ref) / "plan.yaml").exists():
        yield Waiting("School", "settles the upgrade that was begun")
    elif behind:
        yield Waiting("School", f"takes up version {newest}")
    yield from _waits_for_review(review, approval)


def _own_waits(root: Path, record: HomeGrown, state: ApprovalState, review: Review) -> Iterator[Waiting]:
    if find_document(root, record).state != "there":
        yield Waiting("School", f"puts the document back: {record.file}")
    approval = standing_approval(record)
    yield from _waits_for_decision(record, state)
    yield from _waits_for_minutes(record, approval)
    yield from _waits_for_review(review, approval)


def _waits_for_minutes(adoption: PolicyRecord, approval: Decision | None) -> Iterator[Waiting]:
    if approval and approval.edition and adoption.publish == "public" and not approval.published:
        yield Waiting("Clerk", f"day on which the policy approved on {print_date(approval.on)} was published")
    for entry in adoption.decisions:
        if entry.outcome == "administrative" and not entry.minute and approval:
            what = f"hears that details were brought up to date on {print_date(entry.on)}"
            yield Waiting(f"{approval.body}, next meeting", what)
        elif entry.edition and not entry.minute:
            yield Waiting("Clerk", f"minute number of the decision of {print_date(entry.on)} ({entry.body})")


def _waits_for_review(review: Review, approval: Decision | None) -> Iterator[Waiting]:
    body = approval.body if approval else "Governing body"
    if review.state == "overdue" and review.last:
        yield Waiting(body, f"review overdue since {print_date(review.last)}, not replaced")
    elif review.state == "due":
        yield Waiting(body, f"review due: {review.words}")
    elif review.state in ("unclear", "not recorded") and approval:
        yield Waiting("Clerk", "date of the next review")


def _waits_for_decision(adoption: PolicyRecord, state: ApprovalState) -> Iterator[Waiting]:
    last = max(reversed(adoption.decisions), key=lambda entry: entry.on, default=None)
    if last and last.outcome == "deferred":
        yield Waiting(last.body, f"decision deferred on {print_date(last.on)}")
    elif state == "void":
        approval = standing_approval(adoption)
        assert approval is not None  # noqa: S101  only an approval can be void
        yield Waiting(approval.body, f"decides on words that changed since {print_date(approval.on)}")
    elif last is None:
        yield Waiting("Governing body", "first decision")
    elif last.outcome == "rejected":
        yield Waiting("School", f"new proposal after the rejection of {print_date(last.on)}")


def _has_other_details(root: Path, policy: ResolvedPolicy, adoption: Adoption) -> bool:
    name = recorded_edition(adoption)
    manifest = read_kept_edition(root, adoption.ref, name).manifest if name else None
    return manifest is not None and manifest.shown != shown_of(policy)
