"""The lines of a PDF page with their place and look, and its ruled lines and pictures. Units are points."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from policybook.domain.inline import Run
from policybook.intake.letter import clean_letters

_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?")
_LINE_HYPHEN = re.compile(r"[\x02\ufffe]")  # what pdfium makes of a hyphen at the end of a line
_GLUED_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+\.?)(?=[A-Z][a-z])", re.MULTILINE)
_LOST = re.compile(r"(?<=[^\W\d_])\x00(?=[^\W\d_])")  # inside a word
_NAME_BYTES = 128
_ITALIC_FLAG = 1 << 6
_BOLD_WEIGHT = 600
_MOST_OBJECTS = 5_000
_THIN = 3.0
_SHORTEST_RULE = 5.0
_SMALLEST_PICTURE = 40.0
_ON_ONE_LINE = 2.0
_LONGEST_MARK = 8
_RAISED = 0.6

UNKNOWN = "\ufffd\uffff"
"""Letters that the PDF does not name."""

_ITALIC_SLANT = 0.08
_STROKED = 2  # how letters are drawn that were made bold by their outline
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


Looks = dict[int, tuple[bool, bool, float]]
"""Whether bold, whether italic, and the size, by the address of what draws the letters: the same for all of them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands: `left`, `base` and `size` of its first letter, `right` of its last."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, as the page shows them; `size` that of its last word's letters."""

    page: int
    words: tuple[Word, ...]
    base: float
    size: float

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the last word ends."""
        return self.words[-1].right

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows between `bottom` and `top`: `rules` are thin straight lines, `pictures` boxes of images."""

    number: int
    text: str
    lines: tuple[Line, ...]
    rules: tuple[Box, ...]
    pictures: tuple[Box, ...]
    bottom: float = 0.0
    top: float = 842.0


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """The page of that index, counted from 0 there and from 1 in what comes back."""
    page = document[index]
    text_page = page.get_textpage()
    try:
        text = _text(text_page)
        lines = tuple(_read_lines(text_page, text, index + 1))
        rules, pictures = _read_objects(page)
        _, bottom, _, top = page.get_mediabox()
    finally:
        text_page.close()
        page.close()
    return Page(index + 1, _GLUED_NUMBER.sub(r"\1 ", text), lines, tuple(rules), tuple(pictures), bottom, top)


def runs_of(words: tuple[Word, ...]) -> tuple[Run, ...]:
    """The words as runs, parted by spaces."""
    runs: list[Run] = []
    for word in words:
        before = runs[-1] if runs else None
        if before and (before.bold, before.italic) == (word.bold, word.italic):
            runs[-1] = Run(f"{before.text} {word.text}", word.bold, word.italic)
        else:
            if before:
                runs[-1] = Run(f"{before.text} ", before.bold, before.italic)
            runs.append(Run(word.text, word.bold, word.italic))
    return tuple(runs)


def _text(text_page: pdfium.PdfTextPage) -> str:
    """The text with one character for each of pdfium's, so that indices agree."""
    count = raw.FPDFText_CountChars(text_page.raw)
    text: str = text_page.get_text_range(0, count) if count > 0 else ""
    if len(text) != count:
        codes = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(max(count, 0)))
        text = "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\x00" for code in codes)
        text = _LOST.sub(UNKNOWN[0], text).replace("\x00", " ")
    return text


def _read_lines(text_page: pdfium.PdfTextPage, text: str, number: int) -> Iterator[Line]:
    held: Line | None = None
    start = 0
    looks: Looks = {}
    for part in re.split(r"(\r\n|\r|\n)", text):
        for words in _by_base(_read_words(text_page, part, start, looks)):
            line = Line(number, words, words[-1].base, words[-1].size)  # the first may be a bullet in another font
            if held and _is_mark(held) and abs(held.base - line.base) < _ON_ONE_LINE and held.right <= line.left:
                line = Line(number, held.words + words, line.base, line.size)
            elif held:
                yield held
            held = line
        start += len(part)
    if held:
        yield held


