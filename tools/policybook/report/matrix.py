"""The matrix of all adoptions of a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policybook.domain.comparison import CHANGE_WORDS, Cluster, Collation, CollationCell, CollationRow
from policybook.domain.inline import Run
from policybook.domain.page import Block, Cell, Page, Table
from policybook.report.word import cell, count, lines_cell, paragraph

STATE_WORDS: dict[str, str] = {
    **CHANGE_WORDS,
    "as model": "As the model",
    "not there": "–",
}
MOST_COLUMNS = 150
"""Schools on one page of the matrix: with 100 sections, a browser still scrolls it without a stutter."""
EVERY = slice(None)
LONGEST_SECTION = 90
"""Characters of a section that name it in the table of shared changes."""
WEIGHT = ("substantive", "removed", "added", "reworded", "value", "editorial", "as model", "not there")


def matrix_page(collation: Collation, title: str, columns: slice = EVERY) -> Page:
    """One row a section, one column a school; a cell says in words how it stands to the model and gives the words.

    `columns` are the schools to show. The summary and the table of shared departures are about all of them; the latter
    stands on the first page only.
    """
    shared = () if columns.start else _shared(collation)
    blocks: tuple[Block, ...] = (paragraph(_summary(collation)), _table(collation, columns), *shared)
    return Page(title, blocks, subject=collation.base.title, landscape=True)


def matrix_sheets(names: Sequence[str]) -> list[tuple[str, slice]]:
    """The schools (of these names) on each page of the matrix, and what to call it; one page for all where few."""
    starts = range(0, len(names), MOST_COLUMNS)
    if len(starts) < 2:
        return [("", EVERY)]
    sheets = [slice(start, start + MOST_COLUMNS) for start in starts]
    return [(f"{names[part][0]} to {names[part][-1]}", part) for part in sheets]


def _table(collation: Collation, columns: slice) -> Table:
    is_numbered = any(row.number and row.number[0].isdigit() for row in collation.rows)
    witnesses = collation.witnesses[columns]
    head = ("Model", *(witness.short_title for witness in witnesses))
    share = 0.62 / max(len(witnesses), 1)
    widths = (0.30, *(share for _ in witnesses))
    if is_numbered:
        head, widths = ("Section", *head), (0.08, *widths)
    return Table(
        "Each school beside the model", head,
        tuple(tuple(_cells(row, row.cells[columns], is_numbered)) for row in collation.rows), widths,
        anchors=tuple(f"section-{row.clause}" for row in collation.rows), groups=tuple(_parts(collation)),
    )  # fmt: skip


def _parts(collation: Collation) -> Iterator[str]:
    """The part that each row stands in: the heading of the first level before it, in the model or in an addition."""
    first = min((entry.level for entry in collation.base.readings if entry.kind == "heading"), default=0)
    heads = {entry.id for entry in collation.base.readings if entry.kind == "heading" and entry.level == first}
    part = ""
    for row in collation.rows:
        part = _section(row) if row.clause in heads else part
        yield part


def _summary(collation: Collation) -> str:
    schools = sum(witness.schools for witness in collation.witnesses)
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
    found.sort(key=lambda entry: -_schools(collation, entry[1].columns))
    everybody = _schools(collation, range(len(collation.witnesses)))
    rows = tuple(
        (
            cell(f"{_schools(collation, cluster.columns)} of {everybody}", heading=True),
            lines_cell([(Run(CHANGE_WORDS[cluster.state], bold=True),), *_why(cluster)]),
            cell(_section(row)),
            cell(", ".join(collation.witnesses[column].short_title for column in cluster.columns)),
        )
        for row, cluster in found
    )
    head = ("How many", "What they changed", "Section", "Who")
    yield Table("Which schools changed the same thing", head, rows, (0.1, 0.35, 0.3, 0.25))


def _why(cluster: Cluster) -> Iterator[tuple[Run, ...]]:
    """The sentences that say more than the kind of change does."""
    said = CHANGE_WORDS[cluster.state]
    return ((Run(why),) for why in cluster.why if why.rstrip(".") != said)


def _schools(collation: Collation, columns: Iterable[int]) -> int:
    """How many schools the texts of these columns serve."""
    return sum(collation.witnesses[column].schools for column in columns)


def _section(row: CollationRow) -> str:
    words = row.text or next((entry.text for entry in row.cells if entry.text), "")
    shown = words if len(words) <= LONGEST_SECTION else f"{words[:LONGEST_SECTION].rsplit(' ', 1)[0]} …"
    return f"{row.number} {shown}" if row.number and row.number[0].isdigit() else shown


def _cells(row: CollationRow, shown: tuple[CollationCell, ...], is_numbered: bool) -> Iterator[Cell]:
    if is_numbered:
        yield cell(row.number or "", heading=True)
    yield cell(row.text) if row.text else cell(Run("not in the model", italic=True))
    for entry in shown:
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
