"""Running headers, footers and page numbers of a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policybook.intake.block import Block
from policybook.intake.furniture import has_page_count, is_page_number, mask_digits
from policybook.intake.pdf_page import Line, Page, runs_of

_DEEPEST = 3
_SHARE = 0.5


def part_furniture(pages: Sequence[Page]) -> tuple[dict[int, list[Line]], list[Block]]:
    """For each page number the lines of its body, and what was set aside of all pages.

    Furniture stands among the first or last three lines, from the edge inwards, and comes on at least half the pages
    once its digits are masked; a page number or a count of the pages is furniture at the edge even of a single page.
    """
    counts = Counter(mask for page in pages for mask in {mask_digits(line.text) for line in _edges(page)})
    often = {mask for mask, count in counts.items() if count >= max(2, _SHARE * len(pages))}
    body: dict[int, list[Line]] = {}
    furniture: list[Block] = []
    for page in pages:
        ordered = sorted(page.lines, key=lambda line: -line.base)
        gone = {id(line) for line in [*_from_edge(ordered, often), *_from_edge(ordered[::-1], often)]}
        body[page.number] = [line for line in page.lines if id(line) not in gone]
        furniture += [_aside(line) for line in page.lines if id(line) in gone]
    return body, furniture


def _edges(page: Page) -> list[Line]:
    ordered = sorted(page.lines, key=lambda line: -line.base)
    return ordered[:_DEEPEST] + ordered[-_DEEPEST:]


def _from_edge(lines: Sequence[Line], often: set[str]) -> list[Line]:
    """The lines that are furniture, counted from one edge up to the first that is not."""
    found: list[Line] = []
    for line in lines[:_DEEPEST]:
        if mask_digits(line.text) not in often and not is_page_number(line.text) and not has_page_count(line.text):
            break
        found.append(line)
    return found


def _aside(line: Line) -> Block:
    why = "page number" if is_page_number(line.text) else "header or footer on every page"
    return Block("aside", f"page {line.page}", runs_of(line.words), why=why)
