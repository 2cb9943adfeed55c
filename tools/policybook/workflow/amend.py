"""Words that a body amended before it approved: entered as departures, checked, and bound with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt import resolve
from policybook.adopt.school_view import apply_edit
from policybook.check import find_problems
from policybook.domain.adoption import Adoption, Decision, Tailoring
from policybook.domain.error import BrokenWorkspace
from policybook.domain.model import ModelVersion
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.upgrade import RecordEdit
from policybook.report.word import print_date
from policybook.store.adopted import print_lock
from policybook.store.edition import adoption_folder
from policybook.store.lock import NAME, read_base_words
from policybook.store.together import FileWrite
from policybook.store.upgraded import print_upgraded
from policybook.text.base import base_words
from policybook.workflow.workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class Amended:
    """A policy with amended words, and what writes them: `edit` the text of its record, `lock` the file beside it."""

    before: Adoption
    policy: ResolvedPolicy
    lock: FileWrite

    def edit(self, text: str) -> str:
        """The text of adoption.yaml with the amendments; what is the same keeps its lines and comments."""
        assert self.policy.adoption is not None  # noqa: S101  an amended policy is an adoption
        return print_upgraded(text, self.before, self.policy.adoption, {})


def amend(
    workspace: OpenWorkspace, policy: ResolvedPolicy, amendments: Sequence[Tailoring], decision: Decision
) -> Amended:
    """The policy with the amendments of a decision; one of the same section takes the place of what was there.

    Raises BrokenWorkspace where the amended record would have errors: an unknown section, words that the model does
    not leave to schools. Raises Refused where the lock was edited.
    """
    before = policy.adoption
    assert before is not None  # noqa: S101  models are not decided
    assert policy.school is not None  # noqa: S101
    why = f"amended by the {decision.body} on {print_date(decision.on)}"
    put = tuple(replace(entry, reason=entry.reason.strip() or why) for entry in amendments)
    after = apply_edit(before, RecordEdit(put=put))
    records = replace(workspace.records, adoptions={after.ref: after})
    errors = tuple(finding for finding in find_problems(records) if finding.severity == "error")
    if errors:
        raise BrokenWorkspace(errors)
    amended = replace(resolve(policy.model, after, policy.school), serves=policy.serves)
    return Amended(before, amended, _lock(workspace.root, policy.model, after))


def _lock(root: Path, model: ModelVersion, after: Adoption) -> FileWrite:
    file = adoption_folder(root, after.ref) / NAME
    was = file.read_bytes() if file.is_file() else None
    bases = base_words(model) | read_base_words(root, after.ref)
    kept = {entry.clause: bases[entry.clause] for entry in after.tailorings if entry.clause in bases}
    return FileWrite(file, print_lock(after, kept), was)
