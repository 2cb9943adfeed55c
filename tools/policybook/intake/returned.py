"""An edited copy of a document that we built, as it came back: its clauses, tables, comments and who wrote what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policybook.domain.source import SetAside, SourceClause, TrackedChange
from policybook.domain.taken import CHOICES_HEAD, GUIDE_SIGN, VALUES_HEAD, sent_mark
from policybook.intake.block import MOST_BLOCKS, too_long
from policybook.intake.detect import read_blocks
from policybook.intake.mark import Mark, read_mark
from policybook.intake.returned_comment import Remark, read_remarks, read_saved_by
from policybook.intake.structure import Piece, read_structure
from policybook.intake.table import Fact


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the table of values or of choices: what it is about, and what stands in the column "Ours".

    `sent` are the marks of all rows of the table as they were sent (`sent_mark`), empty where the file lost them.
    """

    label: str
    answer: str
    place: str
    sent: frozenset[str] = frozenset()

    @property
    def is_touched(self) -> bool | None:
        """Whether the answer is another than the one that was sent; None where that cannot be told."""
        return sent_mark(self.label, self.answer) not in self.sent if self.sent else None


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back.

    `clauses` are those of the policy and what stands above it; the tables of a tailoring copy are in `values` and
    `choices`. `aside` are words that are no clause: lines of guidance, the other columns of those tables, a control
    table, headers and footers; comments and tracked changes are in `remarks` and `changes`. `saved_by` is who saved the
    file last, as it says itself.
    """

    name: str
    mark: Mark
    clauses: tuple[SourceClause, ...]
    values: tuple[AnswerRow, ...] = ()
    choices: tuple[AnswerRow, ...] = ()
    aside: tuple[SetAside, ...] = ()
    changes: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    saved_by: str = ""

    def authors_at(self, place: str) -> tuple[str, ...]:
        """Who proposed tracked changes at this place of the document."""
        return tuple(dict.fromkeys(change.by for change in self.changes if change.place == place))

    def authors_of_deletion(self, words: str) -> tuple[str, ...]:
        """Who proposed, by a tracked change, that these words go."""
        spaced = " ".join(words.split())
        found = (one.by for one in self.changes if one.kind == "deletion" and one.text and one.text in spaced)
        return tuple(dict.fromkeys(found))


def read_returned(path: Path) -> Returned:
    """The document in a file, tracked changes taken as accepted and listed. Raises UnreadableDocument.

    Only in a PDF are sentences joined that a page break cut: elsewhere a paragraph is one because somebody made it so.
    """
    mark = read_mark(path) if path.is_file() else Mark({})
    received = read_blocks(path, "keep")
    if len(received.blocks) > MOST_BLOCKS:
        raise too_long(path.name)
    pieces, _ = read_structure(received.blocks, is_whole=mark.keeps_paragraphs)
    clauses = [piece for piece in pieces if isinstance(piece, SourceClause)]
    tables = {kind: [one for one in clauses if _is_headed(one, head)] for kind, head in _HEADS.items()}
    ours = [one for found in tables.values() for one in found]
    return Returned(
        name=path.name,
        mark=mark,
        clauses=tuple(one for one in clauses if one not in ours and not one.text.startswith(GUIDE_SIGN)),
        values=tuple(_rows(tables["values"], VALUES_HEAD)),
        choices=tuple(_rows(tables["choices"], CHOICES_HEAD)),
        aside=(*_aside(pieces), *_beside(ours)),
        changes=received.changes,
        remarks=read_remarks(path),
        saved_by=read_saved_by(path),
    )


def _beside(tables: Sequence[SourceClause]) -> Iterator[SetAside]:
    """The cells of the tables that nobody is asked to change."""
    for table in tables:
        ours = table.rows[0].index(next(cell for cell in table.rows[0] if cell.casefold() == "ours"))
        for row in table.rows[1:]:
            cells = (cell for column, cell in enumerate(row) if column != ours and cell)
            yield from (SetAside(cell, "cell of another column of the table", table.place) for cell in cells)


def _aside(pieces: Sequence[Piece]) -> Iterator[SetAside]:
    for piece in pieces:
        if isinstance(piece, SourceClause) and piece.text.startswith(GUIDE_SIGN):
            yield SetAside(piece.text, "line of guidance", piece.place)
        elif isinstance(piece, Fact):
            yield SetAside(f"{piece.label}: {piece.value}", "a fact about the document")
        elif isinstance(piece, SetAside) and not piece.why.startswith(_TOLD_ELSEWHERE):
            yield piece


_TOLD_ELSEWHERE = ("comment", "deletion proposed", "contents list")
_COPY = re.compile(r"_Copy_\d+$")
_HEADS = {"values": VALUES_HEAD, "choices": CHOICES_HEAD}


def _is_headed(clause: SourceClause, head: Sequence[str]) -> bool:
    return bool(clause.rows) and [cell.casefold() for cell in clause.rows[0]] == [one.casefold() for one in head]


def _rows(tables: Sequence[SourceClause], head: Sequence[str]) -> Iterator[AnswerRow]:
    column = head.index("Ours")
    for table in tables:
        sent = frozenset(_COPY.sub("", name) for name in table.bookmarks if name.startswith("sent."))
        for row in table.rows[1:]:
            if len(row) > column:
                yield AnswerRow(row[0], row[column], table.place, sent)
