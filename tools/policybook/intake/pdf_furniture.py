"""Running headers, footers and page numbers of a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policybook.intake.block import Block
from policybook.intake.furniture import has_page_count, is_page_number, mask_digits
from policybook.intake.pdf_page import Line, Page, runs_of

_DEEPEST = 3
_SHARE = 0.5
_EVERYWHERE = 3  # pages: a line at the edge of every one is furniture, however near the text
_MARGIN = 0.16
_LEAST_MARGIN = 80.0
_APART = 1.7  # of the letters' size: lines of one text stand at 1.1 to 1.5


def part_furniture(pages: Sequence[Page]) -> tuple[dict[int, list[Line]], list[Block]]:
    """For each page number the lines of its body, and what was set aside of all pages.

    Furniture stands among the first or last three lines, from the edge inwards, in the margin (the outer part of the
    page) with more than a line's space between it and the text, and comes on at least half the pages once its digits
    are masked; a page number or a count of the pages is furniture at the edge even of a single page.
    """
    edges = [edge for page in pages for edge in _edges(page)]
    counts = Counter(mask for page in pages for mask in {mask for edge in _edges(page) for mask in edge.masks})
    apart = Counter(mask for edge in edges if edge.is_apart for mask in edge.masks)
    often = {
        mask
        for mask, count in counts.items()
        if count >= max(2, _SHARE * len(pages)) and (apart[mask] * 2 >= count or count == len(pages) >= _EVERYWHERE)
    }
    body: dict[int, list[Line]] = {}
    furniture: list[Block] = []
    for page in pages:
        gone = {id(line) for edge in _edges(page) for line in _furniture(edge.lines, often)}
        body[page.number] = [line for line in page.lines if id(line) not in gone]
        furniture += [_aside(line) for line in page.lines if id(line) in gone]
    return body, furniture


@dataclass(frozen=True, slots=True)
class _Edge:
    """The outermost lines of a page at one side, from the edge inwards, that stand in the margin.

    `is_apart`: the text begins after more than a line's space, so that they do not belong to it.
    """

    lines: tuple[Line, ...]
    is_apart: bool

    @property
    def masks(self) -> set[str]:
        """Their words with the digits masked."""
        return {mask_digits(line.text) for line in self.lines}


def _edges(page: Page) -> Iterator[_Edge]:
    ordered = sorted(page.lines, key=lambda line: -line.base)
    margin = max(_LEAST_MARGIN, _MARGIN * (page.top - page.bottom))
    for lines, edge in ((ordered, page.top), (ordered[::-1], page.bottom)):
        outer = [line for line in lines[:_DEEPEST] if abs(edge - line.base) <= margin]
        apart = [
            place
            for place, (line, after) in enumerate(pairwise(lines), start=1)
            if place <= len(outer) and abs(line.base - after.base) > _APART * max(line.size, after.size)
        ]
        yield _Edge(tuple(outer[: apart[-1]] if apart else outer), bool(apart) or len(outer) == len(lines))


def _furniture(lines: Sequence[Line], often: set[str]) -> Iterator[Line]:
    """The lines that are furniture, counted from one edge up to the first that is not."""
    for line in lines:
        if mask_digits(line.text) not in often and not is_page_number(line.text) and not has_page_count(line.text):
            return
        yield line


def _aside(line: Line) -> Block:
    why = "page number" if is_page_number(line.text) else "header or footer on every page"
    return Block("aside", f"page {line.page}", runs_of(line.words), why=why)
