"""A `reference.docx` that a school edited in Word: its styles, taken with care, and nothing else of it.

Only its styles are taken: its words, pictures and addresses never reach a document, and one with macros is refused.
Word and LibreOffice rename and drop styles, so each of ours is found by its id or its name; one that is gone is ours
again.
"""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from policybook.domain.error import RenderError
from policybook.render.docx_xml import W, parse_part, w

_LARGEST = 60_000_000
_LARGEST_PART = 20_000_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANEW = "make a new one with `policybook template`, or save it again from Word as a Word document (.docx)"
_THEME_FONTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}


def read_reference(file: Path, base: etree._Element) -> tuple[etree._Element, tuple[str, ...]]:
    """The `w:styles` of a reference document with every style that `base` has, and the names of those it lacked.

    Fonts of a theme are written out, numbering is left to the writer. Raises RenderError for a file that is no Word
    document, that holds macros, or that refers to files elsewhere.
    """
    parts = _open(file)
    styles = parse_part(parts["word/styles.xml"], "word/styles.xml", str(file), _ANEW)
    theme = parts.get("word/theme/theme1.xml")
    fonts = _theme_fonts(parse_part(theme, "word/theme/theme1.xml", str(file), _ANEW)) if theme else {}
    _write_out_theme(styles, fonts)
    _rename(styles, base)
    for properties in list(styles.iter(w("pPr"))):
        for numbers in properties.findall(w("numPr")):
            properties.remove(numbers)
    gone = _complete(styles, base)
    _keep_together(styles, base)
    return styles, gone


def _open(file: Path) -> dict[str, bytes]:
    """The parts wanted. Raises RenderError for anything that no school's look needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            infos = archive.infolist()
            if sum(one.file_size for one in infos) > _LARGEST:
                raise _refused(file, "it would unpack to more than a look can hold")
            names = {one.filename for one in infos}
            if any("vbaproject" in name.lower() or name.lower().endswith(".bin") for name in names):
                raise _refused(file, "it holds macros")
            if "word/styles.xml" not in names:
                raise _refused(file, "it is no Word document")
            for name in sorted(name for name in names if name.endswith(".rels")):
                _require_no_outside(file, archive.read(name), name)
            wanted = [one for one in infos if one.filename in ("word/styles.xml", "word/theme/theme1.xml")]
            if any(one.file_size > _LARGEST_PART for one in wanted):
                raise _refused(file, "its styles are larger than any styles")
            return {one.filename: archive.read(one) for one in wanted}
    except OSError as error:
        raise _refused(file, f"it cannot be read: {error.strerror}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError, struct.error):
        raise _refused(file, "it is no Word document") from None


def _require_no_outside(file: Path, content: bytes, name: str) -> None:
    """Links in the sample's words are harmless, as no word is taken; a template or picture elsewhere is fetched."""
    for relation in parse_part(content, name, str(file), _ANEW).iter(_RELATION):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            raise _refused(file, f"it refers to a file elsewhere: {relation.get('Target', '')[:80]}")


def _refused(file: Path, why: str) -> RenderError:
    return RenderError(f"the reference document cannot be used: {why}", where=str(file), mend=_ANEW)


def _theme_fonts(theme: etree._Element) -> dict[str, str]:
    """The fonts of headings ("major") and of text ("minor")."""
    found = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_DRAWING}{kind}Font/{_DRAWING}latin")
        if latin is not None and latin.get("typeface"):
            found[kind] = latin.get("typeface", "")
    return found


def _write_out_theme(styles: etree._Element, fonts: dict[str, str]) -> None:
    for one in styles.iter(w("rFonts")):
        for themed, plain in _THEME_FONTS.items():
            kind = one.attrib.pop(w(themed), None)
            name = fonts.get(str(kind)[:5]) if kind else None
            if name and plain in ("ascii", "hAnsi"):
                one.set(w(plain), name)
    for one in styles.iter():
        for attribute in [name for name in one.attrib if str(name).startswith(f"{{{W}}}theme")]:
            del one.attrib[attribute]


def _rename(styles: etree._Element, base: etree._Element) -> None:
    """Gives a style that is ours by its name our id again, wherever it is mentioned."""
    there = {one.get(w("styleId")): one for one in styles.iterchildren(w("style"))}
    by_name = {_name(one): one.get(w("styleId"), "") for one in there.values()}
    renamed = {}
    for one in base.iterchildren(w("style")):
        style_id = one.get(w("styleId"), "")
        if style_id not in there and _name(one) in by_name:
            renamed[by_name[_name(one)]] = style_id
    for one in styles.iterchildren(w("style")):
        one.set(w("styleId"), renamed.get(one.get(w("styleId"), ""), one.get(w("styleId"), "")))
        for mention in ("basedOn", "next", "link"):
            for child in one.findall(w(mention)):
                child.set(w("val"), renamed.get(child.get(w("val"), ""), child.get(w("val"), "")))


def _complete(styles: etree._Element, base: etree._Element) -> tuple[str, ...]:
    """Adds the styles that are gone; returns their names."""
    there = {one.get(w("styleId")) for one in styles.iterchildren(w("style"))}
    gone = [one for one in base.iterchildren(w("style")) if one.get(w("styleId")) not in there]
    for one in gone:
        added = copy.deepcopy(one)
        added.attrib.pop(w("default"), None)
        styles.append(added)
    return tuple(_name(one) for one in gone)


def _keep_together(styles: etree._Element, base: etree._Element) -> None:
    """What a page may not part and what is a heading is no matter of looks: LibreOffice loses some of it on the way."""
    ours = {one.get(w("styleId")): one.find(w("pPr")) for one in base.iterchildren(w("style"))}
    for one in styles.iterchildren(w("style")):
        wanted = ours.get(one.get(w("styleId")))
        if wanted is None:
            continue
        properties = one.find(w("pPr"))
        if properties is None:
            properties = one.makeelement(w("pPr"), {})
            one.insert(next((place for place, child in enumerate(one) if child.tag == w("rPr")), len(one)), properties)
        for name in ("keepLines", "keepNext", "outlineLvl"):
            found = wanted.find(w(name))
            for child in properties.findall(w(name)):
                properties.remove(child)
            if found is not None:
                properties.insert(len(properties) if name == "outlineLvl" else 0, copy.deepcopy(found))


def _name(style: etree._Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else name.get(w("val"), "").casefold()
