"""The sheet on which staff sign a policy: whether they must again, which sections say why, and lines to sign on."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.comparison import Row
from policybook.domain.inline import Run
from policybook.domain.meeting import PackItem
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.report.pack_row import side_of
from policybook.report.word import cell, lines_cell, paragraph, runs

_LINES = ("Name", "Post", "Signature", "Date")
_ROOM = lines_cell([(Run("\u00a0"),)] * 2)
"""An empty line with room for a hand."""
_WIDTHS = (0.3, 0.25, 0.3, 0.15)


def signoff_page(item: PackItem, lines: int) -> Page:
    """One document: the answer, the sections behind it, and `lines` empty lines where staff sign; names stay blank."""
    policy, signing = item.policy, item.sign_again
    blocks: list[Block] = [Heading(runs("Do staff sign again?"), 1), paragraph(_answer(item))]
    blocks += _sections(item)
    if signing.answer is not None and (signing.answer or item.is_first):
        blocks.append(Heading(runs("Signatures"), 1))
        blocks += (paragraph(*clause.runs) for clause in policy.clauses if clause.kind == "form" and clause.runs)
        rows = tuple((_ROOM,) * len(_LINES) for _ in range(lines))
        blocks.append(Table("Staff sign here", _LINES, rows, _WIDTHS))
    footer = f"{policy.owner}: {policy.model.title}, version {policy.model.version}"
    return Page(f"Sign-off: {policy.model.title}", tuple(blocks), subject=policy.owner, footer=footer)


def _answer(item: PackItem) -> str:
    signing = item.sign_again
    if signing.answer is None:
        return "No: the policy has no form for staff to sign."
    if item.is_first:
        return "Yes: staff sign a policy when it is first adopted."
    if not signing.answer:
        return f"No: no duty of staff changed since {item.known}. What was signed before still holds."
    by = "the publisher says so" if signing.judged_by == "publisher" else "the words of a duty changed"
    return f"Yes, because {by} since {item.known}. These sections say why:"


def _sections(item: PackItem) -> Iterator[Block]:
    if item.is_first or not item.sign_again.answer:
        return
    places = _places(item)
    rows = tuple(_row(row, places) for row in item.comparison.rows if _ids(row) & set(item.sign_again.clauses))
    if rows:
        yield Table("Sections with a changed duty", ("Section", "Until now", "From now on"), rows, (0.2, 0.4, 0.4))


def _row(row: Row, places: dict[str, str]) -> tuple[Cell, ...]:
    numbers = ", ".join(filter(None, (reading.number for reading in row.right or row.left)))
    under = next((places[reading.id] for reading in row.right if reading.id in places), "")
    return (
        cell(numbers or under or "–", heading=True),
        side_of(row.left, row, "deleted"),
        side_of(row.right, row, "inserted"),
    )


def _places(item: PackItem) -> dict[str, str]:
    """For sections without a number: the heading that they stand under."""
    places: dict[str, str] = {}
    heading = ""
    for clause in item.policy.clauses:
        if clause.kind == "heading":
            heading = f"{clause.number} {clause.text}" if clause.number else clause.text
        places[clause.id] = heading
    return places


def _ids(row: Row) -> set[str]:
    return {reading.id or "" for reading in (*row.left, *row.right)}
