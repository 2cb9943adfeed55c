"""A small chart as HTML: a table of labels and whole numbers, each number with a bar drawn beside it."""

from __future__ import annotations

from policybook.domain.inline import plain
from policybook.domain.page import Cell, Table
from policybook.render.html_words import Inline, escape_words, print_runs


def print_bars(table: Table, inline: Inline, name: str) -> str:
    """The chart; `name` is the id of its caption. The numbers stand in a table: the bars add nothing to it."""
    numbers = [_number(row[1]) for row in table.rows]
    longest = max((number for number in numbers if number), default=0)
    rows = "".join(
        f'<tr><th scope="row">{_words(row[0], inline)}</th>'
        f"<td>{_words(row[1], inline)}{_bar(number, longest)}</td></tr>"
        for row, number in zip(table.rows, numbers, strict=True)
    )
    head = "".join(f'<th scope="col">{escape_words(words)}</th>' for words in table.head)
    return (
        f'<table class="pb-bars"><caption id="{name}">{escape_words(table.caption) or "Chart"}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


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
