"""Word documents (DOCX) as blocks: with automatic numbers, text boxes and notes, tracked changes accepted or rejected.

Read with lxml from the package's parts; see `word_number` for what python-docx and pandoc leave out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from lxml import etree

from policybook.domain.error import UnreadableDocument
from policybook.domain.inline import Run
from policybook.domain.model import Marker
from policybook.domain.source import ChangeReading, TrackedChange
from policybook.intake.block import MOST_BLOCKS, Block, Received, Shape, too_long, trim
from policybook.intake.letter import TURNED, counted_words
from policybook.intake.package import Package
from policybook.intake.tabbed import join_tabbed
from policybook.intake.word_change import Revisions
from policybook.intake.word_number import Label, Numbering
from policybook.intake.word_run import BOX, FALLBACK, Inline, Links, RunReader, source_words
from policybook.intake.word_style import Style, Styles, W, value

_THROUGH = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent")}
_GONE = {f"{W}del", f"{W}moveFrom"}
_REPEATS = frozenset({FALLBACK})
_BOXES = _REPEATS | {BOX}
_MOST_COLUMNS = 60
_JOINED = "the end of a paragraph is a tracked change; it was read together with the next one"
_BULLET = "• "


def read_word(data: bytes, name: str, changes: ChangeReading = "accept") -> Received:
    """The blocks of a DOCX; places are paragraphs of the body counted from 1. Raises UnreadableDocument."""
    package = Package(data, name)
    main = next((target for _, kind, target, out in package.relations("") if kind == "officeDocument" and not out), "")
    root = package.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableDocument("it holds no Word document", where=name, mend="save it in Word as .docx")
    if sum(1 for _ in body.iter(f"{W}p")) > MOST_BLOCKS:
        raise too_long(name)
    revisions = Revisions(changes)
    reader = _Reader(package, main, revisions)
    reader.settle(body)
    blocks = list(join_tabbed(reader.read(body)))
    words = source_words(body, reader.notes, revisions)
    for block in (*reader.deletions(), *reader.comments(), *reader.furniture()):
        blocks.append(block)
        words += counted_words(block.text)
    return Received(tuple(blocks), tuple(words), tuple(reader.repairs()), tuple(reader.changes))


class _Reader:
    """Walks the body of one document once, in reading order."""

    def __init__(self, package: Package, main: str, revisions: Revisions) -> None:
        self._package = package
        self._revisions = revisions
        self._open: tuple[Run, ...] = ()
        self.changes: list[TrackedChange] = []
        self._parts: dict[str, list[str]] = {}
        links: Links = {}
        for key, kind, target, external in package.relations(main):
            if external and kind == "hyperlink":
                links[key] = target
            elif not external:
                self._parts.setdefault(kind, []).append(target)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._seen: Counter[str] = Counter()
        self._runs = RunReader(self._styles, links, self._seen, revisions)
        self.notes = {**self._read_notes("footnotes", "footnote"), **self._read_notes("endnotes", "endnote")}
        self._paragraph = 0

    def settle(self, body: etree._Element) -> None:
        """Settles the tracked changes of formatting, in the text and in its notes, before anything is read."""
        self._seen["changed"] += sum(map(self._revisions.settle_formatting, (body, *self.notes.values())))

    def read(self, body: etree._Element) -> Iterator[Block]:
        """The blocks of the body."""
        for element in _body_elements(body):
            if element.tag == f"{W}p":
                self._paragraph += 1
                yield from self._read_paragraph(element, f"paragraph {self._paragraph}")
            elif element.tag == f"{W}tbl":
                yield from self._read_table(element)
            else:
                self._paragraph += 1
                yield from self._set_aside(element, "contents list", f"paragraph {self._paragraph}")
        if self._open:
            yield Block("text", f"paragraph {self._paragraph}", self._open)
            self._open = ()

    def deletions(self) -> Iterator[Block]:
        """The words whose deletion was proposed, where changes are listed."""
        for change in self.changes:
            if change.kind == "deletion":
                why = f"deletion proposed by {change.by}" + (f" on {change.on}" if change.on else "")
                yield Block("aside", change.place, (Run(change.text),), why=why)

    def comments(self) -> Iterator[Block]:
        """What reviewers noted in the margin, set aside."""
        root = self._part("comments")
        for comment in root.iter(f"{W}comment") if root is not None else ():
            by = comment.get(f"{W}author", "")
            yield from self._set_aside(comment, f"comment by {by}" if by else "comment", "comments")

    def furniture(self) -> Iterator[Block]:
        """Headers and footers, each text once, set aside."""
        said: set[str] = set()
        for kind in ("header", "footer"):
            for part in self._parts.get(kind, []):
                root = self._package.xml(part)
                aside = () if root is None else self._set_aside(root, "header or footer on every page", kind)
                for block in aside:
                    if block.text not in said:
                        said.add(block.text)
                        yield block

    def repairs(self) -> Iterator[str]:
        """What a reader of the Word file should know of how it was taken."""
        if self._seen["changed"]:
            yield self._revisions.said
        if self._seen["joined"]:
            yield _JOINED
        if self._seen["turned"]:
            yield TURNED
        if self._seen["text box"]:
            yield "text boxes were read after the paragraph that they hang on"

    def _part(self, kind: str) -> etree._Element | None:
        return next((self._package.xml(part) for part in self._parts.get(kind, [])), None)

    def _read_notes(self, kind: str, tag: str) -> dict[str, etree._Element]:
        root = self._part(kind)
        notes = root.iter(f"{W}{tag}") if root is not None else ()
        return {f"{tag} {note.get(f'{W}id')}": note for note in notes if note.get(f"{W}type") in (None, "normal")}

    def _set_aside(self, element: etree._Element, why: str, place: str) -> Iterator[Block]:
        for paragraph in _paragraphs(element, _REPEATS):
            runs = self._runs.read(paragraph, self._style(paragraph)).runs
            if words := " ".join("".join(run.text for run in runs).split()):
                yield Block("aside", place, (Run(words),), why=why)

    def _style(self, paragraph: etree._Element) -> Style:
        return self._styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")))

    def _read_paragraph(self, paragraph: etree._Element, place: str) -> Iterator[Block]:
        style = self._style(paragraph)
        inline = self._runs.read(paragraph, style, place)
        runs = trim((*self._open, *inline.runs))
        self._open = ()
        if runs and self._revisions.is_mark_gone(paragraph):
            self._seen["joined"] += 1
            self._open = (*runs, Run(" ")) if inline.text[-1:].isspace() else runs
        elif style.is_contents and runs:
            yield Block("aside", place, runs, why="contents list")
        elif runs:
            yield self._block(paragraph, style, _text_block(paragraph, place, runs, inline))
        yield from self._beside(inline, place)

    def _beside(self, inline: Inline, place: str) -> Iterator[Block]:
        """What hangs on a paragraph: hidden words, pictures, text boxes, notes."""
        self.changes += inline.changes
        if hidden := trim(inline.hidden):
            yield Block("aside", place, hidden, why="hidden text")
        for picture in inline.pictures:
            yield Block("aside", place, trim((picture,)), why="picture")
        for box in inline.boxes:
            for element in _body_elements(box):
                if element.tag == f"{W}tbl":
                    yield from self._read_table(element)
                else:
                    for paragraph in _paragraphs(element):
                        yield from self._read_paragraph(paragraph, f"text box at {place}")
        for key in inline.notes:
            note = self.notes.get(key)
            for paragraph in _paragraphs(note) if note is not None else ():
                runs = trim(self._runs.read(paragraph, self._style(paragraph)).runs)
                if runs:
                    yield Block("note", f"{key} at {place}", runs)

    def _block(self, paragraph: etree._Element, style: Style, block: Block) -> Block:
        label, level = self._label(paragraph, style)
        outline = value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        heading = style.heading or (int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else None)
        number = label.number if label else None
        if heading:
            marker: Marker = "number" if number else "none"
            return replace(block, shape="heading", level=heading, marker=marker, number=number)
        if label is None:
            return block
        shape: Shape = "text" if label.marker == "number" else "item"
        return replace(block, shape=shape, level=level, marker=label.marker, number=number)

    def _label(self, paragraph: etree._Element, style: Style) -> tuple[Label | None, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number_id = None if own is None else value(own.find(f"{W}numId"))
        level = None if own is None else value(own.find(f"{W}ilvl"))
        depth = int(level) if level and level.isdigit() else style.number_level
        label = self._numbering.label(number_id or style.number_id or "0", depth)
        if label is None and style.is_bullet and number_id != "0":
            label = Label("bullet")
        return label, depth

    def _read_table(self, table: etree._Element) -> Iterator[Block]:
        place = f"table after paragraph {self._paragraph}"
        if all(len(_cells(row)) < 2 for row in _rows(table)):  # a frame round ordinary paragraphs
            for row in _rows(table):
                for cell in _cells(row):
                    yield from self.read(cell)
            return
        beside: list[Block] = []
        rows = [tuple(self._read_row(row, beside)) for row in _rows(table) if not self._revisions.is_row_gone(row)]
        if any(any(row) for row in rows):
            kept = tuple(row for i, row in enumerate(rows) if i == 0 or any(row))
            yield Block("table", place, rows=kept, bookmarks=_bookmarks(table))
        yield from beside

    def _read_row(self, row: etree._Element, beside: list[Block]) -> Iterator[str]:
        yield from [""] * _span(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _cells(row):
            texts: list[str] = []
            for paragraph in _paragraphs(cell):
                self._paragraph += 1
                style = self._style(paragraph)
                inline = self._runs.read(paragraph, style, f"paragraph {self._paragraph}")
                beside += self._beside(inline, f"paragraph {self._paragraph}")
                text = " ".join(inline.text.split())
                label = self._label(paragraph, style)[0] if text else None
                mark = "" if label is None else f"{label.number} " if label.number else _BULLET
                texts.append(mark + text if text else "")
            yield " ".join(filter(None, texts))
            yield from [""] * (_span(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)


def _body_elements(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and contents lists, looking through what only wraps them."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if value(gallery) == "Table of Contents":
                yield child
            else:
                yield from _body_elements(child)
        elif child.tag in _THROUGH:
            yield from _body_elements(child)


def _paragraphs(container: etree._Element, besides: frozenset[str] = _BOXES) -> Iterator[etree._Element]:
    """All paragraphs in an element, those of its tables too; those in text boxes hang on the paragraph they are in."""
    for paragraph in container.iter(f"{W}p"):
        above = takewhile(lambda element: element is not container, paragraph.iterancestors())
        if paragraph is container or not any(element.tag in besides for element in above):
            yield paragraph


def _span(element: etree._Element | None, otherwise: int) -> int:
    """How many columns a cell or an indent of a row takes."""
    said = value(element) or ""
    return min(int(said), _MOST_COLUMNS) if said.isascii() and said.isdigit() and len(said) < 5 else otherwise


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in _through(table) if row.tag == f"{W}tr")


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in _through(row) if cell.tag == f"{W}tc"]


def _through(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if child.tag in _THROUGH or child.tag == f"{W}sdt":
            yield from _through(child)
        elif child.tag not in _GONE:
            yield child


def _text_block(paragraph: etree._Element, place: str, runs: tuple[Run, ...], inline: Inline) -> Block:
    coloured = tuple(" ".join(words.split()) for words in inline.coloured)
    return Block("text", place, runs, coloured=coloured, bookmarks=_bookmarks(paragraph))


def _bookmarks(element: etree._Element) -> tuple[str, ...]:
    """The names of the bookmarks in an element, those that Word makes for itself left out."""
    names = (mark.get(f"{W}name", "") for mark in element.iter(f"{W}bookmarkStart"))
    return tuple(name for name in names if not name.startswith("_"))
