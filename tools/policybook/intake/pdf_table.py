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
    """A ruled table: `heights` are its row boundaries from the top down, `uprights` and `flats` its lines.

    Its sides may be open, as where a table has lines between its columns and none round them.
    """

    box: Box
    heights: tuple[float, ...]
    uprights: tuple[Box, ...]
    flats: tuple[Box, ...]

    def holds(self, word: Word) -> bool:
        """Whether a word stands in it."""
        left, bottom, right, top = self.box
        return left - _TOUCH < word.left < right and bottom - _TOUCH < word.base < top

    def read(self, words: Sequence[Word]) -> tuple[Row, ...]:
        """The words of each row's cells; a row's cells are those that lines part at its height.

        The words of a cell that goes over several rows stand in the first of them, and nothing in the others.
        """
        edges = [self._edges(top, bottom) for top, bottom in pairwise(self.heights)]
        rows: list[list[list[str]]] = [[[] for _ in pairwise(places)] for places in edges]
        for word in words:
            row = self._row(word)
            column = _column(edges[row], word.left)
            while row > 0 and not self._has_line(self.heights[row], *edges[row][column : column + 2]):
                middle = sum(edges[row][column : column + 2]) / 2
                row -= 1
                column = _column(edges[row], middle)
            rows[row][column].append(word.text)
        return tuple(tuple(" ".join(cell) for cell in row) for row in rows)

    def _row(self, word: Word) -> int:
        below = sum(height >= word.base - _TOUCH / 3 for height in self.heights)
        return min(max(below - 1, 0), len(self.heights) - 2)

    def _edges(self, top: float, bottom: float) -> list[float]:
        middle = (top + bottom) / 2
        uprights = [line[0] for line in self.uprights if line[1] - _TOUCH < middle < line[3] + _TOUCH]
        inner = [place for place in uprights if self.box[0] + _TOUCH < place < self.box[2] - _TOUCH]
        return [self.box[0], *_clustered(inner), self.box[2]]

    def _has_line(self, height: float, left: float, right: float) -> bool:
        """Whether a line is drawn at that height over the middle of a cell."""
        middle = (left + right) / 2
        return any(
            line[0] <= middle <= line[2] and line[1] - _TOUCH <= height <= line[3] + _TOUCH for line in self.flats
        )


def find_grids(rules: Sequence[Box]) -> list[Grid]:
    """The tables that a page's ruled lines make: at least two rows or two columns, closed on all sides."""
    return [grid for group in _groups(rules) if (grid := _grid(group))]


def find_striped_grids(rules: Sequence[Box], lines: Sequence[Line]) -> list[Grid]:
    """The tables that have lines between their rows and none between their columns, which wide gaps part.

    At least two rows in a row, each between two rules of one length, begin with a line of the same columns.
    """
    flats = _whole_flats(rules)
    found: list[Grid] = []
    run: list[Box] = []
    places: list[float] = []
    for above, below in pairwise(flats):
        columns = _gap_columns(above, below, lines)
        goes_on = bool(run) and _shared(places, columns)
        if columns and goes_on:
            run.append(below)
            places = _shared(places, columns)
        else:
            found += _striped(run, places)
            run, places = ([above, below], columns) if columns else ([], [])
    return found + _striped(run, places)


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


def _whole_flats(rules: Sequence[Box]) -> list[Box]:
    """The level lines from the top down, those that touch end to end (one a cell) as one."""
    flats = [rule for rule in rules if rule[3] - rule[1] <= _THIN < rule[2] - rule[0]]
    whole: list[Box] = []
    for rule in sorted(flats, key=lambda rule: (-round(rule[1]), rule[0])):
        last = whole[-1] if whole else None
        if last and round(last[1]) == round(rule[1]) and rule[0] <= last[2] + _TOUCH:
            whole[-1] = (last[0], last[1], max(last[2], rule[2]), last[3])
        else:
            whole.append(rule)
    return whole


def _gap_columns(above: Box, below: Box, lines: Sequence[Line]) -> list[float]:
    """Where the second and later columns begin in the first line between two rules of one length."""
    if abs(above[0] - below[0]) > _TOUCH or abs(above[2] - below[2]) > _TOUCH:
        return []
    inside = [line for line in lines if below[1] < line.base < above[1] and above[0] - _TOUCH < line.left < above[2]]
    if not inside:
        return []
    first = max(inside, key=lambda line: line.base)
    if len(_columns(first)) < 2:
        return []
    return [two.left for one, two in pairwise(first.words) if two.left - one.right > _WIDE_GAP * first.size]


def _shared(places: Sequence[float], others: Sequence[float]) -> list[float]:
    return [place for place in places if any(abs(place - other) <= _TOUCH for other in others)]


def _striped(run: Sequence[Box], places: Sequence[float]) -> list[Grid]:
    """The grid of some rules, as if it had a line before each column; none for fewer than two rows."""
    if len(run) <= 2 or not places:
        return []
    heights = tuple(rule[1] for rule in run)
    uprights = tuple((place - _TOUCH, heights[-1], place - _TOUCH, heights[0]) for place in places)
    return [Grid((run[0][0], heights[-1], run[0][2], heights[0]), heights, uprights, tuple(run))]


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
    if len(heights) < 2 or not upright:
        return None
    left, right = min(rule[0] for rule in group), max(rule[2] for rule in group)
    edges = _clustered([left, right, *(rule[0] for rule in upright)])
    if len(edges) < 2 or (len(heights) == 2 and len(edges) == 2):
        return None
    return Grid((left, heights[-1], right, heights[0]), tuple(heights), tuple(upright), tuple(flat))


def _column(edges: Sequence[float], place: float) -> int:
    """Which cell of a row a place lies in, that of its words' left edge."""
    found = sum(edge - _TOUCH / 2 <= place for edge in edges) - 1
    return min(max(found, 0), len(edges) - 2)


def _clustered(places: Sequence[float]) -> list[float]:
    """The places in order, those nearer than the width of a line taken as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCH:
            kept.append(place)
    return kept
