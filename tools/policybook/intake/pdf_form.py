"""What hangs on a PDF page and is no part of its text: form fields with their values, and comments.

pdfium's text does not hold them. They are set aside with their reason, so that no word of them is lost.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from policybook.domain.inline import Run
from policybook.intake.block import Block
from policybook.intake.letter import clean_letters

_MOST = 2_000
_LONGEST = 20_000
_COMMENTS = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
             raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_CARET}  # fmt: skip
_BOXES = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
FILLED, EMPTY = "form field, filled in", "form field, left empty"


def read_annotations(document: pdfium.PdfDocument) -> list[Block]:
    """The form fields and comments of all pages, set aside; buttons to press are none."""
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    found: list[Block] = []
    for index in range(len(document)):
        page = document[index]
        try:
            found += _of_page(page, document.formenv.raw if document.formenv else None, f"page {index + 1}")
        finally:
            page.close()
        if len(found) > _MOST:
            break
    return found


def _of_page(page: pdfium.PdfPage, form: Any, place: str) -> Iterator[Block]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET and form is not None:
                yield from _field(form, annotation, place)
            elif kind in _COMMENTS:
                yield from _comment(annotation, place)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _field(form: Any, annotation: Any, place: str) -> Iterator[Block]:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind == raw.FPDF_FORMFIELD_PUSHBUTTON:
        return
    label = _said(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    label = label or _said(raw.FPDFAnnot_GetFormFieldName, form, annotation) or "without a name"
    if kind in _BOXES:
        is_filled = bool(raw.FPDFAnnot_IsChecked(form, annotation))
        text = f"{label}: {'ticked' if is_filled else 'not ticked'}"
    else:
        value = _said(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
        is_filled, text = bool(value), f"{label}: {value}" if value else label
    yield Block("aside", place, (Run(text),), why=FILLED if is_filled else EMPTY)


def _comment(annotation: Any, place: str) -> Iterator[Block]:
    by = _said(raw.FPDFAnnot_GetStringValue, annotation, b"T")
    if words := _said(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"):
        yield Block("aside", place, (Run(words),), why=f"comment by {by}" if by else "comment")


def _said(read: Callable[..., int], *arguments: Any) -> str:
    """A text that pdfium writes as UTF-16 into a buffer: asked for its length in bytes first."""
    length = min(read(*arguments, None, 0), _LONGEST)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    text = buffer.raw[:length].decode("utf-16-le", "replace").split("\x00")[0]
    return " ".join(clean_letters(text)[0].split())
