"""The page that stands in for the first one while a workspace has errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.domain.finding import Finding
from policybook.domain.page import Block, Callout, Page, Table
from policybook.report.word import cell, paragraph, runs


def problem_page(said: str, findings: Sequence[Finding]) -> Page:
    """What is wrong, where, and how to mend it; errors only."""
    return Page("This workspace has errors", tuple(_blocks(said, findings)))


def _blocks(said: str, findings: Sequence[Finding]) -> Iterator[Block]:
    yield Callout("Not up to date", runs(said))
    yield paragraph("The other pages still show the last good state. This page goes once the files are mended.")
    rows = tuple(
        (cell(str(entry.place), heading=True), cell(entry.message), cell(entry.mend))
        for entry in findings
        if entry.severity == "error"
    )
    if rows:
        yield Table("Errors", ("Where", "What is wrong", "How to mend it"), rows, (0.3, 0.35, 0.35))
