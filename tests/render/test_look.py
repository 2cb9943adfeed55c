"""A school's own look: what is taken from a reference.docx and a logo, and what is refused or left out with a remark."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.shared import Pt, RGBColor

from conftest import ROOT
from policybook.domain.error import RenderError
from policybook.render.docx import write_docx
from policybook.render.logo import Logo, read_logo
from policybook.render.look import REFERENCE, read_look
from policybook.render.pdf import missing_fonts, write_pdf
from policybook.report.sample import sample_page
from render.paper_sample import policy
from support.office import save_as

DEFAULT = ROOT / "templates" / "default"
WINE = "7A1F3D"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A school's template as `policybook template` makes it, with its headings in another colour and font."""
    folder = tmp_path / "templates" / "oak"
    folder.mkdir(parents=True)
    document = docx.Document(io.BytesIO(write_docx(sample_page(), DEFAULT)))
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = RGBColor.from_string(WINE)
        document.styles[name].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    document.save(str(folder / REFERENCE))
    return folder


def png(width: int, height: int) -> bytes:
    """A whole, if plain, PNG; its size is what its head says."""
    rows = b"".join(b"\x00" + b"\x7a\x1f\x3d" * width for _ in range(height)) if width * height < 1_000_000 else b""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_word_documents_take_the_schools_styles_and_none_of_the_samples_words(template: Path) -> None:
    content = write_docx(policy(), template)
    assert WINE in part(content, "word/styles.xml")
    assert "The look of our documents" not in part(content, "word/document.xml")
    docx.Document(io.BytesIO(content))


def test_pdfs_take_colours_and_sizes_from_the_same_styles(template: Path) -> None:
    look = read_look(template)
    assert look.pdf["heading1"]["colour"] == WINE
    assert look.pdf["body"]["size"] == 11
    assert look.pdf["title"]["font"] == "Georgia"
    pages = [len(pypdfium2.PdfDocument(write_pdf(policy(), one))) for one in (template, DEFAULT)]
    assert pages[0] < pages[1]  # 11 points instead of 12


def test_numbers_print_the_same_in_every_look(template: Path) -> None:
    own, usual = (part(write_docx(policy(), one), "word/numbering.xml") for one in (template, DEFAULT))
    assert own == usual


def test_the_same_page_makes_the_same_bytes_in_a_look_of_its_own(template: Path) -> None:
    (template / "logo.png").write_bytes(png(60, 30))
    assert write_docx(policy(), template) == write_docx(policy(), template)
    assert write_pdf(policy(), template) == write_pdf(policy(), template)


def test_a_reference_changed_on_disk_is_read_anew(template: Path) -> None:
    before = write_docx(policy(), template)
    document = docx.Document(str(template / REFERENCE))
    document.styles["Title"].font.color.rgb = RGBColor.from_string("0A5A75")
    document.save(str(template / REFERENCE))
    assert write_docx(policy(), template) != before


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_reference_saved_by_libreoffice_keeps_its_look_and_every_style(template: Path, tmp_path: Path) -> None:
    saved = save_as(template / REFERENCE, tmp_path / "saved.docx")
    (template / REFERENCE).write_bytes(saved.read_bytes())
    look = read_look(template)
    assert look.pdf["heading1"]["colour"].upper() == WINE
    content = write_docx(policy(), template)
    ids = {one.style_id for one in docx.Document(io.BytesIO(content)).styles}
    assert {one.style_id for one in docx.Document(io.BytesIO(write_docx(policy(), DEFAULT))).styles} <= ids


def test_a_style_that_is_gone_is_the_usual_one_and_told(template: Path) -> None:
    def drop(files: dict[str, bytes]) -> None:
        styles = files["word/styles.xml"].decode("utf-8")
        start = styles.index('<w:style w:type="paragraph" w:customStyle="1" w:styleId="Callout"')
        end = styles.index("</w:style>", start) + len("</w:style>")
        files["word/styles.xml"] = (styles[:start] + styles[end:]).encode()

    rewrite(template / REFERENCE, drop)
    look = read_look(template)
    assert [remark.code for remark in look.remarks] == ["template.styles"]
    assert 'w:styleId="Callout"' in part(write_docx(policy(), template), "word/styles.xml")


