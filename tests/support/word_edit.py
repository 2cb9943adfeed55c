"""Edits that people make in a Word file, for tests: with python-docx, tracked and plain, and saved by other programs."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from support.office import save_as

SAVED = {"word": (), "libreoffice": ("docx",), "odt and back": ("odt", "docx"), "odt": ("odt",)}
"""Through which formats a file goes before it comes back."""


def edit_word(file: Path, change: Callable[[WordDocument], object]) -> Path:
    """The file after a change of its document."""
    document = Document(str(file))
    change(document)
    document.save(str(file))
    return file


def starting(document: WordDocument, words: str) -> Paragraph:
    """The first paragraph that begins with these words; lines of guidance are passed over."""
    return next(p for p in document.paragraphs if p.text.startswith(words) and not is_guide(p))


def is_guide(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of guidance."""
    return bool(paragraph.style and (paragraph.style.name or "").startswith("Guide"))


def reword(document: WordDocument, before: str, after: str) -> None:
    """Replaces words that stand in one run, outside of lines of guidance."""
    run = next(r for p in document.paragraphs if not is_guide(p) for r in p.runs if before in r.text)
    run.text = run.text.replace(before, after)


def remove(document: WordDocument, words: str) -> None:
    """Takes out the paragraph that begins with these words."""
    element = starting(document, words)._p
    element.getparent().remove(element)


def answer_row(document: WordDocument, table: int, label: str, answer: str) -> None:
    """Puts an answer into the third column of a row of a table."""
    row = next(row for row in document.tables[table].rows if row.cells[0].text.startswith(label))
    row.cells[2].text = answer


def saved(file: Path, way: str) -> Path:
    """The file as other programs saved it."""
    for step, kind in enumerate(SAVED[way]):
        file = save_as(file, file.with_name(f"saved{step}.{kind}"))
    return file


def comment(document: WordDocument, words: str, text: str) -> None:
    """A comment by Jo Green on the paragraph that begins with these words."""
    document.add_comment(starting(document, words).runs, text=text, author="Jo Green", initials="JG")


def track(document: WordDocument, words: str, before: str, after: str) -> None:
    """One word replaced under tracked changes by Sam Hill."""
    paragraph = starting(document, words)
    run = next(run for run in paragraph.runs if before in run.text)
    start, _, rest = run.text.partition(before)
    pieces = []
    for kind, text in (("", start), ("del", before), ("ins", after), ("", rest)):
        one = deepcopy(run._r)
        for child in one.findall(qn("w:t")):
            one.remove(child)
        holder = OxmlElement("w:delText" if kind == "del" else "w:t")
        holder.text = text
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        one.append(holder)
        if kind:
            change = OxmlElement(f"w:{kind}")
            for name, value in (
                ("id", str(900 + len(pieces))),
                ("author", "Sam Hill"),
                ("date", "2026-01-05T09:00:00Z"),
            ):
                change.set(qn(f"w:{name}"), value)
            change.append(one)
            one = change
        pieces.append(one)
    for piece in pieces:
        run._r.addprevious(piece)
    run._r.getparent().remove(run._r)


def delete_tracked(paragraph: Paragraph) -> None:
    """All words of a paragraph deleted under tracked changes by Sam Hill."""
    for run in list(paragraph.runs):
        if not run.text:
            continue
        change = OxmlElement("w:del")
        for name, value in (("id", "950"), ("author", "Sam Hill"), ("date", "2026-01-05T09:00:00Z")):
            change.set(qn(f"w:{name}"), value)
        run._r.addprevious(change)
        change.append(run._r)
        for text in run._r.findall(qn("w:t")):
            text.tag = qn("w:delText")


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph has a style for headings."""
    return bool(paragraph.style and (paragraph.style.name or "").startswith("Heading"))
