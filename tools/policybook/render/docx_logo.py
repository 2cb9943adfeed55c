"""The first page's header of a Word document with a logo in it: a picture that says nothing, and is marked so."""

from __future__ import annotations

from lxml import etree

from policybook.render.docx_xml import R, add, root
from policybook.render.logo import Logo

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_ID = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_EMU_PER_MM = 36_000


def write_logo(logo: Logo) -> etree._Element:
    """The header; its relation `rIdLogo` leads to the picture, which is decoration: the title says whose it is."""
    header = root("hdr")
    paragraph = add(header, "p")
    drawing = add(add(paragraph, "r"), "drawing")
    inline = etree.SubElement(
        drawing, f"{{{_WP}}}inline", distT="0", distB="0", distL="0", distR="0", nsmap={"wp": _WP}
    )
    size = {"cx": str(round(logo.width_mm * _EMU_PER_MM)), "cy": str(round(logo.height_mm * _EMU_PER_MM))}
    etree.SubElement(inline, f"{{{_WP}}}extent", size)
    named = etree.SubElement(inline, f"{{{_WP}}}docPr", id="1", name="Logo", descr="")
    extensions = etree.SubElement(named, f"{{{_A}}}extLst", nsmap={"a": _A})
    extension = etree.SubElement(extensions, f"{{{_A}}}ext", uri=_DECORATIVE_ID)
    etree.SubElement(extension, f"{{{_DECORATIVE}}}decorative", val="1", nsmap={"adec": _DECORATIVE})
    graphic = etree.SubElement(inline, f"{{{_A}}}graphic", nsmap={"a": _A})
    _picture(etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_PIC), size)
    return header


def _picture(data: etree._Element, size: dict[str, str]) -> None:
    picture = etree.SubElement(data, f"{{{_PIC}}}pic", nsmap={"pic": _PIC})
    named = etree.SubElement(picture, f"{{{_PIC}}}nvPicPr")
    etree.SubElement(named, f"{{{_PIC}}}cNvPr", id="1", name="Logo", descr="")
    etree.SubElement(named, f"{{{_PIC}}}cNvPicPr")
    fill = etree.SubElement(picture, f"{{{_PIC}}}blipFill")
    etree.SubElement(fill, f"{{{_A}}}blip", {f"{{{R}}}embed": "rIdLogo"})
    etree.SubElement(etree.SubElement(fill, f"{{{_A}}}stretch"), f"{{{_A}}}fillRect")
    shape = etree.SubElement(picture, f"{{{_PIC}}}spPr")
    place = etree.SubElement(shape, f"{{{_A}}}xfrm")
    etree.SubElement(place, f"{{{_A}}}off", x="0", y="0")
    etree.SubElement(place, f"{{{_A}}}ext", size)
    form = etree.SubElement(shape, f"{{{_A}}}prstGeom", prst="rect")
    etree.SubElement(form, f"{{{_A}}}avLst")
