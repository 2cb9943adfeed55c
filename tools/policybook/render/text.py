"""A page tree as plain text for a terminal: nothing but words, so that a screen reader and a pipe read it as well."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from policybook.domain.inline import Run
from policybook.domain.page import Block, Callout, Cell, Form, Heading, Page, Paragraph, Table
from policybook.text.visible import visible

WIDTH = 100
_MARKS = {"none": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_CONTROL = {code: f"<U+{code:04X}>" for code in (*range(32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def write_text(page: Page) -> str:
    """The page as lines of at most 100 characters; tables as one paragraph a row, with the head before each cell."""
    lines = [page.title, "=" * len(page.title)]
    if page.subject:
        lines.append(page.subject)
    for block in page.blocks:
        lines += _print_block(block)
    return "\n".join(visible(line) for line in lines) + "\n"


def _print_block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        words = _words(block.runs, block.number)
        yield from ("", words, ("-" if block.level == 1 else ".") * len(words))
    elif isinstance(block, Paragraph):
        sign = "-" if block.marker == "bullet" else block.number
        aside = f"  [{block.aside}]" if block.aside else ""
        yield from _wrap(_words(block.runs, sign) + aside, "  " * block.depth)
    elif isinstance(block, Callout):
        yield from _wrap(f"{block.label}: {_words(block.runs)}")
    elif isinstance(block, Form):
        yield from (f"{field.label}: {'[ ]' if field.type == 'tick' else '_' * 30}" for field in block.fields)
    elif isinstance(block, Table):
        yield from _print_table(block)


def _print_table(table: Table) -> Iterator[str]:
    if table.layout == "control":
        yield ""
        for row in table.rows:
            yield from _wrap(": ".join(_cell_words(cell) for cell in row))
        return
    for row in table.rows:
        yield ""
        heads = table.head or ("",) * len(row)
        for head, cell in zip(heads, row, strict=False):
            words = _cell_words(cell)
            if words:
                yield from _wrap(f"{head}: {words}" if head else words, "  ")


def _cell_words(cell: Cell) -> str:
    return " ".join(_words(runs) for runs in cell.paragraphs)


def _words(runs: tuple[Run, ...], sign: str | None = None) -> str:
    words = "".join(_MARKS[run.mark][0] + run.text + _MARKS[run.mark][1] for run in runs)
    shown = f"{sign} {words}" if sign else words
    return shown.translate(_CONTROL)


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [""]
