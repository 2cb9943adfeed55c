"""Tracked changes of a Word document: which words count when they are accepted or rejected, and who proposed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from policybook.domain.source import ChangeReading, TrackedChange
from policybook.intake.letter import clean_letters
from policybook.intake.word_style import W

INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})

_NO_FORMATTING = INSERTED | DELETED | {f"{W}rPr", f"{W}sectPr"}


@dataclass(frozen=True, slots=True)
class Revisions:
    """How the tracked changes of one document are read; `keep` reads as `accept` does and lists them."""

    reading: ChangeReading = "accept"

    @property
    def gone(self) -> frozenset[str]:
        """The elements whose words are not there."""
        return INSERTED if self.reading == "reject" else DELETED

    @property
    def said(self) -> str:
        """What a reader is told of it."""
        taken = {"accept": "as if accepted", "reject": "as if rejected", "keep": "as if accepted; they are listed"}
        return f"the file holds tracked changes; they were read {taken[self.reading]}"

    def settle_formatting(self, root: etree._Element) -> int:
        """Puts back the formatting that stood before each tracked change of it, where changes are rejected.

        The numbers, styles and hiding of paragraphs and words depend on it. Returns how many changes there are.
        """
        changes = list(root.iter(f"{W}pPrChange", f"{W}rPrChange"))
        for change in changes if self.reading == "reject" else ():
            properties, before = change.getparent(), next(iter(change), None)
            if properties is None or before is None:
                continue
            for child in list(properties):
                if child.tag not in _NO_FORMATTING:
                    properties.remove(child)
            for place, child in enumerate(list(before)):
                properties.insert(place, child)
        return len(changes)

    def is_row_gone(self, row: etree._Element) -> bool:
        """Whether a row of a table is not there."""
        return _has(row.find(f"{W}trPr"), self.gone)

    def is_mark_gone(self, paragraph: etree._Element) -> bool:
        """Whether the end of a paragraph is not there, so that the next one goes on with its words."""
        return _has(paragraph.find(f"{W}pPr/{W}rPr"), self.gone)

    def change_of(self, element: etree._Element, place: str) -> TrackedChange | None:
        """The change that an element holds, where changes are to be listed and it has words."""
        if self.reading != "keep" or element.tag not in INSERTED | DELETED:
            return None
        kind: Literal["insertion", "deletion"] = "insertion" if element.tag in INSERTED else "deletion"
        words = "".join(node.text or "" for node in element.iter(f"{W}t", f"{W}delText"))
        said = " ".join(clean_letters(words)[0].split())
        on = element.get(f"{W}date", "")[:10]
        return TrackedChange(kind, said, element.get(f"{W}author", "") or "somebody", on, place) if said else None


def _has(properties: etree._Element | None, tags: frozenset[str]) -> bool:
    return properties is not None and any(child.tag in tags for child in properties)
