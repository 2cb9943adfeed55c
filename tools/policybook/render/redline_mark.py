"""Marks of tracked changes about runs, ends of paragraphs and rows, each with an id, an author and a time."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from lxml import etree

from policybook.domain.inline import Run
from policybook.render.docx_numbering import Label
from policybook.render.docx_run import Pen, add_run, add_words
from policybook.render.docx_xml import add, w
from policybook.render.paper import readable

Kind = Literal["ins", "del", "moveFrom", "moveTo"]
_KINDS: dict[str, Kind] = {"inserted": "ins", "deleted": "del"}
_BEFORE_LIST = frozenset(w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore"))
_MARKS = frozenset(w(kind) for kind in ("ins", "del", "moveFrom", "moveTo"))


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the changes, and on which day."""

    name: str
    on: date

    @property
    def attributes(self) -> dict[str, str]:
        """`author` and `date` as Word has them; noon is the same day in every time zone of Europe."""
        return {
            "author": " ".join(readable(self.name).split()) or "unknown",
            "date": f"{self.on.isoformat()}T12:00:00Z",
        }


def spell_out_list(properties: etree._Element, label: Label) -> None:
    """Names the list in the properties even where the style gives it: LibreOffice restores only what it finds there."""
    if properties.find(w("numPr")) is None:
        numbers = properties.makeelement(w("numPr"), {})
        add(numbers, "ilvl", val=str(label.level))
        add(numbers, "numId", val=str(label.list_id))
        properties.insert(sum(child.tag in _BEFORE_LIST for child in properties), numbers)


@dataclass(slots=True, kw_only=True)
class RedlinePen(Pen):
    """A pen whose marked runs become tracked changes instead of getting signs."""

    author: Author

    def write_runs(self, paragraph: etree._Element, runs: Iterable[Run]) -> None:
        """Appends the runs, those with a mark as insertions and deletions."""
        for run in runs:
            if run.text or run.blank:
                holder = self._holder(paragraph, run.link)
                add_run(holder, replace(run, mark="none"), is_link=self._is_link(run.link))
                if run.mark != "none":
                    self._wrap(holder[-1], _KINDS[run.mark])

    def mark_all(self, element: etree._Element, kind: Kind) -> None:
        """Marks all that a paragraph, row or table holds, with the ends of paragraphs and the rows themselves."""
        for paragraph in element.iter(w("p")):
            self._wrap_all(paragraph, kind)
            self.mark_end(paragraph, kind)
        for row in element.iter(w("tr")):
            self._add_mark(row[0], kind)

    def mark_end(self, paragraph: etree._Element, kind: Kind) -> None:
        """Marks the end of a paragraph: taken out, it is joined to the next."""
        self._add_mark(add(paragraph[0], "rPr"), kind)

    def mark_moved(self, paragraph: etree._Element, kind: Literal["moveFrom", "moveTo"], number: int) -> None:
        """Marks one place of a paragraph that moved; runs that are marked already changed on the way."""
        self._wrap_all(paragraph, kind)
        self.mark_end(paragraph, kind)
        start = self._add_mark(paragraph, f"{kind}RangeStart")
        start.set(w("name"), f"move{number}")
        paragraph.insert(1, start)
        end = paragraph.makeelement(w(f"{kind}RangeEnd"), {w("id"): start.get(w("id"), "")})
        paragraph.addnext(end)

    def change_label(self, paragraph: etree._Element, old: str, *, is_new: bool) -> None:
        """Marks a number in plain words: `is_new` that the paragraph begins with one, `old` the one that it had."""
        runs = paragraph.findall(w("r"))
        if is_new and runs:
            self._wrap(runs[0], "ins")
        if old:
            add_words(paragraph, f"{old}\t")
            label = self._wrap(paragraph[-1], "del")
            before = (w("pPr"), w("bookmarkStart"))
            paragraph.insert(sum(child.tag in before for child in paragraph), label)

    def change_properties(self, paragraph: etree._Element, old: etree._Element, new: etree._Element) -> None:
        """Gives the paragraph the `new` `w:pPr`, which remembers the `old` one if that differs; page breaks stay."""
        for properties in (old, new):
            found = paragraph[0].find(w("pageBreakBefore"))
            if found is not None:
                before = (w("pStyle"), w("keepNext"), w("keepLines"))
                properties.insert(sum(child.tag in before for child in properties), deepcopy(found))
        is_changed = etree.tostring(old) != etree.tostring(new)
        paragraph.replace(paragraph[0], new)
        if is_changed:
            self._add_mark(new, "pPrChange").append(old)

    def _wrap_all(self, paragraph: etree._Element, kind: Kind) -> None:
        for run in list(paragraph.iter(w("r"))):
            holder = run.getparent()
            if holder is not None and holder.tag not in _MARKS:
                self._wrap(run, kind)

    def _wrap(self, run: etree._Element, kind: Kind) -> etree._Element:
        holder = self._add_mark(run.getparent(), kind)
        run.addprevious(holder)
        holder.append(run)
        if kind == "del":
            for words in run.iter(w("t")):
                words.tag = w("delText")
        return holder

    def _add_mark(self, parent: etree._Element | None, name: str) -> etree._Element:
        """A new last child with an id of its own; bookmarks count with the same numbers."""
        self.opened += 1
        assert parent is not None  # noqa: S101 - every run stands in a paragraph
        return add(parent, name, id=str(self.opened), **self.author.attributes)
