"""Opening a workspace: read, checked, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policybook.adopt import resolve, resolve_model
from policybook.check import find_problems
from policybook.domain.error import BrokenWorkspace
from policybook.domain.finding import SEVERITIES, Finding
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.store import read_workspace
from policybook.workflow.kept import find_kept_problems


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """A workspace without errors: its records, every adoption resolved by ref, and the findings that are no errors."""

    root: Path
    records: Workspace
    policies: dict[str, ResolvedPolicy]
    findings: tuple[Finding, ...]

    def model(self, ref: str) -> ResolvedPolicy:
        """A model version on its own, by `publisher/policy@version`. Raises KeyError where there is none."""
        return resolve_model(self.records.models[ref])


def check_workspace(root: Path) -> tuple[Finding, ...]:
    """All findings of a workspace, errors first, then by place."""
    _, findings = _read(root)
    return findings


def open_workspace(root: Path) -> OpenWorkspace:
    """The workspace with every adoption resolved. Raises BrokenWorkspace, with all findings, for any error."""
    records, findings = _read(root)
    if any(finding.severity == "error" for finding in findings):
        raise BrokenWorkspace(findings)
    policies = {}
    for ref, adoption in sorted(records.adoptions.items()):
        model = records.model_of(adoption)
        if model is not None:
            policies[ref] = resolve(model, adoption, records.schools[adoption.school])
    return OpenWorkspace(root, records, policies, findings)


def _read(root: Path) -> tuple[Workspace, tuple[Finding, ...]]:
    records, findings = read_workspace(root)
    findings += find_problems(records)
    findings += find_kept_problems(root, records, can_resolve=not any(entry.severity == "error" for entry in findings))
    return records, tuple(sorted(findings, key=lambda entry: (SEVERITIES.index(entry.severity), entry.place)))
