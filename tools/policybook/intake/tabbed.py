"""Paragraphs whose words are set in columns by tabs, read as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policybook.intake.block import Block, without_prefix
from policybook.intake.number import find_number

_SPACES = re.compile(r"[ \t\u00a0]+")
_MARK = re.compile(r"(?:[•▪◦‣·\uf0b7]\s*|[-–*]\s+|o\s*\t\s*)(?=\S)")


def join_tabbed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with neighbouring tabbed paragraphs as one table, typed bullets as items, and single spaces."""
    rows: list[tuple[str, ...]] = []
    first: Block | None = None
    for block in blocks:
        row = _row(block)
        if row:
            first = first or block
            rows.append(row)
            continue
        if first:
            yield Block("table", first.place, rows=tuple(rows))
            rows, first = [], None
        yield _tidy(block)
    if first:
        yield Block("table", first.place, rows=tuple(rows))


def _row(block: Block) -> tuple[str, ...]:
    """The cells of a tabbed paragraph; none where a tab only parts a number or a mark from the words."""
    if block.shape != "text" or block.number is not None or "\t" not in block.text:
        return ()
    if (typed := find_number(block.text)) and "\t" not in block.text[typed.length :]:
        return ()
    if _MARK.match(block.text) or "\n" in block.text:
        return ()
    return tuple(" ".join(cell.split()) for cell in block.text.split("\t"))


def _tidy(block: Block) -> Block:
    """The block with single spaces; a bullet typed before its words makes it an item."""
    if block.shape == "text" and block.marker == "none" and (mark := _MARK.match(block.text)):
        block = replace(block, shape="item", marker="bullet", runs=without_prefix(block.runs, mark.end()))
    if not any(_SPACES.search(run.text) for run in block.runs):
        return block
    return replace(block, runs=tuple(replace(run, text=_SPACES.sub(" ", run.text)) for run in block.runs))
