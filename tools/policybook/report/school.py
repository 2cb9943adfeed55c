"""A school's own page on the site: all its policies, how each stands, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policybook.domain.adoption import PolicyRecord
from policybook.domain.page import Block, Cell, Page, Table
from policybook.report.address import page_link
from policybook.report.due import Wait
from policybook.report.word import bullet, cell, count, next_review, paragraph, print_date
from policybook.text.decided import standing_approval

Entry = tuple[PolicyRecord, str, str, str, Sequence[Wait]]
"""A policy's record, title, status, the path of its page, and what waits."""


def school_page(name: str, entries: Sequence[Entry], today: date) -> Page:
    """The policies in force at a school, its own and those that another school's record brings it."""
    waits = [
        bullet(what, ": ", page_link(path, title), f" (for: {whom.lower()})")
        for _, title, _, path, found in entries
        for what, whom in found
    ]
    blocks: list[Block] = [
        paragraph(f"{count(len(entries), 'policy', 'policies')} on these pages. As at {print_date(today)}."),
        Table(
            "Policies",
            ("Policy", "Status", "Approved", "Next review"),
            tuple(map(_row, entries)),
            (0.4, 0.24, 0.18, 0.18),
        ),
    ]
    if waits:
        blocks += [paragraph("What waits:"), *waits]
    return Page(name, tuple(blocks))


def _row(entry: Entry) -> tuple[Cell, ...]:
    record, title, status, path, _ = entry
    approval = standing_approval(record)
    return (
        cell(page_link(path, title), heading=True),
        cell(status),
        cell(print_date(approval.on) if approval else "not yet approved"),
        cell(next_review(record)),
    )