def _is_mark(line: Line) -> bool:
    """Whether a line is so short that it may be a number or bullet set apart from its words."""
    return len(line.text) < _LONGEST_MARK


def _by_base(words: Iterable[Word]) -> Iterator[tuple[Word, ...]]:
    """The words of each baseline; pdfium leaves out some line breaks."""
    held: list[Word] = []
    for word in words:
        if held and abs(word.base - held[-1].base) > held[-1].size * _RAISED:
            yield tuple(held)
            held = []
        held.append(word)
    if held:
        yield tuple(held)


def _read_words(text_page: pdfium.PdfTextPage, part: str, start: int, looks: Looks) -> Iterator[Word]:
    for found in _WORD.finditer(part):
        first, last = start + found.start(), start + found.end() - 1
        text = clean_letters(_LINE_HYPHEN.sub("\u2010", found[0]))[0]
        glued = _GLUED_NUMBER.match(text) if not part[: found.start()].strip() else None
        if glued:
            yield _word(text_page, glued[1], first, first + len(glued[1]) - 1, looks)
            text, first = text[len(glued[1]) :], first + len(glued[1])
        if text:
            yield _word(text_page, text, first, last, looks)


def _word(text_page: pdfium.PdfTextPage, text: str, first: int, last: int, looks: Looks) -> Word:
    left, base = _origin(text_page, first)
    drawn = raw.FPDFText_GetTextObject(text_page.raw, first)
    key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
    if not key or key not in looks:
        looks[key] = _look(text_page, first, drawn)
    bold, italic, size = looks[key]
    return Word(text, left, _char_box(text_page, last)[1], base, size, bold, italic)


def _origin(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    return x.value, y.value


def _char_box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    return left.value, right.value


def _look(text_page: pdfium.PdfTextPage, index: int, drawn: Any) -> tuple[bool, bool, float]:
    """Whether a letter is bold and italic, and its size: that of its font times how the page scales it.

    Bold by the font's name and weight, or an outline drawn round it; italic by its name and flags, or where the page
    leans the letters over, for want of an italic face.
    """
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page.raw, index, name, _NAME_BYTES, flags)
    font = name.value.lower()
    bold = b"bold" in font or b"black" in font or raw.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD_WEIGHT
    bold = bold or raw.FPDFTextObj_GetTextRenderMode(drawn) == _STROKED
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page.raw, index, matrix)
    is_slanted = matrix.b == 0 and matrix.d > 0 and matrix.c > _ITALIC_SLANT * matrix.d
    italic = b"italic" in font or b"oblique" in font or bool(flags.value & _ITALIC_FLAG) or is_slanted
    scale = math.hypot(float(matrix.b), float(matrix.d)) or 1.0
    return bold, bool(italic), float(raw.FPDFText_GetFontSize(text_page.raw, index)) * scale


def _read_objects(page: pdfium.PdfPage) -> tuple[list[Box], list[Box]]:
    """The thin lines and the pictures of a page, the first five thousand objects of it at most."""
    rules: list[Box] = []
    pictures: list[Box] = []
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for count, found in enumerate(page.get_objects(filter=wanted, max_depth=3)):
        if count > _MOST_OBJECTS:
            break
        left, bottom, right, top = _bounds(found)
        wide, high = right - left, top - bottom
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            if min(wide, high) >= _SMALLEST_PICTURE:
                pictures.append((left, bottom, right, top))
        elif min(wide, high) <= _THIN:
            if max(wide, high) >= _SHORTEST_RULE:
                rules.append((left, bottom, right, top))
        elif _is_stroked(found):
            rules += [(left, bottom, right, bottom), (left, top, right, top)]
            rules += [(left, bottom, left, top), (right, bottom, right, top)]
    return rules, pictures


def _bounds(found: Any) -> Box:
    left, bottom, right, top = found.get_bounds()
    return float(left), float(bottom), float(right), float(top)


def _is_stroked(found: Any) -> bool:
    """Whether a path is drawn as an outline, as the frames of cells are, and not filled as their shading is."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(found.raw, fill, stroke)
    return bool(stroke.value)
