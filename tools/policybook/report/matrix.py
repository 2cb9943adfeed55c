"""The matrix of all adoptions of a model."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.comparison import CHANGE_WORDS, Collation, CollationCell, CollationRow
from policybook.domain.inline import Run
from policybook.domain.page import Cell, Page, Table
from policybook.report.word import cell, count, lines_cell, paragraph

STATE_WORDS: dict[str, str] = {
    **CHANGE_WORDS,
    "as model": "As the model",
    "not there": "–",
}
WEIGHT = ("substantive", "removed", "added", "reworded", "value", "editorial", "as model", "not there")


def matrix_page(collation: Collation, title: str) -> Page:
    """One row a section, one column a school; a cell says in words how it stands to the model and gives the words."""
    is_numbered = any(row.number and row.number[0].isdigit() for row in collation.rows)
    head = ("Model", *(witness.short_title for witness in collation.witnesses))
    share = 0.62 / max(len(collation.witnesses), 1)
    widths = (0.30, *(share for _ in collation.witnesses))
    if is_numbered:
        head, widths = ("Section", *head), (0.08, *widths)
    rows = tuple(tuple(_cells(row, is_numbered)) for row in collation.rows)
    table = Table(
        "Each school beside the model", head, rows, widths,
        anchors=tuple(f"section-{row.clause}" for row in collation.rows),
    )  # fmt: skip
    return Page(title, (paragraph(_summary(collation)), table), subject=collation.base.title, landscape=True)


def _summary(collation: Collation) -> str:
    schools = len(collation.witnesses)
    touched = sum(_tone(row) != "same" for row in collation.rows)
    matter = sum(any(c.state in ("substantive", "added", "removed") for c in row.cells) for row in collation.rows)
    return (
        f"{count(schools, 'school')} {'has' if schools == 1 else 'have'} adopted this version. "
        f"{count(touched, 'section')} of {len(collation.rows)} differ from the model in one school or more; "
        f"in {matter} of them something of substance differs."
    )


def _cells(row: CollationRow, is_numbered: bool) -> Iterator[Cell]:
    if is_numbered:
        yield cell(row.number or "", heading=True)
    yield cell(row.text) if row.text else cell(Run("not in the model", italic=True))
    for entry in row.cells:
        yield _cell(entry)


def _cell(entry: CollationCell) -> Cell:
    lines: list[tuple[Run, ...]] = [(Run(STATE_WORDS[entry.state], bold=entry.state != "as model"),)]
    lines += [(Run(fact.why),) for fact in entry.facts]
    if entry.state not in ("as model", "not there", "removed"):
        lines.append((Run(entry.text),))
    tone = "same" if entry.state in ("as model", "not there") else entry.state
    return lines_cell(lines, tone=tone)


def _tone(row: CollationRow) -> str:
    """The weightiest state of a row, for filters."""
    state = min((entry.state for entry in row.cells), key=WEIGHT.index, default="as model")
    return "same" if state in ("as model", "not there") else state
