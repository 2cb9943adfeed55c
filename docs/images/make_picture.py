"""Makes the picture of the README from the example workspace: two schools side by side, set as in the PDF."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import typst

from policybook.domain.page import Page, Table
from policybook.render.pdf_data import pdf_data
from policybook.render.pdf_font import load_fonts
from policybook.report.side_by_side import side_by_side_page
from policybook.workflow.show import compare_texts

ROOT = Path(__file__).resolve().parent.parent.parent
CLAUSES = (
    "mobile-phones.hours",
    "mobile-phones.direct-contact",
    "social-media.contact-pupils",
    "social-media.pupil",
    "social-media.core-hours",
)


def main() -> None:
    """Writes side-by-side.svg beside this file."""
    comparison = compare_texts(
        "severn-valley/staff-ict-social-media", "gloucestershire-2018/staff-ict-social-media", ROOT
    )
    told = [index for index, row in enumerate(comparison.rows) if row.left and row.left[0].id in CLAUSES]
    page = side_by_side_page(comparison)
    table = next(block for block in page.blocks if isinstance(block, Table) and block.tones)
    rows, tones = (tuple(entries[index] for index in told) for entries in (table.rows, table.tones))
    shown = replace(table, rows=rows, anchors=(), tones=tones)
    data = json.dumps(pdf_data(Page("Side by side", (shown,), landscape=True, subject=page.subject)))
    template = ROOT / "templates" / "default"
    compiler = typst.Compiler(template / "policy.typ", root=template, font_paths=load_fonts(), ignore_system_fonts=True)
    pages = compiler.compile(format="svg", sys_inputs={"data": data})
    first = pages[0] if isinstance(pages, list) else pages
    (ROOT / "docs" / "images" / "side-by-side.svg").write_bytes(first)


if __name__ == "__main__":
    main()
