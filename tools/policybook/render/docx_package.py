"""The package of a Word document: properties, header, footer, relationships, zipped with fixed times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache

from lxml import etree

from policybook.domain.page import Page
from policybook.render.docx_identity import IDENTITY_PART, PROPERTIES_PART, identity_files
from policybook.render.docx_logo import write_logo
from policybook.render.docx_pages import sheet_of
from policybook.render.docx_run import add_field, add_words
from policybook.render.docx_xml import add, root, to_bytes
from policybook.render.logo import Logo
from policybook.render.paper import readable, titled

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_CUSTOM = f"{_OFFICE}/custom-properties"
_VALUE = f"{_OFFICE}/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_QUICK = 3
"""How hard zlib tries: twice as quick as its usual 6, for a tenth more bytes."""
_CORE_NAMES = {"author": f"{{{_DC}}}creator", "keywords": f"{{{_CORE}}}keywords", "status": f"{{{_CORE}}}contentStatus",
               "version": f"{{{_CORE}}}version"}  # fmt: skip
_PARTS = {
    "document": "document.main+xml", "styles": "styles+xml", "numbering": "numbering+xml", "settings": "settings+xml",
    "header": "header+xml", "headerFirst": "header+xml", "footer": "footer+xml",
}  # fmt: skip


def pack(
    parts: Mapping[str, bytes],
    page: Page,
    targets: Mapping[str, str],
    bookmarks: Mapping[str, str],
    logo: Logo | None = None,
) -> bytes:
    """The bytes of the document from its main parts (`document`, `styles`, `numbering`, `settings`).

    `targets` are the addresses that hyperlinks name, with their relationship ids; `bookmarks` the names of the page's
    anchors. A page with clauses gets a map of them (`docx_identity`). The logo stands in the header of the first page.
    """
    first = write_header(None) if logo is None else write_logo(logo)
    running = {"header": write_header(page), "headerFirst": first, "footer": write_footer(page)}
    made = {**parts, **{name: to_bytes(element) for name, element in running.items()}}
    identity = identity_files(page, bookmarks)
    files = {
        "[Content_Types].xml": _content_types(has_identity=bool(identity)),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": to_bytes(_core(page)),
        "docProps/custom.xml": to_bytes(_custom(page)),
        "word/_rels/document.xml.rels": to_bytes(
            _relationships(_document_relations(targets, has_identity=bool(identity)))
        ),
        **{f"word/{name}.xml": content for name, content in made.items()},
        **identity,
    }
    return _zip(files if logo is None else files | _logo_files(logo))


def _logo_files(logo: Logo) -> dict[str, bytes]:
    name = f"logo.{logo.kind}"
    relations = [("rIdLogo", f"{_OFFICE}/relationships/image", f"media/{name}")]
    return {
        "word/_rels/headerFirst.xml.rels": to_bytes(_relationships(relations)),
        f"word/media/{name}": logo.file.read_bytes(),
    }


def write_header(page: Page | None) -> etree._Element:
    """The header of the pages after the first; with None, the empty one of the first."""
    header = root("hdr")
    paragraph = add(header, "p")
    if page is not None and page.header:
        add(add(paragraph, "pPr"), "pStyle", val="Header")
        add_words(paragraph, page.header)
    return header


def write_footer(page: Page) -> etree._Element:
    """The footer of every page: the page's words and "Page x of y", at the right margin."""
    footer = root("ftr")
    paragraph = add(footer, "p")
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val="Footer")
    add(add(properties, "tabs"), "tab", val="right", pos=str(sheet_of(page).text_width))
    add_words(paragraph, f"{page.footer}\tPage ")
    add_field(paragraph, "PAGE", "1")
    add_words(paragraph, " of ")
    add_field(paragraph, "NUMPAGES", "1")
    return footer


@cache
def _content_types(*, has_identity: bool) -> bytes:
    types = etree.Element(f"{{{_PACKAGE}/content-types}}Types", nsmap={None: f"{_PACKAGE}/content-types"})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
    ):
        etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Default", Extension=extension, ContentType=kind)
    overrides = {f"/word/{name}.xml": f"{_WORD_TYPE}.{kind}" for name, kind in _PARTS.items()}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    if has_identity:
        overrides[f"/{PROPERTIES_PART}"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    for part, kind in overrides.items():
        etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", PartName=part, ContentType=kind)
    return to_bytes(types)


@cache
def _package_relations() -> bytes:
    relations = [
        ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ]
    return to_bytes(_relationships(relations))


def _document_relations(targets: Mapping[str, str], *, has_identity: bool) -> list[tuple[str, str, str]]:
    own = [(f"rId{name.capitalize()}", name, f"{name}.xml") for name in ("styles", "numbering", "settings", "footer")]
    own += [("rIdHeaderDefault", "header", "header.xml"), ("rIdHeaderFirst", "header", "headerFirst.xml")]
    own += [("rIdIdentity", "customXml", f"../{IDENTITY_PART}")] if has_identity else []
    relations = [(one, f"{_OFFICE}/relationships/{kind}", target) for one, kind, target in own]
    return relations + [(one, f"{_OFFICE}/relationships/hyperlink", target) for target, one in targets.items()]


def _relationships(relations: Iterable[tuple[str, str, str]]) -> etree._Element:
    namespace = f"{_PACKAGE}/relationships"
    element = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for one, kind, target in relations:
        relation = etree.SubElement(element, f"{{{namespace}}}Relationship", Id=one, Type=kind, Target=target)
        if kind.endswith("/hyperlink"):
            relation.set("TargetMode", "External")
    return element


def _core(page: Page) -> etree._Element:
    """Title, subject, language and author; no dates, which would make two runs differ."""
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    words = {f"{{{_DC}}}title": titled(page), f"{{{_DC}}}subject": page.subject, f"{{{_DC}}}language": page.language}
    words |= {_CORE_NAMES[name]: value for name, value in page.properties if name in _CORE_NAMES}
    for tag, value in words.items():
        if value:
            etree.SubElement(core, tag).text = readable(value)
    return core


def _custom(page: Page) -> etree._Element:
    """Every property of the page by its own name; of two that Word would take for one, the first."""
    custom = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUE})
    known: dict[str, tuple[str, str]] = {}
    for given, value in page.properties:
        name = " ".join(readable(given).split())[:255] or "property"
        known.setdefault(name.casefold(), (name, value))
    for number, (name, value) in enumerate(known.values(), 2):
        one = etree.SubElement(custom, f"{{{_CUSTOM}}}property", fmtid=_CUSTOM_FORMAT, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_VALUE}}}lpwstr").text = readable(value)
    return custom


def _zip(files: Mapping[str, bytes]) -> bytes:
    """The files in this order, compressed, each with the same time and origin on every machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, compresslevel=_QUICK)
    return stream.getvalue()
