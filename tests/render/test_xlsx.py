from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Cell, Page, Table
from policybook.render.paper import readable
from policybook.render.xlsx import write_xlsx
from render.paper_sample import HOSTILE, comparison, hostile, policy, sentence

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """A workbook as written, read back by its XML: names of sheets, and the words of each cell."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.strings = [
            "".join(one.text or "" for one in item.iter(f"{S}t")) for item in self.root("xl/sharedStrings.xml")
        ]
        self.names = [one.get("name", "") for one in self.root("xl/workbook.xml").iter(f"{S}sheet")]

    def root(self, part: str) -> etree._Element:
        return etree.fromstring(self.parts[part])

    def sheet(self, number: int) -> etree._Element:
        return self.root(f"xl/worksheets/sheet{number + 1}.xml")

    def rows(self, number: int) -> list[list[str]]:
        rows = self.sheet(number).iter(f"{S}row")
        return [[self.words(cell) for cell in row.iter(f"{S}c")] for row in rows]

    def words(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{S}v")
        return (
            ""
            if value is None
            else re.sub(r"_x([0-9A-F]{4})_", lambda hit: chr(int(hit[1], 16)), self.strings[int(value)])
        )


def table(*cells: str, caption: str = "Table") -> Page:
    return Page("Title", (Table(caption, ("Head",), tuple((Cell((sentence(words),)),) for words in cells)),))


def test_every_table_is_a_sheet_after_the_first_which_says_what_it_is() -> None:
    book = Book(write_xlsx(policy()))
    assert book.names == ["About", "About this policy", "What equipment may be used for"]
    about = [row[0] for row in book.rows(0)]
    assert about[0] == "Social media and internet acceptable use"
    assert "1  Introduction" in about
    assert any(line.startswith("6.2  Staff do not contact past pupils under nineteen.") for line in about)
    assert book.rows(1)[0] == ["Applies to", "All staff, governors, volunteers and visitors"]
    assert book.rows(2)[0] == ["Equipment", "Permitted use", "Register"]


def test_the_head_is_frozen_repeats_in_print_and_filters_every_column() -> None:
    book = Book(write_xlsx(comparison(12)))
    sheet = book.sheet(1)
    pane = sheet.find(f".//{S}pane")
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    filtered = sheet.find(f"{S}autoFilter")
    assert filtered is not None
    assert filtered.get("ref") == "A1:D13"
    assert any(
        "Print_Titles" in (one.get("name") or "") for one in book.root("xl/workbook.xml").iter(f"{S}definedName")
    )


def test_words_wrap_and_columns_are_as_wide_as_what_they_hold() -> None:
    book = Book(write_xlsx(comparison(12)))
    columns = list(book.sheet(1).iter(f"{S}col"))
    widths = [
        float(one.get("width", "0"))
        for one in columns
        for _ in range(int(one.get("min", "1")), int(one.get("max", "1")) + 1)
    ]
    assert widths[0] < widths[3] < widths[1]
    assert max(widths) <= 71
    assert all(
        one.get("wrapText") == "1" for one in book.root("xl/styles.xml").iterfind(f"{S}cellXfs/{S}xf/{S}alignment")
    )


def test_no_cell_is_ever_a_formula_an_address_or_a_number() -> None:
    cells = (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "https://example.org",
        "mailto:a@b.c",
        "12",
        "2024-10-01",
        "{=1}",
    )
    content = write_xlsx(table(*cells))
    book = Book(content)
    assert [row[0] for row in book.rows(1)] == ["Head", *cells]
    for number in range(len(book.names)):
        sheet = book.sheet(number)
        assert sheet.find(f".//{S}f") is None
        assert sheet.find(f".//{S}hyperlink") is None
        assert {cell.get("t") for cell in sheet.iter(f"{S}c") if cell.find(f"{S}v") is not None} <= {"s"}


def test_what_begins_like_a_formula_stays_words_when_it_is_edited() -> None:
    book = Book(write_xlsx(table("=1+1", "harmless")))
    formats = book.root("xl/styles.xml").findall(f"{S}cellXfs/{S}xf")
    quoted = [formats[int(cell.get("s", "0"))].get("quotePrefix") for cell in book.sheet(1).iter(f"{S}c")]
    assert quoted == [None, "1", None]


def test_hostile_words_stay_words_and_hostile_names_make_legal_sheets() -> None:
    book = Book(write_xlsx(hostile()))
    assert book.names == ["About", "=Caption"]
    first = [row[0] for row in book.rows(1)]
    assert first[:5] == ["=Head", *HOSTILE[:4]]
    assert "bell\ufffdnull\ufffdend" in first
    assert "safe⟦U+202E⟧txet⟦U+202C⟧⟦U+2066⟧iso⟦U+2069⟧" in first


@pytest.mark.parametrize(
    ("captions", "names"),
    [
        (["", ""], ["Table", "Table 2"]),
        (["History", "about", "ABOUT"], ["History 2", "about 2", "ABOUT 3"]),
        (["[a]:b*?/\\c", "'quoted'"], ["a b c", "quoted"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 29 + " 2"]),
        (["😀" * 20, "😀" * 20], ["😀" * 15, "😀" * 14 + " 2"]),
    ],
)
def test_names_of_sheets_are_legal_and_unlike(captions: list[str], names: list[str]) -> None:
    page = Page("Title", tuple(Table(caption, ("a",), ()) for caption in captions))
    assert Book(write_xlsx(page)).names[1:] == names


def test_changes_keep_their_look_and_say_so_with_signs() -> None:
    book = Book(write_xlsx(comparison(3)))
    assert "under [−18] outside" in book.rows(1)[1][1]
    assert "under [+19] outside" in book.rows(1)[1][2]
    assert b"<strike/>" in book.parts["xl/sharedStrings.xml"]
    assert b"<u/>" in book.parts["xl/sharedStrings.xml"]
    assert "Signs: [+words] were added, [−words] were taken out." in [row[0] for row in book.rows(0)]


def test_words_that_do_not_fit_are_cut_and_the_cell_says_so() -> None:
    long = "word 😀 " * 8000
    for page in (table(long), Page("T", (Table("t", ("h",), ((Cell(((Run(long), Run("x", bold=True)),)),),)),))):
        words = Book(write_xlsx(page)).rows(1)[1][0]
        assert len(words.encode("utf-16-le")) // 2 <= 32_767
        assert re.search(r"… \[cut here: \d+ more characters do not fit in a cell\]$", words)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
def test_any_words_come_back_as_they_are_read(words: list[str]) -> None:
    row = tuple(Cell((sentence(one), (Run(one, bold=True),))) for one in words)
    page = Page("Title", (Table(words[0], tuple(words), (row,)),), footer=words[0])
    head, first = Book(write_xlsx(page)).rows(1)
    assert head == [readable(one) for one in words]
    assert first == [f"{readable(one)}\n{readable(one)}" for one in words]


def test_the_same_page_makes_the_same_bytes() -> None:
    assert write_xlsx(comparison()) == write_xlsx(comparison())


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(RenderError, match="no title"):
        write_xlsx(Page("", ()))


def test_rows_of_many_lines_are_given_room_and_rows_of_one_line_are_left_to_the_program() -> None:
    rows = ((Cell((sentence("short"),)),), (Cell((sentence("many words " * 60),)),))
    content = write_xlsx(Page("Rows", (Table("Rows", ("Words",), rows, (0.3,)),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    short, long = re.findall(r'<row r="[23]"[^>]*>', sheet)
    assert "ht=" not in short
    assert float(re.findall(r'ht="([\d.]+)"', long)[0]) > 100
