"""Words into Word: runs, links, bookmarks and fields inside one paragraph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from policybook.domain.inline import Run, plain
from policybook.render.docx_xml import XML_SPACE, R, add, w
from policybook.render.paper import readable, web_target, with_signs

_KEPT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,39}")
_MARK_STYLES = {"inserted": "Inserted", "deleted": "Deleted"}
_PIECES = re.compile("([\n\t])")


def bookmark_names(anchors: Iterable[str]) -> dict[str, str]:
    """A bookmark name for each anchor, in order: at most 40 characters, a letter first, unique without regard to case.

    A clause id is its own name. One that is too long or has other characters becomes "c_" and the first 32 hexadecimal
    digits of its SHA-256, so that the same id has the same name in every document.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors:
        name = anchor if _KEPT_NAME.fullmatch(anchor) else _hashed(anchor)
        name = _hashed(anchor) if name.casefold() in taken else name
        taken.add(name.casefold())
        names[anchor] = name
    return names


@dataclass(slots=True)
class Pen:
    """What the paragraphs of one document share while they are written: bookmark names, link targets met so far."""

    bookmarks: Mapping[str, str]
    targets: dict[str, str] = field(default_factory=dict)
    set_bookmarks: set[str] = field(default_factory=set)
    opened: int = 0

    def write_runs(self, paragraph: etree._Element, runs: Iterable[Run]) -> None:
        """Appends the runs, with signs about changes; a link becomes a hyperlink if its target may be printed."""
        for run in with_signs(runs):
            if run.text or run.blank:
                add_run(self._holder(paragraph, run.link), run, is_link=self._is_link(run.link))

    def bookmark(self, paragraph: etree._Element, anchor: str | None) -> None:
        """Encloses what the paragraph holds in the anchor's bookmark, unless the page has set it already.

        It stands inside the paragraph: there it survives edits in LibreOffice and Word.
        """
        name = self.bookmarks.get(anchor or "")
        if name and name not in self.set_bookmarks:
            self.set_bookmarks.add(name)
            self.enclose(paragraph, name)

    def enclose(self, paragraph: etree._Element, name: str) -> None:
        """Encloses what the paragraph holds in a bookmark of this name."""
        self.opened += 1
        has_properties = len(paragraph) > 0 and paragraph[0].tag == w("pPr")
        # Made in this tree and moved: an element made apart begins as a tree of its own, which costs more.
        paragraph.insert(int(has_properties), add(paragraph, "bookmarkStart", id=str(self.opened), name=name))
        add(paragraph, "bookmarkEnd", id=str(self.opened))

    def _is_link(self, link: str | None) -> bool:
        return bool(link) and (
            web_target(link) is not None or ((link or "")[:1] == "#" and (link or "")[1:] in self.bookmarks)
        )

    def _holder(self, paragraph: etree._Element, link: str | None) -> etree._Element:
        if link and link.startswith("#") and link[1:] in self.bookmarks:
            return add(paragraph, "hyperlink", anchor=self.bookmarks[link[1:]], history="1")
        target = web_target(link)
        if target is None:
            return paragraph
        relation = self.targets.setdefault(target, f"rIdLink{len(self.targets) + 1}")
        holder = add(paragraph, "hyperlink", history="1")
        holder.set(f"{{{R}}}id", relation)
        return holder


def add_run(parent: etree._Element, run: Run, *, style: str = "", is_link: bool = False) -> None:
    """Appends one run; a line feed becomes a line break, a tab a tab. A blank without words shows what is missing."""
    element = add(parent, "r")
    style = style or _style(run, is_link)
    if style or run.bold or run.italic:
        properties = add(element, "rPr")
        if style:
            add(properties, "rStyle", val=style)
        if run.bold:
            add(properties, "b")
        if run.italic:
            add(properties, "i")
    add_text(element, run.text or f"[{run.parameter or 'not filled in'}]")


def add_text(run: etree._Element, text: str) -> None:
    """Appends words to a `w:r`, with breaks and tabs as Word has them."""
    for piece in _PIECES.split(readable(text)):
        if piece == "\n":
            add(run, "br")
        elif piece == "\t":
            add(run, "tab")
        elif piece:
            element = add(run, "t")
            element.text = piece
            if piece != piece.strip() or "  " in piece:
                element.set(XML_SPACE, "preserve")


def add_words(parent: etree._Element, text: str, style: str = "") -> None:
    """Appends plain words as one run, in a character style if one is named."""
    add_run(parent, Run(text), style=style)


def add_field(parent: etree._Element, code: str, shown: str) -> None:
    """Appends a field with its result as last worked out; not marked dirty, so Word asks nothing when it opens."""
    _field_mark(parent, "begin")
    instruction = add(add(parent, "r"), "instrText")
    instruction.text = f" {code} "
    instruction.set(XML_SPACE, "preserve")
    _field_mark(parent, "separate")
    add_words(parent, shown)
    _field_mark(parent, "end")


def begin_field(parent: etree._Element, code: str) -> None:
    """Opens a field whose result goes over several paragraphs; `end_field` closes it."""
    _field_mark(parent, "begin")
    instruction = add(add(parent, "r"), "instrText")
    instruction.text = f" {code} "
    instruction.set(XML_SPACE, "preserve")
    _field_mark(parent, "separate")


def end_field(parent: etree._Element) -> None:
    """Closes the field that `begin_field` opened."""
    _field_mark(parent, "end")


def words_only(runs: Iterable[Run]) -> str:
    """The words of runs on one line."""
    return " ".join(readable(plain(runs)).split())


def _hashed(anchor: str) -> str:
    return "c_" + hashlib.sha256(anchor.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _style(run: Run, is_link: bool) -> str:
    if run.mark != "none":
        return _MARK_STYLES[run.mark]
    if run.blank:
        return "Blank"
    return "Hyperlink" if is_link else ""


def _field_mark(parent: etree._Element, kind: str) -> None:
    element = add(add(parent, "r"), "fldChar")
    element.set(w("fldCharType"), kind)
