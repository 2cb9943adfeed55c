"""Small tools for the parts of a Word document: names of elements, safe parsing, printing."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from policybook.domain.error import RenderError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W_NAME = f"{{{W}}}"


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W_NAME + name


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """A new last child `w:name` of the parent, with `w:` attributes; its text and children are for the caller."""
    element = etree.SubElement(parent, _W_NAME + name)
    for key, value in attributes.items():  # quicker one by one than in a dictionary
        element.set(_W_NAME + key, value)
    return element


def root(name: str) -> etree._Element:
    """A new root `w:name` that declares the prefixes `w` and `r`."""
    return etree.Element(_W_NAME + name, nsmap={"w": W, "r": R})


def to_bytes(element: etree._Element) -> bytes:
    """The part as UTF-8 with an XML declaration, as Word writes it."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def read_part(template: Path, name: str) -> etree._Element:
    """The root of a part that the template keeps under `docx/`, with no entity resolved and nothing fetched.

    Raises RenderError if the file is missing or no XML, or has a DOCTYPE.
    """
    path = template / "docx" / name
    try:
        content = path.read_bytes()
    except OSError as error:
        mend = "put the file back, or name a template folder that has it"
        raise RenderError(f"the template has no file docx/{name}", where=str(template), mend=mend) from error
    return parse_part(content, f"docx/{name}", str(path), "mend the file in a text editor, or put the original back")


def parse_part(content: bytes, name: str, where: str, mend: str) -> etree._Element:
    """The root of a part. Raises RenderError, naming the part, if it is no XML or has a DOCTYPE."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except etree.XMLSyntaxError as error:
        raise RenderError(f"{name} is no well-formed XML: {error.msg}", where=where, mend=mend) from error
    if tree.docinfo.doctype:
        raise RenderError(f"{name} has a DOCTYPE", where=where, mend=f"take the DOCTYPE out, or {mend}") from None
    return tree.getroot()
