"""The contents list of a Word document: a TOC field that holds its entries already."""

from __future__ import annotations

from lxml import etree

from policybook.domain.inline import Run
from policybook.domain.page import Contents, Heading, Page
from policybook.render.docx_pages import STEP, heading_pages, sheet_of, text_width
from policybook.render.docx_run import add_field, add_words, begin_field, end_field, words_only
from policybook.render.docx_xml import add


def heading_bookmark(index: int) -> str:
    """The bookmark of the heading that is the page's block `index`, named as Word names those of its contents lists."""
    return f"_Toc{index + 1:09d}"


def write_contents(body: etree._Element, contents: Contents, page: Page) -> None:
    """Appends the title and one entry for each heading of level 1, linked, with the page it should stand on."""
    title = add(body, "p")
    add(add(title, "pPr"), "pStyle", val="TOCHeading")
    add_words(title, contents.title)
    headings = [(index, one) for index, one in enumerate(page.blocks) if isinstance(one, Heading) and one.level == 1]
    pages = heading_pages(page)
    paragraph = None
    for place, (index, heading) in enumerate(headings):
        paragraph = _entry(body, heading, sheet_of(page).text_width)
        if place == 0:
            begin_field(paragraph, r'TOC \o "1-1" \h \z \u')
        link = add(paragraph, "hyperlink", anchor=heading_bookmark(index), history="1")
        number = f"{heading.number}\t" if heading.number else ""
        add_words(link, f"{number}{words_only(heading.runs)}\t")
        add_field(link, rf"PAGEREF {heading_bookmark(index)} \h", str(pages[index]))
    if paragraph is not None:
        end_field(paragraph)


def _entry(body: etree._Element, heading: Heading, width: int) -> etree._Element:
    """An empty entry whose number has its column; "Appendix A" has a wider one of its own."""
    number_width = max(STEP, round(text_width(words_only((Run(heading.number or ""),)), 12) * 20) + 200)
    paragraph = add(body, "p")
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val="TOC1")
    tabs = add(properties, "tabs")
    if heading.number:
        add(tabs, "tab", val="left", pos=str(number_width))
    add(tabs, "tab", val="right", leader="dot", pos=str(width))
    if heading.number:
        add(properties, "ind", left=str(number_width), hanging=str(number_width))
    return paragraph
