"""Documents as received: their clauses, metadata, and every word accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.finding import Finding
from policybook.domain.inline import Run, plain
from policybook.domain.model import FormField, Marker, ParameterType

SourceKind = Literal["heading", "paragraph", "item", "table", "form"]
ProposalKind = Literal["blank", "choice", "advice", "value"]
ChangeReading = Literal["accept", "reject", "keep"]
"""What to do with tracked changes: as if accepted, as if rejected, or accepted with a list of who proposed what."""


@dataclass(frozen=True, slots=True)
class SourceClause:
    """One clause of a received document.

    `level` counts from 1: a heading's own level, else one more than the heading or clause it stands under. `number` is
    as printed ("6.2") or None. `place` says where for a person ("page 5", "line 40", "paragraph 12"). A table keeps its
    cells in `rows` (the first is the head), a form its labels in `fields`. `coloured` are stretches that a Word file
    prints in a colour or highlights, `bookmarks` the names of the bookmarks in it.
    """

    kind: SourceKind
    level: int
    runs: tuple[Run, ...]
    number: str | None = None
    marker: Marker = "none"
    place: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    fields: tuple[FormField, ...] = ()
    coloured: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Plain words: the runs, then the rows of a table, cells parted by ` | `, and the labels of a form."""
        if not self.rows and not self.fields:
            return plain(self.runs)
        lines = [plain(self.runs)]
        lines += [" | ".join(row) for row in self.rows if any(row)]
        lines += [f"{field.label}:" for field in self.fields]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words of the source that are no clause, and why."""

    text: str
    why: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A parameter or choice that the words suggest; only a person can confirm it.

    `kind`: a blank left to be filled in; a choice between `options`; advice to the adopter, to adapt or delete; or a
    value that schools differ in. `start` and `end` count characters of the clause's text, `confidence` is from 0 to 1.
    """

    kind: ProposalKind
    text: str
    label: str
    type: ParameterType
    start: int
    end: int
    confidence: float
    why: str
    place: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One change that somebody proposed in a Word file and nobody has accepted or rejected; `on` is an ISO date."""

    kind: Literal["insertion", "deletion"]
    text: str
    by: str
    on: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A received document as clauses.

    `metadata` has the keys title, organisation, version, approved, next_review where found, and any other label of a
    control table under its own name. `coverage` is the share of the source's words, counted and in order, found again
    in clauses, metadata or set_aside; `missing` says which were not, and where. `repairs` tells what was guessed.
    `proposals` are blanks, choices and advice left in the text, `questions` what only a person can answer, `changes`
    the tracked changes where they were asked for.
    """

    name: str
    clauses: tuple[SourceClause, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    coverage: float = 1.0
    missing: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    questions: tuple[Finding, ...] = ()
    changes: tuple[TrackedChange, ...] = ()
