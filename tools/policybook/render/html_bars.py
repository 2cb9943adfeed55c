"""A small chart as HTML: labels, whole numbers with a bar drawn beside each, and what else is said."""

from __future__ import annotations

from policybook.domain.inline import plain
from policybook.domain.page import Cell, Table
from policybook.render.html_words import Inline, escape_words, print_runs


def print_bars(table: Table, inline: Inline, name: str) -> str:
    """The chart; `name` is the id of its caption. The numbers stand in a table: the bars add nothing to it."""
    numbers = [_number(row[1]) for row in table.rows]
    longest = max((number for number in numbers if number), default=0)
    rows = "".join(_row(row, number, longest, inline) for row, number in zip(table.rows, numbers, strict=True))
    head = "".join(f'<th scope="col">{escape_words(words)}</th>' for words in table.head)
    return (
        f'<table class="pb-bars"><caption id="{name}">{escape_words(table.caption) or "Chart"}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(row: tuple[Cell, ...], number: int | None, longest: int, inline: Inline) -> str:
    label, count, *others = row
    said = "".join(f'<td class="pb-said">{_words(cell, inline)}</td>' for cell in others)
    bar = _bar(number, longest)
    return f'<tr><th scope="row">{_words(label, inline)}</th><td>{_words(count, inline)}{bar}</td>{said}</tr>'


def _bar(number: int | None, longest: int) -> str:
    """A bar as long as its number; nothing where the cell holds no number."""
    if not number or not longest:
        return ""
    width = round(100 * number / longest, 1)
    return (
        '<svg class="pb-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{width:g}" height="8" rx="0.6"></rect></svg>'
    )


def _words(cell: Cell, inline: Inline) -> str:
    return " ".join(print_runs(runs, inline) for runs in cell.paragraphs)


def _number(cell: Cell) -> int | None:
    words = "".join(plain(runs) for runs in cell.paragraphs)
    return int(words) if words.isascii() and words.isdigit() else None
