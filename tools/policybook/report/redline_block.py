"""Two blocks, or the paragraphs of a split or join, as blocks of a redline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from policybook.domain.comparison import Edit
from policybook.domain.inline import Mark, Run, plain
from policybook.domain.page import Block, Callout, Cell, Form, Heading, Paragraph, Table
from policybook.domain.redline import Revision
from policybook.report.redline_order import Match, order
from policybook.report.redline_run import Runs, mark_runs, merge_runs, shown, without
from policybook.text.align import Passage, align

Revised = tuple[Block, Revision]
Worded = Heading | Paragraph | Callout
"""Blocks that are one paragraph."""

_PARAGRAPH_END = "\u2029"


def whole_block(block: Block, mark: Mark) -> Revised:
    """A block that stands in one text only; what was taken out gives its anchor to the block that is still there."""
    match block:
        case Heading() | Paragraph() | Callout():
            block = replace(block, runs=mark_runs(shown(block.runs), mark))
        case Table():
            block = replace(block, rows=tuple(_marked_row(row, mark) for row in block.rows))
    return _unanchored(block) if mark == "deleted" else block, Revision(mark)


def moved_block(block: Worded, other: Worded, edits: Sequence[Edit], number: int, mark: Mark) -> Revised:
    """One place of a block that moved; words that it got on the way are marked in its new place.

    In its old place nothing is: LibreOffice takes only a paragraph out whole that is one change from end to end.
    """
    if mark == "deleted":
        return _unanchored(replace(block, runs=shown(block.runs))), Revision(mark, move=number)
    runs = without(merge_runs(other.runs, block.runs, edits), "deleted")
    return replace(block, runs=runs), Revision(mark, move=number)


def merge_blocks(old: Sequence[Block], new: Sequence[Block], edits: Sequence[Edit] = ()) -> Iterator[Revised]:
    """The blocks of a clause that stands in both texts; where they are of other kinds, all of it is replaced."""
    if [type(block) for block in old] != [type(block) for block in new]:
        yield from (whole_block(block, "deleted") for block in old)
        yield from (whole_block(block, "inserted") for block in new)
        return
    for was, now in zip(old, new, strict=True):
        yield from _merge_block(was, now, edits)


def merge_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Revised]:
    """Paragraphs that were split or joined: words stay where they are and only the ends of paragraphs change."""
    runs = merge_runs(_joined(old), _joined(new))
    olds, news = iter(old), iter(new)
    for words, end in _cut(runs):
        if end == "deleted":
            yield _unanchored(replace(next(olds), runs=words)), Revision(end=end)
        elif end == "inserted":
            yield replace(next(news), runs=words), Revision(end=end)
        else:
            yield replace(next(news), runs=words), Revision(before=next(olds))


def is_one_style(paragraphs: Sequence[Block]) -> bool:
    """Whether all are paragraphs of one kind and depth, so that joining them changes nothing but their ends."""
    styles = {
        (block.marker, block.depth, block.number is None) if isinstance(block, Paragraph) else None
        for block in paragraphs
    }
    return len(styles) == 1 and None not in styles


def _merge_block(old: Block, new: Block, edits: Sequence[Edit]) -> Iterator[Revised]:
    match old, new:
        case Callout(), Callout() if old.label != new.label:
            yield from (whole_block(old, "deleted"), whole_block(new, "inserted"))
        case ((Heading() | Paragraph() | Callout()), (Heading() | Paragraph() | Callout())):
            yield _merge_words(old, new, edits)
        case Form(), Form():
            yield _merge_forms(old, new)
        case Table(), Table() if (old.caption, old.head, _width(old)) == (new.caption, new.head, _width(new)):
            yield _merge_tables(old, new)
        case Table(), Table():
            yield from (whole_block(old, "deleted"), whole_block(new, "inserted"))
        case _:
            yield new, Revision()


def _merge_words(old: Worded, new: Worded, edits: Sequence[Edit]) -> Revised:
    if old == new or replace(old, anchor=new.anchor) == new:
        return new, Revision()
    return replace(new, runs=merge_runs(old.runs, new.runs, edits)), Revision(before=old)


def _merge_forms(old: Form, new: Form) -> Revised:
    """The fields of both, each line kept, taken out or put in."""
    texts = [Passage(f"{one.label} {one.type}", f"{one.label}\n{one.type}") for one in old.fields]
    others = [Passage(f"{one.label} {one.type}", f"{one.label}\n{one.type}") for one in new.fields]
    same = [
        Match(pair.left, pair.right)
        for pair in align(texts, others)
        if len(pair.left) == len(pair.right) == 1 and texts[pair.left[0]].id == others[pair.right[0]].id
    ]
    fields, marks = [], []
    for step in order(same, len(old.fields), len(new.fields)):
        fields.append(new.fields[step.new[0]] if step.new else old.fields[step.old[0]])
        marks.append(_mark_of(bool(step.old), bool(step.new)))
    rows = tuple(marks) if any(mark != "none" for mark in marks) else ()
    return replace(new, fields=tuple(fields)), Revision(rows=rows)


def _merge_tables(old: Table, new: Table) -> Revised:
    """The rows of both; rows that answer each other are merged cell by cell."""
    rows: list[tuple[Cell, ...]] = []
    marks: list[Mark] = []
    anchors: list[str | None] = []
    for step in order(_row_matches(old, new), len(old.rows), len(new.rows)):
        was = old.rows[step.old[0]] if step.old else ()
        now = new.rows[step.new[0]] if step.new else ()
        anchor = new.anchors[step.new[0]] if step.new and step.new[0] < len(new.anchors) else None
        for row, mark in _merge_rows(was, now):
            rows.append(row)
            marks.append(mark)
            anchors.append(anchor if mark != "deleted" else None)
    kept = tuple(anchors) if new.anchors else ()
    held = tuple(marks) if any(mark != "none" for mark in marks) else ()
    return replace(new, rows=tuple(rows), anchors=kept, tones=()), Revision(rows=held)


def _row_matches(old: Table, new: Table) -> Iterator[Match]:
    for pair in align(_row_passages(old), _row_passages(new)):
        if len(pair.left) == len(pair.right) == 1:
            yield Match(pair.left, pair.right)


def _row_passages(table: Table) -> list[Passage]:
    """Rows, known by the words of their first cell where no other row begins with them."""
    heads = [_cell_text(row[0]) if row else "" for row in table.rows]
    counts = Counter(heads)
    return [
        Passage(" ".join(map(_cell_text, row)), head if head and counts[head] == 1 else None)
        for head, row in zip(heads, table.rows, strict=True)
    ]


def _merge_rows(old: tuple[Cell, ...], new: tuple[Cell, ...]) -> Iterator[tuple[tuple[Cell, ...], Mark]]:
    if old and new:
        pairs = list(zip_longest(old, new, fillvalue=Cell(())))
        if all(len(was.paragraphs or ((),)) == len(now.paragraphs or ((),)) for was, now in pairs):
            yield tuple(_merge_cells(was, now) for was, now in pairs), "none"
            return
    if old:
        yield _marked_row(old, "deleted"), "deleted"
    if new:
        yield _marked_row(new, "inserted"), "inserted"


def _merge_cells(old: Cell, new: Cell) -> Cell:
    pairs = zip(old.paragraphs or ((),), new.paragraphs or ((),), strict=True)
    return replace(new, paragraphs=tuple(now if was == now else merge_runs(was, now) for was, now in pairs))


def _marked_row(row: tuple[Cell, ...], mark: Mark) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, paragraphs=tuple(mark_runs(shown(runs), mark) for runs in cell.paragraphs)) for cell in row
    )


def _cell_text(cell: Cell) -> str:
    return " ".join(plain(runs) for runs in cell.paragraphs)


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _mark_of(in_old: bool, in_new: bool) -> Mark:
    return "none" if in_old and in_new else "deleted" if in_old else "inserted"


def _joined(paragraphs: Sequence[Paragraph]) -> Runs:
    """The runs of all, with a run of one sign between two; that sign inside words is a line break."""
    runs: list[Run] = []
    for place, one in enumerate(paragraphs):
        runs += [Run(_PARAGRAPH_END)] if place else []
        runs += (replace(run, text=run.text.replace(_PARAGRAPH_END, "\n")) for run in shown(one.runs))
    return tuple(runs)


def _cut(runs: Runs) -> Iterator[tuple[Runs, Mark]]:
    """The runs of each paragraph with the mark of the end after it; the last has none."""
    words: list[Run] = []
    for run in runs:
        first, *others = run.text.split(_PARAGRAPH_END)
        words.append(replace(run, text=first))
        for text in others:
            yield tuple(words), run.mark
            words = [replace(run, text=text)]
    yield tuple(words), "none"


def _unanchored(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, anchors=())
    return block if not isinstance(block, Heading | Paragraph | Callout | Form) else replace(block, anchor=None)
