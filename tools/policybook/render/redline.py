"""A redline as a Word document with tracked changes, which Word and LibreOffice accept or reject one by one.

words       w:ins, w:del about runs (deleted words are w:delText)
paragraphs  the same inside w:pPr/w:rPr: the end of the paragraph was put in or taken out
rows        the same inside w:trPr
moves       w:moveFrom, w:moveTo between range marks that share a name
numbers     w:pPrChange holds the properties that the paragraph had, where they differ
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lxml import etree

from policybook.domain.inline import Run
from policybook.domain.page import Block, Callout, Heading, PageBreak, Paragraph
from policybook.domain.redline import Redline, Revision
from policybook.render.docx import assemble
from policybook.render.docx_body import BodyWriter
from policybook.render.docx_lists import linked_styles
from policybook.render.docx_numbering import Label
from policybook.render.docx_run import Pen, bookmark_names
from policybook.render.docx_xml import add, root, w
from policybook.render.look import read_look
from policybook.render.paper import anchors_of, leads_on, titled
from policybook.render.redline_mark import Author, Kind, RedlinePen, spell_out_list
from policybook.render.redline_number import plan_redline

AUTHOR = "policybook"
UNDATED = date(2020, 1, 1)
"""The day of changes of which no other is known: the day of printing is no part of what a document says."""


def write_redline(redline: Redline, template: Path, *, author: str = AUTHOR, on: date = UNDATED) -> bytes:
    """The bytes of a Word document (.docx) with every change tracked, the same for the same arguments.

    Accepting all leaves the later text as `write_docx` would print it, rejecting all the earlier one. Every change is
    by `author`, on that day at noon (UTC). `template` is a folder as for `write_docx`.
    Raises RenderError if the template lacks a part or the page has no title.
    """
    titled(redline.page)
    plan, earlier, later = plan_redline(redline)
    look = read_look(template)
    styles = linked_styles(plan, look.numbering)
    pen = RedlinePen(bookmark_names(anchors_of(redline.page)), author=Author(author, on))
    document = root("document")
    body = BodyWriter(redline.page, plan, styles, pen, add(document, "body"), legend_written=True)
    _Reviser(body, pen, earlier, later).write(redline)
    return assemble(document, redline.page, plan, styles, pen, look)


@dataclass(frozen=True, slots=True)
class _Reviser:
    """Writes each block as the clean copy has it, then marks what was written."""

    writer: BodyWriter
    pen: RedlinePen
    earlier: list[Label | None]
    later: list[Label | None]

    def write(self, redline: Redline) -> None:
        self._title("Title", redline.title)
        self._title("Subtitle", redline.subject)
        for place, (block, revision) in enumerate(zip(redline.page.blocks, redline.revisions, strict=True)):
            self._block(place, block, revision)
        if redline.revisions and _ends_open(redline.revisions[-1]):
            self.writer.paragraph("AfterTable")
        self.writer.write_section()

    def _title(self, style: str, words: tuple[Run, ...]) -> None:
        if not words:
            return
        paragraph = self.writer.paragraph(style)
        self.pen.write_runs(paragraph, words)
        marks = {run.mark for run in words}
        if len(marks) == 1 and "none" not in marks:
            self.pen.mark_end(paragraph, "ins" if "inserted" in marks else "del")

    def _block(self, place: int, block: Block, revision: Revision) -> None:
        label = self.later[place] if revision.is_later else self.earlier[place]
        start = len(self.writer.body)
        self.writer.write_labelled(place, block, label)
        written = list(self.writer.body[start:])
        if revision.mark != "none" and not isinstance(block, PageBreak):
            self._mark(written, revision)
        elif revision.end != "none":
            self.pen.mark_end(written[-1], "ins" if revision.end == "inserted" else "del")
        elif revision.rows:
            self._mark_rows(written, revision)
        elif revision.before is not None:
            self._change(place, written[-1], block, revision.before)

    def _mark(self, written: list[etree._Element], revision: Revision) -> None:
        kind: Kind = "ins" if revision.mark == "inserted" else "del"
        for element in written[:-1] if revision.move else written:
            self.pen.mark_all(element, kind)
        if revision.move:
            self.pen.mark_moved(written[-1], "moveTo" if kind == "ins" else "moveFrom", revision.move)

    def _mark_rows(self, written: list[etree._Element], revision: Revision) -> None:
        table = next((element for element in written if element.tag == w("tbl")), None)
        lines = written if table is None else table.findall(w("tr"))
        for line, mark in zip(lines[-len(revision.rows) :], revision.rows, strict=True):
            if mark != "none":
                self.pen.mark_all(line, "ins" if mark == "inserted" else "del")

    def _change(self, place: int, paragraph: etree._Element, block: Block, before: Block) -> None:
        """The paragraph's properties of both texts, and its number where that is plain words."""
        old, new = self.earlier[place], self.later[place]
        after = _later(block)
        if old == new and _shape(before) == _shape(after):
            return
        was, now = self._scratch(before, old), self._scratch(after, new)
        if old and old.list_id and old != new:
            spell_out_list(was, old)
        old_literal, new_literal = (label.literal if label else "" for label in (old, new))
        if old_literal != new_literal:
            self.pen.change_label(paragraph, old_literal, is_new=bool(new_literal))
        self.pen.change_properties(paragraph, was, now)

    def _scratch(self, block: Block, label: Label | None) -> etree._Element:
        """The properties of the block's paragraph, had it been written on its own."""
        writer = replace(self.writer, body=root("body"), pen=Pen({}), breaks_page=False)
        add(writer.body, "p")
        writer.write_labelled(0, block, label)
        return deepcopy(writer.body[-1][0])


def _ends_open(last: Revision) -> bool:
    """Whether the last end of a paragraph would be put in or taken out, which no program can do."""
    return any(mark != "none" for mark in (last.mark, last.end, *last.rows[-1:]))


def _later(block: Block) -> Block:
    """The block as the later text has it."""
    if isinstance(block, Heading | Paragraph | Callout):
        return replace(block, runs=tuple(replace(run, mark="none") for run in block.runs if run.mark != "deleted"))
    return block


def _shape(block: Block) -> tuple[object, ...]:
    """What a paragraph's properties depend on, besides its label."""
    if isinstance(block, Heading):
        return (block.level,)
    return (block.marker, block.depth, leads_on(block.runs)) if isinstance(block, Paragraph) else ()
