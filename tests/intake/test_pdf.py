"""PDF files: lines into paragraphs, hyphens, furniture, tables, and headings without an outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.pdf_ligature import restore_word
from policybook.intake.pdf_paragraph import Hyphens
from support.pdf import make_pdf_file, shown, text_field, tick_field

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


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], SourceDocument]:
    """Reads a PDF that was written out by hand."""

    def read(data: bytes) -> SourceDocument:
        path = tmp_path / "policy.pdf"
        path.write_bytes(data)
        document = read_document(path)
        assert document.coverage == 1.0
        return document

    return read


Written = Callable[[bytes], SourceDocument]


def test_form_fields_are_set_aside_with_what_was_filled_in(written: Written) -> None:
    page = "".join(shown(words, 60, 700 - 40 * row) for row, words in enumerate([LONG[:60], "I agree to all this."]))
    fields = [
        text_field("head", "Mrs Ash", (200, 640, 400, 660), "Name of the headteacher"),
        text_field("date", "", (200, 600, 400, 620)),
        tick_field("agree", (60, 560, 80, 580), ticked=True, label="I agree"),
        tick_field("refuse", (60, 520, 80, 540), ticked=False, label="I refuse"),
    ]
    document = written(make_pdf_file([page], [fields]))
    assert [(piece.text, piece.why, piece.place) for piece in document.set_aside] == [
        ("Name of the headteacher: Mrs Ash", "form field, filled in", "page 1"),
        ("date", "form field, left empty", "page 1"),
        ("I agree: ticked", "form field, filled in", "page 1"),
        ("I refuse: not ticked", "form field, left empty", "page 1"),
    ]


def test_comments_are_set_aside_with_their_author(written: Written) -> None:
    note = "<< /Type /Annot /Subtype /Text /T (B. Reader) /Contents (Is this agreed?) /Rect [60 600 80 620] >>"
    document = written(make_pdf_file([shown(LONG[:60], 60, 700)], [[note]]))
    assert [(piece.text, piece.why) for piece in document.set_aside] == [("Is this agreed?", "comment by B. Reader")]


def test_letters_that_the_page_slants_are_italic(written: Written) -> None:
    page = shown("Staff", 60, 700) + shown("must not", 100, 700, slant=0.21) + shown("post pictures here.", 160, 700)
    (clause,) = written(make_pdf_file([page])).clauses
    assert [(run.text.strip(), run.italic) for run in clause.runs] == [
        ("Staff", False), ("must not", True), ("post pictures here.", False),
    ]  # fmt: skip


def test_letters_with_an_outline_round_them_are_bold(written: Written) -> None:
    page = shown("Staff", 60, 700) + "2 Tr " + shown("must not", 100, 700) + "0 Tr " + shown("post here.", 160, 700)
    (clause,) = written(make_pdf_file([page])).clauses
    assert [run.bold for run in clause.runs] == [False, True, False]


_PAGES = ["apples", "bells", "chalk", "drums", "easels", "flags"]


def _page(first: str, thing: str, last: str = "", header: float = 0) -> str:
    """A page that begins with one line at once above the text, or with a header far above it."""
    top = [shown(first, 60, 780 + header)] if first else []
    rows = [
        shown(f"Rule {row} about {thing} is kept by all who work here at any time.", 60, 766 - 14 * row)
        for row in range(48)
    ]
    return "\n".join([*top, *rows, *([shown(last, 60, 766 - 14 * 48)] if last else [])])


def test_a_line_of_the_text_that_begins_half_the_pages_is_kept(written: Written) -> None:
    pages = [_page("All staff must do this:" if index % 2 else "", thing) for index, thing in enumerate(_PAGES)]
    document = written(make_pdf_file(pages))
    assert document.set_aside == ()
    assert sum("All staff must do this:" in clause.text for clause in document.clauses) == 3


def test_a_line_of_the_text_that_ends_half_the_pages_is_kept(written: Written) -> None:
    pages = [_page("", thing, "Ask the head first." if index % 2 else "") for index, thing in enumerate(_PAGES)]
    document = written(make_pdf_file(pages))
    assert document.set_aside == ()


def test_the_same_line_apart_from_the_text_is_a_header(written: Written) -> None:
    pages = [_page("Oakfield handbook" if index % 2 else "", thing, header=25) for index, thing in enumerate(_PAGES)]
    document = written(make_pdf_file(pages))
    assert [piece.text for piece in document.set_aside] == ["Oakfield handbook"] * 3


def test_a_line_in_the_middle_of_every_page_is_never_a_header(written: Written) -> None:
    pages = [
        shown(f"One sentence about {thing}, and no more.", 60, 500) + shown("Ask first.", 60, 440) for thing in _PAGES
    ]
    assert written(make_pdf_file(pages)).set_aside == ()


LOST = [
    ("con\ufffddential", "confidential"),
    ("speci\ufffdc", "specific"),
    ("o\ufffdcer", "officer"),
    ("o\uffffer", "offer"),
    ("sta\ufffd", "staff"),
    ("bre\ufffd", "bre\ufffd"),
    ("\ufffd\ufffd", "\ufffd\ufffd"),
    ("ra\ufffdle", "raffle"),
]


@pytest.mark.parametrize(("damaged", "whole"), LOST)
def test_a_lost_ligature_is_put_back_where_only_one_makes_a_word(damaged: str, whole: str) -> None:
    assert restore_word(damaged, frozenset({"raffle", "ration"})) == whole


def test_joined_words_are_reported(made: Made) -> None:
    settings = '#set page(width: 7cm)\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
    text = "Representatives communicate administrative responsibilities appropriately and unconditionally. " * 6
    assert "cut by a hyphen" in made(settings + text).repairs[0]


def test_a_cell_over_two_rows_of_a_ruled_table_stands_in_the_first(made: Made) -> None:
    cells = "table.cell(rowspan: 2)[Term], [Ann opens the gate], [Bob shuts the gate], [Holidays], [Nobody comes]"
    document = made(f"{LONG}\n\n#table(columns: (3cm, 6cm), [When], [Who], {cells})\n\n{LONG}")
    assert document.clauses[1].rows == (
        ("When", "Who"), ("Term", "Ann opens the gate"), ("", "Bob shuts the gate"), ("Holidays", "Nobody comes"),
    )  # fmt: skip


def test_a_table_with_open_sides_is_read_by_its_cells(made: Made) -> None:
    sides = "stroke: (x, y) => (top: 1pt, bottom: 1pt, left: if x > 0 {1pt})"
    cells = "[Day], [Who may come and see us], [Room], [Monday], [Ann, unless she is away on a school trip], [Hall]"
    document = made(f"{LONG}\n\n#table(columns: (3cm, 4cm, 3cm), {sides}, {cells})\n\n{LONG}")
    assert document.clauses[1].rows == (
        ("Day", "Who may come and see us", "Room"), ("Monday", "Ann, unless she is away on a school trip", "Hall"),
    )  # fmt: skip


def test_a_table_with_lines_between_its_rows_only_is_read_by_its_cells(made: Made) -> None:
    cells = "[Day], [Who may come and see us], [Monday], [Ann, unless she is away on a school trip], [Tuesday], [Bob]"
    sides = "columns: (4cm, 5cm), stroke: (top: 1pt, bottom: 1pt)"
    document = made(f"{LONG}\n\n#table({sides}, {cells})\n\n{LONG}")
    rows = [clause.rows for clause in document.clauses if clause.rows]
    assert rows == [
        (("Day", "Who may come and see us"), ("Monday", "Ann, unless she is away on a school trip"), ("Tuesday", "Bob"))
    ]


def test_rules_under_headings_make_no_table(made: Made) -> None:
    rule = "#line(length: 100%)\n\n"
    document = made(f"= Phones\n{rule}{LONG * 2}\n\n= Mail\n{rule}{LONG * 2}\n\n= Post\n{rule}{LONG}")
    assert [clause.kind for clause in document.clauses] == ["heading", "paragraph"] * 3


def test_paragraphs_with_little_space_between_them_are_kept_apart(made: Made) -> None:
    settings = "#set par(leading: 0.65em, spacing: 0.9em)\n"
    document = made(f"{settings}{LONG * 2}\n\nThey ask first.\n\n{LONG * 2}")
    assert len(document.clauses) == 3
