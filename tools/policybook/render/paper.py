"""What the writers for paper (DOCX, PDF, XLSX) share: visible characters, signs of changes, link targets, columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote, urlsplit

from policybook.domain.error import RenderError
from policybook.domain.inline import Mark, Run, plain
from policybook.domain.page import Block, Callout, Cell, Contents, Form, Page, PageBreak, Table

SIGNS: dict[Mark, str] = {"inserted": "[+", "deleted": "[−"}
"""Set before changed words, with `]` after them: who sees neither colour nor line still reads what changed."""

LEGEND = (
    Run("Signs: "),
    Run("words", mark="inserted"),
    Run(" were added, "),
    Run("words", mark="deleted"),
    Run(" were taken out."),
)
"""The key to `SIGNS`, printed once before the first block that holds changes."""

TONES = {
    "added": "E2F0E2",
    "removed": "F8E3E0",
    "substantive": "FCEFD2",
    "reworded": "E6EEF8",
    "value": "F1ECF7",
    "editorial": "F2F2F2",
}
"""Soft fills (RRGGBB) by kind of change; dark words on each keep a contrast above 7 : 1. Other tones have no fill."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HOST = re.compile(r"[\w.\-]+", re.ASCII)


def readable(text: str) -> str:
    """The text with nothing unseen in it, legal in XML.

    Control characters show as U+FFFD, bidirectional controls as `⟦U+202E⟧` (one of them can turn the words of a rule
    round without a trace); every kind of line end becomes a line feed. Tabs stay.
    """
    if text.isprintable():  # nothing to mend is of such a character, and nearly all text is
        return text
    return _BIDI.sub(_token, _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text)))


def with_signs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with `[+…]` and `[−…]` about each changed stretch; blanks at its ends stay outside.

    The signs are unmarked runs: a line through `[−` would hide it.
    """
    runs = tuple(runs)
    if all(run.mark == "none" for run in runs):
        return runs
    return tuple(run for mark, group in groupby(runs, key=lambda run: run.mark) for run in _signed(mark, tuple(group)))


def has_changes(block: Block) -> bool:
    """Whether any words of the block are marked as inserted or deleted."""
    if isinstance(block, Table):
        cells = (cell for row in block.rows for cell in row)
        return any(run.mark != "none" for cell in cells for runs in cell.paragraphs for run in runs)
    if isinstance(block, Form | Contents | PageBreak):
        return False
    return any(run.mark != "none" for run in block.runs)


def web_target(link: str | None) -> str | None:
    """The address to print into a file: https, http or mailto, with only characters legal in a URI; None for any other.

    Word calls a whole document unreadable for one ill-formed target, so what cannot be mended is left as plain words.
    """
    if not link or any(character.isspace() or not character.isprintable() for character in link):
        return None
    target = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", link), safe="%:/?#@!$&'()*+,;=-._~")
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return target if _HOST.fullmatch(host) else None
    return target if parts.scheme == "mailto" and "@" in parts.path else None


def anchors_of(page: Page) -> tuple[str, ...]:
    """Every anchor of the page in reading order, each once."""
    return tuple(dict.fromkeys(anchor for block in page.blocks for anchor in _anchors_in(block) if anchor))


def titled(page: Page) -> str:
    """The title as printed. Raises RenderError if there is none: PDF/UA and readers of screens need one."""
    title = " ".join(readable(page.title).split())
    if not title:
        raise RenderError("this document has no title", mend="give the policy a `title:`")
    return title


def table_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The rows, all with as many cells as the widest: short ones are filled with empty cells."""
    width = column_count(table)
    return tuple(row + (Cell(()),) * (width - len(row)) for row in table.rows)


def column_count(table: Table) -> int:
    """How many columns the table has: the longest of its head and rows, at least 1."""
    head = 0 if table.layout == "control" else len(table.head)
    return max(1, head, *(len(row) for row in table.rows))


def column_shares(table: Table) -> tuple[float, ...]:
    """The share of the width for each column, summing to 1: as the table says, else by how much stands in each."""
    count = column_count(table)
    given = tuple(max(width, 0.01) for width in table.widths)
    if len(given) != count:
        given = (0.32, 0.68) if table.layout == "control" and count == 2 else _weights(table, count)
    return tuple(width / sum(given) for width in given)


def row_tone(table: Table, row: int) -> str:
    """The fill of a row (0 is the first below the head) as RRGGBB, or "" for none."""
    return TONES.get(table.tones[row], "") if row < len(table.tones) else ""


def row_anchor(table: Table, row: int) -> str | None:
    """The anchor of a row, or None."""
    return table.anchors[row] if row < len(table.anchors) else None


def leads_on(runs: tuple[Run, ...]) -> bool:
    """Whether the words announce what follows ("Staff must:"), so that no page may end on them."""
    return plain(runs).rstrip().endswith((":", ":-", ":–"))


def label_of(callout: Callout) -> str:
    """The words that open a callout, with a full stop, or "" if it has none."""
    label = readable(callout.label).strip()
    return f"{label}{'' if label.endswith(('.', ':', '?', '!')) else '.'}" if label else ""


def _token(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found[0]):04X}⟧"


def _signed(mark: Mark, stretch: tuple[Run, ...]) -> Iterator[Run]:
    words = plain(stretch)
    if mark == "none" or not words:
        yield from stretch
        return
    before, after = (
        (words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]) if words.strip() else ("", "")
    )
    yield Run(before)
    yield Run(SIGNS[mark])
    yield from _cut(stretch, len(before), len(words) - len(after))
    yield Run("]")
    yield Run(after)


def _cut(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """The runs between two places of their joined words."""
    place = 0
    for run in runs:
        text = run.text[max(0, start - place) : max(0, end - place)]
        place += len(run.text)
        if text:
            yield replace(run, text=text)


def _anchors_in(block: Block) -> tuple[str | None, ...]:
    if isinstance(block, Table):
        return block.anchors
    return () if isinstance(block, Contents | PageBreak) else (block.anchor,)


def _weights(table: Table, count: int) -> tuple[float, ...]:
    """By the mean length of the cells, within limits, and never less than the longest word needs."""
    columns: list[list[str]] = [list(table.head[place : place + 1]) for place in range(count)]
    for row in table_rows(table):
        for column, cell in zip(columns, row, strict=True):
            column.append(" ".join(plain(runs) for runs in cell.paragraphs))
    return tuple(max(_longest_word(column) * 1.3, min(60.0, _mean_length(column)), 6.0) for column in columns)


def _longest_word(texts: list[str]) -> int:
    return min(20, max((len(word) for text in texts for word in text.split()), default=1))


def _mean_length(texts: list[str]) -> float:
    return sum(map(len, texts)) / max(1, len(texts))
