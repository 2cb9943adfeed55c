"""An edited copy of a model's draft, as it came back: its paragraphs one by one, just as Word has them.

Nothing is guessed here, unlike in a document from elsewhere: we made these paragraphs, and whoever added some meant
each to be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.domain.draft_copy import BLANKS_HEAD
from policybook.domain.inline import Run
from policybook.domain.source import SetAside, SourceClause, SourceKind, TrackedChange
from policybook.domain.taken import GUIDE_SIGN
from policybook.intake.block import MOST_BLOCKS, Block, too_long
from policybook.intake.detect import read_blocks
from policybook.intake.mark import Mark, read_mark
from policybook.intake.returned_comment import Remark, read_remarks, read_saved_by

_SIGNS = (GUIDE_SIGN, ">")
_TOLD_ELSEWHERE = ("comment", "deletion proposed", "contents list")


@dataclass(frozen=True, slots=True)
class ReturnedGuide:
    """A line about a clause, its sign taken off; `after` counts the clauses that stand before it."""

    runs: tuple[Run, ...]
    text: str
    after: int
    place: str
    bookmarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedDraft:
    """A draft that came back: its paragraphs and tables in order, the lines about them, and the table of blanks.

    `blanks` are its rows below the head, None where the table is gone; `sent` the bookmarks that stand in it.
    """

    name: str
    mark: Mark
    clauses: tuple[SourceClause, ...]
    guides: tuple[ReturnedGuide, ...]
    blanks: tuple[tuple[str, ...], ...] | None = None
    blanks_place: str = ""
    sent: frozenset[str] = frozenset()
    aside: tuple[SetAside, ...] = ()
    changes: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    saved_by: str = ""


def read_returned_draft(path: Path) -> ReturnedDraft:
    """The draft in a file, tracked changes taken as accepted and listed. Raises UnreadableDocument."""
    received = read_blocks(path, "keep")
    if len(received.blocks) > MOST_BLOCKS:
        raise too_long(path.name)
    clauses: list[SourceClause] = []
    guides: list[ReturnedGuide] = []
    aside: list[SetAside] = []
    table: Block | None = None
    for block in received.blocks:
        if block.shape == "table" and _is_blanks(block):
            table = block
        elif block.shape in ("aside", "note", "rule"):
            aside += [] if block.why.startswith(_TOLD_ELSEWHERE) else [SetAside(block.text, block.why, block.place)]
        elif block.text.startswith(_SIGNS):
            guides.append(_guide(block, len(clauses)))
        else:
            clauses.append(_clause(block))
    return ReturnedDraft(
        path.name, read_mark(path), tuple(clauses), tuple(guides),
        None if table is None else table.rows[1:], table.place if table else "",
        frozenset(table.bookmarks) if table else frozenset(),
        tuple(aside), received.changes, read_remarks(path), read_saved_by(path),
    )  # fmt: skip


def _is_blanks(block: Block) -> bool:
    return [cell.casefold() for cell in block.rows[0]] == [cell.casefold() for cell in BLANKS_HEAD]


def _guide(block: Block, after: int) -> ReturnedGuide:
    runs = _without_sign(block.runs)
    return ReturnedGuide(runs, " ".join("".join(run.text for run in runs).split()), after, block.place, block.bookmarks)


def _without_sign(runs: Sequence[Run]) -> tuple[Run, ...]:
    left = "".join(run.text for run in runs)
    length = len(left) - len(left.lstrip("".join(_SIGNS) + " "))
    kept: list[Run] = []
    for run in runs:
        text = run.text[length:]
        length = max(0, length - len(run.text))
        kept += [replace(run, text=text)] if text else []
    return tuple(kept)


def _clause(block: Block) -> SourceClause:
    kinds: dict[str, SourceKind] = {"heading": "heading", "item": "item", "table": "table"}
    kind = kinds.get(block.shape, "paragraph")
    runs = tuple(replace(run, text=run.text.replace("\n", " ")) for run in block.runs)
    return SourceClause(
        kind, block.level, runs, block.number, block.marker, block.place, block.rows, bookmarks=block.bookmarks
    )
