"""The matrix of all adoptions of a model."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.comparison import CHANGE_WORDS, Collation, CollationCell, CollationRow
from policybook.domain.inline import Run
from policybook.domain.page import Block, Cell, Page, Table
from policybook.report.word import cell, count, lines_cell, paragraph

STATE_WORDS: dict[str, str] = {
    **CHANGE_WORDS,
    "as model": "As the model",
    "not there": "–",
}
LONGEST_SECTION = 90
"""Characters of a section that name it in the table of shared changes."""
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
    blocks: tuple[Block, ...] = (paragraph(_summary(collation)), *_shared(collation), table)
    return Page(title, blocks, subject=collation.base.title, landscape=True)


def _summary(collation: Collation) -> str:
    schools = len(collation.witnesses)
    touched = sum(_tone(row) != "same" for row in collation.rows)
    matter = sum(any(c.state in ("substantive", "added", "removed") for c in row.cells) for row in collation.rows)
    return (
        f"{count(schools, 'school')} {'has' if schools == 1 else 'have'} adopted this version. "
        f"{count(touched, 'section')} of {len(collation.rows)} differ from the model in one school or more; "
        f"in {matter} of them something of substance differs."
    )


def _shared(collation: Collation) -> Iterator[Table]:
    """Who departs together, the most common departure first, and who stands alone; nothing where none departs."""
    found = [(row, cluster) for row in collation.rows for cluster in row.clusters]
    if not found or len(collation.witnesses) < 2:
        return
    found.sort(key=lambda entry: -len(entry[1].columns))
    rows = tuple(
        (
            cell(f"{len(cluster.columns)} of {len(collation.witnesses)}", heading=True),
            lines_cell([(Run(CHANGE_WORDS[cluster.state], bold=True),), *((Run(why),) for why in cluster.why)]),
            cell(_section(row)),
            cell(", ".join(collation.witnesses[column].short_title for column in cluster.columns)),
        )
        for row, cluster in found
    )
    head = ("How many", "What they changed", "Section", "Who")
    yield Table("Which schools changed the same thing", head, rows, (0.1, 0.35, 0.3, 0.25))


def _section(row: CollationRow) -> str:
    words = row.text or next((entry.text for entry in row.cells if entry.text), "")
    shown = words if len(words) <= LONGEST_SECTION else f"{words[:LONGEST_SECTION].rsplit(' ', 1)[0]} …"
    return f"{row.number} {shown}" if row.number and row.number[0].isdigit() else shown


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
