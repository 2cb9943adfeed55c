"""A document as it was printed, as clauses again: captions with their tables and forms, notes without their label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybook.adopt.infer_value import Pattern, read_blanks
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.source import SourceClause

_LABELS = ("Definition. ", "Note. ")
"""What is printed before a note of a model."""
Patterns = dict[str, list[tuple[str, Pattern]]]


def as_modelled(model: ModelVersion, document: Sequence[SourceClause], patterns: Patterns) -> tuple[SourceClause, ...]:
    """The document's clauses, cut where the model cuts them: every word stays, but for what is printed by itself.

    That is the label of a note, and the line that names the source of an attachment.

    A table or form whose caption stands above it as a clause of its own is one clause with it, where the two together
    are a clause of the model.
    """
    cells = [patterns[clause.id] for clause in model.walk() if clause.head or clause.rows or clause.fields]
    notes = [patterns[clause.id] for clause in model.walk() if clause.kind == "note"]
    sources = {" ".join(f"Source. {clause.source}".split()) for clause in model.walk() if clause.source}
    made: list[SourceClause] = []
    for clause in document:
        if " ".join(clause.text.split()) in sources:
            continue
        last = made[-1] if made else None
        if last and clause.kind in ("table", "form") and not clause.runs and not (last.rows or last.fields):
            joined = replace(clause, runs=last.runs)
            if _fits(joined.text, cells, model):
                made[-1] = joined
                continue
        made.append(_without_label(clause, notes, model))
    return tuple(made)


def _fits(text: str, known: Sequence[list[tuple[str, Pattern]]], model: ModelVersion) -> bool:
    words = " ".join(text.split())
    return any(read_blanks(pattern, words, model) is not None for one in known for _, pattern in one)


def _without_label(
    clause: SourceClause, notes: Sequence[list[tuple[str, Pattern]]], model: ModelVersion
) -> SourceClause:
    label = next((label for label in _LABELS if clause.text.startswith(label)), "")
    if not label or not _fits(clause.text.removeprefix(label), notes, model):
        return clause
    left, runs = len(label), []
    for run in clause.runs:
        runs.append(replace(run, text=run.text[left:]))
        left = max(0, left - len(run.text))
    return replace(clause, runs=tuple(run for run in runs if run.text) or (Run(""),))
