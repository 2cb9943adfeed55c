"""A school's look: what a folder of `templates/` says of styles, fonts, colours and logo, for Word and for PDF.

    templates/<name>/
        reference.docx     styles, fonts and colours, edited in Word (`docx_reference`)
        logo.png or .jpg   stands above the title (`logo`)
        fonts/             font files for PDFs, which use no font of the system

The layout itself (`policy.typ`, numbering, settings) is that of the default template. A folder without a
reference.docx, such as `templates/default`, holds all of it itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from policybook.render.docx_reference import read_reference
from policybook.render.docx_style import pdf_style
from policybook.render.docx_xml import read_part
from policybook.render.logo import Logo, find_logo, read_logo

REFERENCE = "reference.docx"
FONT_ENDINGS = (".ttf", ".otf")
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a look that a document can be made without: a stable code, what, and how to mend it."""

    code: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True, eq=False)  # one object a state of the folder: it is a key of what is made from it
class Look:
    """What the writers take from a template folder.

    `layout` is the folder of the layout, `styles`, `numbering` and `settings` are parts of Word documents, not to be
    changed: copy them. `pdf` is the look for `policy.typ`, empty for the layout's own; `fonts` are its font files.
    """

    layout: Path
    styles: etree._Element
    numbering: etree._Element
    settings: etree._Element
    pdf: dict[str, Any] = field(default_factory=dict)
    fonts: tuple[Path, ...] = ()
    logo: Logo | None = None
    remarks: tuple[Remark, ...] = ()


def layout_of(template: Path) -> Path:
    """The folder that holds the layout: the template itself, or the default for one that has only a look."""
    if not (template / REFERENCE).is_file():
        return template
    folders = (
        template.parent / "default",
        _PACKAGE / "templates/default",
        _PACKAGE.parent.parent / "templates/default",
    )
    return next((folder for folder in folders if folder.is_dir()), template)


def read_look(template: Path) -> Look:
    """The look of a template folder, read once as long as its files stay as they are.

    Raises RenderError where a part of the layout is missing or the reference document cannot be used.
    """
    return _read_look(template, tuple(_stamps(template)))


def _stamps(template: Path) -> Iterator[tuple[str, int, int]]:
    layout = layout_of(template)
    docx = [layout / "docx" / name for name in ("styles.xml", "numbering.xml", "settings.xml")]
    own = [template / REFERENCE, find_logo(template), *find_fonts(template)]
    for file in (*docx, *own):
        if file is not None and file.is_file():
            stat = file.stat()
            yield str(file), stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=32)
def _read_look(template: Path, _stamps: tuple[tuple[str, int, int], ...]) -> Look:
    layout = layout_of(template)
    styles, numbering, settings = (read_part(layout, f"{name}.xml") for name in ("styles", "numbering", "settings"))
    remarks: list[Remark] = []
    pdf: dict[str, Any] = {}
    if layout != template:
        styles, gone = read_reference(template / REFERENCE, styles)
        pdf = pdf_style(styles)
        remarks += [_gone(gone)] if gone else []
    logo = _logo(template, remarks)
    return Look(layout, styles, numbering, settings, pdf, find_fonts(template), logo, tuple(remarks))


def find_fonts(template: Path) -> tuple[Path, ...]:
    """The font files that come with a look."""
    folder = template / "fonts"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(file for file in files if file.suffix.lower() in FONT_ENDINGS)


def _logo(template: Path, remarks: list[Remark]) -> Logo | None:
    file = find_logo(template)
    logo = read_logo(file) if file else None
    if isinstance(logo, str):
        mend = "save a smaller PNG or JPEG in its place; until then documents have none"
        remarks.append(Remark("template.logo", logo, mend))
        return None
    return logo


def _gone(gone: tuple[str, ...]) -> Remark:
    names = ", ".join(f"“{name}”" for name in gone[:6]) + (" and others" if len(gone) > 6 else "")
    what = f"{len(gone)} styles are not in reference.docx: {names}" if len(gone) > 1 else f"the style {names} is gone"
    return Remark("template.styles", what, "nothing, if the usual look will do for them")
