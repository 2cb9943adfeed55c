"""PDF files: lines into paragraphs, hyphens, furniture, tables, and headings without an outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.pdf_paragraph import Hyphens

Made = Callable[[str], SourceDocument]

LONG = "Staff keep a professional distance from pupils online and offline, whatever the device or the hour. "
_NUMBERS = [f"{ten}{one}" for ten in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy") for one in "abcdefgh"]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Reads the PDF that a typst text becomes."""

    def make(text: str) -> SourceDocument:
        path = tmp_path / "policy.pdf"
        path.write_bytes(typst.compile(text.encode()))
        return read_document(path)

    return make


def _plain(document: SourceDocument) -> list[tuple[str, str | None, str]]:
    return [(clause.kind, clause.number, clause.text) for clause in document.clauses]


def test_lines_become_paragraphs_items_and_headings(made: Made) -> None:
    document = made(f"= Phones\n{LONG * 3}\n\nThey may not:\n- call\n- text\n\n== Cameras\n1.1 {LONG}\n")
    assert [(clause.kind, clause.level, clause.number) for clause in document.clauses] == [
        ("heading", 1, None),
        ("paragraph", 2, None),
        ("paragraph", 2, None),
        ("item", 3, None),
        ("item", 3, None),
        ("heading", 2, None),
        ("paragraph", 3, "1.1"),
    ]
    assert document.clauses[1].text == (LONG * 3).strip()


def test_headings_are_known_by_size_where_there_is_no_outline(made: Made) -> None:
    big = "#let h(size, body) = block(above: 1.5em, text(size: size, body))\n"
    document = made(f"{big}#h(16pt)[Phones]\n{LONG}\n#h(13pt)[Cameras]\n{LONG}\n#h(16pt)[Mail]\n{LONG}")
    assert [(c.text, c.level) for c in document.clauses if c.kind == "heading"] == [
        ("Phones", 1), ("Cameras", 2), ("Mail", 1),
    ]  # fmt: skip


def test_furniture_of_every_page_is_set_aside_and_sentences_go_on_over_the_page(made: Made) -> None:
    count = 'context [Page #counter(page).display("1 of 1", both: true)]'
    page = f"#set page(height: 6cm, header: [Oakfield Primary], footer: {count})\n"
    text = " ".join(f"Rule {number_words} of this long list is kept by all staff." for number_words in _NUMBERS)
    document = made(page + text)
    assert [clause.text for clause in document.clauses] == [text]
    pages = len([piece for piece in document.set_aside if piece.text == "Oakfield Primary"])
    assert pages > 2
    assert f"Page {pages} of {pages}" in {piece.text for piece in document.set_aside}
    assert document.coverage == 1.0


def test_words_that_a_machine_hyphenated_are_joined(made: Made) -> None:
    settings = '#set page(width: 7cm)\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
    text = "Representatives communicate administrative responsibilities appropriately and unconditionally. " * 6
    assert made(settings + text).clauses[0].text == text.strip()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("the work-\r\nstation and a workstation", "the workstation and a workstation"),
        ("the co-\r\noperative and a co-operative", "the co-operative and a co-operative"),
        ("an on-\r\ngoing matter", "an on-going matter"),
        ("Monday-\r\nFriday", "Monday-\r\nFriday"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_judged_by_the_words_of_the_document(text: str, joined: str) -> None:
    assert Hyphens.of(text + "\r\n" * 60).join_text(text) == joined


def test_a_ruled_table_is_read_by_its_cells(made: Made) -> None:
    document = made(
        f"{LONG}\n\n#table(columns: (3cm, 5cm), [Day], [Who may come and see us in the office], [Monday], [Ann])\n\n{LONG}"
    )
    assert document.clauses[1].rows == (("Day", "Who may come and see us in the office"), ("Monday", "Ann"))
    assert document.coverage == 1.0


def test_columns_without_lines_are_a_table_too(made: Made) -> None:
    document = made(
        "Phone policy\n\n#table(columns: (5cm, 5cm), stroke: none, [Version], [3], [Approved], [3 May 2024])\n\n" + LONG
    )
    assert document.metadata["version"] == "3"
    assert document.metadata["approved"] == "3 May 2024"


def test_places_are_pages(made: Made) -> None:
    document = made(f"One stays short.\n#pagebreak()\n{LONG}")
    assert [clause.place for clause in document.clauses] == ["page 1", "page 2"]


def test_bold_words_stay_bold(made: Made) -> None:
    (clause,) = made("Staff *must not* post pictures.").clauses
    assert [(run.text.strip(), run.bold) for run in clause.runs] == [
        ("Staff", False), ("must not", True), ("post pictures.", False),
    ]  # fmt: skip