def test_captions_and_headings_stay_with_what_follows_whatever_the_reference_says(template: Path) -> None:
    rewrite(template / REFERENCE, lambda files: files.update({
        "word/styles.xml": files["word/styles.xml"].replace(b"<w:keepNext/>", b"").replace(b'<w:outlineLvl w:val="0"/>', b""),
    }))  # fmt: skip
    assert part(write_docx(policy(), template), "word/styles.xml").count("<w:keepNext/>") >= 8


def test_a_font_without_a_file_is_named_and_the_pdf_is_set_in_the_packaged_one(template: Path) -> None:
    assert missing_fonts(read_look(template)) == ("Arial", "Georgia")
    content = write_pdf(policy(), template)
    assert b"SourceSansPro" in content
    assert b"Georgia" not in content


def test_a_logo_stands_on_the_first_page_of_both(template: Path) -> None:
    (template / "logo.png").write_bytes(png(60, 30))
    content = write_docx(policy(), template)
    assert part(content, "word/headerFirst.xml").count("rIdLogo") == 1
    assert "decorative" in part(content, "word/headerFirst.xml")
    docx.Document(io.BytesIO(content))
    document = pypdfium2.PdfDocument(write_pdf(policy(), template))
    images = [[one for one in page.get_objects() if one.type == 3] for page in document]
    assert [bool(found) for found in images] == [True, *([False] * (len(images) - 1))]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("logo.png", png(8000, 5000), "40 megapixels"),
        ("logo.png", b"GIF89a", "no PNG or JPEG"),
        ("logo.png", png(0, 10), "no size"),
        ("logo.jpg", b"\xff\xd8\xff\xc0\x00\x14\x08\x00\x20\x00\x40\x04" + b"\x00" * 20, "printing press"),
        ("logo.png", png(10, 10) + b"\x00" * 5_000_000, "5 MB"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_left_out_and_told(
    template: Path, name: str, content: bytes, why: str
) -> None:
    (template / name).write_bytes(content)
    look = read_look(template)
    assert look.logo is None
    assert why in look.remarks[0].what
    assert "rIdLogo" not in part(write_docx(policy(), template), "word/headerFirst.xml")
    assert write_pdf(policy(), template).startswith(b"%PDF")


def test_a_very_wide_logo_is_made_smaller_and_keeps_its_shape(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(png(900, 30))
    logo = read_logo(file)
    assert isinstance(logo, Logo)
    assert (logo.width_mm, round(logo.height_mm, 2)) == (80.0, 2.67)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda files: files.update({"word/vbaProject.bin": b"x"}), "macros"),
        (lambda files: files.pop("word/styles.xml"), "no Word document"),
        (
            lambda files: files.update(
                {"word/_rels/settings.xml.rels": _outside("attachedTemplate", "file:///C:/x.dotm")}
            ),
            "elsewhere",
        ),
        (
            lambda files: files.update({"word/_rels/header.xml.rels": _outside("image", "https://x.example/i.png")}),
            "elsewhere",
        ),
        (lambda files: files.update({"word/styles.xml": b"<!DOCTYPE a><a/>"}), "DOCTYPE"),
        (lambda files: files.update({"word/styles.xml": b" " * 25_000_000}), "larger than any"),
        (lambda files: files.update({"word/media/x.png": b"\x00" * 70_000_000}), "unpack"),
    ],
)
def test_a_reference_that_no_look_needs_is_refused_in_words(
    template: Path, change: Callable[[dict[str, bytes]], None], why: str
) -> None:
    rewrite(template / REFERENCE, change)
    for write in (write_docx, write_pdf):
        with pytest.raises(RenderError, match=why) as caught:
            write(policy(), template)
        assert caught.value.mend


@pytest.mark.parametrize("content", [b"", b"not a Word file", b"PK\x03\x04 broken"])
def test_a_reference_that_is_no_word_file_is_refused(template: Path, content: bytes) -> None:
    (template / REFERENCE).write_bytes(content)
    with pytest.raises(RenderError, match="no Word document"):
        write_docx(policy(), template)


def _outside(kind: str, target: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{package}">{relation}</Relationships>'.encode()
