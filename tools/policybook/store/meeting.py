"""A meeting file: what one meeting is asked to decide, and later what it decided, in one YAML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policybook.domain.adoption import Decision, Outcome
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.domain.meeting import Agenda, AgendaItem, MeetingDecision, Take
from policybook.store.convert import KINDS, to_tailoring
from policybook.store.schema import File, Line, Record, TailoringRecord, Text
from policybook.store.validate import read_record


class AmendmentItem(TailoringRecord):
    """One change of the words that a body made before it approved; without a reason, that it did is the reason."""

    reason: Annotated[str, Field(max_length=1_000)] = ""


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
    amendments: Annotated[list[AmendmentItem], Field(default_factory=list)]


class AgendaRecord(Record):
    """One policy on the agenda; what is left out, the pack proposes."""

    policy: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
    item: Annotated[str, Field(max_length=20)] = ""
    take: Take | None = None
    since: Annotated[str, Field(max_length=200)] = ""
    ask: Text = ""
    resolution: Text = ""
    minute: Text = ""
    effective: date | None = None
    review: date | Line | None = None


class MeetingFile(File):
    """A meeting file: `agenda` before the meeting, `decisions` after it."""

    body: Line
    on: date
    agenda: Annotated[list[AgendaRecord], Field(default_factory=list)]
    decisions: Annotated[list[MeetingItem], Field(default_factory=list)]


def read_meeting(file: Path) -> list[MeetingDecision]:
    """Every decision of a meeting file.

    Raises UnknownReference where there is no such file, BrokenWorkspace with findings where it is not readable, and
    Refused where no decision stands in it yet.
    """
    record = _read(file)
    if not record.decisions:
        mend = "add `decisions:` once the meeting has decided; its `agenda:` is for `policybook pack`"
        raise Refused("no decision stands in this meeting file", where=str(file), mend=mend)
    for entry in record.decisions:
        for amendment in entry.amendments:
            if sum(bool(getattr(amendment, kind)) for kind in KINDS) != 1:
                mend = f"write one of {', '.join(KINDS)}, with the id of the section, for each"
                raise Refused("an amendment is one change of one section", where=f"{file}: {entry.policy}", mend=mend)
    return [_to_item(record, entry) for entry in record.decisions]


def read_agenda(file: Path) -> Agenda:
    """What a meeting is asked to decide. Raises as `read_meeting`; Refused where a policy stands twice or none does."""
    record = _read(file)
    refs = [entry.policy for entry in record.agenda]
    doubled = sorted({ref for ref in refs if refs.count(ref) > 1})
    if doubled:
        raise Refused(f"{', '.join(doubled)} stands twice on the agenda", where=str(file), mend="keep one of them")
    if not refs:
        raise Refused("this meeting file has no agenda", where=str(file), mend="list the policies under `agenda:`")
    return Agenda(tuple(_to_agenda_item(entry) for entry in record.agenda), record.body, record.on)


def _read(file: Path) -> MeetingFile:
    if not file.is_file():
        raise UnknownReference("there is no such meeting file", where=str(file), mend="name a file that is there")
    record, yaml = read_record(file.resolve(), file.resolve().parent, MeetingFile)
    if record is None:
        raise BrokenWorkspace(tuple(yaml.findings))
    return record


def _to_agenda_item(entry: AgendaRecord) -> AgendaItem:
    return AgendaItem(
        policy=entry.policy,
        item=entry.item,
        take=entry.take,
        since=entry.since,
        ask=entry.ask.strip(),
        resolution=entry.resolution.strip(),
        minute=entry.minute.strip(),
        effective=entry.effective,
        review=_review(entry.review),
    )


def _to_item(record: MeetingFile, entry: MeetingItem) -> MeetingDecision:
    decision = Decision(
        outcome=entry.outcome,
        body=entry.body or record.body,
        on=entry.on or record.on,
        minute=entry.minute,
        effective=entry.effective,
        delegation=entry.delegation,
    )
    amendments = tuple(to_tailoring(amendment) for amendment in entry.amendments)
    return MeetingDecision(entry.policy, decision, _review(entry.review), amendments)


def _review(review: date | str | None) -> str:
    return review.isoformat() if isinstance(review, date) else review or ""
