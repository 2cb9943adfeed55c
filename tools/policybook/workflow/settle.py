"""Settling an upgrade: a person's decisions taken one by one, kept while half done, written only when told."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt.settle import settle_plan, still_open
from policybook.check import find_problems
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference, WorkspaceError
from policybook.domain.finding import NOWHERE
from policybook.domain.upgrade import ClauseOutcome, Settlement, UpgradePlan, UpgradeTriage
from policybook.domain.workspace import Workspace
from policybook.report.upgrade_data import upgrade_data
from policybook.store import find_workspace, read_workspace
from policybook.store.append import edit_bytes
from policybook.store.plan_file import NAME, PlanFile, print_plan_file, read_plan_file
from policybook.store.together import FileWrite, write_together
from policybook.store.upgraded import print_upgraded
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.upgrade import plan_in_workspace
from policybook.workflow.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class Settling:
    """Where an upgrade stands: the plan, the decisions so far, and what still waits. Nothing is written yet.

    `file` is the plan file, `was` what stood in it when it was read, None where there is none.
    """

    records: Workspace
    folder: Path
    plan: UpgradePlan
    settlements: tuple[Settlement, ...]
    waiting: tuple[ClauseOutcome, ...]
    was: bytes | None

    @property
    def file(self) -> Path:
        """The plan file beside the adoption."""
        return self.folder / NAME


def take_decisions(
    ref: str, model: str | None, settlements: Sequence[Settlement], sheet: Path | None, start: Path
) -> Settling:
    """The upgrade of one adoption with the decisions kept so far, those of a filled-in sheet, and those given now.

    A later decision on a clause takes the place of an earlier one. `model` may be left out once a plan file says it.
    Raises UnknownReference, or Refused: for an answer that is not offered, and where the model or the school's record
    changed since the decisions were taken.
    """
    root = find_workspace(start)
    records = open_workspace(root).records
    if ref not in records.adoptions:
        mend = f"name one of {', '.join(sorted(records.adoptions))}"
        raise UnknownReference(f"there is no adoption '{ref}'", where=ref, mend=mend)
    folder = root / "clauses" / "adoptions" / ref
    was = (folder / NAME).read_bytes() if (folder / NAME).is_file() else None
    kept = read_plan_file(folder / NAME) if was is not None else None
    filled = read_plan_file(sheet) if sheet else None
    target = model or next((file.model_ref for file in (filled, kept) if file), None)
    if target is None:
        raise Refused("to which version?", where=ref, mend="say --model PUBLISHER/POLICY@VERSION")
    plan = _plan_of(records, ref, target)
    for file in (kept, filled):
        _require_same_plan(plan, file)
    given = [*(kept.settlements if kept else ()), *(filled.settlements if filled else ()), *settlements]
    decided = tuple({entry.clause: entry for entry in given}.values())
    settle_plan(plan, decided)
    return Settling(records, folder, plan, decided, still_open(plan, decided), was)


def keep_half_done(settling: Settling) -> None:
    """Writes the decisions so far into the plan file. Raises Refused where somebody else changed it meanwhile."""
    plan = settling.plan
    text = print_plan_file(plan.model_ref, _fingerprint(plan), settling.settlements)
    write_together([FileWrite(settling.file, text.encode(), settling.was)])


def write_settled(settling: Settling) -> Path:
    """Writes the adoption on its new version, takes the plan file away, and returns the adoption's file.

    Raises Refused while anything waits or where somebody else changed the file meanwhile, BrokenWorkspace where the
    settled adoption would have errors, such as a departure that needs consultation. Nothing is written then.
    """
    plan = settling.plan
    if settling.waiting:
        names = ", ".join(outcome.clause for outcome in settling.waiting)
        raise Refused("not everything is decided", where=plan.ref, mend=f"decide first: {names}")
    adoption = settle_plan(plan, settling.settlements)
    _require_no_error(settling.records, adoption)
    file = settling.folder / "adoption.yaml"
    was = file.read_bytes()
    content = edit_bytes(was, lambda text: print_upgraded(text, plan.adoption, adoption, dict(plan.renamed)))
    _require_same(content, adoption)
    write_together([FileWrite(file, content, was)])
    try:
        settling.file.unlink(missing_ok=True)
    except OSError as error:
        what = f"the adoption is written, but its plan cannot be taken away: {error.strerror}"
        raise WorkspaceError(what, where=str(settling.file), mend="delete that file") from error
    return file


def _plan_of(records: Workspace, ref: str, target: str) -> UpgradePlan:
    triage = plan_in_workspace([records.adoptions[ref].school], [target], records)
    plan = next((plan for plan in triage.plans if plan.ref == ref), None)
    if plan is None:
        why = next((entry.why for entry in triage.passed_over if entry.ref == ref), "it has not adopted that model")
        raise Refused(why, where=f"{ref} to {target}", mend="see `policybook upgrade` for what can be moved")
    return plan


def _fingerprint(plan: UpgradePlan) -> str:
    """Of all that a person was shown: it changes when the model, the school's record or its names change."""
    return exact_fingerprint([upgrade_data(UpgradeTriage((plan,)))])


def _require_same_plan(plan: UpgradePlan, file: PlanFile | None) -> None:
    if file is None:
        return
    if file.model_ref != plan.model_ref:
        mend = f"settle that one, or take its {NAME} away first"
        raise Refused(f"a plan to {file.model_ref} is half settled already", where=plan.ref, mend=mend)
    if file.made_from and file.made_from != _fingerprint(plan):
        mend = f"look at `policybook upgrade` again, take the old {NAME} away, and decide anew"
        raise Refused("the model or your policy changed since these decisions were taken", where=plan.ref, mend=mend)


def _require_no_error(records: Workspace, adoption: Adoption) -> None:
    changed = replace(records, adoptions={adoption.ref: adoption})
    errors = tuple(finding for finding in find_problems(changed) if finding.severity == "error")
    if errors:
        raise BrokenWorkspace(errors)


def _require_same(content: bytes, adoption: Adoption) -> None:
    """Reads the new text as any command would, and raises where it is not the adoption that was settled (a bug)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clauses" / "adoptions" / adoption.ref
        folder.mkdir(parents=True)
        (folder / "adoption.yaml").write_bytes(content)
        records, _ = read_workspace(Path(name))
    read = records.adoptions.get(adoption.ref)
    if read is None or _placeless(read) != _placeless(adoption):
        raise AssertionError(f"the text written for {adoption.ref} does not read as what was settled")


def _placeless(adoption: Adoption) -> Adoption:
    tailorings = tuple(sorted((replace(entry, place=NOWHERE) for entry in adoption.tailorings), key=_key))
    return replace(adoption, tailorings=tailorings, place=NOWHERE)


def _key(entry: Tailoring) -> tuple[str, str]:
    return entry.kind, entry.clause
