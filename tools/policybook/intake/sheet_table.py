"""The list in a spreadsheet: its headings, wherever they stand, and the rows below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policybook.intake.sheet import Cell, Sheet, SheetRow

DEEPEST_HEADING = 40
"""Rows in which the headings are looked for: a title and a few notes may stand above them."""
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading as it stands and what it means; `key` is None where nothing is known of that name."""

    index: int
    words: str
    key: str | None


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The list of one sheet. Columns without a heading are not in it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]

    def cells(self, row: SheetRow) -> dict[str, Cell]:
        """The cells of a row by key, empty ones too; columns of unknown meaning left out."""
        return {
            column.key: row.cells[column.index] if column.index < len(row.cells) else None
            for column in self.columns
            if column.key
        }

    def heading(self, key: str) -> str:
        """The heading of a key as it stands in the sheet."""
        return next(column.words for column in self.columns if column.key == key)

    def doubled(self) -> Iterator[Column]:
        """The columns whose meaning another column has already."""
        seen: set[str] = set()
        for column in self.columns:
            if column.key and column.key in seen:
                yield column
            seen.add(column.key or "")


def find_table(
    sheets: Sequence[Sheet], key_of: Callable[[str], str | None], needed: Sequence[str]
) -> SheetTable | None:
    """The first list whose headings mean all that is needed; None where no sheet has one."""
    return next(find_tables(sheets, key_of, needed), None)


def find_tables(
    sheets: Sequence[Sheet], key_of: Callable[[str], str | None], needed: Sequence[str]
) -> Iterator[SheetTable]:
    """The list of each sheet that has one whose headings mean all that is needed."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:DEEPEST_HEADING]):
            columns = tuple(
                Column(index, cell, key_of(cell)) for index, cell in enumerate(row.cells) if isinstance(cell, str)
            )
            if set(needed) <= {column.key for column in columns}:
                yield SheetTable(sheet.name, columns, sheet.rows[place + 1 :])
                break


def folded_heading(words: str) -> str:
    """A heading for looking it up: small letters and digits, single spaces."""
    return _SIGNS.sub(" ", words.casefold()).strip()
