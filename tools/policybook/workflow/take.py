"""An edited copy of a document that we built, taken back: what it changes in the record, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt import resolve
from policybook.adopt.propose import propose
from policybook.check.adoption import find_adoption_problems
from policybook.domain.adoption import INHERITED, Adoption
from policybook.domain.consultation import consultation_of
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.finding import Finding, Place
from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.taken import Taken, TakeReport, Unplaced
from policybook.intake.returned import Returned, read_returned
from policybook.report.policy import policy_page
from policybook.report.tailoring_copy import tailoring_page
from policybook.store import find_workspace
from policybook.store.adopted import print_lock
from policybook.store.append import edit_bytes, require_adoption
from policybook.store.lock import NAME as LOCK
from policybook.store.lock import read_base_words
from policybook.store.together import FileWrite, write_together
from policybook.store.upgraded import print_upgraded
from policybook.text.base import base_words
from policybook.workflow.adopt import adoption_writes
from policybook.workflow.reference import find_policy
from policybook.workflow.take_answers import reasons_of, table_answers
from policybook.workflow.take_clause import find_copy
from policybook.workflow.take_draft import draft_to_edit, is_draft_reference
from policybook.workflow.workspace import OpenWorkspace, open_workspace

LEAST_FOUND = 0.25
"""Share of the clauses printed that must be found; else the file was emptied and used for another text."""


@dataclass(frozen=True, slots=True)
class TakePlan:
    """What a copy would change in the record of `policy`, and what is wrong or left; nothing is written yet.

    `findings` with a `take.` error: nothing may be written. `saved_by` is who saved the file last, as it says itself.
    """

    root: Path
    file: str
    policy: ResolvedPolicy
    adoption: Adoption
    changes: tuple[Taken, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]
    saved_by: str = ""
    is_new: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it can be written: what else `check` says of the adoption stops nothing."""
        return not any(entry.severity == "error" and entry.code.startswith("take.") for entry in self.findings)

    @property
    def is_change(self) -> bool:
        """Whether there is anything to write: a new adoption is, even as the model has it."""
        return self.is_new or bool(self.changes)

    def report(self, written: Sequence[Path] = ()) -> TakeReport:
        """The plan for a person, with the files that were written."""
        return TakeReport(
            file=self.file,
            ref=self.adoption.ref,
            owner=self.policy.owner,
            changes=self.changes,
            unplaced=self.unplaced,
            findings=self.findings,
            consultation=consultation_of(self.policy.model, self.adoption).in_words(),
            saved_by=self.saved_by,
            is_new=self.is_new,
            written=tuple(path.relative_to(self.root).as_posix() for path in written),
        )


def copy_to_edit(ref: str, start: Path) -> Page:
    """The copy of a policy, a model or a model's draft to edit in Word and take back. Raises UnknownReference."""
    if is_draft_reference(ref):
        return draft_to_edit(ref, start)
    return tailoring_page(find_policy(ref, start))


def plan_take(
    file: Path, start: Path, owner: str = "", reasons: Sequence[str] = (), *, is_inherited: bool = False
) -> TakePlan:
    """What an edited copy changes. `owner` is `school` or `school/policy`, needed where the file does not say it.

    `reasons` are TEXT for every departure without one or CLAUSE=TEXT; with `is_inherited` those without one become
    "not recorded (inherited)". Raises UnreadableDocument, Refused where the file is a copy of nothing known here, and
    BrokenWorkspace where the workspace has errors.
    """
    returned = read_returned(file)
    if not returned.mark.keeps_paragraphs:
        raise Refused("a PDF keeps no paragraphs apart and no comments", where=file.name, mend="take the Word file")
    workspace = open_workspace(find_workspace(start))
    policy, is_new = _policy(workspace, returned, owner)
    texts = _sent_texts(workspace, returned, policy)
    copy = find_copy(returned, policy, texts)
    if copy.found < LEAST_FOUND:
        mend = f"`policybook identify {file.name}` tells what it follows; `adopt --from` reads a school's own document"
        raise Refused(f"these are not the words of {policy.ref}", where=file.name, mend=mend)
    answers, problems = table_answers(returned, policy)
    told = reasons_of(copy, returned, policy, reasons)
    answers = replace(answers, reasons=told.reasons, authors=told.authors)
    answers = replace(answers, otherwise=told.otherwise or (INHERITED if is_inherited else None))
    proposal = propose(policy, copy.read, copy.gone, answers)
    changes = tuple(_with_comment(change, told.reasons) for change in proposal.changes)
    unplaced = (
        *proposal.unplaced,
        *told.unused(changes, proposal.adoption),
        *copy.front(page for text in texts for page in (tailoring_page(text), policy_page(text))),
    )
    plan = TakePlan(workspace.root, file.name, policy, proposal.adoption, changes, unplaced, (),
                    returned.saved_by, is_new)  # fmt: skip
    findings = (*problems, *_findings(plan, returned), *_new_problems(workspace, plan))
    return replace(plan, findings=findings)


def write_take(plan: TakePlan) -> tuple[Path, ...]:
    """Writes the record, all of it or nothing; returns what was written. Raises BrokenWorkspace where it may not be."""
    if not plan.is_good:
        raise BrokenWorkspace(plan.findings)
    model = plan.policy.model
    writes = list(adoption_writes(plan.root, model, plan.adoption)) if plan.is_new else list(_writes(plan))
    write_together(writes)
    return tuple(write.file for write in reversed(writes))


