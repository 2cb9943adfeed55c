"""Blocks into clauses: what each paragraph is, under what it stands, and what is no clause at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policybook.domain.inline import Run
from policybook.domain.source import SetAside, SourceClause, SourceKind
from policybook.intake.block import Block
from policybook.intake.form import find_fields, is_label
from policybook.intake.fragment import join_fragments
from policybook.intake.front import read_front
from policybook.intake.furniture import set_furniture_aside
from policybook.intake.heading import mark_headings
from policybook.intake.number import is_decimal, number_depth
from policybook.intake.paragraph import split_blocks
from policybook.intake.table import Fact, set_contents_aside

Piece = SourceClause | SetAside | Fact


def read_structure(blocks: Iterable[Block], *, is_whole: bool = False) -> tuple[list[Piece], list[str]]:
    """Clauses, facts and what was set aside, in reading order; and a sentence for everything that was guessed.

    With `is_whole` no paragraph is taken for the rest of the one before it: no page break ever cut this text.
    """
    split = list(set_furniture_aside(list(set_contents_aside(split_blocks(blocks)))))
    joined, repairs = (split, []) if is_whole else join_fragments(split)
    pieces = read_front(mark_headings(list(_forms_joined(joined))))
    return list(_clauses(pieces)), repairs


def _forms_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Form lines that follow each other as one form; a bare label (`Signature`) is a line of it beside other lines."""
    lines = [_as_form(block) for block in blocks]
    held: Block | None = None
    for index, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        beside = held is not None or (index + 1 < len(lines) and lines[index + 1] is not None)
        if line is not None and (block.shape == "form" or beside):
            held = replace(held, fields=held.fields + line.fields) if held else line
            continue
        if held:
            yield held
            held = None
        yield block
    if held:
        yield held


def _as_form(block: Block) -> Block | None:
    if block.shape == "text" and block.number is None and is_label(block.text):
        return replace(block, shape="form", runs=(), fields=find_fields(f"{block.text}:"))
    return block if block.shape == "form" else None


def _clauses(pieces: Iterable[Block | Fact]) -> Iterator[Piece]:
    outline = _Outline()
    for piece in pieces:
        if isinstance(piece, Fact):
            yield piece
        elif piece.shape == "aside":
            yield SetAside(_words(piece), piece.why, piece.place)
        elif piece.shape != "rule":
            yield _clause(piece, outline.place(piece))


def _words(block: Block) -> str:
    if block.runs:
        return f"{block.number} {block.text}" if block.number else block.text
    return "\n".join(" | ".join(cell for cell in row if cell) for row in block.rows)


def _clause(block: Block, level: int) -> SourceClause:
    kind = _kind(block)
    runs = _plain_heading(block.runs) if kind == "heading" else block.runs
    return SourceClause(
        kind=kind,
        level=level,
        runs=tuple(_merged(runs)) if len(runs) > 1 else runs,
        number=block.number,
        marker=block.marker if block.number is None or block.marker != "none" else "number",
        place=block.place,
        rows=block.rows,
        fields=block.fields,
        coloured=block.coloured,
        bookmarks=block.bookmarks,
    )


def _plain_heading(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a heading without bold, and without italic where all of it is: a heading's style, not its words."""
    italic = all(run.italic for run in runs)
    return tuple(replace(run, bold=False, italic=run.italic and not italic) for run in runs)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbouring runs of one style as one."""
    held: Run | None = None
    for run in runs:
        if held and replace(held, text="") == replace(run, text=""):
            held = replace(held, text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _kind(block: Block) -> SourceKind:
    if block.shape == "heading" or block.shape == "table" or block.shape == "form":
        return block.shape
    if is_decimal(block.number):
        return "paragraph"
    return "item" if block.shape == "item" or block.marker in ("number", "letter") else "paragraph"


@dataclass(slots=True)
class _Outline:
    """Where the reading stands: the heading above, what a list stands under, and the kinds of marks in that list."""

    heading: int = 0
    under: int | None = None
    last: int = 1
    marks: list[tuple[str, int]] = field(default_factory=list)

    def place(self, block: Block) -> int:
        """The level of a block, counted from 1."""
        kind = _kind(block)
        if block.shape == "note":
            return self.last + 1
        if kind == "heading":
            self.heading = self.last = max(1, block.level)
            self.under, self.marks = None, []
            return self.last
        self.last = self._item(block) if kind == "item" else self._paragraph(block)
        return self.last

    def _paragraph(self, block: Block) -> int:
        level = self.heading + 1
        if block.number is not None:
            level += max(0, number_depth(block.number) - 2)
        leads = block.number is not None or block.text.endswith((":", ":-", "–", "-"))
        self.under, self.marks = (level if leads else None), []
        return level

    def _item(self, block: Block) -> int:
        mark = ("letter" if block.marker == "letter" else "number" if block.number else "bullet", block.level)
        if mark in self.marks:
            del self.marks[self.marks.index(mark) + 1 :]
        else:
            self.marks.append(mark)
        base = self.under if self.under is not None else self.heading
        return base + len(self.marks)
