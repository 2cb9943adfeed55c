"""What the commands on spreadsheets say: as lines for a person, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from policybook.domain.finding import Finding
from policybook.domain.question import AnsweredValue, SchoolRow, ValueQuestion
from policybook.report.data import findings_data


def schools_text(rows: Sequence[SchoolRow], *, written: bool, is_good: bool) -> str:
    """What becomes of each school, and how many are new, changed or as they were."""
    lines = [line for row in rows for line in _school_lines(row)]
    new = sum(row.before is None for row in rows)
    changed = sum(row.before is not None and bool(row.changes) for row in rows)
    told = f"{new} new, {changed} changed, {len(rows) - new - changed} as they were"
    return _told([*lines, told], written=written, is_good=is_good)


def schools_data(rows: Sequence[SchoolRow], findings: Sequence[Finding], *, written: bool) -> dict[str, Any]:
    """The same as plain data."""
    listed = [
        {
            "row": row.number,
            "school": row.school.id,
            "name": row.school.name,
            "kind": row.school.kind,
            "is_new": row.before is None,
            "changes": list(row.changes),
        }
        for row in rows
    ]
    return {"schema": 1, "written": written, "schools": listed, "findings": findings_data(findings)["findings"]}


def questions_text(questions: Sequence[ValueQuestion]) -> str:
    """Each question with what the model says, what is allowed, and what holds for the school."""
    lines: list[str] = []
    for index, question in enumerate(questions):
        if index == 0 or questions[index - 1].ref != question.ref:
            lines.append(f"{question.school}: {question.policy} ({question.ref})")
        own = "" if question.answer is None else f"; here: {question.answer}"
        lines.append(f"  {question.parameter.label} ({question.parameter.name})")
        lines.append(f"    the model: {question.models}{own}; allowed: {question.allowed}")
    return _lines(lines)


def questions_data(questions: Sequence[ValueQuestion]) -> dict[str, Any]:
    """The same as plain data."""
    listed = [
        {
            "ref": question.ref,
            "name": question.parameter.name,
            "label": question.parameter.label,
            "type": question.parameter.type,
            "model": question.models,
            "allowed": question.allowed,
            "answer": question.answer.isoformat() if isinstance(question.answer, date) else question.answer,
            "options": list(question.options),
            "is_settled": question.is_settled,
        }
        for question in questions
    ]
    return {"schema": 1, "questions": listed}


def answers_text(answers: Sequence[AnsweredValue], *, written: bool, is_good: bool) -> str:
    """What each answer changes."""
    lines = [f"{entry.ref}: {entry.label}: {entry.before} -> {entry.after}{_models(entry)}" for entry in answers]
    return _told(lines or ["no answer changes anything"], written=written, is_good=is_good)


def answers_data(answers: Sequence[AnsweredValue], findings: Sequence[Finding], *, written: bool) -> dict[str, Any]:
    """The same as plain data."""
    listed = [
        {
            "ref": entry.ref,
            "label": entry.label,
            "before": entry.before,
            "after": entry.after,
            "is_models": entry.is_models,
        }
        for entry in answers
    ]
    return {"schema": 1, "written": written, "answers": listed, "findings": findings_data(findings)["findings"]}


def _school_lines(row: SchoolRow) -> Iterator[str]:
    if row.before is None:
        yield f"new: {row.school.id}: {row.school.name} ({row.school.kind})"
    elif row.changes:
        yield f"changed: {row.school.id}: {row.school.name}"
    yield from (f"    {change}" for change in row.changes)


def _models(entry: AnsweredValue) -> str:
    return " (as the model has it)" if entry.is_models else ""


def _told(lines: Sequence[str], *, written: bool, is_good: bool) -> str:
    if written:
        return _lines(lines)
    end = "nothing was written" if is_good else "nothing was written: mend what is listed below first"
    return _lines([*lines, end])


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
