"""What every reader of a format hands on: the paragraphs of a document, before it is known what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from policybook.domain.error import UnreadableDocument
from policybook.domain.inline import Run, plain
from policybook.domain.model import FormField, Marker
from policybook.domain.source import TrackedChange

Shape = Literal["text", "heading", "item", "note", "table", "form", "aside", "rule"]


MOST_BLOCKS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table as the format shows it.

    `level` is a heading's own level from 1, or how deep a list item is indented, from 0. `number` is known here only
    where the format keeps it apart from the words (Word's automatic numbering). A line break inside a paragraph is a
    newline in `runs`. An `aside` is no part of the text, `why` says the reason; a `rule` has no words.
    """

    shape: Shape
    place: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: Marker = "none"
    number: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    fields: tuple[FormField, ...] = ()
    why: str = ""
    coloured: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words of the runs, line breaks kept."""
        return self.runs[0].text if len(self.runs) == 1 else plain(self.runs)


@dataclass(frozen=True, slots=True)
class Received:
    """All blocks of a document in reading order, the words that its reader saw in the source, and what it guessed."""

    blocks: tuple[Block, ...]
    words: tuple[str, ...]
    repairs: tuple[str, ...] = ()
    changes: tuple[TrackedChange, ...] = ()


def too_long(name: str) -> UnreadableDocument:
    """The refusal of a document with more than `MOST_BLOCKS` paragraphs."""
    what = f"it has more than {MOST_BLOCKS:,} paragraphs, which no policy has"
    return UnreadableDocument(what, where=name, mend="name one policy, not a collection")


def without_prefix(runs: Iterable[Run], length: int) -> tuple[Run, ...]:
    """The runs without their first `length` characters and without the space that then leads."""
    kept: list[Run] = []
    for run in runs:
        text = run.text[length:] if length else run.text
        length = max(0, length - len(run.text))
        if not kept:
            text = text.lstrip()
        if text:
            kept.append(run if text == run.text else with_text(run, text))
    return tuple(kept)


def numbered(block: Block, number: str, marker: Marker, runs: tuple[Run, ...]) -> Block:
    """The block with the number taken apart from its words."""
    return Block(  # not `replace`, which takes three times as long: half of a numbered policy comes here
        block.shape, block.place, runs, block.level, marker, number, block.rows, block.fields, block.why,
        block.coloured, block.bookmarks,
    )  # fmt: skip


def with_text(run: Run, text: str) -> Run:
    """The run with other words."""
    # Not `replace`, for the same reason.
    return Run(text, run.bold, run.italic, run.link, run.parameter, run.blank, run.mark)


def split_lines(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """The runs of each line; lines without words are left out."""
    runs = tuple(runs)
    if not any("\n" in run.text for run in runs):
        return [trimmed] if (trimmed := trim(runs)) else []
    lines: list[list[Run]] = [[]]
    for run in runs:
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    return [trimmed for line in lines if (trimmed := trim(line))]


def trim(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without space at either end, and without empty ones."""
    if isinstance(runs, tuple) and len(runs) == 1 and (text := runs[0].text) and text == text.strip():
        return runs
    kept = list(without_prefix(runs, 0))
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept and kept[-1].text[-1].isspace():
        kept[-1] = with_text(kept[-1], kept[-1].text.rstrip())
    return tuple(kept)


def join_runs(left: tuple[Run, ...], right: tuple[Run, ...], between: str = " ") -> tuple[Run, ...]:
    """Both stretches as one, with `between` put at the end of the first."""
    if not left or not right:
        return left or right
    held = with_text(left[-1], left[-1].text + between)
    if replace(held, text="") == replace(right[0], text=""):
        return (*left[:-1], replace(held, text=held.text + right[0].text), *right[1:])
    return (*left[:-1], held, *right)
