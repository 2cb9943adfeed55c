"""A meeting file: everything that one meeting decided, in one YAML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policybook.domain.adoption import Decision, Outcome
from policybook.domain.error import BrokenWorkspace, UnknownReference
from policybook.store.schema import File, Line, Record
from policybook.store.validate import read_record


class MeetingItem(Record):
    """One decision of the meeting; `body` and `on` are the meeting's unless it names its own."""

    policy: Annotated[str, Field(max_length=200)]
    outcome: Outcome
    minute: str = ""
    body: Line | None = None
    on: date | None = None
    effective: date | None = None
    delegation: str = ""
    review: date | Line | None = None


class MeetingFile(File):
    """A meeting file."""

    body: Line
    on: date
    decisions: Annotated[list[MeetingItem], Field(min_length=1)]


def read_meeting(file: Path) -> list[tuple[str, Decision, str]]:
    """For each decision of a meeting file: the REF, the decision, and the next review (empty: as it was).

    Raises UnknownReference where there is no such file, BrokenWorkspace with findings where it is not readable.
    """
    if not file.is_file():
        raise UnknownReference("there is no such meeting file", where=str(file), mend="name a file that is there")
    record, yaml = read_record(file.resolve(), file.resolve().parent, MeetingFile)
    if record is None:
        raise BrokenWorkspace(tuple(yaml.findings))
    return [_to_item(record, entry) for entry in record.decisions]


def _to_item(record: MeetingFile, entry: MeetingItem) -> tuple[str, Decision, str]:
    decision = Decision(
        outcome=entry.outcome,
        body=entry.body or record.body,
        on=entry.on or record.on,
        minute=entry.minute,
        effective=entry.effective,
        delegation=entry.delegation,
    )
    review = entry.review.isoformat() if isinstance(entry.review, date) else entry.review or ""
    return entry.policy, decision, review
