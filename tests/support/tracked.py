"""Accepts or rejects all tracked changes of a Word document: a second, separate reading of what they mean."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Choice = Literal["accept", "reject"]
_GONE = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
_STAYS = {"accept": ("ins", "moveTo"), "reject": ("del", "moveFrom")}


def document_of(content: bytes) -> etree._Element:
    """The root of `word/document.xml`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def resolve_all(content: bytes, choice: Choice) -> bytes:
    """The document with all changes accepted or rejected, no mark left of any."""
    root = document_of(content)
    gone, stays = ([W + name for name in names[choice]] for names in (_GONE, _STAYS))
    _take_rows(root, gone)
    joined = [one for one in root.iter(f"{W}p") if any(one.find(f"{W}pPr/{W}rPr/{name}") is not None for name in gone)]
    for element in list(root.iter(*gone)):
        parent = element.getparent()
        if parent is not None and parent.tag != f"{W}rPr":
            parent.remove(element)
    for paragraph in joined:
        _join_to_next(paragraph)
    for element in list(root.iter(*stays)):
        _unwrap(element)
    _settle_properties(root, choice)
    for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"):
        for element in list(root.iter(W + name)):
            element.getparent().remove(element)
    return _with_document(content, root)


def paragraphs_of(content: bytes) -> list[tuple[str, str, str]]:
    """Style, list and words of every paragraph that has any words, in order, those of tables too."""
    found = []
    for paragraph in document_of(content).iter(f"{W}p"):
        words = "".join(_words(run) for run in paragraph.iter(f"{W}r"))
        if words:
            style, numbers = paragraph.find(f"{W}pPr/{W}pStyle"), paragraph.find(f"{W}pPr/{W}numPr")
            label = "" if numbers is None else "/".join(one.get(f"{W}val", "") for one in numbers)
            found.append(("" if style is None else style.get(f"{W}val", ""), label, words))
    return found


def _words(run: etree._Element) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(one.text or "" if one.tag == f"{W}t" else signs.get(str(one.tag), "") for one in run)


def _take_rows(root: etree._Element, gone: list[str]) -> None:
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{name}") is not None for name in gone):
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _join_to_next(paragraph: etree._Element) -> None:
    """The end of the paragraph goes: what is left of it begins the next one, whose properties stay."""
    following = paragraph.getnext()
    while following is not None and following.tag.endswith(("RangeEnd", "RangeStart")):
        following = following.getnext()
    left = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        assert not any(_words(run) for run in paragraph.iter(f"{W}r")), "words with nothing to join them to"
    else:
        for child in reversed(left):
            following.insert(1, child)
    paragraph.getparent().remove(paragraph)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)


def _settle_properties(root: etree._Element, choice: Choice) -> None:
    for change in list(root.iter(f"{W}pPrChange")):
        properties = change.getparent()
        properties.remove(change)
        if choice == "reject":
            properties.getparent().replace(properties, change[0])
    for words in root.iter(f"{W}delText"):
        words.tag = f"{W}t"
    for marks in list(root.iter(f"{W}rPr")):
        if len(marks) == 0:
            marks.getparent().remove(marks)


def _with_document(content: bytes, root: etree._Element) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as out:
        for name in archive.namelist():
            out.writestr(name, etree.tostring(root) if name == "word/document.xml" else archive.read(name))
    return made.getvalue()
