"""PDF files as blocks: lines into paragraphs by their place on the page, furniture set aside, ruled tables read.

pypdfium2 gives the letters. A PDF knows no paragraphs: a line goes on with the one before it if its first word would
not have fitted there, and stands apart if there is more space above it than between lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from policybook.domain.error import UnreadableDocument
from policybook.domain.inline import Run
from policybook.intake.block import Block, Received
from policybook.intake.letter import clean_letters, counted_words
from policybook.intake.pdf_form import read_annotations
from policybook.intake.pdf_furniture import part_furniture
from policybook.intake.pdf_heading import Headings
from policybook.intake.pdf_ligature import restore_ligatures
from policybook.intake.pdf_page import UNKNOWN, Line, Page, read_page, runs_of
from policybook.intake.pdf_paragraph import Hyphens, Paragraph, build_paragraphs
from policybook.intake.pdf_table import Row, find_columns, find_grids, find_striped_grids, lines_outside

_MOST_PAGES = 400
_DEEPEST_TITLE = 9
_LEAST_LETTERS_A_PAGE = 15
_DAMAGED_SHARE = 0.005


def read_pdf(data: bytes, name: str) -> Received:
    """The blocks of a PDF; places are pages counted from 1. Raises UnreadableDocument for a locked or scanned one."""
    document = _open(data, name)
    try:
        pages = [read_page(document, index) for index in range(len(document))]
        outline = _outline(document)
        annotations = read_annotations(document)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument("one of its pages is damaged", where=name, mend="ask for it again") from error
    finally:
        document.close()
    letters = "".join(page.text for page in pages)
    if len(letters.split()) < 3 or len(letters) < _LEAST_LETTERS_A_PAGE * len(pages):
        raise UnreadableDocument(
            "its pages are pictures (a scan) without text", where=name, mend="ask for the Word file, or run OCR on it"
        )
    pages, mended = restore_ligatures(pages)
    letters = "".join(page.text for page in pages)
    hyphens = Hyphens.of(letters)
    body, furniture = part_furniture(pages)
    blocks = _blocks(pages, body, Headings.of(outline, [line for page in pages for line in page.lines]), hyphens)
    words = _source_words(pages, furniture, hyphens) + counted_words("\n".join(block.text for block in annotations))
    repairs = _repairs(letters, mended, hyphens.count_joined(letters))
    return Received((*blocks, *furniture, *annotations), tuple(words), tuple(repairs))


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                "it is locked with a password", where=name, mend="ask for a copy without one"
            ) from error
        raise UnreadableDocument("the PDF is damaged", where=name, mend="ask for it again") from error
    if len(document) > _MOST_PAGES:
        pages = len(document)
        document.close()
        raise UnreadableDocument(f"it has {pages} pages", where=name, mend="cut out the one policy that is meant")
    return document


def _outline(document: pdfium.PdfDocument) -> list[tuple[str, int]]:
    """The titles of the PDF's own outline, with their level from 1; damaged ones are left out."""
    titles: list[tuple[str, int]] = []
    for mark in document.get_toc(max_depth=_DEEPEST_TITLE):
        try:
            titles.append((mark.get_title(), mark.level + 1))
        except UnicodeDecodeError:
            continue
    return titles


def _source_words(pages: Sequence[Page], furniture: Sequence[Block], hyphens: Hyphens) -> list[str]:
    """The words that pdfium finds, counted apart from the blocks; furniture, which cuts sentences, at the end."""
    waiting = Counter((block.place, block.text) for block in furniture)
    text: list[str] = []
    for page in pages:
        for line in page.text.splitlines(keepends=True):
            key = (f"page {page.number}", " ".join(line.split()))
            if waiting[key] > 0:
                waiting[key] -= 1
            else:
                text.append(line)
    body = clean_letters(hyphens.join_text("".join(text)))[0]
    return counted_words("\n".join([body, *(block.text for block in furniture)]))


def _blocks(
    pages: Sequence[Page], body: dict[int, list[Line]], headings: Headings, hyphens: Hyphens
) -> Iterator[Block]:
    """The blocks of the body; a table at the head of a page goes on with the one at the foot of the page before."""
    elements: list[Line | Block] = []
    for page in pages:
        elements += _page_elements(page, body[page.number])
        elements += [Block("aside", f"page {page.number}", (Run("picture"),), why="picture") for _ in page.pictures]
    held: Block | None = None
    for element in build_paragraphs(elements, headings):
        block = _block(element, headings, hyphens) if isinstance(element, Paragraph) else element
        if held and held.shape == block.shape == "table" and _goes_on(held, block):
            held = replace(held, rows=_joined_rows(held.rows, block.rows))
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _goes_on(table: Block, after: Block) -> bool:
    """Whether a table at the head of a page is the rest of the one at the foot of the page before."""
    return table.place != after.place and len(table.rows[-1]) == len(after.rows[0])


def _joined_rows(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of both, a row that the page break cut in two as one: each of its cells goes on in lower case."""
    last, first = above[-1], below[0]
    cells = list(zip(last, first, strict=True))
    if any(first) and all(not rest or (cell and rest[0].islower()) for cell, rest in cells):
        return (*above[:-1], tuple(f"{cell} {rest}".strip() for cell, rest in cells), *below[1:])
    return (*above, *below)


def _page_elements(page: Page, lines: Sequence[Line]) -> list[Line | Block]:
    """The lines of a page outside its tables, and each table where it stands."""
    place = f"page {page.number}"
    grids = find_grids(page.rules) or find_striped_grids(page.rules, lines)
    elements: list[Line | Block] = []
    free: list[Line] = []
    order, inside = lines_outside(lines, grids)
    for element in order:
        if isinstance(element, Line):
            free.append(element)
            continue
        elements += [
            *_with_columns(free, place),
            Block("table", place, rows=element.read(inside[grids.index(element)])),
        ]
        free = []
    return elements + _with_columns(free, place)


def _with_columns(lines: Sequence[Line], place: str) -> list[Line | Block]:
    elements: list[Line | Block] = list(lines)
    for start, end, rows in reversed(find_columns(lines)):
        elements[start:end] = [Block("table", place, rows=rows)]
    return elements


def _block(paragraph: Paragraph, headings: Headings, hyphens: Hyphens) -> Block:
    runs = hyphens.join_runs([runs_of(line.words) for line in paragraph.lines], paragraph.breaks)
    place = f"page {paragraph.lines[0].page}"
    if paragraph.bullet is not None:
        return Block("item", place, runs, level=paragraph.depth, marker="bullet")
    level = headings.level(paragraph.lines)
    return Block("heading", place, runs, level) if level else Block("text", place, runs)


def _repairs(letters: str, mended: int, joined: int) -> Iterator[str]:
    yield from clean_letters(letters)[1]
    if joined:
        yield f"{joined} words that were cut by a hyphen at the end of a line were joined"
    if mended:
        yield f"{mended} words with a letter that the PDF does not name were mended (fi, ff, fl and the like)"
    unknown = sum(letters.count(letter) for letter in UNKNOWN)
    if unknown > _DAMAGED_SHARE * len(letters):
        yield "some letters of this PDF are not named in it; words may be damaged, so ask for the Word file"
