"""The tables of a page tree as a workbook: one worksheet a table, every cell words and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter

from policybook.domain.inline import Run, plain
from policybook.domain.page import Block, Callout, Cell, Form, Heading, Page, Paragraph, Table
from policybook.render.docx_pages import line_count
from policybook.render.paper import (
    LEGEND,
    TONES,
    column_count,
    column_shares,
    has_changes,
    label_of,
    readable,
    row_tone,
    table_rows,
    titled,
    with_signs,
)

_CREATED = datetime(2020, 1, 1)
"""In every workbook, so that bytes repeat; without a time zone, as XlsxWriter wants it."""

_WORDS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_MOST = 32_767
"""Characters that Excel holds in one cell."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_FORMULA_START = re.compile(r"[=+\-@\t\r]")
_ALL_COLUMNS = 140
"""Characters across all columns of a sheet, as wide as a screen and a page in landscape are."""

_WIDEST = 80
"""Characters across the first sheet: a page upright holds them, also where another font stands in for Excel's."""

_SIZE = 11
_CHARACTER, _LINE, _TALLEST = 5.25, 1.3, 409
"""Points across a character of a column's width; a line's height in sizes of its letters; points of a row at most."""

_INK = "#1B365D"
_MARKS = {
    "inserted": {"font_color": "#0B5A1E", "underline": 1},
    "deleted": {"font_color": "#9C1C1C", "font_strikeout": True},
}


