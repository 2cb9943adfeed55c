"""Recording what a body decided: the decision in the adoption, the edition, the issued documents; all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policybook.adopt import resolve
from policybook.adopt.chain import given_values
from policybook.check.decision import NO_MINUTE
from policybook.domain.adoption import APPROVING, Adoption, Decision, PolicyRecord, Tailoring
from policybook.domain.edition import Edition, Manifest
from policybook.domain.error import Refused, UnknownReference, UnreadableDocument
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf
from policybook.report.policy import policy_page
from policybook.store.append import append_entry, edit_bytes, require_adoption, set_key
from policybook.store.edition import adoption_folder, decision_data, edition_names, edition_path, print_edition
from policybook.store.manifest import MANIFEST, issued_folder, kept_files, print_manifest
from policybook.store.together import FileWrite, write_together
from policybook.text.decided import exact_of, shown_of, standing_approval
from policybook.text.term import review_period
from policybook.workflow.amend import Amended, amend
from policybook.workflow.delegation import Delegations
from policybook.workflow.home_grown import document_of
from policybook.workflow.kept import DOCUMENTS, kept_of
from policybook.workflow.look import template_of_policy
from policybook.workflow.reference import policy_of
from policybook.workflow.workspace import OpenWorkspace, open_workspace

ISSUING = (*APPROVING, "administrative")
"""Outcomes after which the policy is issued; whatever was decided is frozen, but only these are sent out."""


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """What a person asks to record. `next_review` is a date or a term, empty to leave it as it is.

    `document` is the paper as it was issued, for a decision older than the tool: it is kept instead of an edition.
    `amendments` are departures that the body made before it approved: they go into the record, and it binds them.
    """

    ref: str
    decision: Decision
    next_review: str = ""
    document: Path | None = None
    amendments: tuple[Tailoring, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDecision:
    """A decision ready to be written: with its edition and fingerprint, and the files that go with it.

    `warning` says that the scheme of delegation gives the policy to another body; it stops nothing.
    """

    ref: str
    decision: Decision
    writes: tuple[FileWrite, ...]
    warning: str = ""


def plan_decisions(root: Path, requests: Sequence[DecisionRequest], today: date) -> tuple[PlannedDecision, ...]:
    """Everything that recording would write, documents included; writes nothing.

    Raises UnknownReference, BrokenWorkspace (also for an edition that was edited), or Refused with the reason: the
    model was not issued yet, the decision is recorded already or lies before a later one, an upgrade is half settled,
    or more than details changed in an administrative decision.
    """
    workspace = open_workspace(root)
    doubled = {entry.ref for entry in requests if [other.ref for other in requests].count(entry.ref) > 1}
    if doubled:
        raise Refused(
            f"{', '.join(sorted(doubled))} stands twice", mend="record one decision for each policy at a time"
        )
    delegations = Delegations(root, workspace.records)
    planned = []
    for request in (_delegated(request, delegations) for request in requests):
        plan = _plan_home_grown if request.ref in workspace.records.home_grown else _plan
        warning = delegations.said_of(request.ref, request.decision)
        planned.append(replace(plan(workspace, request, today), warning=warning))
    return tuple(planned)


def record_decisions(planned: Sequence[PlannedDecision]) -> None:
    """Writes what was planned, or nothing.

    Raises Refused where a file changed meanwhile, WorkspaceError where the disk refuses.
    """
    write_together([write for entry in planned for write in entry.writes])


def plan_minute(root: Path, ref: str, on: date, minute: str) -> PlannedDecision:
    """The minute number that follows later, for the decision recorded on that day. Raises Refused where it has one."""
    workspace = open_workspace(root)
    adoption = workspace.records.home_grown.get(ref) or _adoption_of(policy_of(workspace, ref))
    found = [index for index, entry in enumerate(adoption.decisions) if entry.on == on and entry.minute in NO_MINUTE]
    if len(found) != 1:
        days = ", ".join(entry.on.isoformat() for entry in adoption.decisions if entry.minute in NO_MINUTE)
        what = "two decisions of that day wait" if found else f"no decision of {on.isoformat()} waits"
        mend = f"those without a number: {days or 'none'}; to record a decision, say --outcome and --body"
        raise Refused(f"{what} for a minute number", where=ref, mend=mend)
    file, raw = _adoption_file(root, ref)
    decision = _on_one_line(replace(adoption.decisions[found[0]], minute=minute))
    edited = edit_bytes(raw, lambda text: set_key(text, ("decisions", found[0], "minute"), decision.minute))
    require_adoption(edited, ref)
    return PlannedDecision(ref, decision, (FileWrite(file, edited, raw),))


def plan_publication(root: Path, ref: str, on: date, published: date) -> PlannedDecision:
    """The day on which the policy approved on a day was published. Raises Refused where that day does not fit."""
    workspace = open_workspace(root)
    adoption = workspace.records.home_grown.get(ref) or _adoption_of(policy_of(workspace, ref))
    found = [index for index, entry in enumerate(adoption.decisions) if entry.on == on and entry.outcome in ISSUING]
    if len(found) != 1:
        days = ", ".join(entry.on.isoformat() for entry in adoption.decisions if entry.outcome in ISSUING)
        what = "two decisions of that day were issued" if found else f"nothing was issued by a decision of {on}"
        raise Refused(what, where=ref, mend=f"decisions after which it was issued: {days or 'none'}")
    before = adoption.decisions[found[0]]
    if before.published or published < on:
        mend = "mend it in adoption.yaml if it is wrong" if before.published else "publish what has been decided"
        what = f"it was published on {before.published}" if before.published else f"{published} is before the decision"
        raise Refused(what, where=ref, mend=mend)
    file, raw = _adoption_file(root, ref)
    edited = edit_bytes(raw, lambda text: set_key(text, ("decisions", found[0], "published"), published))
    require_adoption(edited, ref)
    return PlannedDecision(ref, replace(before, published=published), (FileWrite(file, edited, raw),))


def _delegated(request: DecisionRequest, delegations: Delegations) -> DecisionRequest:
    """The request with the scheme under which the body decided, where one gives it the policy and none is named."""
    decision = request.decision
    found = delegations.rule_on(request.ref, decision.on)
    if decision.delegation or found is None or not found.rule.may_decide(decision.body):
        return request
    return replace(request, decision=replace(decision, delegation=delegations.name_of(found)))


def _plan(workspace: OpenWorkspace, request: DecisionRequest, today: date) -> PlannedDecision:
    policy = policy_of(workspace, request.ref)
    adoption = _adoption_of(policy)
    request = replace(request, decision=_on_one_line(request.decision))
    _require_sound(workspace.root, policy, adoption, request, today)
    name = _new_name(workspace.root, adoption, request.decision.on)
    if request.document is not None:
        return _plan_kept(workspace.root, request, name)
    amended = amend(workspace, policy, request.amendments, request.decision) if request.amendments else None
    policy = amended.policy if amended else policy
    adoption = _adoption_of(policy)
    decision = replace(request.decision, edition=name, exact=exact_of(policy))
    decided = _decided(policy, adoption, decision, request.next_review)
    edition = _edition(decided, decision, name)
    files = {f"../../{edition_path(name)}": print_edition(edition)}
    if decision.outcome in ISSUING:
        files |= _documents(workspace.root, decided, name)
    manifest = Manifest(name, kept_files(files), edition.exact, edition.shown)
    return _planned(workspace.root, request, decision, manifest, files, amended)


def _plan_home_grown(workspace: OpenWorkspace, request: DecisionRequest, today: date) -> PlannedDecision:
    """A decision on a policy without a model: its document is kept as it was decided, and its hash binds it."""
    record = workspace.records.home_grown[request.ref]
    for what, mend in _find_record_reasons(workspace.root, record, request, today):
        raise Refused(what, where=request.ref, mend=mend)
    if request.decision.outcome == "administrative":
        mend = "have the document approved; what a detail is, only a model can tell"
        raise Refused("a home-grown policy has no details of its own", where=request.ref, mend=mend)
    document = request.document or document_of(workspace.root, record)
    name = _new_name(workspace.root, record, request.decision.on)
    return _plan_kept(workspace.root, replace(request, document=document), name)


def _plan_kept(root: Path, request: DecisionRequest, name: str) -> PlannedDecision:
    """A decision whose words are known only from its paper: that is kept as it is, and binds nothing by clause."""
    document = request.document or Path()
    if document.suffix.lower() not in DOCUMENTS:
        raise Refused("a document of this kind cannot be read again", where=str(document), mend=", ".join(DOCUMENTS))
    try:
        content = document.read_bytes()
    except OSError as error:
        mend = "name the document as it was issued"
        raise UnreadableDocument(f"cannot be read: {error.strerror}", where=str(document), mend=mend) from error
    stem = f"{request.ref.replace('/', '-')}-{name}"
    files = {f"{stem}{document.suffix.lower()}": content}
    decision = replace(request.decision, edition=name)
    return _planned(root, request, decision, Manifest(name, kept_files(files)), files)


def _planned(
    root: Path,
    request: DecisionRequest,
    decision: Decision,
    manifest: Manifest,
    files: dict[str, bytes],
    amended: Amended | None = None,
) -> PlannedDecision:
    """The kept files, their manifest, and last the adoption, whose decision makes them count."""
    folder = issued_folder(root, request.ref, manifest.name)
    home = adoption_folder(root, request.ref)
    writes = [
        FileWrite(home / path.removeprefix("../../") if path.startswith("../../") else folder / path, content)
        for path, content in files.items()
    ]
    writes.append(FileWrite(folder / MANIFEST, print_manifest(manifest, "edition")))
    file, raw = _adoption_file(root, request.ref)
    edited = edit_bytes(raw, amended.edit) if amended else raw
    writes += [amended.lock] if amended else []
    edited = edit_bytes(edited, lambda text: append_entry(text, "decisions", decision_data(decision)))
    if request.next_review:
        edited = edit_bytes(edited, lambda text: _with_review(text, request.next_review))
    require_adoption(edited, request.ref)
    writes.append(FileWrite(file, edited, raw))
    return PlannedDecision(request.ref, decision, tuple(writes))


def _with_review(text: str, review: str) -> str:
    try:
        value: str | date = date.fromisoformat(review)
    except ValueError:
        value = review
    try:
        return set_key(text, ("review", "next"), value)
    except ValueError:
        return f"{text.rstrip()}\nreview: {{next: {review}}}\n"


def _edition(policy: ResolvedPolicy, decision: Decision, name: str) -> Edition:
    adoption, model = _adoption_of(policy), policy.model
    assert policy.school is not None  # noqa: S101  an adoption is resolved for its school
    return Edition(
        name=name,
        school=policy.school,
        policy=adoption.policy,
        model=model.id,
        version=model.version,
        title=model.title,
        publisher=model.publisher,
        decision=decision,
        clauses=policy.clauses,
        parameters=model.parameters,
        values=policy.values,
        issued=model.issued,
        language=model.language,
        notice=model.notice,
        next_review=adoption.next_review,
        publish=adoption.publish,
        exact=exact_of(policy),
        shown=shown_of(policy),
        approval=standing_approval(adoption) if decision.outcome == "administrative" else None,
        record=given_values(model, adoption, policy.school),
    )


def _decided(policy: ResolvedPolicy, adoption: Adoption, decision: Decision, review: str) -> ResolvedPolicy:
    decisions = (*adoption.decisions, decision)
    after = replace(adoption, decisions=decisions, next_review=review or adoption.next_review)
    assert policy.school is not None  # noqa: S101  an adoption is resolved for its school
    return replace(resolve(policy.model, after, policy.school), serves=policy.serves)


def _documents(root: Path, policy: ResolvedPolicy, name: str) -> dict[str, bytes]:
    page, template = policy_page(policy), template_of_policy(root, policy)
    stem = f"{policy.ref.replace('/', '-')}-{name}"
    return {f"{stem}.docx": write_docx(page, template), f"{stem}.pdf": write_pdf(page, template)}


def _require_sound(
    root: Path, policy: ResolvedPolicy, adoption: Adoption, request: DecisionRequest, today: date
) -> None:
    for what, mend in _find_reasons(root, policy, adoption, request, today):
        raise Refused(what, where=request.ref, mend=mend)


def _find_reasons(
    root: Path, policy: ResolvedPolicy, adoption: Adoption, request: DecisionRequest, today: date
) -> Iterator[tuple[str, str]]:
    """Why the record would be untrue, the plainest reason first."""
    decision, issued = request.decision, policy.model.issued
    yield from _find_record_reasons(root, adoption, request, today)
    if issued and decision.on < issued and request.document is None:
        mend = "mend the date, pin the version that was decided, or keep the paper: --document FILE"
        yield f"{policy.model.ref} was issued on {issued.isoformat()}, after {decision.on.isoformat()}", mend
    yield from _find_word_reasons(root, policy, adoption, request)


def _find_record_reasons(
    root: Path, record: PolicyRecord, request: DecisionRequest, today: date
) -> Iterator[tuple[str, str]]:
    decision, day = request.decision, request.decision.on.isoformat()
    if request.amendments and (decision.outcome != "approved-with-amendments" or request.document or _is_own(record)):
        mend = "record it as approved-with-amendments; a paper that was kept, or a home-grown policy, has no sections"
        yield "words can only be amended in a policy that is approved with amendments", mend
    if not decision.body:
        yield "a decision needs somebody who took it", "say --body"
    if decision.on > today:
        yield f"{day} is still to come", "record a decision when it has been taken"
    if decision.published and decision.published < decision.on:
        yield f"{decision.published} is before the decision", "publish what has been decided"
    if any((entry.outcome, entry.body, entry.on) == _key(decision) for entry in record.decisions):
        mend = f"it stands in adoption.yaml; a minute number is added with --on {day} --minute … alone"
        yield f"this decision of {day} ({decision.body}) is recorded already", mend
    later = [entry for entry in record.decisions if entry.on > decision.on and entry.edition]
    if later and request.document is None:
        mend = "the words of today are not those of that day; keep the paper instead: --document FILE"
        yield f"a later decision, of {later[-1].on.isoformat()}, is recorded already", mend
    if request.next_review and review_period(request.next_review) is None:
        yield f"'{request.next_review}' is no date of review", "write 2026-11-21, or a term such as Autumn 2026"
    damaged = [damage.path for kept in kept_of(root, record).values() for damage in kept.damages]
    if damaged:
        mend = "put it back from a copy first; `policybook verify` lists all"
        yield f"what was issued before is not as it was kept: {', '.join(damaged)}", mend


def _find_word_reasons(
    root: Path, policy: ResolvedPolicy, adoption: Adoption, request: DecisionRequest
) -> Iterator[tuple[str, str]]:
    if request.document is None and (adoption_folder(root, request.ref) / "plan.yaml").exists():
        yield "an upgrade of it is only half settled", "settle it, or give it up, and decide on the words that come out"
    if request.decision.outcome != "administrative":
        return
    approval = standing_approval(adoption)
    if approval is None or approval.exact is None:
        yield "no approval with frozen words stands, so nobody can say that only details changed", "have it approved"
    elif approval.exact != exact_of(policy):
        before = f"{request.ref}@edition:{approval.edition}"
        mend = f"a body must decide on it; `policybook compare {before} {request.ref}` shows what differs"
        yield f"more than details changed since it was approved on {approval.on.isoformat()}", mend


def _on_one_line(decision: Decision) -> Decision:
    body, minute, delegation = (
        " ".join(said.split()) for said in (decision.body, decision.minute, decision.delegation)
    )
    return replace(decision, body=body, minute=minute, delegation=delegation)


def _is_own(record: PolicyRecord) -> bool:
    return not isinstance(record, Adoption)


def _key(decision: Decision) -> tuple[str, str, date]:
    return decision.outcome, decision.body, decision.on


def _new_name(root: Path, adoption: PolicyRecord, on: date) -> str:
    """The day, or the day and the next number where there is an edition of that day."""
    taken = {entry.edition for entry in adoption.decisions} | set(edition_names(root, adoption.ref))
    day = on.isoformat()
    return next(name for name in (day, *(f"{day}-{count}" for count in range(2, 99))) if name not in taken)


def _adoption_of(policy: ResolvedPolicy) -> Adoption:
    if policy.adoption is None:
        mend = "name a school's policy: school/policy; a model is released, not decided"
        raise UnknownReference("this is a model, not a school's policy", where=policy.ref, mend=mend)
    return policy.adoption


def _adoption_file(root: Path, ref: str) -> tuple[Path, bytes]:
    file = adoption_folder(root, ref) / "adoption.yaml"
    return file, file.read_bytes()
