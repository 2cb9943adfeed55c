"""What a file that we built says of itself: which policy and version it is, and the clauses that were printed in it.

A Word file says it in its own properties and, clause by clause, in a part that is never shown (`policy` in the
namespace below); a copy saved as OpenDocument keeps the properties, a PDF has them among its keywords.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from lxml import etree

from policybook.domain.error import PolicybookError
from policybook.intake.package import Package

_NAMESPACE = "urn:policybook:identity:1"
_WORD, _OPEN = "docProps/custom.xml", "meta.xml"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_NAMES = ("policy", "model", "version", "status", "exact", "compared-with", "edition", "draft")
_LONGEST = 200
_MOST_CLAUSES = 5_000


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """A clause that was printed: its id, the fingerprint of its words, and its bookmark (empty where it has none)."""

    id: str
    match: str
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of itself; `clauses` are empty where it names none. Only PDFs do not keep paragraphs apart."""

    told: dict[str, str]
    clauses: tuple[MarkedClause, ...] = ()
    keeps_paragraphs: bool = True


def read_mark(path: Path) -> Mark:
    """What the file says of itself: empty where it was not built by us, or cannot be read."""
    data = path.read_bytes()
    try:
        if data.startswith(b"PK"):
            return _of_package(Package(data, path.name))
        if b"%PDF-" in data[:1_024]:
            return Mark(_kept(_pdf_properties(data)), keeps_paragraphs=False)
    except (PolicybookError, pdfium.PdfiumError):
        pass
    return Mark({})


def _of_package(package: Package) -> Mark:
    parts = package.parts()
    if _WORD not in parts:
        return Mark(_kept(_open_properties(package.xml(_OPEN))) if _OPEN in parts else {})
    told = _kept((str(entry.get("name", "")), _words(entry)) for entry in _children(package.xml(_WORD)))
    roots = (package.xml(part) for part in parts if part.startswith("customXml/item") and part.endswith(".xml"))
    marked = next((root for root in roots if root is not None and root.tag == f"{{{_NAMESPACE}}}policy"), None)
    if marked is None:
        return Mark(told)
    attributes = ((str(name), str(value)) for name, value in marked.attrib.items())
    return Mark({**_kept(attributes), **told}, tuple(_clauses(marked)))


def _clauses(marked: etree._Element) -> Iterator[MarkedClause]:
    for entry in marked.findall(f"{{{_NAMESPACE}}}clause")[:_MOST_CLAUSES]:
        name, match = entry.get("id", ""), entry.get("match", "")
        if name and match:
            yield MarkedClause(name[:_LONGEST], match[:_LONGEST], entry.get("bookmark", "")[:_LONGEST])


def _open_properties(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    for entry in root.iter(f"{_META}user-defined") if root is not None else ():
        yield entry.get(f"{_META}name", ""), _words(entry)


def _pdf_properties(data: bytes) -> Iterator[tuple[str, str]]:
    document = pdfium.PdfDocument(data)
    try:
        keywords: str = document.get_metadata_value("Keywords")
    finally:
        document.close()
    for entry in keywords.split(", "):
        name, _, value = entry.partition(": ")
        yield name, value


def _kept(properties: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The properties of ours; none where they name no policy."""
    found = {name: value[:_LONGEST] for name, value in properties if name in _NAMES and value}
    return found if "policy" in found else {}


def _children(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if root is None else root.iterchildren()


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
