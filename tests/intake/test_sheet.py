"""Spreadsheets as rows of plain values; formulas are never computed, and what is hostile is refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from policybook.domain.error import UnreadableDocument
from policybook.intake import sheet as module
from policybook.intake.sheet import BadCell, read_sheets
from policybook.intake.sheet_table import find_table, folded_heading


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of its package changed."""
    packed = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in packed.namelist():
            data = packed.read(name)
            package.writestr(name, change(data.decode()) if name == part else data)
    return path


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Oak   School ", "Oak School"),
        (19, 19),
        (19.0, 19),
        (1.5, 1.5),
        (True, True),
        (datetime(2026, 11, 21), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 9, 30), "2026-11-21 09:30"),
        (time(16, 15), time(16, 15)),
        ("one\ntwo", "one\ntwo"),
        ("-5", "-5"),
        ("+44 1582", "+44 1582"),
        ("@oak", "@oak"),
    ],
)
def test_a_cell_is_a_plain_value(tmp_path: Path, written: object, read: object) -> None:
    (sheet,) = read_sheets(workbook(tmp_path / "a.xlsx", ["x", written]))
    assert sheet.rows[0].cells == ("x", read)


def test_a_formula_gives_the_value_that_was_kept_and_without_one_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["x", "=1+1"], ["y", "=1+1"])
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v></v>", "<v>2</v>", 1).replace("<v/>", "<v>2</v>", 1),
    )
    first, second = read_sheets(path)[0].rows
    assert first.cells == ("x", 2)
    assert isinstance(second.cells[1], BadCell)
    assert "formula" in second.cells[1].why


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "=1+1", " =cmd|' /C calc'!A0"])
def test_words_that_would_be_a_formula_are_told_and_never_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'Name,Kind\n"{text.replace(chr(34), chr(34) * 2)}",school\n', encoding="utf-8")
    cell = read_sheets(path)[0].rows[1].cells[0]
    assert isinstance(cell, BadCell)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("Name,Kind\nÉire,school\n".encode(), "Éire"),
        ("Name;Kind\nÉire;school\n".encode("utf-8-sig"), "Éire"),
        ("Name\tKind\nÉire\tschool\n".encode("cp1252"), "Éire"),
        (b'Name,Kind\r\n"Oak, the",school\r\n', "Oak, the"),
        ("Name;Kind\nÉcole d’Oak;school\n".encode("cp1252"), "École d’Oak"),
    ],
)
def test_csv_is_read_as_excel_and_others_write_it(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert read_sheets(path)[0].rows[1].cells == (name, "school")


def test_a_csv_with_a_title_above_its_list_is_cut_where_the_list_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Our schools, as of May\n\nName;Kind;Town\nOak;school;Luton\n".encode("utf-8-sig"))
    rows = read_sheets(path)[0].rows
    assert (rows[-1].number, rows[-1].cells) == (4, ("Oak", "school", "Luton"))


def test_cells_merged_downwards_count_in_each_row_and_those_merged_sideways_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Our schools"], ["Name", "Kind"], ["Oak", "academy"], ["Ash"], ["Elm"], ["Fir", "school"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B5")
    book.save(tmp_path / "a.xlsx")
    (read,) = read_sheets(tmp_path / "a.xlsx")
    assert [row.cells for row in read.rows] == [
        ("Our schools",),
        ("Name", "Kind"),
        ("Oak", "academy"),
        ("Ash", "academy"),
        ("Elm", "academy"),
        ("Fir", "school"),
    ]


def test_a_merged_range_of_a_million_rows_takes_no_time(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["x", "y"], ["z"])
    merged = '</sheetData><mergeCells><mergeCell ref="B1:B1048576"/></mergeCells>'
    with_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", merged))
    assert [row.cells for row in read_sheets(path)[0].rows] == [("x", "y"), ("z", "y")]


def test_rows_keep_their_numbers_and_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A3"] = "x"
    book.create_sheet("Lists").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert [row.number for row in sheet.rows] == [3]


def _old(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 600)


def _word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 45_000_000)


def _entities(path: Path) -> None:
    workbook(path, ["x"])
    lol = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    with_part(path, "xl/workbook.xml", lambda xml: lol + xml)


def _broken(path: Path) -> None:
    workbook(path, ["x"])
    with_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="A1"', 'r="A1A"'))


def _half(path: Path) -> None:
    workbook(path, ["x"])
    path.write_bytes(path.read_bytes()[:400])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "cannot be read"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\x00\x01\x02\x03"), "neither"),
        (lambda path: path.write_bytes(b'"open,\n' + b"x" * 200_000), "CSV"),
        (_old, "old Excel file"),
        (_word, "not an Excel workbook"),
        (_bomb, "zip bomb"),
        (_entities, "DOCTYPE"),
        (_broken, "damaged"),
        (_half, "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableDocument, match=said) as refused:
        read_sheets(tmp_path / "a.xlsx")
    assert refused.value.mend


def test_more_rows_than_there_are_schools_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 5)
    with pytest.raises(UnreadableDocument, match="more than 5 rows"):
        read_sheets(workbook(tmp_path / "a.xlsx", *(["x"] for _ in range(6))))


def test_a_cell_far_below_does_not_make_millions_of_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["x"])
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('r="1"', 'r="1048576"').replace('r="A1"', 'r="A1048576"'),
    )
    assert read_sheets(path)[0].rows == ()


@pytest.mark.parametrize(
    ("words", "folded"),
    [("School Name:", "school name"), ("Headteacher’s title", "headteacher s title"), (" URN ", "urn")],
)
def test_headings_are_known_whatever_their_case_and_signs(words: str, folded: str) -> None:
    assert folded_heading(words) == folded


def test_the_list_is_found_below_a_title_and_on_whichever_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Read me"
    listed = book.create_sheet("Schools")
    for row in (["Our schools"], [], ["Name", None, "What"], ["Oak", "x", "y"]):
        listed.append(row)
    book.save(tmp_path / "a.xlsx")
    table = find_table(
        read_sheets(tmp_path / "a.xlsx"), lambda heading: "name" if heading == "Name" else None, ["name"]
    )
    assert table is not None
    assert (table.name, [column.words for column in table.columns]) == ("Schools", ["Name", "What"])
    assert [table.cells(row) for row in table.rows] == [{"name": "Oak"}]
