"""What a table is for: facts about the document, its history, its contents list, or words of the policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policybook.intake.block import Block
from policybook.intake.label import canonical_name, is_known_label

Row = tuple[str, ...]

_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?", re.IGNORECASE)
_HISTORY = re.compile(
    r"version(?: (?:no\.?|number|control))?|issue|revision|date(?: of .*)?|description|summary|details?|reason|status|"
    r"(?:revision |amended |revised |reviewed |changed |edited |approved )?(?:author|by)|author|reviewer|editor|"
    r"(?:key |main |details of |summary of |nature of )?(?:amendments?|changes?|comments?)(?: made)?"
    r"(?: ?(?:&|and|/) ?(?:amendments?|changes?|comments?))?|pages?|page (?:no\.?|number)|section",
    re.IGNORECASE,
)
_ABOUT_HISTORY = re.compile(r"version|issue|revision|revised|amend", re.IGNORECASE)
_PAGE = re.compile(r"\d{1,3}")
_ENTRY = re.compile(r".{2,120}?[\s.…·_]{1,400}\d{1,3}")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said about the document itself: a label as printed and its value, empty where nothing was filled in."""

    label: str
    value: str
    place: str

    @property
    def text(self) -> str:
        """Label and value as one text."""
        return f"{self.label} {self.value}"


def read_table(block: Block, *, in_front: bool) -> Iterator[Block | Fact]:
    """The facts of a table that speaks of the document, else the table as it is; contents lists are set aside.

    `in_front` says that no clause came before: only there is one known label enough to make a table of facts.
    """
    for rows in _parts(block.rows):
        if _is_contents_head(rows[0]):
            yield replace(block, shape="aside", rows=tuple(rows), why="contents list")
        elif facts := _history(rows, block.place) or _control(rows, block.place, in_front):
            yield from facts
        else:
            yield replace(block, rows=tuple(rows))


def set_contents_aside(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with a contents list that is written out line by line set aside, its title included."""
    waiting: Block | None = None
    inside = False
    for block in blocks:
        if inside and _is_entry(block):
            if waiting:
                yield replace(waiting, shape="aside", why="contents list")
                waiting = None
            yield replace(block, shape="aside", why="contents list")
            continue
        if waiting:
            yield waiting
        inside = block.shape in ("text", "heading") and bool(_CONTENTS.fullmatch(block.text))
        waiting = block if inside else None
        if not inside:
            yield block
    if waiting:
        yield waiting


def _is_entry(block: Block) -> bool:
    if block.shape == "aside":
        return True
    if block.shape == "table":
        filled = [[cell for cell in row if cell] for row in block.rows]
        return sum(bool(row) and bool(_PAGE.fullmatch(row[-1])) for row in filled) * 2 > len(filled)
    return block.shape != "heading" and bool(_ENTRY.fullmatch(block.text))


def _parts(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """The rows parted before each that heads a history or a contents list: tables that touch look like one."""
    part: list[Row] = []
    for row in rows:
        if part and (_is_history_head(row) or _is_contents_head(row)):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _is_contents_head(row: Row) -> bool:
    first = next(filter(None, row), "")
    return bool(_CONTENTS.fullmatch(first))


def _is_history_head(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    return (
        len(cells) > 2
        and all(_HISTORY.fullmatch(cell.rstrip(":")) for cell in cells)
        and any(map(_ABOUT_HISTORY.match, cells))
    )


def _history(rows: list[Row], place: str) -> list[Fact]:
    if not rows or not _is_history_head(rows[0]):
        return []
    head, *body = (" | ".join(cell for cell in row if cell) for row in rows)
    return [Fact(head, "; ".join(filter(None, body)), place)]


def _control(rows: list[Row], place: str, in_front: bool) -> list[Fact]:
    facts = [fact for row in rows for fact in _pairs(row, place)]
    named = sum(canonical_name(fact.label) is not None for fact in facts)
    known = sum(is_known_label(fact.label) for fact in facts)
    if not facts or known * 2 < len(facts) or not (named > 1 or (in_front and known)):
        return []
    return facts


def _pairs(row: Row, place: str) -> Iterator[Fact]:
    """Labels and values of one row: `Label: value` in one cell, or a label and the cells up to the next label."""
    label: str | None = None
    for cell in filter(None, row):
        head, colon, rest = cell.partition(":")
        if label is not None and not (colon and is_known_label(head)):
            yield Fact(label, cell, place)
            label = None
        elif colon and rest.strip():
            if label is not None:
                yield Fact(label, "", place)
            yield Fact(head.strip(), rest.strip(), place)
            label = None
        else:
            if label is not None:
                yield Fact(label, "", place)
            label = cell.rstrip(": ")
    if label is not None:
        yield Fact(label, "", place)
