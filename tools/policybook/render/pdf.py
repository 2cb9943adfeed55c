"""A page tree as a PDF: tagged for screen readers (PDF/UA-1), fit for archives (PDF/A-2a), the same bytes every time.

One fixed template, `policy.typ`, sets the page; the words reach it as JSON and never become code. It is given:

    {"title", "subject", "header", "footer", "author": [..], "keywords": [..], "language": "en", "region": "GB",
     "landscape": bool, "look": {..}, "blocks": [{"type": ..}, ..]}

where a type is heading, clause, bullets, table, form, callout, contents, break or legend; `pdf_data` has their fields.
`look` is a school's own (`docx_style.pdf_style`, and `logo` with its file and size), empty for the layout's.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typst

from policybook.domain.error import RenderError
from policybook.domain.page import Page
from policybook.render.logo import find_logo
from policybook.render.look import REFERENCE, Look, layout_of, read_look
from policybook.render.pdf_data import pdf_data
from policybook.render.pdf_font import load_fonts

_TIME = 1_577_836_800
"""1 January 2020 in every document: the time of making it is no part of what it says, and would change the bytes."""


def write_pdf(page: Page, template: Path) -> bytes:
    """The bytes of a PDF of the page, on A4, the same for the same page and template.

    `template` is a folder such as `templates/default` that holds `policy.typ`, or one with a school's look (`look`).
    Fonts come from the look's own folder, else from the package font-source-sans-pro, and DejaVu Sans Mono from typst
    itself for signs that it lacks; no font of the system is used, and a character that neither of the last two has
    prints as ⟦U+1F600⟧.
    Raises RenderError if the template is missing or has a mistake, or if the page has no title.
    """
    layout = layout_of(template) / "policy.typ"
    if not layout.is_file():
        mend = "put the file back, or name a template folder that has it"
        raise RenderError("the template has no file policy.typ", where=str(template), mend=mend)
    look = read_look(template) if (template / REFERENCE).is_file() or find_logo(template) else None
    data = json.dumps({**pdf_data(page), "look": _look_data(look)}, ensure_ascii=False)
    try:
        compiler = _compiler(layout, template, load_fonts(look.fonts if look else ()))
        made = compiler.compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards=["a-2a", "ua-1"], timestamp=_TIME
        )
    except typst.TypstError as error:
        raise _explained(error, layout) from None
    if not isinstance(made, bytes):
        raise RenderError("typst made no PDF", where=str(layout), mend="report this with the document")
    return made


def missing_fonts(look: Look) -> tuple[str, ...]:
    """The fonts that a school's styles ask for and no PDF can have: those neither packaged nor in the look's folder."""
    there = set(load_fonts(look.fonts).families())
    wanted = dict.fromkeys(str(said["font"]) for said in look.pdf.values() if "font" in said)
    return tuple(name for name in wanted if name not in there)


def _look_data(look: Look | None) -> dict[str, Any]:
    """The look as `policy.typ` reads it; a font that is not there is left out, and the layout's own stands."""
    if look is None:
        return {}
    there = set(load_fonts(look.fonts).families())
    data = {
        kind: {key: value for key, value in said.items() if key != "font" or value in there}
        for kind, said in look.pdf.items()
    }
    if look.logo:
        data["logo"] = {"file": look.logo.file.name, "width": look.logo.width_mm, "height": look.logo.height_mm}
    return data


def _compiler(layout: Path, template: Path, fonts: typst.Fonts) -> typst.Compiler:
    """What typst reads must stand below its root: a school's logo does; the layout, which does not, comes as bytes."""
    if layout.parent == template:
        return typst.Compiler(layout, root=template, font_paths=fonts, ignore_system_fonts=True)
    return typst.Compiler(layout.read_bytes(), root=template, font_paths=fonts, ignore_system_fonts=True)


def _explained(error: typst.TypstError, layout: Path) -> RenderError:
    """What typst said and the line of the template it said it of; its own trace is left out."""
    line = re.search(rf"{re.escape(layout.name)}:(\d+)", error.diagnostic)
    where = f"{layout}:{line[1]}" if line else str(layout)
    mend = "; ".join(error.hints) or "if policy.typ was changed, put the original back; otherwise report this"
    return RenderError(f"the PDF could not be made: {error.message}", where=where, mend=mend)
