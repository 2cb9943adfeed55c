"""On which page each heading of a Word document will stand, worked out before Word has laid it out.

A contents list needs page numbers when the document is first opened, and Word works them out only when asked (F9), or
with a question to the reader that would alarm them. So lines are counted here with Arial's published widths and the
sizes of templates/default/docx/styles.xml. It is an estimate: `tests/render/test_docx.py` holds it against LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from policybook.domain.inline import Run, plain
from policybook.domain.page import Callout, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.paper import column_shares, leads_on, table_rows, titled, with_signs

# Widths of Arial (as of Helvetica), in thousandths of the size, for U+0020 to U+007E.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_OTHER_WIDTH = 556
_BOLD = 1.07
_LINE = 1.149
"""Height of a line of Arial at single spacing, in sizes."""

STEP = 794
INNER_STEP = 567
"""Twips: where the words of a numbered clause begin, and how far each further depth stands in."""

KEPT_ROWS = 6
"""A table of no more rows is kept on one page, as far as it fits there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 in twips (twentieths of a point), upright or lying."""

    width: int
    height: int
    side: int
    top: int = 1361
    bottom: int = 1247

    @property
    def text_width(self) -> int:
        """Twips between the margins."""
        return self.width - 2 * self.side


def sheet_of(page: Page) -> Sheet:
    """The sheet that the page is printed on."""
    return Sheet(16838, 11906, side=1020) if page.landscape else Sheet(11906, 16838, side=1361)


def depth_indent(depth: int) -> int:
    """Twips from the margin to where a block of this depth begins."""
    return 0 if depth <= 0 else STEP + INNER_STEP * (min(depth, 8) - 1)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of words in points, `size` in points."""
    thousandths = sum(_word_width(word) for word in text.split(" ")) + text.count(" ") * _WIDTHS[0]
    return thousandths * size * (_BOLD if bold else 1) / 1000


