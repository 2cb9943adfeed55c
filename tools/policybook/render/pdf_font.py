"""The fonts of PDFs and the characters that they can print."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

from policybook.render.paper import readable

PRINTABLE = (
    r"\u0020-\u007e\u00a0-\u01c3\u01cd-\u01e3\u01e6-\u01f0\u01f4-\u01f6\u01f8-\u021f\u0221\u0224-\u0241"
    r"\u0243-\u0245\u024c-\u024d\u0250-\u02b9\u02bb-\u02c1\u02c6-\u02d3\u02d6-\u02de\u02e0-\u02e9\u02ee\u02f3"
    r"\u0300-\u0341\u0343-\u0344\u034f\u0358\u0361\u0374-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1"
    r"\u03a3-\u03ce\u03d0-\u03e1\u03f0-\u045f\u0462-\u0463\u0472-\u0473\u0490-\u049b\u04a2-\u04a5\u04aa-\u04b3"
    r"\u04ba-\u04bb\u04c0-\u04c4\u04c7-\u04c8\u04cb-\u04cc\u04cf-\u04f9\u1e00-\u1e99\u1e9b\u1e9e-\u1ef9"
    r"\u2010-\u2023\u2026\u2028-\u2037\u2039-\u203a\u203c-\u203f\u2044-\u2049\u204b\u205f-\u2064\u2070-\u2071"
    r"\u2074-\u208e\u2090-\u209c\u20a0-\u20b5\u20b8-\u20ba\u20bd\u2102\u2105\u210d-\u210f\u2113\u2115-\u2117"
    r"\u2119-\u211a\u211d\u2120\u2122\u2124\u2126\u212a-\u212b\u212e\u2148\u2150-\u2151\u2153-\u215f\u2189"
    r"\u2190-\u2213\u2215\u2217-\u2220\u2223-\u2224\u2227-\u222d\u2234-\u223d\u2241-\u2269\u226d-\u228b"
    r"\u228d-\u22a5\u22ac\u22b2-\u22b5\u22b8\u22c2-\u22c6\u22cd-\u22d1\u22da-\u22ed\u22ef\u2300-\u2306"
    r"\u2308-\u2315\u2318-\u2319\u231c-\u2321\u2325-\u2328\u232b\u2335-\u237a\u237d\u2380-\u2383\u2388-\u238b"
    r"\u2395\u239b-\u23ae\u23ce-\u23cf\u2500-\u262f\u2638-\u268b\u2690-\u269c\u26a0-\u26a1\u26b0-\u26b1"
    r"\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b\u274d\u274f-\u2752\u2756\u2758-\u275e\u2761-\u2775"
    r"\u2794\u2798-\u27af\u27b1-\u27be\u27c2\u27c5-\u27c6\u27dc\u27e0\u27e6-\u27eb\u27f5-\u27f7\u2b05-\u2b0d"
    r"\u2b12-\u2b1a\ufb00-\ufb02\ufffc-\ufffd"
)
"""A character class: what Source Sans Pro or else DejaVu Sans Mono has; test_pdf prints them all in four styles."""

_FACES = ("Regular", "Bold", "It", "BoldIt")
_UNPRINTABLE = re.compile(f"[^{PRINTABLE}\n\t]")
_WARM_UP = '#set text(font: ("Source Sans Pro", "DejaVu Sans Mono"), fallback: false)\n'
_SAMPLE = "a ✔ *a ✔* _a ✔_ *_a ✔_*"


def printable(text: str) -> str:
    """The text with every character shown: one that no font of ours has becomes ⟦U+1F600⟧ (PDF/UA-1 forbids gaps).

    Letters and their accents are joined first (NFC), so that a decomposed ŵ is set as one letter.
    """
    joined = unicodedata.normalize("NFC", readable(text)).replace("\ufeff", "")
    return _UNPRINTABLE.sub(_token, joined)


@cache
def load_fonts(own: tuple[Path, ...] = ()) -> typst.Fonts:
    """Source Sans Pro in four styles, the fonts that typst carries within itself, and `own` files; read once a process.

    The package holds every face twice (.otf and .ttf) and typst takes whichever the disk lists first, so that two
    machines would make different bytes: the four files are read from a folder of their own, which is then removed.
    """
    source = Path(font_source_sans_pro.__file__).parent / "files"
    with tempfile.TemporaryDirectory(prefix="policybook-fonts-", ignore_cleanup_errors=True) as folder:
        for face in _FACES:
            shutil.copyfile(source / f"SourceSansPro-{face}.ttf", Path(folder) / f"{face}.ttf")
        for number, file in enumerate(own):
            shutil.copyfile(file, Path(folder) / f"own-{number:03}{file.suffix.lower()}")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
        typst.Compiler((_WARM_UP + _SAMPLE).encode(), font_paths=fonts, ignore_system_fonts=True).compile(format="pdf")
    return fonts


def _token(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found[0]):04X}⟧"
