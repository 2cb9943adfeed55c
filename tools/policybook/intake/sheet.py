"""Spreadsheets that people filled in: XLSX and CSV as rows of plain values. Nothing in them is ever computed.

openpyxl reads the workbooks (MIT, pure Python, kept up): it alone of the libraries for this tells a formula from the
value that Excel kept beside it. The package is looked through with the limits of `intake.package` before it is opened.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import XMLSyntaxError

from policybook.domain.error import UnreadableDocument
from policybook.intake.package import Package

LARGEST_FILE = 30_000_000
"""Bytes."""
MOST_ROWS = 60_000
"""Rows of one sheet; every state school in England is some 24,000."""
MOST_COLUMNS = 200
_FIRST_LINES = 10
"""Lines of a CSV file that tell what stands between its cells."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_DOWN = re.compile(r"([A-Z]{1,3})(\d{1,7}):\1(\d{1,7})")
_BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, OSError, EOFError, zipfile.BadZipFile,
    XMLSyntaxError, ParseError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken, and why in words that finish "this cell …"."""

    why: str


Cell = str | int | float | bool | date | time | BadCell | None
"""None is an empty cell. A whole number is an int, a day without hours a date."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty; `number` counts from 1 as the spreadsheet program shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, hidden ones left out; a CSV file is one sheet."""

    name: str
    rows: tuple[SheetRow, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet, of a formula the value that was last worked out.

    Raises UnreadableDocument where the file is missing, empty, damaged, locked, of another format, or larger than a
    list of schools can be.
    """
    data = _read(path)
    if data.startswith(_OLD_EXCEL):
        what = "it is an old Excel file (.xls), or locked with a password"
        raise UnreadableDocument(what, where=path.name, mend="save it as .xlsx, without a password, and try again")
    return _read_workbook(data, path.name) if data.startswith(b"PK") else (_read_csv(data, path),)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            what = f"it is larger than {LARGEST_FILE // 1_000_000} MB"
            raise UnreadableDocument(what, where=path.name, mend="take out pictures and sheets that are not needed")
        data = path.read_bytes()
    except OSError as error:
        mend = "check the name, and that it is not open elsewhere"
        raise UnreadableDocument(f"cannot be read: {error.strerror}", where=str(path), mend=mend) from error
    if not data.strip():
        raise UnreadableDocument("it is empty", where=path.name, mend="ask for it again")
    return data


def _read_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    merged = _look_through(Package(data, name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (styles, validation) is of no use here
            return tuple(_filled_down(sheet, merged.get(part, ())) for part, sheet in _sheets(data, name))
    except _BROKEN as error:
        mend = "open it, save it again as .xlsx, and try again"
        raise UnreadableDocument("the spreadsheet is damaged", where=name, mend=mend) from error


def _look_through(package: Package) -> dict[str, tuple[str, ...]]:
    """The merged cells (`A2:A9`) of each part. Refuses a package that is no workbook, and any part with a DOCTYPE."""
    parts = package.parts()
    if "xl/workbook.xml" not in parts:
        mend = "save it as .xlsx or .csv and try again"
        raise UnreadableDocument("it is not an Excel workbook (.xlsx)", where=package.name, mend=mend)
    merged: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if part.lower().endswith((".xml", ".rels")):
            root = package.xml(part)
            found = root.iter(_MERGED) if root is not None and part.startswith("xl/worksheets/") else ()
            merged[part] = tuple(cell.get("ref", "") for cell in found)
    return merged


def _filled_down(sheet: Sheet, merged: Sequence[str]) -> Sheet:
    """The sheet with the words of cells merged downwards in each of their rows, as a reader sees them.

    Those merged sideways stay in the first column: a title above the list is no heading of all its columns.
    """
    rows = {row.number: list(row.cells) for row in sheet.rows}
    for first, column, last in filter(None, map(_merged_rows, merged)):
        top = rows.get(first, [])
        for number in range(first + 1, min(last, MOST_ROWS) + 1) if column < len(top) else ():
            cells = rows.get(number, [])
            if cells and (column >= len(cells) or cells[column] is None):
                cells += [None] * (column + 1 - len(cells))
                cells[column] = top[column]
    return Sheet(sheet.name, tuple(SheetRow(number, tuple(cells)) for number, cells in rows.items()))


def _merged_rows(ref: str) -> tuple[int, int, int] | None:
    """First row, column from 0, and last row (in) of cells merged in a single column; None for all others."""
    match = _DOWN.fullmatch(ref)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1, int(match[3])


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, Sheet]]:
    """The sheets that are shown, each with the name of its part in the package."""
    from openpyxl import load_workbook

    books = [load_workbook(io.BytesIO(data), True, data_only=only, keep_links=False) for only in (True, False)]
    for kept, written in zip(books[0].worksheets, books[1].worksheets, strict=True):
        if kept.sheet_state == "visible":
            yield str(getattr(kept, "_worksheet_path", "")), Sheet(kept.title, tuple(_rows(kept, written, name)))
    for book in books:
        book.close()


def _rows(kept: Any, written: Any, name: str) -> Iterator[SheetRow]:
    limits = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS + 1}
    for sheet in (kept, written):
        sheet.reset_dimensions()  # what the file says of its own size is not to be believed
    pairs = zip(kept.iter_rows(**limits), written.iter_rows(**limits), strict=True)
    for number, (values, formulas) in enumerate(pairs, 1):
        row = _row(number, [_cell(*pair) for pair in zip(values, formulas, strict=True)], name)
        if row.cells:
            yield row


def _cell(kept: Any, written: Any) -> Cell:
    if written.data_type == "f" and kept.value is None:
        return BadCell("holds a formula whose result is not in the file; save the file in Excel, or type the value")
    if kept.data_type == "e":
        return BadCell(f"holds the error {kept.value}")
    return _plain(kept.value)


def _plain(value: object) -> Cell:
    """A value as the rest of the program knows it."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        return (datetime.min + value).time() if timedelta() <= value < timedelta(days=1) else str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, bool | int | float | date | time):
        return value
    return _words(str(value))


def _words(text: str) -> Cell:
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if words.startswith("="):
        return BadCell("begins with =, as a formula does; type the words themselves")
    return words or None


def _read_csv(data: bytes, path: Path) -> Sheet:
    text = _decode(data, path.name)
    first = "\n".join(text.split("\n", _FIRST_LINES)[:_FIRST_LINES])  # a title without any may stand above the list
    delimiter = max(",;\t", key=first.count)
    rows: list[SheetRow] = []
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            rows.append(_row(number, [_words(field) for field in fields], path.name))
    except csv.Error as error:
        mend = "open it in a spreadsheet program and save it as .xlsx"
        raise UnreadableDocument(f"it cannot be read as CSV: {error}", where=path.name, mend=mend) from error
    return Sheet(path.stem, tuple(row for row in rows if row.cells))


def _decode(data: bytes, name: str) -> str:
    """UTF-8, else what Excel on Windows writes in western Europe."""
    if b"\0" in data:
        mend = "save it as .xlsx or .csv and try again"
        raise UnreadableDocument("it is neither an Excel workbook nor CSV", where=name, mend=mend)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _row(number: int, cells: list[Cell], name: str) -> SheetRow:
    """The row without the empty cells at its end. Raises UnreadableDocument where there are too many of either."""
    while cells and cells[-1] is None:
        cells.pop()
    what = f"{MOST_ROWS:,} rows" if number > MOST_ROWS else f"{MOST_COLUMNS} columns"
    if cells and (number > MOST_ROWS or len(cells) > MOST_COLUMNS):
        raise UnreadableDocument(f"a sheet has more than {what}", where=name, mend="split it into several")
    return SheetRow(number, tuple(cells))
