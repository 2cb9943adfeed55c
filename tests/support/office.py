"""Word and PDF twins of a text, for tests: what a school's office would have made of the same words."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from policybook.domain.inline import Run
from policybook.intake import read_document
from policybook.intake.plain_text import read_inline

SECONDS = 180
FONT = "Liberation Sans"
_ITEM = re.compile(r"(\s*)[-•]\s+(.*)", re.DOTALL)
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(.*)", re.DOTALL)


def make_docx(text_path: Path, out: Path, *, header: str = "Staff handbook of the twin school") -> Path:
    """A Word file with the words of a text: heading styles, automatic numbers and bullets, tables, header and footer.

    Which lines are headings is taken from `read_document`, since a person has to decide that; all else is made from the
    lines themselves. Numbers of headings and clauses are Word's own, so they stand nowhere in the words.
    """
    document = Document()
    _use_font(document)
    _add_furniture(document, header)
    numbers = _Numbers(document)
    headings = {c.place: c for c in read_document(text_path).clauses if c.kind == "heading"}
    for place, lines in _paragraphs(text_path.read_text(encoding="utf-8").splitlines()):
        if lines[0].lstrip().startswith("|") or "\t" in lines[0]:
            _add_table(document, lines)
            continue
        text = "\n".join(lines)
        if heading := headings.get(place):
            added = document.add_heading(level=heading.level)
            _add_runs(added, (Run(heading.text),))
            if heading.number:
                numbers.apply(added, heading.number, 0)
        elif not re.fullmatch(r"-{3,}", text.strip()):
            _add_clause(document, numbers, text)
    document.save(str(out))
    return out


def make_pdf(docx: Path, out: Path) -> Path:
    """The Word file as LibreOffice prints it. Raises CalledProcessError or TimeoutExpired."""
    return save_as(docx, out)


def save_as(file: Path, out: Path) -> Path:
    """The document opened in LibreOffice and saved in the format that `out` ends with, which may be its own."""
    kind = out.suffix[1:]
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", profile, str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        out.write_bytes((Path(profile) / f"{file.stem}.{kind}").read_bytes())
    return out


def _use_font(document: WordDocument) -> None:
    """One font that the set-up installs with its bold and italic faces: a face made up by LibreOffice shows no style."""
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            style.font.name = FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines of each paragraph, table or list item, with the place of the first."""
    held: list[str] = []
    first = 0
    for number, line in enumerate([*lines, ""], start=1):
        begins = bool(_ITEM.match(line)) or ("\t" in line) != (bool(held) and "\t" in held[0])
        if held and (not line.strip() or (begins and not line.lstrip().startswith("|"))):
            yield f"line {first}", held
            held = []
        if line.strip():
            first = first if held else number
            held.append(line)


def _add_clause(document: WordDocument, numbers: _Numbers, text: str) -> None:
    item = _ITEM.match(text)
    words = item[2] if item else text
    number = _NUMBER.match(words)
    if number and "." in number[1]:
        paragraph = document.add_paragraph()
        numbers.apply(paragraph, number[1], 1)
        words = number[2]
    else:
        paragraph = document.add_paragraph(style="List Bullet" if item else None)
    _add_runs(paragraph, read_inline(words))


def _add_runs(paragraph: Paragraph, runs: tuple[Run, ...]) -> None:
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None


def _add_table(document: WordDocument, lines: list[str]) -> None:
    pipes = lines[0].lstrip().startswith("|")
    parted = [line.strip().strip("|").split("|") if pipes else line.split("\t") for line in lines]
    rows = [cells for cells in parted if not all(re.fullmatch(r"\s*-{2,}\s*", cell) for cell in cells)]
    columns = max(map(len, rows))
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    for cells in rows:
        row = table.add_row()
        for cell, words in zip(row.cells, cells, strict=False):
            _add_runs(cell.paragraphs[0], read_inline(" ".join(words.split())))


def _add_furniture(document: WordDocument, header: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].text = header
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")):
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        simple.append(run)
        footer._p.append(simple)
        footer.add_run(between)


class _Numbers:
    """One multilevel list, `1` or `1.0` over `1.1`, made when the first number is asked for."""

    LIST = 900

    def __init__(self, document: WordDocument) -> None:
        self._numbering = document.part.numbering_part.element
        self._is_made = False

    def apply(self, paragraph: Paragraph, number: str, level: int) -> None:
        """Numbers the paragraph on a level of the list; Word counts by itself, the number only tells the form."""
        if not self._is_made:
            self._make("%1.0" if number.endswith(".0") else "%1")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = self.LIST
        properties.get_or_add_ilvl().val = level

    def _make(self, top: str) -> None:
        self._is_made = True
        levels = "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
            for index, text in enumerate((top, "%1.%2"))
        )
        kind = '<w:multiLevelType w:val="multilevel"/>'
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.LIST}">{kind}{levels}</w:abstractNum>'
        number = f'<w:num {nsdecls("w")} w:numId="{self.LIST}"><w:abstractNumId w:val="{self.LIST}"/></w:num>'
        self._numbering.insert(0, parse_xml(abstract))
        self._numbering.append(parse_xml(number))
