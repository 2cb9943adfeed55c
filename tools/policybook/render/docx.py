"""A page tree as a Word document."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from lxml import etree

from policybook.domain.page import Page
from policybook.render.docx_body import write_body
from policybook.render.docx_lists import linked_styles, write_lists
from policybook.render.docx_numbering import Base, Definition, FirstFormat, ListInstance, NumberPlan, plan_numbers
from policybook.render.docx_package import pack
from policybook.render.docx_run import Pen, bookmark_names
from policybook.render.docx_xml import add, to_bytes, w
from policybook.render.look import Look, read_look
from policybook.render.paper import anchors_of, readable


def write_docx(page: Page, template: Path) -> bytes:
    """The bytes of a Word document (.docx) of the page, the same for the same page and template.

    `template` is a folder such as `templates/default`, or one with a school's `reference.docx`: see `look`.
    Numbers print exactly as the page says (`docx_numbering` tells how); each anchor is a bookmark (`docx_run`).
    Raises RenderError if the template lacks a part or the page has no title.
    """
    plan, look = plan_numbers(page), read_look(template)
    linked = linked_styles(plan, look.numbering)
    pen = Pen(bookmark_names(anchors_of(page)))
    return assemble(write_body(page, plan, linked, pen), page, plan, linked, pen, look)


def assemble(
    document: etree._Element, page: Page, plan: NumberPlan, linked: Mapping[str, tuple[int, int]], pen: Pen, look: Look
) -> bytes:
    """The bytes of the document whose `w:document` was written with this plan, these linked styles and this pen."""
    language = readable(page.language)
    parts = {
        "document": to_bytes(document),
        "styles": _styles_part(look, language, tuple(linked.items())),
        "numbering": _numbering_part(look, tuple(map(_drawn, plan.definitions)), tuple(plan.lists)),
        "settings": _settings_part(look, language),
    }
    return pack(parts, page, pen.targets, pen.bookmarks, look.logo)


@lru_cache(maxsize=64)
def _styles_part(look: Look, language: str, linked: tuple[tuple[str, tuple[int, int]], ...]) -> bytes:
    """The same for nearly all documents of one look, so made once."""
    return to_bytes(_styles(copy.deepcopy(look.styles), language, dict(linked)))


_Drawn = tuple[Base, FirstFormat, tuple[tuple[int, str], ...]]


def _drawn(definition: Definition) -> _Drawn:
    return definition.base, definition.first, tuple(definition.patterns.items())


@lru_cache(maxsize=256)
def _numbering_part(look: Look, definitions: tuple[_Drawn, ...], lists: tuple[ListInstance, ...]) -> bytes:
    """Made once for all documents numbered alike: the adoptions of a model nearly all are."""
    drawn = [Definition(base, first, dict(patterns)) for base, first, patterns in definitions]
    return to_bytes(write_lists(NumberPlan(definitions=drawn, lists=list(lists)), look.numbering))


@lru_cache(maxsize=64)
def _settings_part(look: Look, language: str) -> bytes:
    return to_bytes(_settings(copy.deepcopy(look.settings), language))


def _styles(styles: etree._Element, language: str, linked: dict[str, tuple[int, int]]) -> etree._Element:
    """The template's styles in the page's language, those of numbered clauses linked to its lists."""
    for element in styles.iter(w("lang")):
        element.set(w("val"), language)
    for style in styles.iterchildren(w("style")):
        if style.get(w("styleId")) in linked:
            _link(style, *linked[style.get(w("styleId"), "")])
    return styles


def _link(style: etree._Element, list_id: int, level: int) -> None:
    """Gives a paragraph style its list; `w:numPr` must come before the properties named here."""
    properties = style.find(w("pPr"))
    if properties is None:
        properties = style.makeelement(w("pPr"), {})
        place = next((index for index, child in enumerate(style) if child.tag == w("rPr")), len(style))
        style.insert(place, properties)
    before = {w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")}
    numbers = style.makeelement(w("numPr"), {})
    add(numbers, "ilvl", val=str(level))
    add(numbers, "numId", val=str(list_id))
    properties.insert(sum(child.tag in before for child in properties), numbers)


def _settings(settings: etree._Element, language: str) -> etree._Element:
    for child in settings.findall(w("decimalSymbol")):
        child.addprevious(settings.makeelement(w("themeFontLang"), {w("val"): language}))
    return settings
