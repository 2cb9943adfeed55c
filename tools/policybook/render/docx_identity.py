"""What a Word document knows of itself: a part, never shown, that names its clauses and where they stand.

    customXml/item1.xml
        <policy xmlns="urn:policybook:identity:1" policy="school/policy" model=".." version=".." status=".." exact="..">
          <clause id="use.breaks" match="match-v1:.." bookmark="use.breaks"/>
        </policy>

`match` is the fingerprint of the clause's words as they were printed; a clause without a bookmark has none of its own.
The part survives editing in Word and LibreOffice, though not a copy saved as ODT; the custom properties always survive.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from lxml import etree

from policybook.domain.page import Page
from policybook.render.docx_xml import to_bytes
from policybook.render.paper import readable

IDENTITY = "urn:policybook:identity:1"
"""The namespace of the part; its number changes when its meaning does."""

IDENTITY_PART = "customXml/item1.xml"
PROPERTIES_PART = "customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PROPERTIES_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_TOLD = ("policy", "model", "version", "status", "exact", "compared-with")


def identity_files(page: Page, bookmarks: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the part by name, none for a page without clauses; `bookmarks` by anchor."""
    if not page.clauses:
        return {}
    identity = to_bytes(_identity(page, bookmarks))
    return {
        IDENTITY_PART: identity,
        PROPERTIES_PART: to_bytes(_properties(identity)),
        "customXml/_rels/item1.xml.rels": to_bytes(_relations()),
    }


def _identity(page: Page, bookmarks: Mapping[str, str]) -> etree._Element:
    told = {name: readable(value) for name, value in page.properties if name in _TOLD}
    root = etree.Element(f"{{{IDENTITY}}}policy", told, nsmap={None: IDENTITY})
    for clause, fingerprint in page.clauses:
        one = etree.SubElement(root, f"{{{IDENTITY}}}clause", id=readable(clause), match=fingerprint)
        if clause in bookmarks:
            one.set("bookmark", bookmarks[clause])
    return root


def _properties(identity: bytes) -> etree._Element:
    """The id that Word wants for the part: made from what it holds, so that it is the same every time."""
    item = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{IDENTITY} {identity.decode()}")).upper()
    root = etree.Element(f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": f"{{{item}}}"}, nsmap={"ds": _STORE})
    references = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": IDENTITY})
    return root


def _relations() -> etree._Element:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id="rId1", Type=_PROPERTIES_KIND, Target="itemProps1.xml")
    return root
