"""What applied on a day, as one document: the words, the decision, and what reads differently now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policybook.domain.adoption import Decision
from policybook.domain.comparison import CHANGE_WORDS, Comparison, Reading
from policybook.domain.edition import Edition
from policybook.domain.page import Block, Callout, Heading, Page, PageBreak, Table
from policybook.domain.source import SourceDocument
from policybook.report.document import document_page
from policybook.report.policy import policy_page
from policybook.report.word import OUTCOME_WORDS, cell, paragraph, print_date, runs
from policybook.text.term import review_period


def edition_page(edition: Edition, decision: Decision, day: date | None, since: Comparison | None) -> Page:
    """The words of an edition as they were printed, under what was decided; then how today's words differ.

    `decision` is the edition's own with what followed later (a minute number); `since` compares the edition with the
    text as it stands now, None where there is none now.
    """
    page = policy_page(edition.resolved())
    said = " ".join((_applied(edition.name, day), decision_words(decision), _lateness(edition, day)))
    head: list[Block] = [Callout("As it was", runs(said.strip()))]
    if edition.approval:
        head.append(Callout("The approval that stood", runs(decision_words(edition.approval))))
    return replace(page, blocks=(*head, *page.blocks, PageBreak(), *_since(since)))


def kept_document_page(document: SourceDocument, decision: Decision, day: date | None) -> Page:
    """A policy of which only the paper was kept: what is read of it, under what was decided."""
    page = document_page(document)
    said = f"{_applied(decision.edition or '', day)} {decision_words(decision)} Only the document was kept."
    return replace(page, blocks=(Callout("As it was", runs(said)), *page.blocks))


def decision_words(decision: Decision) -> str:
    """`Approved by Full Governing Board on 21 November 2024 (minute FGB 24/117), in force from 1 December 2024.`"""
    minute = f" (minute {decision.minute})" if decision.minute and decision.minute != "not recorded" else ""
    delegated = f", {decision.delegation}" if decision.delegation else ""
    effective = f", in force from {print_date(decision.effective)}" if decision.effective else ""
    outcome = OUTCOME_WORDS[decision.outcome]
    return f"{outcome}: {decision.body}{delegated}, {print_date(decision.on)}{minute}{effective}."


def _applied(name: str, day: date | None) -> str:
    return f"In force on {print_date(day)}." if day else f"Edition {name}."


def _lateness(edition: Edition, day: date | None) -> str:
    due = review_period(edition.next_review)
    if day is None or due is None or day <= due[1]:
        return ""
    return f"Its review was due by {print_date(due[1])}: overdue on that day, and not replaced."


def _since(since: Comparison | None) -> Iterator[Block]:
    yield Heading(runs("What reads differently now"), 1, anchor="differs-now")
    if since is None:
        yield paragraph("The school has no such policy now.")
        return
    changed = [row for row in since.rows if row.change != "same"]
    if not changed:
        yield paragraph("Nothing: every section reads the same in the school’s record now.")
        return
    rows = tuple(
        (cell(CHANGE_WORDS[row.change], heading=True), cell(_words(row.left)), cell(_words(row.right)))
        for row in changed
    )
    yield Table(
        "Sections that read differently now", ("Change", "On that day", "In the record now"), rows, (0.16, 0.42, 0.42)
    )


def _words(readings: tuple[Reading, ...]) -> str:
    return " ".join(f"{reading.number or ''} {reading.text}".strip() for reading in readings) or "–"
