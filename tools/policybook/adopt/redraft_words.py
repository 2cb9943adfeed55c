"""Edited words of a draft as clause YAML: their markup and their blanks kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from urllib.parse import unquote

from policybook.adopt.draft_piece import plain_cell
from policybook.adopt.propose_words import escaped, styled
from policybook.domain.inline import Run, plain
from policybook.text.inline import parse_inline
from policybook.text.placeholder import split_placeholders


def source_of(runs: Sequence[Run], before: str = "") -> str:
    """The words of `runs` as clause YAML: `before` itself where neither a word nor bold, italic or a link differs."""
    if before and _signs(runs) == _signs(parse_inline(before)):
        return before
    marked = " ".join("".join(styled(run, _words(run.text)) for run in _merged(runs)).split())
    spaced = " ".join(plain(runs).split())
    return marked if " ".join(plain(parse_inline(marked)).split()) == spaced else _words(spaced)


def source_of_plain(text: str) -> str:
    """Plain words as clause YAML, blanks kept."""
    return _words(" ".join(text.split()))


def source_rows(rows: Sequence[tuple[str, ...]], before: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table as clause YAML: cells whose words are the same keep the source that they have."""
    printed = [tuple(map(plain_cell, row)) for row in before]
    made: list[tuple[str, ...]] = []
    for tag, left, left_end, right, right_end in SequenceMatcher(
        None, printed, list(rows), autojunk=False
    ).get_opcodes():
        if tag == "equal":
            made += before[left:left_end]
            continue
        for offset, row in enumerate(rows[right:right_end]):
            near = left + offset
            cells = before[near] if near < left_end and len(before[near]) == len(row) else ("",) * len(row)
            made.append(tuple(_cell(*pair) for pair in zip(row, cells, strict=True)))
    return tuple(made)


def _cell(now: str, before: str) -> str:
    return before if before and plain_cell(before) == " ".join(now.split()) else source_of_plain(now)


def _words(text: str) -> str:
    return "".join(escaped(one) if isinstance(one, str) else one.source for one in split_placeholders(text))


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Neighbours of one style as one: programs cut a blank in the middle of its name."""
    held: Run | None = None
    for run in (Run(one.text, one.bold, one.italic, one.link) for one in runs):
        if held and (replace(held, text="") == replace(run, text="") or not run.text.strip()):
            held = replace(held, text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _signs(runs: Sequence[Run]) -> list[tuple[str, bool, bool, str]]:
    """Each letter with its style; spaces have none."""
    return [
        (letter, run.bold, run.italic, unquote(run.link or "").rstrip("/"))
        for run in runs
        for letter in run.text
        if not letter.isspace()
    ]
