"""The register: who has adopted what, since when, how far behind, what is due; and the result of a verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from policybook.domain.adoption import Decision
from policybook.domain.consultation import ConsultationList
from policybook.domain.finding import Finding

ApprovalState = Literal["approved", "void", "withdrawn", "none"]
ReviewState = Literal["ahead", "due", "overdue", "unclear", "not recorded"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody to act."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Review:
    """The next review as written, its first and last day (both in; None where the words name none), and its state."""

    words: str
    state: ReviewState
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One record on the day of the register: one school's policy, and that of the schools which it serves besides.

    `approval` is "void" where the words are no longer those approved. `decision` is the approval that stands (also one
    that is void), None where there is none. `days_to_decide` counts from the model's issue to the decision on these
    words. `behind` counts versions, None where the pinned one is not in the chain of the newest. A home-grown policy
    has the model "none", no versions, a `document`, and its owner as `publisher`. `served` are the other schools that
    the record serves, as (id, name). `consultation` is None for a home-grown policy.
    """

    ref: str
    school: str
    title: str
    model: str
    version: str
    newest: str
    publisher: str
    approval: ApprovalState
    decision: Decision | None
    days_to_decide: int | None
    behind: int | None
    departures: int
    review: Review
    covers: tuple[str, ...] = ()
    waits: tuple[Waiting, ...] = ()
    served: tuple[tuple[str, str], ...] = ()
    consultation: ConsultationList | None = None
    document: str = ""

    @property
    def is_home_grown(self) -> bool:
        """Whether the policy follows no model."""
        return self.model == "none"


@dataclass(frozen=True, slots=True)
class Register:
    """All policies of a workspace on one day, in the order of their refs."""

    day: date
    entries: tuple[RegisterEntry, ...]


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event of whole days, `last` included. `uid` is the same for the same thing each time; `stamp` its date."""

    uid: str
    first: date
    last: date
    summary: str
    description: str
    stamp: date


@dataclass(frozen=True, slots=True)
class Verification:
    """What was hashed again: files of editions and of released versions, and how many have nothing to compare with."""

    findings: tuple[Finding, ...]
    editions: int
    versions: int
    files: int
    without: int = 0

    @property
    def is_damaged(self) -> bool:
        """Whether anything is missing or not as it was kept."""
        return any(finding.severity != "note" for finding in self.findings)

    def in_words(self) -> str:
        """One line for a person."""
        editions = f"{self.editions} edition{'' if self.editions == 1 else 's'}"
        versions = f"{self.versions} released version{'' if self.versions == 1 else 's'}"
        said = f"{self.files} files of {editions} and {versions} were hashed again: "
        damaged = sum(finding.severity != "note" for finding in self.findings)
        said += f"{damaged} not as they were kept" if damaged else "all are as they were kept"
        return f"{said}; {self.without} versions have no manifest" if self.without else said
