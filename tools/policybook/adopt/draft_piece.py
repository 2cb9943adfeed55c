"""A model's draft as its drafter edits it: every clause with its blanks still blanks, and what is set for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.adopt.number import marker_of, number_clauses
from policybook.adopt.tailor import Node, tailored_parts
from policybook.domain.draft_copy import FORM_HEAD, OR_SIGN, DraftPiece, GuideLine
from policybook.domain.inline import plain
from policybook.domain.model import Clause, FieldType, ModelVersion
from policybook.text.draft_line import print_settings
from policybook.text.inline import parse_inline

FIELD_WORDS: dict[FieldType, str] = {"line": "line", "tick": "box to tick", "date": "date", "signature": "signature"}


def find_draft_pieces(model: ModelVersion) -> Iterator[DraftPiece]:
    """Every paragraph and table of a draft in reading order, whatever its condition; withdrawn clauses have none."""
    shown = replace(model, parts=tuple(replace(p, clauses=tuple(map(_always, p.clauses))) for p in model.parts))
    parts = tailored_parts(shown, (), None, {})
    numbers = number_clauses(parts, model.numbering)
    for node in parts:
        heading = parse_inline(node.part.heading if node.part else "")
        yield DraftPiece(node.id, node.id, "heading", 0, "heading", numbers.get(node.id), runs=heading)
        for child in node.children:
            yield from _pieces(child, 1, model, numbers)


def find_guide_lines(clause: Clause, model: ModelVersion) -> Iterator[GuideLine]:
    """What is set for a clause, line by line: all but further choices stand above it."""
    label, rest = print_settings(clause, model.parameters)
    if label:
        yield GuideLine(f"{clause.id}#settings", clause.id, label, rest)
    for name, title, words in (
        ("note", "Note to schools", clause.note),
        ("source", "Source", clause.source),
        ("permission", "Permission", clause.permission),
    ):
        if words:
            yield GuideLine(f"{clause.id}#{name}", clause.id, title, " ".join(words.split()))
    for choice in clause.choices[1:]:
        words = plain(parse_inline(choice.text))
        yield GuideLine(f"{clause.id}#choice-{choice.id}", clause.id, OR_SIGN, words)


def source_words(clause: Clause) -> str:
    """The words of a clause as its file has them: the first of its choices where it has some."""
    return clause.choices[0].text if clause.choices else clause.text


def plain_cell(cell: str) -> str:
    """The words of a cell as a reader of the Word file meets them."""
    return " ".join(plain(parse_inline(cell)).split())


def _always(clause: Clause) -> Clause:
    """The clause and all below it without conditions: a drafter sees every one."""
    return replace(clause, when=None, clauses=tuple(map(_always, clause.clauses)))


def _pieces(node: Node, depth: int, model: ModelVersion, numbers: dict[str, str]) -> Iterator[DraftPiece]:
    clause = node.clause
    if clause is None:
        return
    marker = marker_of(clause, model.numbering)
    runs = parse_inline(source_words(clause))
    if runs or not (clause.head or clause.rows or clause.fields):
        yield DraftPiece(clause.id, clause.id, "words", depth, clause.kind, numbers.get(clause.id), marker, runs)
    if clause.head or clause.rows:
        rows = tuple(tuple(map(plain_cell, row)) for row in (clause.head, *clause.rows) if row)
        yield DraftPiece(f"{clause.id}#rows", clause.id, "rows", depth, "table", rows=rows, has_head=bool(clause.head))
    if clause.fields:
        rows = (FORM_HEAD, *((field.label, FIELD_WORDS[field.type]) for field in clause.fields))
        yield DraftPiece(f"{clause.id}#fields", clause.id, "fields", depth, "form", rows=rows, has_head=True)
    for child in node.children:
        yield from _pieces(child, depth + 1, model, numbers)
    if clause.closing:
        closing = parse_inline(clause.closing)
        yield DraftPiece(f"{clause.id}.closing", clause.id, "closing", depth, runs=closing)
