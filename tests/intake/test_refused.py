"""What cannot be read is refused with a reason and a way out, whatever its name says."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from policybook.domain.error import UnreadableDocument
from policybook.intake import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _package(path: Path, document: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", document)


def _folder(path: Path) -> None:
    path.mkdir()


def _nothing(path: Path) -> None:
    assert not path.exists()


def _scan(path: Path) -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(str(path))


def _spreadsheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")


def _entities(path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>'
    _package(path, f'<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]>{body}')


def _outside_entity(path: Path) -> None:
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>before &x; after</w:t></w:r></w:p></w:body></w:document>'
    _package(path, f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{body}')


def _deep(path: Path) -> None:
    depth = 5_000
    _package(path, f'<w:document xmlns:w="{W}"><w:body>{"<w:ins>" * depth}{"</w:ins>" * depth}</w:body></w:document>')


def _locked(path: Path) -> None:
    _package(path, "<x/>")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 1)
    path.write_bytes(data)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (_folder, "folder"),
    "missing": (_nothing, "no such file"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "blank": (lambda path: path.write_text(" \n\t\n"), "empty"),
    "binary.docx": (lambda path: path.write_bytes(bytes(range(256)) * 40), "no text document"),
    "bomb.docx": (lambda path: _package(path, "0" * 30_000_000), "zip bomb"),
    "laughs.docx": (_entities, "DOCTYPE"),
    "outside.docx": (_outside_entity, "DOCTYPE"),
    "deep.docx": (_deep, "damaged"),
    "broken.docx": (lambda path: _package(path, "<w:document"), "damaged"),
    "cut.docx": (lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 200), "damaged"),
    "locked.docx": (_locked, "password"),
    "other.docx": (lambda path: _package(path, "<html/>"), "no Word document"),
    "sheet.docx": (_spreadsheet, "spreadsheet"),
    "old.doc": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600), "old Office file"),
    "protected.docx": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        "password",
    ),
    "letter.msg": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le")),
        "e-mail",
    ),
    "letter.eml": (
        lambda path: path.write_bytes(
            b"From: a@b.example\nSubject: Policy\n of ours\nMIME-Version: 1.0\n\nHere it is.\n"
        ),
        "e-mail",
    ),
    "photo.jpg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 200), "picture"),
    "scan.pdf": (_scan, "scan"),
    "broken.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\nnothing"), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason_and_a_way_out(name: str, tmp_path: Path) -> None:
    make, reason = REFUSED[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read_document(path)
    assert name in refused.value.where
    assert refused.value.mend


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Phones stay off.</w:t></w:r></w:p></w:body></w:document>'
    path = tmp_path / "policy.pdf"
    _package(path, body)
    assert [clause.text for clause in read_document(path).clauses] == ["Phones stay off."]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("policy.rtf", rb"{\rtf1\ansi {\b Phones}\par They stay off in lessons.\par}"),
        ("policy.html", b"<html><body><h1>Phones</h1><p>They stay off in lessons.</p></body></html>"),
    ],
)
def test_other_formats_are_read_through_pandoc_and_that_is_said(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    assert [clause.text for clause in document.clauses] == ["Phones", "They stay off in lessons."]
    assert "turned into Word's format first" in document.repairs[0]


def test_a_page_that_asks_for_other_files_gets_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    path = tmp_path / "policy.html"
    path.write_text(f'<html><body><p>Phones.</p><iframe src="{secret.as_uri()}"></iframe></body></html>')
    assert "swordfish" not in " ".join(clause.text for clause in read_document(path).clauses)
