"""An edited copy of a model's draft, taken back: what it changes in the draft's files, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt.redraft import redraft
from policybook.check.model import find_model_problems
from policybook.domain.draft_copy import DRAFT_STATUS, DraftHistory
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.domain.finding import Finding, Place
from policybook.domain.model import ModelVersion
from policybook.domain.page import Page
from policybook.domain.taken import Taken, TakeReport, Unplaced
from policybook.domain.workspace import Workspace
from policybook.intake.mark import read_mark
from policybook.intake.returned_draft import read_returned_draft
from policybook.report.draft_copy import draft_fingerprint, draft_page
from policybook.store import find_workspace, read_workspace
from policybook.store.draft_edit import draft_version, edit_draft
from policybook.store.read import read_model
from policybook.store.together import FileWrite, write_together
from policybook.workflow.take_draft_copy import FoundDraft, find_draft_copy

_DRAFT = re.compile(r"[a-z0-9-]+/[a-z0-9-]+@draft")
LEAST_FOUND = 0.25
"""Share of the paragraphs printed that must be found; else the file was emptied and used for another text."""


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What a copy would change in a draft, and what is wrong or left; nothing is written yet."""

    root: Path
    file: str
    before: ModelVersion
    after: ModelVersion
    changes: tuple[Taken, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]
    saved_by: str = ""

    @property
    def is_change(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after

    def report(self, written: Sequence[Path] = ()) -> TakeReport:
        """The plan for a person, with the files that were written."""
        return TakeReport(
            file=self.file,
            ref=self.before.ref,
            owner=self.before.publisher.name,
            changes=self.changes,
            unplaced=self.unplaced,
            findings=self.findings,
            saved_by=self.saved_by,
            written=tuple(path.relative_to(self.root).as_posix() for path in written),
            is_draft=True,
        )


def is_draft_reference(ref: str) -> bool:
    """Whether a REF names a model's draft: `publisher/policy@draft`."""
    return _DRAFT.fullmatch(ref) is not None


def is_draft_copy(file: Path) -> bool:
    """Whether a file is a copy of a model's draft to edit."""
    return file.is_file() and read_mark(file).told.get("status") == DRAFT_STATUS


def draft_to_edit(ref: str, start: Path) -> Page:
    """The copy of a draft that is edited in Word and taken back. Raises UnknownReference."""
    root = find_workspace(start)
    records, _ = read_workspace(root)
    return draft_page(_draft(root, records, ref), records.topics)


def plan_take_draft(file: Path, start: Path) -> DraftPlan:
    """What an edited copy of a draft changes.

    Raises UnreadableDocument, UnknownReference where it is a copy of no draft here, Refused where its words are others.
    """
    returned = read_returned_draft(file)
    root = find_workspace(start)
    records, _ = read_workspace(root)
    model = _draft(root, records, returned.mark.told.get("policy", ""))
    found = find_draft_copy(returned, model, draft_page(model, records.topics))
    if found.found < LEAST_FOUND:
        raise Refused(
            f"these are not the words of {model.ref}", where=file.name, mend="`policybook import` reads any text"
        )
    made = redraft(model, found.copy, _history(root, records, model), found.authors)
    changes = tuple(_with_comment(change, found) for change in made.changes)
    unplaced = (*made.unplaced, *found.unplaced, *_unused(found, changes))
    findings = (*_findings(file.name, model, returned.mark.told.get("draft", ""), changes, unplaced),
                *_new_problems(records, model, made.model))  # fmt: skip
    return DraftPlan(root, file.name, model, made.model, changes, unplaced, findings, returned.saved_by)


def write_take_draft(plan: DraftPlan) -> tuple[Path, ...]:
    """Writes the draft's files, all of them or none; returns what was written.

    Comments, order and layout of all that was not edited are kept. Raises Refused where a file is laid out in a way
    that cannot be edited, or was changed meanwhile.
    """
    folder = _folder(plan.root, plan.before)
    was = {file.name: file.read_bytes() for file in sorted(folder.glob("*.yaml"))}
    made = edit_draft(was, plan.before, plan.after)
    names = [name for name in (*was, *made) if made.get(name) != was.get(name)]
    writes = [FileWrite(folder / name, made.get(name), was.get(name)) for name in dict.fromkeys(names)]
    write_together(writes)
    return tuple(write.file for write in writes)


def _draft(root: Path, records: Workspace, ref: str) -> ModelVersion:
    if ref in records.broken:
        raise BrokenWorkspace(tuple(read_model(root, ref.replace("@", "/"))[1]))
    model = records.models.get(ref)
    if model is None or not is_draft_reference(ref):
        mend = "open the workspace that it was made in; a draft stands in clauses/models/…/draft/"
        raise UnknownReference(f"there is no draft '{ref}'", where=ref, mend=mend)
    return model


def _folder(root: Path, model: ModelVersion) -> Path:
    return root / "clauses" / "models" / model.id / "draft"


def _history(root: Path, records: Workspace, model: ModelVersion) -> DraftHistory:
    released = (entry for entry in records.versions_of(model.id) if entry.version != model.version)
    ids = frozenset(clause.id for entry in released for clause in entry.walk())
    return DraftHistory(draft_version((_folder(root, model) / "policy.yaml").read_bytes()), ids)


def _with_comment(change: Taken, found: FoundDraft) -> Taken:
    said = [remark.text for key, remark in found.remarks if key == change.clause]
    words = f"comment: {'; '.join(said)}" if said else ""
    return replace(change, remark="; ".join(filter(None, (change.remark, words))))


def _unused(found: FoundDraft, changes: Sequence[Taken]) -> Iterator[Unplaced]:
    told = " ".join(change.remark for change in changes)
    for key, remark in found.remarks:
        if remark.text not in told:
            by = f" by {remark.by}" if remark.by else ""
            yield Unplaced(
                remark.text, f"a comment{by}; a draft keeps none", "answer it, or change the words", clause=key
            )


def _findings(
    name: str, model: ModelVersion, sent: str, changes: Sequence[Taken], unplaced: Sequence[Unplaced]
) -> Iterator[Finding]:
    place = Place(name, 0)
    if sent and sent != draft_fingerprint(model) and changes:
        what = "the draft was changed since this copy was made"
        yield Finding("warning", "take.version", place, what, "look at each change; better make a new copy")
    for entry in unplaced:
        what = f"“{entry.words[:120]}” was not taken: {entry.why}"
        yield Finding("warning", "take.unplaced", place, what, entry.mend)


def _new_problems(records: Workspace, before: ModelVersion, after: ModelVersion) -> Iterator[Finding]:
    """What `check` would say of the draft that it does not say today."""
    known = {(one.code, one.message) for one in find_model_problems(before, records)}
    for one in find_model_problems(after, records):
        if (one.code, one.message) not in known:
            yield one
