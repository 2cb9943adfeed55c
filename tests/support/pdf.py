"""PDF files written out by hand, for what no program at hand writes: form fields, slanted letters, packed nowhere."""

from __future__ import annotations

from collections.abc import Sequence

_PITCH = 14
_TOP = 780
_LINES_A_PAGE = 50


def print_pdf(lines: Sequence[str]) -> bytes:
    """Plain lines one under the other, on as many A4 pages as they need."""
    pages = [lines[start : start + _LINES_A_PAGE] for start in range(0, len(lines), _LINES_A_PAGE)]
    return make_pdf_file(
        ["".join(shown(line[:95], 60, _TOP - _PITCH * row) for row, line in enumerate(page)) for page in pages]
    )


def shown(text: str, left: float, base: float, *, size: float = 11, slant: float = 0, font: str = "F1") -> str:
    """The content stream of a line of words; `slant` leans the letters as 1 leans them by 45 degrees.

    Fonts are F1 Helvetica and F2 Helvetica-Bold.
    """
    words = text.encode("cp1252", "replace").decode("latin-1")
    for sign in "\\()":
        words = words.replace(sign, f"\\{sign}")
    return f"BT /{font} {size} Tf 1 0 {slant} 1 {left} {base} Tm ({words}) Tj ET\n"


def make_pdf_file(pages: Sequence[str], fields: Sequence[Sequence[str]] = ()) -> bytes:
    """A PDF with these content streams; `fields` are, for each page, the dictionaries of its form fields."""
    count = len(pages)
    forms = [list(own) for own in fields] or [[] for _ in pages]
    first_form = 5 + 2 * count
    names = iter(range(first_form, first_form + sum(map(len, forms))))
    numbered = [[next(names) for _ in own] for own in forms]
    everywhere = " ".join(f"{number} 0 R" for own in numbered for number in own)
    acro = f" /AcroForm << /Fields [{everywhere}] /DA (/F1 11 Tf) >>" if everywhere else ""
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(count))
    objects = [f"<< /Type /Catalog /Pages 2 0 R{acro} >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += [f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
                for face in ("Helvetica", "Helvetica-Bold")]  # fmt: skip
    for index, content in enumerate(pages):
        own = " ".join(f"{number} 0 R" for number in numbered[index])
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * index} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Annots [{own}] >>"
        )
        objects.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
    objects += [field for own in forms for field in own]
    return _written(objects)


def text_field(name: str, value: str, box: tuple[float, float, float, float], label: str = "") -> str:
    """The dictionary of a field for words, filled in; `label` is what a reader is told of it."""
    place = " ".join(map(str, box))
    told = f" /TU ({label})" if label else ""
    return f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V ({value}){told} /Rect [{place}] /F 4 >>"


def tick_field(name: str, box: tuple[float, float, float, float], *, ticked: bool, label: str = "") -> str:
    """The dictionary of a box to tick."""
    state = "/Yes" if ticked else "/Off"
    place = " ".join(map(str, box))
    told = f" /TU ({label})" if label else ""
    return f"<< /Type /Annot /Subtype /Widget /FT /Btn /T ({name}) /V {state} /AS {state}{told} /Rect [{place}] /F 4 >>"


def _written(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
