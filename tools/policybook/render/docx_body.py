"""The body of a Word document: each block of the page tree as paragraphs and tables, in order."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from policybook.domain.inline import Run
from policybook.domain.model import FormField
from policybook.domain.page import Block, Callout, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.docx_contents import heading_bookmark, write_contents
from policybook.render.docx_numbering import Label, NumberPlan
from policybook.render.docx_pages import INNER_STEP, STEP, depth_indent, sheet_of, text_width
from policybook.render.docx_run import Pen, add_words
from policybook.render.docx_table import write_table
from policybook.render.docx_xml import R, add, root, w
from policybook.render.paper import LEGEND, has_changes, label_of, leads_on, readable, titled

MAX_HEADING = 6
GUIDE_STYLES = {
    "fixed": "GuideFixed", "fill-in": "GuideValues", "choice": "GuideChoice", "free": "GuideFree", "note": "GuideNote",
}  # fmt: skip
"""The styles of lines of guidance, by tone; no template needs to know them but ours."""
_MAX_FORM_LABEL = 4500
_DATE_LINE = 3402
_LEAST_LINE = 2268


def write_body(page: Page, plan: NumberPlan, styles: dict[str, tuple[int, int]], pen: Pen) -> etree._Element:
    """`w:document` with the whole body.

    `styles` are those linked to a list (style id -> list id, level): their paragraphs need no numbering of their own.
    `pen` gathers the link targets, which the package turns into relationships.
    """
    document = root("document")
    writer = BodyWriter(page, plan, styles, pen, add(document, "body"))
    writer.write_title()
    for index, block in enumerate(page.blocks):
        writer.write_block(index, block)
    writer.write_section()
    return document


@dataclass(slots=True)
class BodyWriter:
    """Appends to `body` one thing after another; `plan` and `styles` as for `write_body`."""

    page: Page
    plan: NumberPlan
    styles: dict[str, tuple[int, int]]
    pen: Pen
    body: etree._Element
    breaks_page: bool = False
    legend_written: bool = False

    def write_title(self) -> None:
        """Appends the title and what stands under it."""
        self.pen.write_runs(self.paragraph("Title"), (Run(titled(self.page)),))
        if self.page.subject:
            self.pen.write_runs(self.paragraph("Subtitle"), (Run(self.page.subject),))

    def write_block(self, index: int, block: Block) -> None:
        """Appends the page's block `index`, after the key to the signs where that is due."""
        self._explain_signs(block)
        self.write_labelled(index, block, self.plan.labels[index])

    def write_labelled(self, index: int, block: Block, label: Label | None) -> None:
        """Appends a block under the label given; `index` names the bookmark that contents lists lead to."""
        match block:
            case PageBreak():
                self.breaks_page = True
            case Heading():
                self._heading(index, block, label)
            case Paragraph():
                self._clause(block, label)
            case Callout():
                self._callout(block)
            case Form():
                self._form(block)
            case Contents():
                self._break_before_table()
                write_contents(self.body, block, self.page)
            case Table():
                self._table(block)

    def write_section(self) -> None:
        """Appends the sheet, its margins, header and footer: the last of the body."""
        sheet = sheet_of(self.page)
        section = add(self.body, "sectPr")
        for kind, part in (("header", "default"), ("header", "first"), ("footer", "default"), ("footer", "first")):
            reference = add(section, f"{kind}Reference", type=part)
            reference.set(f"{{{R}}}id", f"rId{kind.capitalize()}{part.capitalize() if kind == 'header' else ''}")
        size = add(section, "pgSz", w=str(sheet.width), h=str(sheet.height))
        if self.page.landscape:
            size.set(w("orient"), "landscape")
        add(section, "pgMar", top=str(sheet.top), right=str(sheet.side), bottom=str(sheet.bottom), left=str(sheet.side),
            header="624", footer="567", gutter="0")  # fmt: skip
        add(section, "titlePg")

    def paragraph(self, style: str) -> etree._Element:
        """A new last paragraph in a style, on a new page where that is due."""
        paragraph = add(self.body, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=style)
        if self.breaks_page:
            self._break_at(paragraph)
        return paragraph

    def _break_at(self, paragraph: etree._Element) -> None:
        self.breaks_page = False
        paragraph[0].insert(1, add(paragraph[0], "pageBreakBefore"))

    def _break_before_table(self) -> None:
        """A table or a field over several paragraphs cannot carry the break itself."""
        if self.breaks_page:
            self.paragraph("AfterTable")

    def _explain_signs(self, block: Block) -> None:
        """The key to the signs, once, before the first block that needs it."""
        if not self.legend_written and has_changes(block):
            self.legend_written = True
            self.pen.write_runs(self.paragraph("Legend"), LEGEND)

    def _table(self, table: Table) -> None:
        if self.breaks_page and (table.layout == "control" or not table.caption):
            self._break_before_table()
        place = len(self.body)
        write_table(self.body, table, self.pen, sheet_of(self.page).text_width)
        if self.breaks_page:
            self._break_at(self.body[place])

    def _heading(self, index: int, heading: Heading, label: Label | None) -> None:
        style = f"Heading{min(max(heading.level, 1), MAX_HEADING)}"
        paragraph = self.paragraph(style)
        self._number(paragraph, style, label, indent=0, hanging=STEP)
        self.pen.write_runs(paragraph, heading.runs)
        self.pen.bookmark(paragraph, heading.anchor)
        if heading.level == 1:
            self.pen.enclose(paragraph, heading_bookmark(index))

    def _clause(self, clause: Paragraph, label: Label | None) -> None:
        style = _clause_style(clause, label)
        paragraph = self.paragraph(style)
        if leads_on(clause.runs):
            paragraph[0].insert(1, add(paragraph[0], "keepNext"))
        indent = depth_indent(clause.depth)
        hanging = INNER_STEP if clause.depth else STEP
        self._number(paragraph, style, label, indent=indent, hanging=hanging)
        self.pen.write_runs(paragraph, clause.runs)
        if clause.aside:
            add_words(paragraph, f"\u2002{clause.aside}", "Aside")
        self.pen.bookmark(paragraph, clause.anchor)

    def _number(self, paragraph: etree._Element, style: str, label: Label | None, *, indent: int, hanging: int) -> None:
        """The paragraph's list and indents, as far as its style and list do not give them already."""
        properties = paragraph[0]
        linked = self.styles.get(style)
        is_linked = label is not None and linked == (label.list_id, label.level)
        if label and label.list_id and not is_linked:
            _add_list(properties, label.list_id, label.level)
        elif linked and not is_linked:
            _add_list(properties, 0, 0)
        if label is None and (indent or linked):
            add(properties, "ind", left=str(indent), firstLine="0")
        elif label and label.literal:
            self._literal(paragraph, label.literal, indent, hanging)
        elif label and label.base in {"clauses", "appendices"} and indent:
            wide = max(hanging, 340 + 227 * (label.level + 1))
            add(properties, "ind", left=str(indent + wide), hanging=str(wide))

    def _literal(self, paragraph: etree._Element, number: str, indent: int, hanging: int) -> None:
        """A number in plain words with a tab after it, hanging as the others do."""
        hanging = max(hanging, round(text_width(readable(number), 12, bold=True) * 20) + 170)
        add(paragraph[0], "ind", left=str(indent + hanging), hanging=str(hanging))
        add_words(paragraph, f"{number}\t")

    def _callout(self, callout: Callout) -> None:
        """A shaded paragraph; Word joins two of them into one box, so a little room is put between."""
        style = GUIDE_STYLES.get(callout.tone, "Callout")
        if style == "Callout" == _style_of(self.body[-1]):
            self.paragraph("AfterTable")
        paragraph = self.paragraph(style)
        label = label_of(callout)
        self.pen.write_runs(paragraph, ((Run(f"{label} ", bold=True),) if label else ()) + callout.runs)
        self.pen.bookmark(paragraph, callout.anchor)

    def _form(self, form: Form) -> None:
        labels = [round(text_width(readable(one.label), 12) * 20) for one in form.fields if one.type != "tick"]
        column = min(_MAX_FORM_LABEL, max((width for width in labels if width <= _MAX_FORM_LABEL), default=0)) + 227
        for place, one in enumerate(form.fields):
            paragraph = self._form_line(one, column)
            if place < len(form.fields) - 1:
                paragraph[0].insert(1, add(paragraph[0], "keepNext"))
            if place == 0:
                self.pen.bookmark(paragraph, form.anchor)

    def _form_line(self, one: FormField, column: int) -> etree._Element:
        """The label, then a line ruled by the leader of a tab; a tick has its box first."""
        if one.type == "tick":
            paragraph = self.paragraph("TickLine")
            add_words(paragraph, "☐", "TickBox")
            add_words(paragraph, f"\t{one.label}")
            return paragraph
        paragraph = self.paragraph("SignatureLine" if one.type == "signature" else "FormLine")
        tabs = add(paragraph[0], "tabs")
        end = sheet_of(self.page).text_width
        width = text_width(readable(one.label), 12) * 20
        short = column + _DATE_LINE if one.type == "date" and width < column else end
        if width < column:
            add(tabs, "tab", val="left", pos=str(column))
        add(tabs, "tab", val="left", leader="underscore", pos=str(min(end, short)))
        add_words(paragraph, one.label + ("\t\t" if width < column else " \t" if width < end - _LEAST_LINE else "\n\t"))
        return paragraph


def _style_of(element: etree._Element) -> str:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def _clause_style(clause: Paragraph, label: Label | None) -> str:
    if clause.marker == "bullet":
        return "ListBullet"
    if label is None or label.literal:
        return "BodyText"
    return f"Clause{min(label.level, 3) + 1}" if label.base in {"clauses", "appendices"} else "ClauseLetter"


def _add_list(properties: etree._Element, list_id: int, level: int) -> None:
    numbers = add(properties, "numPr")
    add(numbers, "ilvl", val=str(level))
    add(numbers, "numId", val=str(list_id))