def write_xlsx(page: Page) -> bytes:
    """The bytes of a workbook (.xlsx), the same for the same page.

    The first sheet, "About", has the title, the subject and what stands outside tables; then each table has a sheet of
    its own, named by its caption, with its head frozen and a filter on every column. No cell is ever a formula, an
    address or a number: what begins like a formula is marked as text, so that it stays one when it is edited. Words
    beyond Excel's 32,767 characters a cell are cut, and the cell says so. Raises RenderError if the page has no title.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _WORDS_ONLY)
    book.set_properties({"title": titled(page)[:255], "subject": readable(page.subject)[:255], "created": _CREATED})
    for name, value in dict(page.properties).items():
        book.set_custom_property(readable(name)[:255] or "property", readable(value)[:255], "text")
    writer = _BookWriter(book, page)
    writer.write_about()
    for table in (block for block in page.blocks if isinstance(block, Table)):
        writer.write_table(table)
    book.close()
    return stream.getvalue()


class _BookWriter:
    """One workbook being written; formats are made once each, as Excel allows only so many."""

    def __init__(self, book: Any, page: Page) -> None:
        self._book = book
        self._page = page
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names = {"about", "history"}  # Excel keeps "History" for itself

    def write_about(self) -> None:
        sheet = self._book.add_worksheet("About")
        sheet.set_column(0, 0, _WIDEST)
        head: dict[str, Any] = {"bold": True, "font_size": 18, "font_color": _INK}
        lines = [(titled(self._page), head)]
        lines += [(self._page.subject, {"font_size": 13, "font_color": "#404040"})] if self._page.subject else []
        blocks = self._page.blocks
        lines += [(plain(with_signs(LEGEND)), {})] if any(map(has_changes, blocks)) else []
        lines += [line for block in blocks for line in _loose(block)]
        for row, (words, look) in enumerate(lines):
            self._write_words(sheet, row, 0, words, look)
            _fit(sheet, row, [(words, _WIDEST)], look.get("font_size", _SIZE))
        self._prepare_print(sheet, landscape=False)

    def write_table(self, table: Table) -> None:
        sheet = self._book.add_worksheet(self._sheet_name(table.caption))
        widths = [min(70, max(9, round(share * _ALL_COLUMNS))) for share in column_shares(table)]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        rows = table_rows(table)
        has_head = table.layout == "grid" and bool(table.head)
        if has_head:
            self._write_head(sheet, table, len(rows))
            _fit(sheet, 0, zip(table.head, widths, strict=False))
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                tone = TONES.get(cell.tone, row_tone(table, index))
                is_head = cell.heading or (table.layout == "control" and column == 0)
                look = {"border": 1, "border_color": "#BFC6D1"} | ({"bg_color": f"#{tone}"} if tone else {})
                self._write_cell(sheet, (index + has_head, column), cell, look | ({"bold": True} if is_head else {}))
                if cell.options:
                    pick = {"validate": "list", "source": list(cell.options), "error_title": "That will not do"}
                    sheet.data_validation(index + has_head, column, index + has_head, column, pick)
            _fit(sheet, index + has_head, zip(map(_words_of, row), widths, strict=False))
        self._prepare_print(sheet, landscape=True)

    def _write_head(self, sheet: Any, table: Table, rows: int) -> None:
        look = {"bold": True, "bg_color": "#E4E9F0", "bottom": 2, "bottom_color": _INK}
        width = column_count(table)
        for column in range(width):
            self._write_words(sheet, 0, column, table.head[column] if column < len(table.head) else "", look)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(rows, 1), width - 1)

    def _prepare_print(self, sheet: Any, *, landscape: bool) -> None:
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        words = readable(self._page.footer).replace("&", "&&").replace("\n", " ")[:200]
        sheet.set_footer(f"&L{' ' if words[:1].isdigit() else ''}{words}&RPage &P of &N")

    def _write_cell(self, sheet: Any, place: tuple[int, int], cell: Cell, look: dict[str, Any]) -> None:
        """Words with their marks kept; rich text needs two stretches or more, else Excel takes the plain cell."""
        paragraphs = [with_signs(runs) for runs in cell.paragraphs]
        runs = [run for number, one in enumerate(paragraphs) for run in (*((Run("\n"),) if number else ()), *one)]
        words = "".join(readable(_shown(run)) for run in runs)
        pieces = [(run, readable(_shown(run))) for run in runs if _shown(run)]
        if len(pieces) < 2 or _length(words) > _MOST or not any(_is_rich(run) for run, _ in pieces):
            self._write_words(sheet, *place, words, look)
            return
        bold = {"bold": True} if look.get("bold") else {}
        fragments = [part for run, text in pieces for part in (self._format(_run_look(run) | bold, wraps=False), text)]
        sheet.write_rich_string(*place, *fragments, self._cell_format(words, look))

    def _write_words(self, sheet: Any, row: int, column: int, words: str, look: dict[str, Any]) -> None:
        text = readable(words)
        if _length(text) > _MOST:
            kept = _cut(text, _MOST - 100)
            text = f"{kept} … [cut here: {len(text) - len(kept)} more characters do not fit in a cell]"
        if text:
            sheet.write_string(row, column, text, self._cell_format(text, look))
        else:
            sheet.write_blank(row, column, None, self._cell_format(text, look))

    def _cell_format(self, words: str, look: dict[str, Any]) -> Any:
        is_risky = bool(_FORMULA_START.match(words.lstrip()))
        return self._format(look | ({"quote_prefix": True} if is_risky else {}), wraps=True)

    def _format(self, look: dict[str, Any], *, wraps: bool) -> Any:
        whole = {"font_name": "Arial", "font_size": _SIZE, **look} | (
            {"text_wrap": True, "valign": "top"} if wraps else {}
        )
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(whole)
        return self._formats[key]

    def _sheet_name(self, caption: str) -> str:
        """At most 31 characters, none that Excel forbids, unlike every other name whatever the case."""
        name = " ".join(_FORBIDDEN.sub(" ", readable(caption)).split()).strip("'")
        name = _cut(name, 31).strip("' ") or "Table"
        unique, count = name, 1
        while unique.casefold() in self._names:
            count += 1
            unique = f"{_cut(name, 30 - len(str(count))).rstrip()} {count}"
        self._names.add(unique.casefold())
        return unique


def _fit(sheet: Any, row: int, cells: Iterable[tuple[str, int]], size: float = _SIZE) -> None:
    """Room for all lines of a row of (words, width): Excel finds it out on opening the file, other programs do not."""
    lines = max((line_count(readable(words), size, width * _CHARACTER) for words, width in cells), default=1)
    if lines > 1 or size > _SIZE:
        sheet.set_row(row, min(_TALLEST, lines * size * _LINE + 3))


def _words_of(cell: Cell) -> str:
    return "\n".join("".join(map(_shown, with_signs(runs))) for runs in cell.paragraphs)


def _loose(block: Block) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of a block that is no table, a line of the first sheet each, with how they look."""
    match block:
        case Heading():
            yield _numbered(block.number, block.runs), {"bold": True, "font_size": 13, "font_color": _INK}
        case Paragraph():
            words = _numbered("•" if block.marker == "bullet" else block.number, block.runs)
            yield words + (f"  ({block.aside})" if block.aside else ""), {"indent": min(max(block.depth, 0), 15)}
        case Callout():
            yield f"{label_of(block)} {plain(with_signs(block.runs))}".strip(), {"bg_color": "#EEF2F7"}
        case Form():
            yield from ((("☐ " if one.type == "tick" else "") + one.label, {}) for one in block.fields)
        case _:
            return


def _length(text: str) -> int:
    """Characters as Excel counts them: one outside the first 65,536 (an emoji) counts twice."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    """The beginning of the text, at most so many characters as Excel counts them."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _numbered(number: str | None, runs: tuple[Run, ...]) -> str:
    words = "".join(_shown(run) for run in with_signs(runs))
    return f"{number}  {words}" if number else words


def _shown(run: Run) -> str:
    return run.text or (f"[{run.parameter or 'not filled in'}]" if run.blank else "")


def _is_rich(run: Run) -> bool:
    return run.bold or run.italic or run.mark != "none"


def _run_look(run: Run) -> dict[str, Any]:
    look: dict[str, Any] = {"bold": True} if run.bold else {}
    return look | ({"italic": True} if run.italic else {}) | _MARKS.get(run.mark, {})
