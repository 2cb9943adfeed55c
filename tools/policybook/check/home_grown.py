"""Checks of home-grown policies: is the document there, and is it the one that was approved."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.text import nearest
from policybook.domain.adoption import APPROVING, HomeGrown
from policybook.domain.finding import Finding
from policybook.domain.home_grown import FoundDocument
from policybook.domain.workspace import Workspace
from policybook.text.decided import standing_approval


def find_home_grown_problems(
    record: HomeGrown, workspace: Workspace, found: FoundDocument, *, is_changed: bool
) -> Iterator[Finding]:
    """What is wrong or unusual with one home-grown policy. `is_changed`: another document than the one approved."""
    if record.school not in workspace.schools and record.school not in workspace.broken:
        message = f"there is no school '{record.school}'"
        mend = f"write clauses/schools/{record.school}.yaml{nearest(record.school, workspace.schools)}"
        yield Finding("error", "school.unknown", record.place_of("school"), message, mend)
    place = record.place_of("file")
    if found.state == "outside":
        message = f"'{record.file}' leads out of the workspace"
        yield Finding("error", "document.outside", place, message, "put the file into the workspace and name it there")
    elif found.state == "missing":
        message = f"there is no file '{record.file}', neither beside the record nor in the workspace"
        yield Finding("warning", "document.missing", place, message, "put the file there, or name where it is")
    approval = standing_approval(record)
    if approval and is_changed:
        message = f"'{record.file}' is not the document approved on {approval.on.isoformat()} ({approval.body})"
        mend = f"have the new document decided, or put the old one back: `policybook show {record.ref}@{approval.on}`"
        yield Finding("warning", "decision.void", place, message, mend)
    if not any(decision.outcome in APPROVING for decision in record.decisions):
        message = f"{record.ref} has not been approved"
        mend = "record the decision under `decisions:` once it is taken; until then it is a draft"
        yield Finding("warning", "decision.none", record.place_of("decisions"), message, mend)
