"""Blocks taken apart where one paragraph of the source holds several: notes, forms, a heading and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policybook.domain.inline import Run, plain
from policybook.domain.model import Marker
from policybook.intake.block import Block, join_runs, numbered, split_lines, without_prefix
from policybook.intake.form import find_fields, find_fields_of_rows
from policybook.intake.number import find_number

_NOTE = re.compile(r"(?:\*{1,3}|†|‡|\[\d{1,2}\]|[¹²³⁴⁵])\s*['\"‘“(]?\w")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_LONGEST_HEADING = 10
_SHORTEST_TEXT = 8


def split_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with notes, form lines, typed numbers and headings run into their text standing alone."""
    for block in blocks:
        if block.shape == "table":
            fields = find_fields_of_rows(block.rows)
            yield replace(block, shape="form", rows=(), fields=fields) if fields else block
        elif block.shape in ("text", "item", "heading"):
            yield from map(_with_number, _split(block))
        else:
            yield block


def _split(block: Block) -> Iterator[Block]:
    words = block.text
    if "\n" not in words and not (block.shape == "text" and _NOTE.match(words)) and not find_fields(words):
        yield block
        return
    lines = split_lines(block.runs)
    if block.shape == "text" and _is_heading_with_text(lines):
        yield replace(block, runs=lines[0], shape="text")
        lines = lines[1:]
    held: Block | None = None
    for line in lines:
        words = plain(line)
        fields = find_fields(words) if block.shape != "heading" else ()
        begins_note = bool(_NOTE.match(words)) and (held is not None or block.shape == "text")
        if held and not fields and not begins_note and held.shape != "form":
            held = replace(held, runs=_joined(held.runs, line))
            continue
        if held:
            yield held
        shape = "form" if fields else "note" if begins_note else block.shape
        if shape == block.shape and line == block.runs:
            held = block
            continue
        held = replace(block, shape=shape, runs=() if fields else line, fields=fields)
        if shape == "note":
            held = replace(held, marker="none", level=0)
    if held:
        yield held


def _joined(left: tuple[Run, ...], right: tuple[Run, ...]) -> tuple[Run, ...]:
    """Two lines of one paragraph; a word cut by a hyphen before a lower-case letter stays as printed, without space."""
    glued = _HYPHEN.search(plain(left)) and plain(right)[:1].islower()
    return join_runs(left, right, "" if glued else " ")


def _is_heading_with_text(lines: list[tuple[Run, ...]]) -> bool:
    """Whether the first line is a bold heading and a line break parts it from the text (a habit in Word)."""
    if len(lines) < 2 or not all(run.bold for run in lines[0]):
        return False
    rest = [run for line in lines[1:] for run in line]
    head = plain(lines[0])
    return (
        len(head.split()) <= _LONGEST_HEADING
        and not head.endswith((".", ",", ";", ":"))
        and not rest[0].bold
        and len(plain(rest).split()) >= _SHORTEST_TEXT
    )


def _with_number(block: Block) -> Block:
    """The block with the number typed before its words taken apart from them.

    A bare number (`3 Aims`) keeps the marker none: it is one only if the line turns out to be a heading.
    """
    if block.number is not None or block.shape not in ("text", "item", "heading"):
        return block
    typed = find_number(block.text)
    if not typed or (typed.is_bare and block.shape == "item"):
        return block
    marker: Marker = "none" if typed.is_bare else typed.marker
    runs = without_prefix(block.runs, typed.length)
    return numbered(block, typed.number, marker, runs)
