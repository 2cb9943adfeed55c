"""Texts that no layout was made for: very long clauses, scripts that no packaged font has."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from policybook.domain.inline import Run
from policybook.domain.page import Contents, Heading, Page, Paragraph
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf

TEMPLATE = Path(__file__).parents[2] / "templates" / "default"
ARABIC = "سياسة الهاتف"


def words_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(said.split())


def words_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def page(text: str) -> Page:
    heading = Heading((Run("Telephones"),), 1, "1", "telephones")
    return Page("Policy", (Contents(), heading, Paragraph((Run(text),), "none", "1.1", 0, "telephones.rule")))


@pytest.mark.parametrize(("write", "words_of"), [(write_pdf, words_of_pdf), (write_docx, words_of_docx)])
def test_a_clause_of_50_000_words_loses_none(
    write: Callable[[Page, Path], bytes], words_of: Callable[[bytes], str]
) -> None:
    words = [f"w{number}" for number in range(50_000)]
    said = words_of(write(page(" ".join(words)), TEMPLATE))
    assert set(re.findall(r"w\d+", said)) >= set(words)


def test_word_keeps_writing_from_right_to_left_as_it_is() -> None:
    assert ARABIC in words_of_docx(write_docx(page(ARABIC), TEMPLATE))


def test_a_pdf_names_each_letter_that_it_cannot_print_and_leaves_none_out() -> None:
    said = words_of_pdf(write_pdf(page(ARABIC), TEMPLATE))
    assert all(f"U+{ord(letter):04X}" in said for letter in ARABIC if letter != " ")
