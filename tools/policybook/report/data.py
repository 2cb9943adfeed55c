"""Results as plain data, for `--to json`: the contracts that other people's scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policybook.domain.comparison import Collation, Comparison, Fact, Position, PositionTable, Reading, Row, Witness
from policybook.domain.finding import Finding
from policybook.domain.source import SourceDocument
from policybook.text.edit import row_edits

SCHEMA = 1
METADATA_KEYS = ("title", "organisation", "version", "approved", "next_review")


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """`compare A B --to json`."""
    return {
        "schema": SCHEMA,
        "witnesses": [_witness(comparison.left), _witness(comparison.right)],
        "substitutions": [
            {"before": entry.before, "after": entry.after, "count": entry.count, "kind": entry.kind, "why": entry.why}
            for entry in comparison.substitutions
        ],
        "rows": [_row(comparison, row) for row in comparison.rows],
        "summary": comparison.summary(),
        **({"notes": list(comparison.notes)} if comparison.notes else {}),
    }


def document_data(document: SourceDocument) -> dict[str, Any]:
    """`read FILE --to json`; what was guessed and what is missing is told beside the contract's keys."""
    known = {key: document.metadata.get(key) for key in METADATA_KEYS}
    return {
        "schema": SCHEMA,
        "metadata": known | {key: value for key, value in document.metadata.items() if key not in known},
        "clauses": [
            {"kind": entry.kind, "number": entry.number, "level": entry.level, "text": entry.text, "place": entry.place}
            for entry in document.clauses
        ],
        "set_aside": [{"text": entry.text, "why": entry.why, "place": entry.place} for entry in document.set_aside],
        "proposals": [
            {
                "kind": entry.kind,
                "text": entry.text,
                "label": entry.label,
                "type": entry.type,
                "place": entry.place,
                "options": list(entry.options),
                "confidence": entry.confidence,
                "why": entry.why,
            }
            for entry in document.proposals
        ],
        "changes": [
            {"kind": entry.kind, "text": entry.text, "by": entry.by, "on": entry.on, "place": entry.place}
            for entry in document.changes
        ],
        "findings": findings_data(document.questions)["findings"],
        "repairs": list(document.repairs),
        "missing": list(document.missing),
        "coverage": document.coverage,
    }


def collation_data(collation: Collation) -> dict[str, Any]:
    """`collate REF… --to json`: one row a section, `cells` in the order of `witnesses`."""
    return {
        "schema": SCHEMA,
        "base": _witness(collation.base),
        "witnesses": [_witness(witness) for witness in collation.witnesses],
        "rows": [
            {
                "clause": row.clause,
                "number": row.number,
                "text": row.text,
                "cells": [
                    {"state": entry.state, "text": entry.text, "facts": [_fact(fact) for fact in entry.facts]}
                    for entry in row.cells
                ],
                "clusters": [
                    {
                        "state": entry.state,
                        "why": list(entry.why),
                        "witnesses": [collation.witnesses[column].siglum for column in entry.columns],
                    }
                    for entry in row.clusters
                ],
            }
            for row in collation.rows
        ],
    }


def positions_data(table: PositionTable) -> dict[str, Any]:
    """`positions --to json`: `answer` is null for "not stated"."""
    return {
        "schema": SCHEMA,
        "topics": [{"topic": topic, "label": label} for topic, label in table.topics],
        "texts": [{"ref": ref, "title": title} for ref, title in table.columns],
        "positions": [
            {
                "topic": position.topic, "ref": position.ref, "answer": position.answer, "words": position.words,
                "clause": position.clause, "number": position.number, "found_by": position.found_by,
                "confidence": position.confidence, **_confirmation(position),
            }
            for position in table.positions.values()
        ],
    }  # fmt: skip


def findings_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """`check --to json`."""
    return {
        "schema": SCHEMA,
        "findings": [
            {
                "severity": entry.severity, "code": entry.code, "path": entry.place.path, "line": entry.place.line,
                "message": entry.message, "mend": entry.mend,
            }
            for entry in findings
        ],
    }  # fmt: skip


def _witness(witness: Witness) -> dict[str, Any]:
    return {"siglum": witness.siglum, "ref": witness.ref, "title": witness.title}


def _row(comparison: Comparison, row: Row) -> dict[str, Any]:
    return {
        "readings": {
            comparison.left.siglum: [_reading(reading) for reading in row.left],
            comparison.right.siglum: [_reading(reading) for reading in row.right],
        },
        "change": row.change,
        "moved": row.moved,
        "facts": [_fact(fact) for fact in row.facts],
        "edits": [list(edit) for edit in row_edits(row)],
        "confidence": row.confidence,
        "found_by": row.found_by,
        **_judgement(row),
    }


def _judgement(row: Row) -> dict[str, Any]:
    """A person's word on the change, where there is one; it holds no longer once the words have changed."""
    said = row.judged or row.lapsed
    if said is None:
        return {}
    told = {"substance": said.of_substance, "by": said.by, "on": said.on.isoformat(), "note": said.note}
    return {"judgement": {**told, "holds": row.judged is not None}}


def _confirmation(position: Position) -> dict[str, Any]:
    said = position.confirmed or position.lapsed
    if said is None:
        return {}
    told = {"answer": said.answer, "by": said.by, "on": said.on.isoformat(), "note": said.note}
    return {"confirmed": {**told, "holds": position.confirmed is not None}}


def _reading(reading: Reading) -> dict[str, Any]:
    return {"clause": reading.id, "number": reading.number, "text": reading.text}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind, "before": fact.before, "after": fact.after, "direction": fact.direction, "why": fact.why,
    }  # fmt: skip
