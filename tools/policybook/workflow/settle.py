"""Settling an upgrade: a person's decisions taken one by one, kept while half done, written only when told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt.settle import settle_plan, still_open
from policybook.check import find_problems
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.error import BrokenWorkspace, PolicybookError, Refused, UnknownReference
from policybook.domain.finding import NOWHERE
from policybook.domain.upgrade import ClauseOutcome, Settlement, UpgradePlan
from policybook.domain.workspace import Workspace
from policybook.report.upgrade_data import plan_fingerprint
from policybook.store import find_workspace, read_workspace
from policybook.store.adopted import print_lock
from policybook.store.append import edit_bytes
from policybook.store.lock import NAME as LOCK
from policybook.store.plan_file import NAME, PlanFile, print_plan_file, read_plan_file
from policybook.store.together import FileWrite, write_together
from policybook.store.upgraded import print_upgraded
from policybook.text.base import base_words
from policybook.workflow.upgrade import UNLABELLED, plan_in_workspace
from policybook.workflow.workspace import read_sound_records


@dataclass(frozen=True, slots=True)
class Settling:
    """Where an upgrade stands: the plan, the decisions so far, and what still waits. Nothing is written yet.

    `file` is the plan file, `was` what stood in it when it was read, None where there is none; `record` is what stood
    in adoption.yaml.
    """

    records: Workspace
    folder: Path
    plan: UpgradePlan
    settlements: tuple[Settlement, ...]
    waiting: tuple[ClauseOutcome, ...]
    was: bytes | None
    record: bytes

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
    filled = read_plan_file(sheet) if sheet else None
    return settle_in_workspace(read_sound_records(root, UNLABELLED), root, ref, model, settlements, filled)


def settle_in_workspace(
    records: Workspace,
    root: Path,
    ref: str,
    model: str | None,
    settlements: Sequence[Settlement],
    filled: PlanFile | None = None,
) -> Settling:
    """The same for a workspace that is read already, with decisions that somebody wrote down elsewhere (`filled`)."""
    if ref not in records.adoptions:
        mend = f"name one of {', '.join(sorted(records.adoptions))}"
        raise UnknownReference(f"there is no adoption '{ref}'", where=ref, mend=mend)
    folder = root / "clauses" / "adoptions" / ref
    record = (folder / "adoption.yaml").read_bytes()
    was = (folder / NAME).read_bytes() if (folder / NAME).is_file() else None
    kept = read_plan_file(folder / NAME) if was is not None else None
    target = model or next((file.model_ref for file in (filled, kept) if file), None)
    if target is None:
        raise Refused("to which version?", where=ref, mend="say --model PUBLISHER/POLICY@VERSION")
    plan = _plan_of(records, ref, target, root)
    for file in (kept, filled):
        _require_same_plan(plan, file)
    given = [*(kept.settlements if kept else ()), *(filled.settlements if filled else ()), *settlements]
    decided = tuple({entry.clause: entry for entry in given}.values())
    settle_plan(plan, decided)
    return Settling(records, folder, plan, decided, still_open(plan, decided), was, record)


def keep_half_done(*settlings: Settling) -> None:
    """Writes the decisions so far into the plan files. Raises Refused where somebody else changed one meanwhile."""
    write_together([_half_done(settling) for settling in settlings])


def write_all(settlings: Sequence[Settling]) -> tuple[Path, ...]:
    """Writes the adoptions on which everything is decided, and keeps the others half done: all of it, or none.

    Returns the files. Raises as `write_settled` does.
    """
    writes = [[_half_done(entry)] if entry.waiting else _settled_writes(entry) for entry in settlings]
    write_together([write for entry in writes for write in entry])
    return tuple(entry[-1].file for entry in writes)


def write_settled(settling: Settling) -> Path:
    """Writes the adoption on its new version, takes the plan file away, and returns the adoption's file.

    Raises Refused while anything waits or where somebody else changed the file meanwhile, BrokenWorkspace where the
    settled adoption would have errors, such as a departure that needs consultation. Nothing is written then.
    """
    if settling.waiting:
        names = ", ".join(outcome.clause for outcome in settling.waiting)
        raise Refused("not everything is decided", where=settling.plan.ref, mend=f"decide first: {names}")
    return write_all([settling])[0]


def _half_done(settling: Settling) -> FileWrite:
    plan = settling.plan
    text = print_plan_file(plan.model_ref, plan_fingerprint(plan), settling.settlements)
    return FileWrite(settling.file, text.encode(), settling.was)


def _settled_writes(settling: Settling) -> list[FileWrite]:
    """The files of a settled adoption, its record last; the plan goes."""
    plan = settling.plan
    adoption = settle_plan(plan, settling.settlements)
    _require_no_error(settling.records, adoption)
    file = settling.folder / "adoption.yaml"
    content = edit_bytes(
        settling.record, lambda text: print_upgraded(text, plan.adoption, adoption, dict(plan.renamed))
    )
    _require_same(content, adoption)
    plan_gone = [FileWrite(settling.file, None, settling.was)]
    return [*_lock_writes(settling, adoption), *plan_gone, FileWrite(file, content, settling.record)]


def require_no_open_upgrade(root: Path) -> None:
    """Raises Refused where an upgrade is begun and sections of it wait for a person, with the names of all of them."""
    told = [
        f"{file.parent.parent.name}/{file.parent.name}: {said}"
        for file in sorted((root / "clauses" / "adoptions").glob(f"*/*/{NAME}"))
        if (said := _what_is_open(f"{file.parent.parent.name}/{file.parent.name}", root))
    ]
    if told:
        mend = f"decide them with `policybook settle SCHOOL/POLICY`, or give the upgrade up: take {NAME} away"
        raise Refused("sections of an upgrade wait for a decision; nothing was built", where="; ".join(told), mend=mend)


def _what_is_open(ref: str, root: Path) -> str:
    try:
        return ", ".join(outcome.clause for outcome in take_decisions(ref, None, (), None, root).waiting)
    except PolicybookError as error:
        return error.what


def _lock_writes(settling: Settling, adoption: Adoption) -> Iterator[FileWrite]:
    """The lock with the words of the new version, against which every departure has now been looked at."""
    file = settling.folder / LOCK
    was = file.read_bytes() if file.is_file() else None
    model = settling.records.model_of(adoption)
    if model is not None and (was is not None or adoption.tailorings):
        words = base_words(model)
        bases = {entry.clause: words[entry.clause] for entry in adoption.tailorings if entry.clause in words}
        yield FileWrite(file, print_lock(adoption, bases), was)


def _plan_of(records: Workspace, ref: str, target: str, root: Path) -> UpgradePlan:
    triage = plan_in_workspace([records.adoptions[ref].school], [target], records, root)
    plan = next((plan for plan in triage.plans if plan.ref == ref), None)
    if plan is None:
        why = next((entry.why for entry in triage.passed_over if entry.ref == ref), "it has not adopted that model")
        raise Refused(why, where=f"{ref} to {target}", mend="see `policybook upgrade` for what can be moved")
    return plan


def _require_same_plan(plan: UpgradePlan, file: PlanFile | None) -> None:
    if file is None:
        return
    if file.model_ref != plan.model_ref:
        mend = f"settle that one, or take its {NAME} away first"
        raise Refused(f"a plan to {file.model_ref} is half settled already", where=plan.ref, mend=mend)
    if file.made_from and file.made_from != plan_fingerprint(plan):
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
