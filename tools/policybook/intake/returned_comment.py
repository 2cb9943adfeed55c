"""The comments of a Word or OpenDocument file: who wrote them, when, and on which words they hang."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from policybook.domain.error import UnreadableDocument
from policybook.intake.letter import clean_letters
from policybook.intake.package import Package
from policybook.intake.word_style import W

_CORE = "docProps/core.xml"
_SAVED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_OFFICE, _TEXT, _TABLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text", "table")
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BOOKMARKS = (f"{_TEXT}bookmark-start", f"{_TEXT}bookmark")
_MOST = 5_000
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment. `bookmarks` are those of the paragraph it hangs on, `anchor` that paragraph's words.

    The words of a paragraph include those whose deletion was proposed. `row` is the first cell of the table's row that
    it stands in, if any; `on` is an ISO date.
    """

    text: str
    by: str
    on: str
    bookmarks: tuple[str, ...] = ()
    anchor: str = ""
    row: str = ""


def read_remarks(path: Path) -> tuple[Remark, ...]:
    """The comments of a DOCX or ODT in the order of the text; none for any other format."""
    package = _package(path)
    if package is not None and (content := package.xml("content.xml")) is not None:
        return tuple(_open_remark(one) for one in list(content.iter(f"{_OFFICE}annotation"))[:_MOST])
    main = package.xml("word/document.xml") if package else None
    said = package.xml("word/comments.xml") if package else None
    if main is None or said is None:
        return ()
    comments = {one.get(f"{W}id", ""): one for one in list(said.iter(f"{W}comment"))[:_MOST]}
    return tuple(_remark(comments.pop(name), mark) for mark, name in _marks(main) if name in comments)


def read_saved_by(path: Path) -> str:
    """Who saved the file last, as it says itself; empty where it does not."""
    package = _package(path)
    core = package.xml(_CORE) if package else None
    return "" if core is None else (core.findtext(_SAVED_BY) or "").strip()[:200]


def _package(path: Path) -> Package | None:
    data = path.read_bytes()
    try:
        return Package(data, path.name) if data.startswith(b"PK") else None
    except UnreadableDocument:
        return None


def _marks(main: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Where each comment begins: a range, or the sign itself where there is none."""
    for mark in main.iter(f"{W}commentRangeStart", f"{W}commentReference"):
        yield mark, mark.get(f"{W}id", "")


def _remark(comment: etree._Element, mark: etree._Element) -> Remark:
    paragraph = next(mark.iterancestors(f"{W}p"), None)
    if paragraph is None:  # the range begins between two paragraphs: it is about the next one
        paragraph = next((one for one in mark.itersiblings() if one.tag == f"{W}p"), None)
    row = next(mark.iterancestors(f"{W}tr"), None)
    first = None if row is None else row.find(f".//{W}tc")
    return Remark(
        text=_words(comment),
        by=comment.get(f"{W}author", "").strip(),
        on=comment.get(f"{W}date", "")[:10],
        bookmarks=() if paragraph is None else _bookmarks(paragraph),
        anchor="" if paragraph is None else _words(paragraph),
        row="" if first is None else _words(first),
    )


def _open_remark(comment: etree._Element) -> Remark:
    paragraph = next(comment.iterancestors(*_PARAGRAPHS), None)
    row = next(comment.iterancestors(f"{_TABLE}table-row"), None)
    first = None if row is None else row.find(f".//{_TABLE}table-cell")
    marks = () if paragraph is None else paragraph.iter(*_BOOKMARKS)
    return Remark(
        text=" ".join("".join(map(str, one.itertext())).strip() for one in comment.findall(f"{_TEXT}p"))[:_LONGEST],
        by=(comment.findtext(f"{_DC}creator") or "").strip(),
        on=(comment.findtext(f"{_DC}date") or "")[:10],
        bookmarks=tuple(one.get(f"{_TEXT}name", "") for one in marks),
        anchor="" if paragraph is None else _open_words(paragraph),
        row="" if first is None else _open_words(first),
    )


def _open_words(element: etree._Element) -> str:
    """The words of a paragraph or cell without its comments."""
    pieces: list[str] = []

    def walk(one: etree._Element) -> None:
        if one.tag != f"{_OFFICE}annotation":
            pieces.append(" " if one.tag == f"{_TEXT}s" else one.text or "")
            for child in one:
                walk(child)
                pieces.append(child.tail or "")

    walk(element)
    return " ".join(clean_letters("".join(pieces))[0].split())[:_LONGEST]


def _bookmarks(paragraph: etree._Element) -> tuple[str, ...]:
    return tuple(one.get(f"{W}name", "") for one in paragraph.iter(f"{W}bookmarkStart"))


def _words(element: etree._Element) -> str:
    pieces = (node.text or "" if node.tag != f"{W}p" else " " for node in element.iter(f"{W}t", f"{W}delText", f"{W}p"))
    return " ".join(clean_letters("".join(pieces))[0].split())[:_LONGEST]
