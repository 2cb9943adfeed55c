"""What the styles of a Word document say of fonts, colours and sizes, for a PDF to look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from policybook.render.docx_xml import w

_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_DEEPEST = 12
_SMALLEST, _LARGEST = 6.0, 60.0
_TEXT = {
    "body": "BodyText", "title": "Title", "subtitle": "Subtitle", "heading1": "Heading1", "heading2": "Heading2",
    "heading3": "Heading3", "table": "TableText", "caption": "Caption", "header": "Header", "link": "Hyperlink",
    "contents": "TOCHeading",
}  # fmt: skip


def pdf_style(styles: etree._Element) -> dict[str, Any]:
    """For each kind of text (`body`, `title`, `heading1` …) its `font`, `size` in points and `colour` (RRGGBB).

    Also the fills and rules of tables and callouts. What the styles do not say, or say in a way that no page can be
    printed in, is left out.
    """
    found: dict[str, Any] = {kind: dict(_text(styles, style)) for kind, style in _TEXT.items()}
    head = _first(styles, "PolicyTable", ".//{0}tblStylePr[@{0}type='firstRow']//{0}shd", "fill")
    rule = _first(styles, "PolicyTable", ".//{0}tblBorders/{0}top", "color")
    found["table"] |= {key: value for key, value in (("fill", head), ("rule", rule)) if value}
    fill = _first(styles, "Callout", ".//{0}pPr/{0}shd", "fill")
    bar = _first(styles, "Callout", ".//{0}pBdr/{0}left", "color")
    found["callout"] = {key: value for key, value in (("fill", fill), ("rule", bar)) if value}
    return found


def _text(styles: etree._Element, style: str) -> Iterator[tuple[str, Any]]:
    fonts = _nearest(styles, style, "rFonts", "ascii")
    if fonts:
        yield "font", fonts
    colour = _nearest(styles, style, "color", "val")
    if colour and _COLOUR.fullmatch(colour):
        yield "colour", colour
    size = _nearest(styles, style, "sz", "val")
    if size and size.isdigit() and _SMALLEST <= int(size) / 2 <= _LARGEST:
        yield "size", int(size) / 2


def _nearest(styles: etree._Element, style: str, element: str, attribute: str) -> str | None:
    """The attribute as the style says it, else the style that it is based on, else the defaults of the document."""
    for properties in _chain(styles, style):
        found = properties.find(w(element))
        if found is not None and found.get(w(attribute)):
            return found.get(w(attribute))
    return None


def _chain(styles: etree._Element, style: str) -> Iterator[etree._Element]:
    by_id = {one.get(w("styleId")): one for one in styles.iterchildren(w("style"))}
    at: str | None = style
    for _ in range(_DEEPEST):
        one = by_id.get(at) if at else None
        if one is None:
            break
        properties = one.find(w("rPr"))
        if properties is not None:
            yield properties
        based = one.find(w("basedOn"))
        at = based.get(w("val")) if based is not None else None
    yield from styles.findall(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")


def _first(styles: etree._Element, style: str, path: str, attribute: str) -> str | None:
    for one in styles.iterchildren(w("style")):
        if one.get(w("styleId")) == style:
            found = one.find(path.replace("{0}", w("")))
            value = found.get(w(attribute), "") if found is not None else ""
            return value if _COLOUR.fullmatch(value) else None
    return None
