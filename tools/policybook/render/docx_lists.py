"""The numbering part of a Word document: the template's definitions, copied as the plan of the numbers needs them."""

from __future__ import annotations

import copy
import hashlib

from lxml import etree

from policybook.domain.error import RenderError
from policybook.render.docx_numbering import Definition, NumberPlan
from policybook.render.docx_pages import text_width
from policybook.render.docx_xml import add, w

GAP = 200
"""Twips between a label and its words, at least."""


def write_lists(plan: NumberPlan, template: etree._Element) -> etree._Element:
    """`w:numbering` with a definition for each of the plan's, and its lists in order of their ids.

    `template` is the root of the template's numbering.xml. Raises RenderError if it lacks a definition by name.
    """
    found = {_name(one): one for one in template.iter(w("abstractNum"))}
    numbering = etree.Element(template.tag, nsmap=template.nsmap)
    used: set[str] = set()
    for index, definition in enumerate(plan.definitions):
        if definition.base not in found:
            mend = f'give it an abstractNum with <w:name w:val="{definition.base}"/>, or put the original back'
            raise RenderError(f"docx/numbering.xml has no list '{definition.base}'", mend=mend)
        numbering.append(_definition(found[definition.base], index, definition, is_first=definition.base not in used))
        used.add(definition.base)
    for list_id, instance in enumerate(plan.lists, 1):
        one = add(numbering, "num", numId=str(list_id))
        add(one, "abstractNumId", val=str(instance.definition))
        for level, start in instance.starts:
            add(add(one, "lvlOverride", ilvl=str(level)), "startOverride", val=str(start))
    return numbering


def linked_styles(plan: NumberPlan, template: etree._Element) -> dict[str, tuple[int, int]]:
    """Style id -> (list id, level) for the styles that the template links to the lists that this page uses."""
    links: dict[str, tuple[int, int]] = {}
    for one in template.iter(w("abstractNum")):
        bases = [definition.base for definition in plan.definitions]
        if _name(one) not in bases:
            continue
        index = bases.index(_name(one))  # type: ignore[arg-type]
        list_id = next(place for place, held in enumerate(plan.lists, 1) if held.definition == index)
        for level in one.iter(w("lvl")):
            style = level.find(w("pStyle"))
            if style is not None:
                links[style.get(w("val"), "")] = (list_id, int(level.get(w("ilvl"), "0")))
    return links


def _name(definition: etree._Element) -> str:
    name = definition.find(w("name"))
    return "" if name is None else name.get(w("val"), "")


def _definition(base: etree._Element, index: int, definition: Definition, *, is_first: bool) -> etree._Element:
    """A copy of the template's definition; only the first stays linked to styles: Word allows one link a style."""
    element = copy.deepcopy(base)
    element.set(w("abstractNumId"), str(index))
    name = f"{definition.base}{index}"
    for child in element:
        if child.tag == w("nsid"):
            child.set(w("val"), hashlib.sha256(name.encode()).hexdigest()[:8].upper())
        elif child.tag == w("name") and not is_first:
            child.set(w("val"), name)
        elif child.tag == w("lvl"):
            _set_level(child, definition, is_first=is_first)
    return element


def _set_level(level: etree._Element, definition: Definition, *, is_first: bool) -> None:
    place = int(level.get(w("ilvl"), "0"))
    pattern = definition.patterns.get(place)
    for child in list(level):
        if child.tag == w("pStyle") and not is_first:
            level.remove(child)
        elif child.tag == w("lvlText") and pattern:
            child.set(w("val"), pattern)
        elif child.tag == w("numFmt") and place == 0 and definition.first:
            child.set(w("val"), definition.first)
        elif child.tag == w("pPr") and pattern and definition.base == "appendices" and place == 0:
            _widen(child, pattern)


def _widen(properties: etree._Element, pattern: str) -> None:
    """ "Appendix A" is wider than a number: its heading hangs as far as it needs."""
    width = round(text_width(pattern.replace("%1", "M"), size=16, bold=True) * 20) + GAP
    for indent in properties.iter(w("ind")):
        for side in ("left", "hanging"):
            indent.set(w(side), str(max(width, int(indent.get(w(side), "0")))))
    tabs = properties.find(w("tabs"))
    if tabs is not None:
        properties.remove(tabs)
