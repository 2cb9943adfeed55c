"""What an edited copy would change in the record, for a person and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.taken import Taken, TakenKind, TakeReport, Unplaced
from policybook.report.data import findings_data
from policybook.report.word import cell, count, paragraph, runs

KIND_WORDS: dict[TakenKind, str] = {
    "value": "value",
    "choice": "choice",
    "substitute": "your wording",
    "omit": "left out",
    "insert": "your addition",
    "move": "moved",
    "restore": "departure taken back",
    "blank": "blank",
    "words": "other words",
    "setting": "setting",
    "add": "new section",
    "withdraw": "withdrawn",
    "remove": "taken out",
}


def take_page(report: TakeReport) -> Page:
    """The changes one by one, what was not taken, and what became of it."""
    blocks: list[Block] = [paragraph(line) for line in _lead(report)]
    if report.changes:
        blocks += (Heading(runs("Changes to record")), _changes(report))
    if report.unplaced:
        rows = tuple(_left_row(entry) for entry in report.unplaced)
        blocks.append(Heading(runs("Not taken: look at these yourself")))
        blocks.append(Table("", ("Words", "Why", "What to do", "Where"), rows, (0.4, 0.25, 0.2, 0.15)))
    blocks += [paragraph(line) for line in _end(report)]
    return Page(f"What {report.file} changes", tuple(blocks), subject=f"{report.owner} ({report.ref})", landscape=True)


def take_data(report: TakeReport) -> dict[str, Any]:
    """The same as plain data; a `reason` of null is asked for."""
    return {
        "schema": 1,
        "file": report.file,
        "draft" if report.is_draft else "adoption": report.ref,
        "is_new": report.is_new,
        "saved_by": report.saved_by or None,
        "written": list(report.written),
        "consultation": report.consultation,
        "changes": [_change_data(change) for change in report.changes],
        "not_taken": [
            {"text": one.words, "clause": one.clause or None, "why": one.why, "mend": one.mend, "place": one.place}
            for one in report.unplaced
        ],
        "findings": findings_data(report.findings)["findings"],
    }


def _changes(report: TakeReport) -> Table:
    rows = tuple(_change_row(change) for change in report.changes)
    if report.is_draft:
        rows = tuple((*row[:4], row[5]) for row in rows)
        return Table("", ("Section", "What", "Was", "Now", "Who"), rows, (0.15, 0.11, 0.31, 0.31, 0.12))
    head = ("Section", "What it becomes", "Was", "Now", "Reason", "Who")
    return Table("", head, rows, (0.13, 0.12, 0.24, 0.27, 0.14, 0.1))


def _lead(report: TakeReport) -> Iterator[str]:
    if report.saved_by:
        yield f"The file was last saved by {report.saved_by}."
    if report.is_new:
        yield "This is a new adoption."
    if not report.changes and not report.is_new:
        record = "draft" if report.is_draft else "record"
        yield f"Nothing in it differs from the {record}." if not report.unplaced else "Nothing in it can be recorded."


def _end(report: TakeReport) -> Iterator[str]:
    yield f"{count(len(report.changes), 'change')}, {len(report.unplaced)} not taken."
    if report.consultation:
        yield f"The whole record then: {report.consultation}."
    if report.written:
        yield f"Wrote {', '.join(report.written)}"
    elif any(entry.severity == "error" for entry in report.findings):
        yield "Nothing was written: mend what is listed first."
    elif report.changes or report.is_new:
        yield "Nothing was written. With --write it is recorded."


def _change_row(change: Taken) -> tuple[Cell, ...]:
    kind = KIND_WORDS[change.kind] + (": consult first" if change.is_beyond else "")
    reason = "asked for" if change.reason is None else change.reason
    return (
        cell(_where(change), heading=True),
        cell(kind),
        cell(change.before),
        cell(change.after + (f" ({change.remark})" if change.remark else "")),
        cell(reason),
        cell(", ".join(change.by)),
    )


def _where(change: Taken) -> str:
    if change.kind == "value":
        return change.number
    return f"{change.number} ({change.clause})" if change.number else change.clause


def _left_row(entry: Unplaced) -> tuple[Cell, ...]:
    where = " ".join(filter(None, (entry.clause, entry.place)))
    return cell(entry.words, heading=True), cell(entry.why), cell(entry.mend), cell(where)


def _change_data(change: Taken) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "clause": None if change.kind in ("value", "blank") else change.clause,
        "parameter": change.clause if change.kind in ("value", "blank") else None,
        "number": change.number or None,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "by": list(change.by),
        "consult_first": change.is_beyond,
        "remark": change.remark,
    }