def _policy(workspace: OpenWorkspace, returned: Returned, owner: str) -> tuple[ResolvedPolicy, bool]:
    """The adoption that the copy is of, and whether it would be a new one."""
    ref = returned.mark.told.get("policy", "")
    if owner and ref and owner not in (ref, ref.partition("/")[0]) and ref not in workspace.records.adoptable:
        raise Refused(f"the file says that it is a copy of {ref}", where=owner, mend="leave --for out")
    wanted = ref if ref in workspace.policies else owner if owner in workspace.policies else ""
    if wanted:
        return workspace.policies[wanted], False
    model = workspace.records.adoptable.get(ref)
    if model is not None:
        return _of_model(workspace, ref, owner)
    if not ref:
        mend = "say whose it is: --for SCHOOL/POLICY; or read it with `adopt --from`"
        raise Refused("the file does not say which policy it is a copy of", where=returned.name, mend=mend)
    mend = "open the workspace that it was made in"
    raise Refused(f"there is no policy {ref} in this workspace", where=returned.name, mend=mend)


def _of_model(workspace: OpenWorkspace, ref: str, owner: str) -> tuple[ResolvedPolicy, bool]:
    """A model's copy, filled in by a school: its adoption, or a new one."""
    model = workspace.records.adoptable[ref]
    name, _, policy = owner.partition("/")
    policy = policy or model.id.rpartition("/")[2]
    known = workspace.policies.get(f"{name}/{policy}")
    if known is not None and known.model.id == model.id:
        return known, False
    school = workspace.records.schools.get(name)
    if school is None or known is not None:
        mend = "say which school it is of: --for SCHOOL, one of those in clauses/schools/"
        raise Refused(f"it is a copy of the model {ref}", where=owner or "no school named", mend=mend)
    return resolve(model, Adoption(name, policy, model.id, model.version), school), True


def _sent_texts(workspace: OpenWorkspace, returned: Returned, policy: ResolvedPolicy) -> tuple[ResolvedPolicy, ...]:
    """Every text that the copy may have been printed from, today's first."""
    refs = dict.fromkeys((returned.mark.told.get("model", ""), returned.mark.told.get("policy", ""), policy.model.ref))
    return (policy, *(workspace.model(ref) for ref in refs if ref in workspace.records.adoptable))


def _with_comment(change: Taken, reasons: dict[str, str]) -> Taken:
    """A value or choice needs no reason, but a comment on it is told."""
    said = reasons.get(change.clause, "")
    if change.reason or change.reason is None or not said:
        return change
    return replace(change, remark="; ".join(filter(None, (change.remark, f"comment: {said}"))))


def _findings(plan: TakePlan, returned: Returned) -> Iterator[Finding]:
    place = Place(plan.file, 0)
    sent, now = returned.mark.told.get("version", ""), plan.policy.model.version
    if sent and sent != now:
        what = f"the copy is of version {sent}, but {plan.policy.owner} follows {now}"
        yield Finding("warning", "take.version", place, what, "look at each change; better make a new copy")
    for change in plan.changes:
        where = f"{change.number} {change.clause}".strip()
        if change.reason is None:
            mend = f"comment on it in Word, or say --reason {change.clause}=TEXT, or --not-recorded for all"
            yield Finding("error", "take.reason", place, f"{where}: nobody says why this was changed", mend)
        if change.is_beyond:
            what = f"{where}: the model does not allow this without consultation: consult first"
            yield Finding("warning", "take.consult", place, what, "record with whom and when, as `consulted:`")
    for entry in plan.unplaced:
        what = f"“{entry.words[:120]}” was not taken: {entry.why}"
        yield Finding("warning", "take.unplaced", place, what, entry.mend)


def _new_problems(workspace: OpenWorkspace, plan: TakePlan) -> Iterator[Finding]:
    """What `check` would say of the record that it does not say today; missing reasons are asked for already."""
    before = {
        (one.code, one.message)
        for one in find_adoption_problems(plan.policy.adoption or plan.adoption, workspace.records)
    }
    for one in find_adoption_problems(plan.adoption, workspace.records):
        if (one.code, one.message) not in before and one.code not in ("reason.missing", "decision.none"):
            yield one


def _writes(plan: TakePlan) -> Iterator[FileWrite]:
    """The lock, with the words that each new departure is made against, then the record that makes it count."""
    before = plan.policy.adoption or plan.adoption
    if before == plan.adoption:
        return
    folder = plan.root / "clauses" / "adoptions" / plan.adoption.ref
    words = {**base_words(plan.policy.model), **read_base_words(plan.root, plan.adoption.ref)}
    bases = {entry.clause: words[entry.clause] for entry in plan.adoption.tailorings if entry.clause in words}
    lock, file = folder / LOCK, folder / "adoption.yaml"
    was = lock.read_bytes() if lock.is_file() else None
    if was is not None or plan.adoption.tailorings:
        yield FileWrite(lock, print_lock(plan.adoption, bases), was)
    raw = file.read_bytes()
    content = edit_bytes(raw, lambda text: print_upgraded(text, before, plan.adoption, {}))
    require_adoption(content, plan.adoption.ref)
    yield FileWrite(file, content, raw)
