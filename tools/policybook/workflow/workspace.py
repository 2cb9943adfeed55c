"""Opening a workspace: read, checked, resolved."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policybook.adopt import resolve, resolve_model
from policybook.check import find_problems
from policybook.domain.error import BrokenWorkspace
from policybook.domain.finding import SEVERITIES, Finding
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.store.delegation import read_delegations
from policybook.store.judgement import find_judgement_problems
from policybook.store.memory import Memory
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.advise import advise
from policybook.workflow.chain import read_records
from policybook.workflow.home_grown import find_document_problems
from policybook.workflow.kept import find_kept_problems
from policybook.workflow.look import find_look_problems

MEMORY = "build/.check.json"
"""What `check` remembers; safe to delete."""


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """A workspace without errors: its records, every adoption resolved by ref, and the findings that are no errors."""

    root: Path
    records: Workspace
    policies: dict[str, ResolvedPolicy]
    findings: tuple[Finding, ...]

    def model(self, ref: str) -> ResolvedPolicy:
        """A model version, or an edition that others adopt, on its own by its REF. Raises KeyError for none."""
        return resolve_model(self.records.adoptable[ref])


def check_workspace(root: Path, day: date | None = None, *, is_remembering: bool = False) -> tuple[Finding, ...]:
    """All findings of a workspace, errors first, then by place; what is overdue, on `day` (without one, nothing is).

    With `is_remembering`, what was found before is taken from `build/.check.json` where nothing that it follows from
    has changed, and kept there; the findings are the same.
    """
    memory = Memory.open(root / MEMORY, program_key()) if is_remembering else None
    records, findings = _read(root, memory)
    findings = _in_order([*findings, *advise(root, records, day, memory)])
    is_sound = not any(finding.severity == "error" for finding in findings)
    if memory and (is_sound or memory.file.parent.is_dir()):  # a broken workspace is not given a folder for it
        memory.write()
    return findings


def open_workspace(root: Path, despite: Container[str] = ()) -> OpenWorkspace:
    """The workspace with every adoption resolved. Raises BrokenWorkspace, with all findings, for any error.

    `despite` are codes of errors with which the text can be worked out all the same, for those who ask about them.
    """
    records, findings = _read_sound(root, despite)
    policies = {}
    for ref, adoption in sorted(records.adoptions.items()):
        model = records.model_of(adoption)
        if model is not None:
            policy = resolve(model, adoption, records.schools[adoption.school])
            policies[ref] = replace(policy, serves=tuple(records.schools[other].name for other in adoption.covers))
    return OpenWorkspace(root, records, policies, findings)


def read_sound_records(root: Path, despite: Container[str] = ()) -> Workspace:
    """The records alone, for those who need no adoption resolved. Raises as `open_workspace` does.

    What `check` remembers of files that have not changed is used, and nothing is written.
    """
    return _read_sound(root, despite, Memory.open(root / MEMORY, program_key()))[0]


def program_key() -> str:
    """Stands for the program: a change of any of its files, word lists included, is a change of what it may find."""
    package = Path(__file__).parent.parent
    files = sorted(file for ending in ("*.py", "*.yaml") for file in package.rglob(ending))
    return exact_fingerprint([f"{file.relative_to(package).as_posix()} {_hash(file)}" for file in files])


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read_sound(
    root: Path, despite: Container[str], memory: Memory | None = None
) -> tuple[Workspace, tuple[Finding, ...]]:
    records, findings = _read(root, memory)
    if any(finding.severity == "error" and finding.code not in despite for finding in findings):
        raise BrokenWorkspace(findings)
    return records, findings


def _read(root: Path, memory: Memory | None = None) -> tuple[Workspace, tuple[Finding, ...]]:
    records, findings = read_records(root, memory)
    findings += find_problems(records)
    findings += find_document_problems(root, records)
    findings += find_look_problems(root, records)
    findings += find_judgement_problems(root)
    findings += read_delegations(root, records.schools)[1]
    can_resolve = not any(entry.severity == "error" for entry in findings)
    findings += find_kept_problems(root, records, can_resolve=can_resolve, memory=memory)
    return records, _in_order(findings)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda entry: (SEVERITIES.index(entry.severity), entry.place)))
