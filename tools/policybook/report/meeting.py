"""A meeting's record as a sheet to fill in: one row a policy, the outcomes to pick from."""

from __future__ import annotations

from dataclasses import replace

from policybook.domain.adoption import Outcome
from policybook.domain.meeting import Agenda
from policybook.domain.page import Page, Table
from policybook.report.word import OUTCOME_WORDS, bullet, cell, paragraph, print_date

COLUMNS = (
    "Policy", "Outcome", "Minute", "Decided by", "Date", "In force from", "Next review", "Delegation",
    "Amended section", "Amended words", "Reason",
)  # fmt: skip
SHEET = "Decisions"
_WIDTHS = (0.16, 0.1, 0.07, 0.1, 0.07, 0.07, 0.07, 0.08, 0.1, 0.12, 0.06)
_OFFERED: tuple[Outcome, ...] = ("approved", "approved-with-amendments", "deferred", "rejected", "chairs-action",
                                 "administrative", "withdrawn")  # fmt: skip


def meeting_sheet_page(agenda: Agenda) -> Page:
    """The policies of an agenda with their outcomes left open; `policybook decide FILE.xlsx` reads it filled in."""
    outcomes = replace(cell(), options=tuple(OUTCOME_WORDS[outcome] for outcome in _OFFERED))
    on = agenda.on.isoformat() if agenda.on else ""
    rows = tuple(
        (cell(item.policy, heading=True), outcomes, cell(), cell(agenda.body), cell(on),
         cell(item.effective.isoformat() if item.effective else ""), cell(item.review), *(cell() for _ in range(4)))
        for item in agenda.items
    )  # fmt: skip
    told = (
        paragraph("Fill in the sheet “Decisions”. A policy without an outcome is not recorded."),
        bullet("Dates: a date of the spreadsheet program, or 2026-11-19. Next review: a date, or a term: Autumn 2028."),
        bullet("Amended section: its name in our files. For a second one, add a row with the policy and those words."),
        bullet("Who decided, and when, holds for the rows below as well, until another row says something else."),
    )
    when = f" of {print_date(agenda.on)}" if agenda.on else ""
    table = Table(SHEET, COLUMNS, rows, _WIDTHS)
    return Page(f"Decisions of the meeting{when}", (*told, table), subject=agenda.body, landscape=True)
