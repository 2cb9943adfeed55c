"""Ruled tables of a PDF page: cells from the lines drawn round them, words by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policybook.intake.number import find_number
from policybook.intake.pdf_page import Box, Line, Word

_TOUCH = 3.0
_THIN = 3.0
_WIDE_GAP = 1.8

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `heights` are its row boundaries from the top down, `uprights` its vertical lines."""

    box: Box
    heights: tuple[float, ...]
    uprights: tuple[Box, ...]

    def holds(self, word: Word) -> bool:
        """Whether a word stands in it."""
        left, bottom, right, top = self.box
        return left - _TOUCH < word.left < right and bottom - _TOUCH < word.base < top

    def read(self, words: Sequence[Word]) -> tuple[Row, ...]:
        """The words of each row's cells; a row's cells are those that lines part at its height."""
        rows: list[Row] = []
        for top, bottom in pairwise(self.heights):
            middle = (top + bottom) / 2
            edges = _clustered([line[0] for line in self.uprights if line[1] - _TOUCH < middle < line[3] + _TOUCH])
            inside = [word for word in words if bottom - _TOUCH / 3 < word.base <= top]
            cells: list[list[str]] = [[] for _ in range(max(1, len(edges) - 1))]
            for word in inside:
                column = sum(edge - _TOUCH / 2 <= word.left for edge in edges) - 1
                cells[min(max(column, 0), len(cells) - 1)].append(word.text)
            rows.append(tuple(" ".join(cell) for cell in cells))
        return tuple(rows)


def find_grids(rules: Sequence[Box]) -> list[Grid]:
    """The tables that a page's ruled lines make: at least two rows or two columns, closed on all sides."""
    return [grid for group in _groups(rules) if (grid := _grid(group))]


def lines_outside(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[list[Line | Grid], dict[int, list[Word]]]:
    """The lines that stand in no table, each table once where its first word stands, and the words of each table."""
    order: list[Line | Grid] = []
    inside: dict[int, list[Word]] = {}
    for line in lines:
        free: list[Word] = []
        for word in line.words:
            index = next((index for index, grid in enumerate(grids) if grid.holds(word)), None)
            if index is None:
                free.append(word)
                continue
            if index not in inside:
                order.append(grids[index])
            inside.setdefault(index, []).append(word)
        if free:
            order.append(line if len(free) == len(line.words) else Line(line.page, tuple(free), line.base, line.size))
    return order, inside


def find_columns(lines: Sequence[Line]) -> list[tuple[int, int, tuple[Row, ...]]]:
    """Tables without lines: where at least two lines in a row have words set in columns by wide gaps.

    Each is the index of its first line, the index after its last, and its rows.
    """
    found: list[tuple[int, int, tuple[Row, ...]]] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and len(_columns(lines[end])) > 1:
            end += 1
        if end - start > 1:
            found.append((start, end, tuple(map(_columns, lines[start:end]))))
        start = max(end, start + 1)
    return found


def _columns(line: Line) -> Row:
    """The words of a line parted at wide gaps; the gap after a number or a bullet parts nothing."""
    cells = [[line.words[0].text]]
    for before, word in pairwise(line.words):
        if word.left - before.right > _WIDE_GAP * line.size:
            cells.append([])
        cells[-1].append(word.text)
    row = tuple(map(" ".join, cells))
    marked = len(row) == 2 and (len(row[0]) < 2 or find_number(f"{row[0]} x") is not None)
    return row[:1] if marked else row


def _groups(rules: Sequence[Box]) -> list[list[Box]]:
    """The lines that touch each other, directly or through others."""
    groups: list[list[Box]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(other for group in touching for other in group)]
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _TOUCH
        and other[0] <= one[2] + _TOUCH
        and one[1] <= other[3] + _TOUCH
        and other[1] <= one[3] + _TOUCH
    )


def _grid(group: list[Box]) -> Grid | None:
    flat = [rule for rule in group if rule[3] - rule[1] <= _THIN < rule[2] - rule[0]]
    upright = [rule for rule in group if rule[2] - rule[0] <= _THIN < rule[3] - rule[1]]
    heights = _clustered([rule[1] for rule in flat])[::-1]
    edges = _clustered([rule[0] for rule in upright])
    if len(heights) < 2 or len(edges) < 2 or (len(heights) == 2 and len(edges) == 2):
        return None
    return Grid((edges[0], heights[-1], edges[-1], heights[0]), tuple(heights), tuple(upright))


def _clustered(places: Sequence[float]) -> list[float]:
    """The places in order, those nearer than the width of a line taken as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCH:
            kept.append(place)
    return kept
