"""The register as a page, as data and as events of a calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from policybook.domain.adoption import Decision
from policybook.domain.consultation import BeyondModel, ConsultationList
from policybook.domain.model import Tailorable
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.register import CalendarEvent, Register, RegisterEntry, Review, Verification
from policybook.report.data import SCHEMA, findings_data
from policybook.report.word import OUTCOME_WORDS, bullet, cell, count, paragraph, print_date, runs

APPROVAL_WORDS = {
    "approved": "Approved",
    "void": "No longer holds: the words changed since",
    "withdrawn": "Withdrawn",
    "none": "Not approved",
}
ALLOWED_WORDS: dict[Tailorable, str] = {
    "fixed": "no change",
    "fill-in": "values only",
    "choice": "its choices only",
    "free": "any change",
}
REVIEW_WORDS = {
    "ahead": "",
    "due": "due now",
    "overdue": "overdue",
    "unclear": "unclear",
    "not recorded": "not recorded",
}


def register_page(register: Register) -> Page:
    """Every policy with its state, what waits for whom, and what HR is to be consulted on."""
    blocks: list[Block] = [paragraph(_in_one_line(register)), _policies(register)]
    blocks.append(Heading(runs("What waits for whom"), 1, anchor="waiting"))
    rows = tuple(_waiting_rows(register))
    if rows:
        head = ("Who", "School", "Policy", "What")
        blocks.append(Table("By who acts next", head, rows, (0.22, 0.22, 0.26, 0.3)))
    else:
        blocks.append(paragraph("Nothing waits for anybody."))
    blocks += _consultation(register)
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
        f"{count(len(register.entries), 'policy', 'policies')} of {count(_schools(register), 'school')}",
        f"{states['approved']} approved",
        f"{states['void']} changed since approval",
        f"{states['none']} not approved",
        count(overdue, "review") + " overdue",
        f"{behind} behind the newest version",
    ]
    return ", ".join(pieces) + "."


def _policies(register: Register) -> Table:
    """One row a school: a school that another one's record serves has a row of its own."""
    head = ("School", "Policy", "Version", "Approval", "Next review")
    rows = tuple(row for entry in register.entries for row in _rows(entry))
    return Table("Policies", head, rows, (0.17, 0.24, 0.18, 0.26, 0.15))


def _rows(entry: RegisterEntry) -> Iterator[tuple[Cell, ...]]:
    facts = (cell(_version_words(entry)), cell(_approval_words(entry)), cell(_review_words(entry.review)))
    publisher = f" ({entry.publisher})" if entry.publisher else ""
    yield cell(entry.school, heading=True), cell(f"{entry.title}{publisher}"), *facts
    for _, name in entry.served:
        yield cell(name, heading=True), cell(f"{entry.title} (through {entry.school})"), *facts


def _schools(register: Register) -> int:
    own = {entry.ref.partition("/")[0] for entry in register.entries}
    return len(own | {school for entry in register.entries for school in entry.covers})


def _consultation(register: Register) -> Iterator[Block]:
    """The list for HR: what each adoption fills in and departs from, and every departure to consult on."""
    listed = [(entry, entry.consultation) for entry in register.entries if entry.consultation]
    if not listed:
        return
    yield Heading(runs("For HR: what was filled in, and what to consult on"), 1, anchor="consultation")
    for entry, consultation in listed:
        yield bullet(f"{entry.school}, {entry.title}: {consultation.in_words()}.")
    rows = tuple(
        (cell(entry.school, heading=True), cell(entry.title), *_beyond_cells(beyond))
        for entry, consultation in listed
        for beyond in consultation.beyond
    )
    if rows:
        head = ("School", "Policy", "Section", "What the model allows", "Reason", "Consulted")
        yield Table("Departures that the model does not allow", head, rows, (0.16, 0.18, 0.16, 0.18, 0.17, 0.15))


def _beyond_cells(beyond: BeyondModel) -> tuple[Cell, ...]:
    done = {"substitute": "in their own words", "omit": "left out"}[beyond.kind]
    consulted = beyond.consulted
    said = f"{consulted.with_whom}, {print_date(consulted.on)}" if consulted else "not yet: consult before adopting"
    return cell(f"{beyond.clause}: {done}"), cell(ALLOWED_WORDS[beyond.allowed]), cell(beyond.reason), cell(said)


def _version_words(entry: RegisterEntry) -> str:
    if entry.is_home_grown:
        return f"Home-grown, without a model: {entry.document}"
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
    said += f"; published {print_date(decision.published)}" if decision.published else ""
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
        "served": [{"id": school, "name": name} for school, name in entry.served],
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
        "consultation": _consultation_data(entry.consultation) if entry.consultation else None,
        "document": entry.document or None,
        "review": {
            "words": entry.review.words,
            "state": entry.review.state,
            "first": entry.review.first.isoformat() if entry.review.first else None,
            "last": entry.review.last.isoformat() if entry.review.last else None,
        },
        "waits": [{"who": wait.who, "what": wait.what} for wait in entry.waits],
    }


def _consultation_data(consultation: ConsultationList) -> dict[str, Any]:
    return {
        "values": consultation.values,
        "choices": consultation.choices,
        "departures": consultation.departures,
        "words": consultation.in_words(),
        "consult": [
            {
                "clause": entry.clause,
                "kind": entry.kind,
                "allowed": entry.allowed,
                "reason": entry.reason,
                "consulted": entry.consulted
                and {"with": entry.consulted.with_whom, "on": entry.consulted.on.isoformat()},
            }
            for entry in consultation.beyond
        ],
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
        "published": decision.published.isoformat() if decision.published else None,
    }


def _events(entry: RegisterEntry, fallback: date | None) -> Iterator[CalendarEvent]:
    if entry.approval == "withdrawn":
        return
    decision, review = entry.decision, entry.review
    if review.first and review.last and review.state != "unclear":
        stamp = decision.on if decision else fallback or review.first
        version = f"Version {entry.version}. " if entry.version else ""
        said = f"{version}{_approval_words(entry)}."  # nothing that changes with the day of asking
        summary = f"Review: {entry.title} ({entry.school})"
        yield CalendarEvent(f"review/{entry.ref}", review.first, review.last, summary, said, stamp)
    if decision and decision.effective and decision.effective > decision.on:
        day, summary = decision.effective, f"In force: {entry.title} ({entry.school})"
        yield CalendarEvent(f"in-force/{entry.ref}/{day}", day, day, summary, _approval_words(entry), decision.on)
