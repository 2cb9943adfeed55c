"""The page tree: one neutral description of a document that every writer in `render` reads.

    Page
    +-- blocks: Heading | Paragraph | Table | Form | Callout | Contents | PageBreak
                +-- runs: domain.inline.Run

Nothing here says how a thing looks, and no writer decides what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policybook.domain.inline import Run
from policybook.domain.model import FormField, Marker


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is a part. `number` is printed before it. `anchor` is the clause id that links point at."""

    runs: tuple[Run, ...]
    level: int = 1
    number: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered or marked. `depth` 0 stands at the margin; `number` is as printed ("6.2", "(a)").

    `aside` are words for the margin or after the text that tell something about it ("our wording"), never part of it.
    """

    runs: tuple[Run, ...]
    marker: Marker = "none"
    number: str | None = None
    depth: int = 0
    anchor: str | None = None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: paragraphs of runs. `tone` names a kind of change for the style sheet; the words must say it as well.

    `options` are the answers that a reader may pick in a spreadsheet; other formats show the cell as it is.
    """

    paragraphs: tuple[tuple[Run, ...], ...]
    tone: str = ""
    heading: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row. `widths` are shares of the page, summing to 1. `anchors` give rows their ids.

    `tones` (one a row, or none at all) name the kind of each row for style sheets and filters. `layout` "control" is
    the two-column table of facts at the top of a policy, whose first column holds row heads and which has no head row.
    `layout` "bars" is a chart: a label, a whole number, which pages in a browser also draw, and words if need be.
    `groups` (one a row, or none at all) name the part of the policy that each row is in, for filters.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    anchors: tuple[str | None, ...] = ()
    tones: tuple[str, ...] = ()
    layout: Literal["grid", "control", "bars"] = "grid"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Lines to fill in by hand."""

    fields: tuple[FormField, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark set apart, under a label that says what it is ("Illustration", "Note").

    `tone` names the kind of a line of guidance in a copy to edit; the label must say it as well.
    """

    label: str
    runs: tuple[Run, ...]
    anchor: str | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list, made by the writer from the headings of level 1."""

    title: str = "Contents"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page where there are pages."""


Block = Heading | Paragraph | Table | Form | Callout | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Page:
    """A document or a page of the site.

    `subject` stands under the title, `header` and `footer` on every printed page (writers add "page x of y").
    `properties` go into the file's own properties (author, policy, version, status, exact). `clauses` are the id and
    the match fingerprint of each clause, in order: a Word document keeps them unseen, so that an edited copy is known.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    subject: str = ""
    header: str = ""
    footer: str = ""
    landscape: bool = False
    properties: tuple[tuple[str, str], ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
