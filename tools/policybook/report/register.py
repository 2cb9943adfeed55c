"""The register as a page, as data and as events of a calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from policybook.domain.adoption import Decision
from policybook.domain.page import Block, Heading, Page, Table
from policybook.domain.register import CalendarEvent, Register, RegisterEntry, Review, Verification
from policybook.report.data import SCHEMA, findings_data
from policybook.report.word import OUTCOME_WORDS, cell, count, paragraph, print_date, runs

APPROVAL_WORDS = {
    "approved": "Approved",
    "void": "No longer holds: the words changed since",
    "withdrawn": "Withdrawn",
    "none": "Not approved",
}
REVIEW_WORDS = {
    "ahead": "",
    "due": "due now",
    "overdue": "overdue",
    "unclear": "unclear",
    "not recorded": "not recorded",
}


def register_page(register: Register) -> Page:
    """What stands in two tables: every policy with its state, and what waits for whom."""
    blocks: list[Block] = [paragraph(_in_one_line(register)), _policies(register)]
    blocks.append(Heading(runs("What waits for whom"), 1, anchor="waiting"))
    rows = tuple(_waiting_rows(register))
    if rows:
        head = ("Who", "School", "Policy", "What")
        blocks.append(Table("By who acts next", head, rows, (0.22, 0.22, 0.26, 0.3)))
    else:
        blocks.append(paragraph("Nothing waits for anybody."))
    subject = f"As the records stand on {print_date(register.day)}"
    return Page("Register of policies", tuple(blocks), subject=subject, landscape=True)


def register_data(register: Register) -> dict[str, Any]:
    """`register --to json`: dates as YYYY-MM-DD, null for what is not known."""
    return {
        "schema": SCHEMA,
        "on": register.day.isoformat(),
        "policies": [_entry_data(entry) for entry in register.entries],
    }


def verification_data(result: Verification) -> dict[str, Any]:
    """`verify --to json`."""
    counts = {"editions": result.editions, "versions": result.versions, "files": result.files}
    return {**findings_data(result.findings), **counts, "versions_without_manifest": result.without}


def calendar_events(register: Register, fallback: date | None) -> tuple[CalendarEvent, ...]:
    """Each review, and each decision's coming into force on a later day; see `workflow.register.calendar_of`."""
    return tuple(event for entry in register.entries for event in _events(entry, fallback))


def _in_one_line(register: Register) -> str:
    states = Counter(entry.approval for entry in register.entries)
    overdue = sum(entry.review.state == "overdue" for entry in register.entries)
    behind = sum(bool(entry.behind) for entry in register.entries)
    pieces = [
        count(len(register.entries), "policy", "policies"),
        f"{states['approved']} approved",
        f"{states['void']} changed since approval",
        f"{states['none']} not approved",
        count(overdue, "review") + " overdue",
        f"{behind} behind the newest version",
    ]
    return ", ".join(pieces) + "."


def _policies(register: Register) -> Table:
    head = ("School", "Policy", "Version", "Approval", "Next review")
    rows = tuple(
        (
            cell("; ".join((entry.school, *entry.covers)), heading=True),
            cell(f"{entry.title} ({entry.publisher})"),
            cell(_version_words(entry)),
            cell(_approval_words(entry)),
            cell(_review_words(entry.review)),
        )
        for entry in register.entries
    )
    return Table("Policies", head, rows, (0.17, 0.24, 0.18, 0.26, 0.15))


def _version_words(entry: RegisterEntry) -> str:
    departures = f"; {count(entry.departures, 'departure')}" if entry.departures else ""
    if entry.behind == 0:
        return f"{entry.version}, the newest{departures}"
    if entry.behind is None:
        return f"{entry.version}; the newest is {entry.newest}, which does not follow from it{departures}"
    return f"{entry.version}, {count(entry.behind, 'version')} behind {entry.newest}{departures}"


def _approval_words(entry: RegisterEntry) -> str:
    decision = entry.decision
    if decision is None:
        return APPROVAL_WORDS[entry.approval]
    minute = f", minute {decision.minute}" if decision.minute and decision.minute != "not recorded" else ""
    after = f"; {count(entry.days_to_decide, 'day')} after release" if entry.days_to_decide is not None else ""
    said = f"{OUTCOME_WORDS[decision.outcome]}: {decision.body}, {print_date(decision.on)}{minute}{after}"
    return said if entry.approval == "approved" else f"{APPROVAL_WORDS[entry.approval]} ({said})"


def _review_words(review: Review) -> str:
    is_day = review.first is not None and review.first == review.last
    when = print_date(review.first) if is_day and review.first else review.words
    return ": ".join(filter(None, (when, REVIEW_WORDS[review.state])))


def _waiting_rows(register: Register) -> Iterator[tuple[Any, ...]]:
    waiting = [(wait.who, entry, wait.what) for entry in register.entries for wait in entry.waits]
    for who, entry, what in sorted(waiting, key=lambda row: (row[0], row[1].ref)):
        yield cell(who, heading=True), cell(entry.school), cell(entry.title), cell(what)


def _entry_data(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "school": entry.school,
        "covers": list(entry.covers),
        "title": entry.title,
        "model": entry.model,
        "version": entry.version,
        "newest": entry.newest,
        "behind": entry.behind,
        "publisher": entry.publisher,
        "approval": entry.approval,
        "decision": _decision_data(entry.decision) if entry.decision else None,
        "days_to_decide": entry.days_to_decide,
        "departures": entry.departures,
        "review": {
            "words": entry.review.words,
            "state": entry.review.state,
            "first": entry.review.first.isoformat() if entry.review.first else None,
            "last": entry.review.last.isoformat() if entry.review.last else None,
        },
        "waits": [{"who": wait.who, "what": wait.what} for wait in entry.waits],
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "body": decision.body,
        "on": decision.on.isoformat(),
        "minute": decision.minute,
        "effective": decision.effective.isoformat() if decision.effective else None,
        "delegation": decision.delegation,
        "edition": decision.edition,
    }


def _events(entry: RegisterEntry, fallback: date | None) -> Iterator[CalendarEvent]:
    if entry.approval == "withdrawn":
        return
    decision, review = entry.decision, entry.review
    if review.first and review.last and review.state != "unclear":
        stamp = decision.on if decision else fallback or review.first
        said = f"Version {entry.version}. {_approval_words(entry)}."  # nothing that changes with the day of asking
        summary = f"Review: {entry.title} ({entry.school})"
        yield CalendarEvent(f"review/{entry.ref}", review.first, review.last, summary, said, stamp)
    if decision and decision.effective and decision.effective > decision.on:
        day, summary = decision.effective, f"In force: {entry.title} ({entry.school})"
        yield CalendarEvent(f"in-force/{entry.ref}/{day}", day, day, summary, _approval_words(entry), decision.on)
