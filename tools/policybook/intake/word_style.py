"""Styles of a Word document: which are headings or contents, what numbers them, what makes them bold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ?([1-9])$", re.IGNORECASE)
_DEEPEST = 20
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says once the styles it is based on are followed; None and empty mean that none of them says."""

    name: str = ""
    heading: int | None = None
    number_id: str | None = None
    number_level: int = 0
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None

    @property
    def is_contents(self) -> bool:
        """Whether paragraphs in it belong to a contents list."""
        return self.name.lower().startswith(("toc ", "toc heading", "contents", "table of figures"))

    @property
    def is_bullet(self) -> bool:
        """Whether its name says bullet, for files that lost their numbering part."""
        return self.name.lower().startswith("list bullet")


PLAIN = Style()


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {style.get(f"{W}styleId", ""): style for style in _children(root, "style")}
        self._known: dict[str, Style] = {}
        defaults = (
            s for s in self._elements.values() if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1"
        )
        self._default = next((style.get(f"{W}styleId") for style in defaults), None)

    def get(self, style_id: str | None) -> Style:
        """The style, or the document's default one where no id is given."""
        key = style_id or self._default or ""
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def of_characters(self, style_id: str) -> Style:
        """The character style of that id."""
        return self.get(style_id) if style_id in self._elements else PLAIN

    def _resolve(self, style_id: str) -> Style:
        chain: list[etree._Element] = []
        while style_id in self._elements and len(chain) < _DEEPEST:
            chain.append(self._elements[style_id])
            style_id = value(chain[-1].find(f"{W}basedOn")) or ""
        names = [value(style.find(f"{W}name")) or "" for style in chain]
        numbers = [numbers for style in chain if (numbers := style.find(f"{W}pPr/{W}numPr")) is not None]
        number = next((found for numbering in numbers if (found := value(numbering.find(f"{W}numId")))), None)
        level = next((found for numbering in numbers if (found := value(numbering.find(f"{W}ilvl")))), "0")
        return Style(
            name=names[0] if names else "",
            heading=next(filter(None, map(_heading_level, chain, names)), None),
            number_id=number,
            number_level=int(level) if level.isdigit() else 0,
            bold=_first(chain, "b"),
            italic=_first(chain, "i"),
            hidden=_first(chain, "vanish"),
        )


def value(element: etree._Element | None) -> str | None:
    """An element's `w:val`, or None."""
    return None if element is None else element.get(f"{W}val")


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """Whether run properties switch something on or off; None where they do not say."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else value(found) not in ("0", "false", "off")


def _heading_level(style: etree._Element, name: str) -> int | None:
    """The heading level of one style: by its name, by its outline level, or 1 for a title."""
    if named := _HEADING.match(name):
        return int(named[1])
    outline = value(style.find(f"{W}pPr/{W}outlineLvl"))
    if outline and outline.isdigit() and int(outline) < _BODY_LEVEL:
        return int(outline) + 1
    return 1 if name.lower() == "title" else None


def _first(chain: list[etree._Element], name: str) -> bool | None:
    return next((on for style in chain if (on := toggle(style.find(f"{W}rPr"), name)) is not None), None)


def _children(root: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if root is None else root.findall(f"{W}{name}")
