"""Tables into Word: a head row that repeats, rows that no page break cuts, a title for those who hear the table."""

from __future__ import annotations

from lxml import etree

from policybook.domain.inline import Run
from policybook.domain.page import Cell, Table
from policybook.render.docx_pages import KEPT_ROWS
from policybook.render.docx_run import Pen, words_only
from policybook.render.docx_xml import add
from policybook.render.paper import TONES, column_shares, row_anchor, row_tone, table_rows


def write_table(body: etree._Element, table: Table, pen: Pen, width: int) -> None:
    """Appends the table, `width` twips wide, with its caption above and a little room below.

    A control table shows no caption: it stands under the title; its caption is only told to screen readers.
    """
    is_grid = table.layout == "grid"
    if is_grid and table.caption:
        caption = add(body, "p")
        add(add(caption, "pPr"), "pStyle", val="Caption")
        pen.write_runs(caption, (Run(table.caption),))
    element = add(body, "tbl")
    widths = _column_widths(table, width)
    _properties(element, table, sum(widths))
    grid = add(element, "tblGrid")
    for one in widths:
        add(grid, "gridCol", w=str(one))
    if is_grid and table.head:
        head = tuple(Cell(((Run(words),),)) for words in table.head) + (Cell(()),) * (len(widths) - len(table.head))
        _row(element, head, widths, pen, is_head=True)
    rows = table_rows(table)
    for index, row in enumerate(rows):
        is_kept = is_grid and index < len(rows) - 1 and (len(rows) <= KEPT_ROWS or _is_headline(row))
        anchor, tone = row_anchor(table, index), row_tone(table, index)
        _row(
            element, _with_row_head(row) if not is_grid else row, widths, pen, anchor=anchor, tone=tone, is_kept=is_kept
        )
    add(add(add(body, "p"), "pPr"), "pStyle", val="AfterTable")


def _column_widths(table: Table, width: int) -> list[int]:
    """Whole twips, the last column taking what rounding left."""
    widths = [int(share * width) for share in column_shares(table)]
    widths[-1] += width - sum(widths)
    return widths


def _properties(element: etree._Element, table: Table, width: int) -> None:
    is_grid = table.layout == "grid"
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="PolicyTable" if is_grid else "ControlTable")
    add(properties, "tblW", w=str(width), type="dxa")
    add(properties, "tblLayout", type="fixed")
    has_head = is_grid and bool(table.head)
    has_row_heads = not is_grid or (bool(table.rows) and all(row and row[0].heading for row in table.rows))
    # Word reads the single attributes, LibreOffice and older programs the bits of `val`.
    bits = 0x0600 + (0x0020 if has_head else 0) + (0x0080 if has_row_heads else 0)
    add(properties, "tblLook", val=f"{bits:04X}", firstRow=str(int(has_head)), lastRow="0",
        firstColumn=str(int(has_row_heads)), lastColumn="0", noHBand="1", noVBand="1")  # fmt: skip
    if table.caption:
        add(properties, "tblCaption", val=words_only((Run(table.caption),)))


def _is_headline(row: tuple[Cell, ...]) -> bool:
    """Whether all words of the row are bold, as a heading's are where two texts stand side by side."""
    words = [(run, cell) for cell in row for runs in cell.paragraphs for run in runs if run.text.strip()]
    return bool(words) and all(run.bold or cell.heading for run, cell in words)


def _with_row_head(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return (Cell(row[0].paragraphs, row[0].tone, heading=True), *row[1:])


def _row(
    table: etree._Element,
    cells: tuple[Cell, ...],
    widths: list[int],
    pen: Pen,
    *,
    is_head: bool = False,
    anchor: str | None = None,
    tone: str = "",
    is_kept: bool = False,
) -> None:
    element = add(table, "tr")
    properties = add(element, "trPr")
    add(properties, "cantSplit")
    if is_head:
        add(properties, "tblHeader")
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        holder = add(element, "tc")
        cell_properties = add(holder, "tcPr")
        add(cell_properties, "tcW", w=str(width), type="dxa")
        fill = TONES.get(cell.tone, tone)
        if fill:
            add(cell_properties, "shd", val="clear", color="auto", fill=fill)
        _paragraphs(
            holder,
            cell,
            pen,
            style="TableHead" if is_head or cell.heading else "TableText",
            with_next=is_head or is_kept,
        )
        if place == 0:
            pen.bookmark(holder[1], anchor)


def _paragraphs(holder: etree._Element, cell: Cell, pen: Pen, *, style: str, with_next: bool) -> None:
    """The cell's paragraphs; a cell without any still needs one. The rows of a small table stay with the next."""
    for runs in cell.paragraphs or ((),):
        paragraph = add(holder, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=style)
        if with_next:
            add(properties, "keepNext")
        pen.write_runs(paragraph, runs)
