"""A model's draft as a drafter edits it in Word: what is printed of it, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policybook.domain.inline import Run, plain
from policybook.domain.model import ClauseKind, Marker

DRAFT_STATUS = "Draft to edit"
"""The status that such a copy carries in its properties: by it `take` knows what it has before it."""
BLANKS_HEAD = ("Name", "What the school is asked", "Kind", "The model says", "Limits", "Also")
"""By this head the table of blanks is known again, whatever program saved it."""
HOW_HEAD = ("To change", "Do this")
FORM_HEAD = ("Line of the form", "Kind")
OR_SIGN = "Or"
"""Begins the line of every further choice, below the first."""

DraftPart = Literal["heading", "words", "rows", "fields", "closing"]
"""What of a clause a piece is: the heading of a part, words, the rows of a table, the lines of a form, the end."""


@dataclass(frozen=True, slots=True)
class DraftPiece:
    """One paragraph or table of a draft as printed, its blanks still blanks.

    `id` is the clause's, or a part's, with `#rows`, `#fields` or `.closing` where the clause has several pieces.
    `depth` counts from 0 for a part; `rows` hold the head row first, in plain words.
    """

    id: str
    clause: str
    part: DraftPart
    depth: int
    kind: ClauseKind = "paragraph"
    number: str | None = None
    marker: Marker = "none"
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    has_head: bool = False

    @property
    def text(self) -> str:
        """Plain words, as a reader of the Word file meets them."""
        return "\n".join(" | ".join(row) for row in self.rows) if self.rows else " ".join(plain(self.runs).split())


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line about a clause: its settings, its note to schools, a further choice, or where its words come from.

    `id` is the clause's with `#settings`, `#note`, `#source`, `#permission` or `#choice-<id>`.
    """

    id: str
    clause: str
    label: str
    text: str = ""

    @property
    def line(self) -> str:
        """The whole line without its sign."""
        return f"{self.label}. {self.text}".strip()


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """A paragraph or table of a copy that came back; `id` is that of a `DraftPiece`, None for what was added.

    `is_kept`: its words are those that were printed. `is_stale`: the draft has other words today than were printed.
    """

    id: str | None
    text: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    kind: ClauseKind = "paragraph"
    marker: Marker = "none"
    level: int = 0
    place: str = ""
    is_kept: bool = False
    is_stale: bool = False

    @property
    def key(self) -> str:
        """By what authors and comments are found: the clause or part, or the place of what was added."""
        return clause_of(self.id) if self.id else self.place


@dataclass(frozen=True, slots=True)
class ReadGuide:
    """A line about a clause that came back; `id` is that of a `GuideLine`, None for one that was added.

    `after` counts the pieces that stand before it.
    """

    id: str | None
    text: str
    runs: tuple[Run, ...]
    after: int
    place: str = ""
    is_kept: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class ReadBlank:
    """A row of the table of blanks; `is_kept` and `is_stale` as for a piece."""

    cells: tuple[str, ...]
    place: str = ""
    is_kept: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class DraftCopy:
    """All that came back of a draft, in its order.

    `gone` are the ids of pieces, lines and blanks that were printed and are not there any more.
    """

    pieces: Sequence[ReadPiece]
    guides: Sequence[ReadGuide] = ()
    blanks: Sequence[ReadBlank] = ()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DraftHistory:
    """What a draft must not forget: the version it is to become, and the clause ids of those released before it."""

    version: str
    released: frozenset[str] = frozenset()


def clause_of(piece: str) -> str:
    """The clause, or part, that a piece or line is of."""
    return piece.partition("#")[0].removesuffix(".closing")