def heading_pages(page: Page) -> dict[int, int]:
    """Page number (the first is 1) for each heading of level 1, by its index among the page's blocks."""
    height = (sheet_of(page).height - sheet_of(page).top - sheet_of(page).bottom) / 20
    found: dict[int, int] = {}
    number, used = 1, 0.0
    pieces = list(_pieces(page))
    for place, piece in enumerate(pieces):
        if piece.new_page and used:
            number, used = number + 1, 0.0
        if used and used + _needed(pieces, place) > height:
            number, used = number + 1, 0.0
        if piece.block >= 0:
            found[piece.block] = number
        used += piece.before if used else 0
        for _ in range(piece.lines):
            if used + piece.line > height:
                number, used = number + 1, 0.0
            used += piece.line
        used += piece.after
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines set one under another, all lengths in points; `block` is the index of a heading of level 1, else -1."""

    lines: int
    line: float
    before: float = 0
    after: float = 6
    together: bool = False
    with_next: bool = False
    new_page: bool = False
    block: int = -1


@cache
def _word_width(word: str) -> int:
    codes = (ord(character) - 32 for character in word)
    return sum(_WIDTHS[code] if 0 <= code < len(_WIDTHS) else _OTHER_WIDTH for code in codes)


def _needed(pieces: list[_Piece], place: int) -> float:
    """The height that must be free for this piece to begin here: two of its lines, or what is kept with it."""
    height = 0.0
    for piece in pieces[place : place + 12]:
        height += piece.before
        if not piece.with_next:
            return height + piece.line * (piece.lines if piece.together else min(2, piece.lines))
        height += piece.line * piece.lines + piece.after
    return height


def _pieces(page: Page) -> Iterator[_Piece]:
    width = sheet_of(page).text_width / 20
    yield _piece(titled(page), 24, width, spacing=1.05, after=4, with_next=True, bold=True)
    if page.subject:
        yield _piece(page.subject, 14, width, after=14, with_next=True)
    new_page = False
    for index, block in enumerate(page.blocks):
        if isinstance(block, PageBreak):
            new_page = True
            continue
        if new_page:
            yield _Piece(0, 0, after=0, new_page=True)
            new_page = False
        yield from _block_pieces(page, index, width)


def _block_pieces(page: Page, index: int, width: float) -> Iterator[_Piece]:
    match page.blocks[index]:
        case Heading() as heading:
            yield _heading(heading, index, width)
        case Paragraph() as paragraph:
            yield _paragraph(paragraph, width)
        case Table() as table:
            yield from _table(table, width)
        case Form() as form:
            yield from (_Piece(1, 15.2, before=12 if one.type != "signature" else 28, after=3) for one in form.fields)
        case Callout() as callout:
            text = f"{callout.label}. {plain(callout.runs)}"
            yield _piece(text, 11.5, width - 20, before=16, after=18, together=True)
        case Contents() as contents:
            yield _piece(contents.title, 16, width, before=18, spacing=1.05, with_next=True, bold=True)
            parts = sum(isinstance(one, Heading) and one.level == 1 for one in page.blocks)
            yield from (_Piece(1, 15.2, after=3) for _ in range(parts))


def _piece(
    text: str, size: float, width: float, *, spacing: float = 1.1, before: float = 0, after: float = 6,
    with_next: bool = False, together: bool = False, bold: bool = False, block: int = -1,
) -> _Piece:  # fmt: skip
    lines = line_count(text, size, width, bold=bold)
    return _Piece(lines, size * _LINE * spacing, before, after, together, with_next, block=block)


def _heading(heading: Heading, index: int, width: float) -> _Piece:
    size, before, after = {1: (16, 18, 6), 2: (13, 12, 5), 3: (12, 10, 4)}.get(heading.level, (12, 8, 4))
    inner = width - (STEP / 20 if heading.number else 0)
    block = index if heading.level == 1 else -1
    text = plain(heading.runs)
    return _piece(
        text,
        size,
        inner,
        spacing=1.05,
        before=before,
        after=after,
        with_next=True,
        together=True,
        bold=True,
        block=block,
    )


def _paragraph(paragraph: Paragraph, width: float) -> _Piece:
    bullet = 397 if paragraph.marker == "bullet" else INNER_STEP if paragraph.depth else STEP
    label = bullet if paragraph.number or paragraph.marker == "bullet" else 0
    inner = width - (depth_indent(paragraph.depth) + label) / 20
    after = 4 if paragraph.marker in {"bullet", "letter"} else 6
    text = plain(with_signs(paragraph.runs)) + ("  " + paragraph.aside if paragraph.aside else "")
    return _piece(text, 12, inner, after=after, with_next=leads_on(paragraph.runs))


def _table(table: Table, width: float) -> Iterator[_Piece]:
    shares = column_shares(table)
    if table.caption and table.layout == "grid":
        yield _piece(table.caption, 11, width, before=10, after=4, with_next=True, bold=True)
    if table.head and table.layout == "grid":
        cells = [(Run(word, bold=True),) for word in table.head]
        yield _row([(runs,) for runs in cells], shares, width, with_next=True)
    rows = table_rows(table)
    for index, row in enumerate(rows):
        is_kept = table.layout == "grid" and len(rows) <= KEPT_ROWS and index < len(rows) - 1
        yield _row([cell.paragraphs for cell in row], shares, width, with_next=is_kept)
    yield _Piece(1, 10, after=0)


def _row(
    cells: list[tuple[tuple[Run, ...], ...]], shares: tuple[float, ...], width: float, *, with_next: bool = False
) -> _Piece:
    line, tallest = 10.5 * _LINE * 1.05, 1
    for share, paragraphs in zip(shares, cells, strict=False):
        inner = share * width - 10
        counts = (
            line_count(plain(with_signs(runs)), 10.5, inner, bold=runs[:1] != () and runs[0].bold)
            for runs in paragraphs
        )
        tallest = max(tallest, sum(counts))
    more = 4 * max((len(paragraphs) for paragraphs in cells), default=1)
    return _Piece(1, tallest * line + more + 3.3, after=0, together=True, with_next=with_next)


@lru_cache(maxsize=16_384)  # the adoptions of a model share most of their paragraphs
def line_count(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines that the words fill, broken greedily at blanks as Word does."""
    scale = size * (_BOLD if bold else 1) / 1000
    blank = _WIDTHS[0] * scale
    lines = 0
    for stretch in text.split("\n"):
        lines += 1
        used = 0.0
        for word in stretch.split():
            wide = _word_width(word) * scale
            if used and used + blank + wide > width:
                lines, used = lines + 1, wide
            else:
                used += (blank if used else 0) + wide
            lines += int(used / width) if used > width else 0
    return lines
