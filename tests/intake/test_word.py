"""Word documents: what stands only in Word's own structures, and what must not get in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policybook.domain.source import SourceDocument
from policybook.intake import read_document

Made = Callable[[Callable[[WordDocument], object]], SourceDocument]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Reads a document that a function has filled."""

    def make(fill: Callable[[WordDocument], object]) -> SourceDocument:
        document = Document()
        fill(document)
        path = tmp_path / "policy.docx"
        document.save(str(path))
        return read_document(path)

    return make


def _texts(document: SourceDocument) -> list[str]:
    return [clause.text for clause in document.clauses]


def _add(document: WordDocument, inner: str) -> None:
    """A paragraph of raw WordprocessingML after those that are there."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a')}>{inner}</w:p>"))


def _numbering(document: WordDocument, levels: list[tuple[str, str]], restart: int | None = None) -> None:
    """List 901 with these levels (form, text); list 902 shares its counters, from `restart` where given."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="901">{inner}</w:abstractNum>'))
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
    for number, extra in ((901, ""), (902, override)):
        content = f'<w:abstractNumId w:val="901"/>{extra}'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{content}</w:num>'))


def _listed(text: str, level: int, number: int = 901) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"{properties}<w:r><w:t>{text}</w:t></w:r>"


def test_automatic_numbers_of_every_level_are_read(made: Made) -> None:
    levels = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4)"), ("bullet", "-")]

    def fill(document: WordDocument) -> None:
        _numbering(document, levels)
        for text, level in (
            ("A.", 0),
            ("B.", 1),
            ("C.", 1),
            ("D.", 2),
            ("E.", 2),
            ("F.", 3),
            ("G.", 4),
            ("H.", 0),
            ("I.", 1),
        ):
            _add(document, _listed(text, level))

    clauses = made(fill).clauses
    assert [clause.number for clause in clauses] == ["1", "1.1", "1.2", "(a)", "(b)", "i)", None, "2", "2.1"]
    assert [clause.marker for clause in clauses[3:7]] == ["letter", "letter", "letter", "bullet"]


@pytest.mark.parametrize(("restart", "numbers"), [(None, ["1", "2", "3"]), (1, ["1", "2", "1"]), (7, ["1", "2", "7"])])
def test_a_second_list_goes_on_counting_unless_it_restarts(made: Made, restart: int | None, numbers: list[str]) -> None:
    def fill(document: WordDocument) -> None:
        _numbering(document, [("decimal", "%1)")], restart)
        for text, number in (("Be kind.", 901), ("Be brief.", 901), ("Be early.", 902)):
            _add(document, _listed(text, 0, number))

    assert [clause.number for clause in made(fill).clauses] == numbers


def test_tracked_changes_are_accepted_and_that_is_said(made: Made) -> None:
    document = made(
        lambda document: _add(
            document,
            '<w:r><w:t xml:space="preserve">Phones are </w:t></w:r>'
            '<w:del w:id="1" w:author="x"><w:r><w:delText>allowed</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="x"><w:r><w:t>banned</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>',
        )
    )
    assert _texts(document) == ["Phones are banned."]
    assert "tracked changes" in document.repairs[0]
    assert document.coverage == 1.0


def test_hidden_words_are_set_aside(made: Made) -> None:
    document = made(
        lambda document: _add(
            document, "<w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r>"
        )
    )
    assert _texts(document) == ["Seen."]
    assert [(piece.text, piece.why) for piece in document.set_aside] == [("Unseen.", "hidden text")]


def test_a_text_box_is_read_once_after_its_paragraph(made: Made) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Ask the office first.</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = (
        f'<w:r><w:t>Visitors sign in.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = made(lambda document: _add(document, inner))
    assert _texts(document) == ["Visitors sign in.", "Ask the office first."]
    assert document.coverage == 1.0


def test_pictures_are_listed_with_their_description(made: Made) -> None:
    inner = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="The school gate"/></wp:inline></w:drawing></w:r>'
    )
    document = made(lambda document: _add(document, inner))
    assert [(piece.text, piece.why) for piece in document.set_aside] == [("The school gate", "picture")]


def test_links_keep_a_safe_address_and_lose_another(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        for address in ("https://example.org/a", "javascript:alert(1)", "file:///etc/passwd"):
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            key = document.part.relate_to(address, kind, is_external=True)
            _add(document, f'<w:hyperlink r:id="{key}"><w:r><w:t>Read the guide to mail.</w:t></w:r></w:hyperlink>')

    links = [run.link for clause in made(fill).clauses for run in clause.runs]
    assert links == ["https://example.org/a", None, None]


def test_headings_are_known_by_style_and_by_look(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Phones", level=2)
        document.add_paragraph("They stay off.")
        document.add_paragraph().add_run("Cameras").bold = True
        document.add_paragraph("They stay at home.")

    assert [(clause.kind, clause.level) for clause in made(fill).clauses] == [
        ("heading", 2), ("paragraph", 3), ("heading", 1), ("paragraph", 2),
    ]  # fmt: skip


def test_a_frame_round_paragraphs_is_no_table(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.add_table(rows=1, cols=1).cell(0, 0).text = "Ask if you are unsure."

    assert [(clause.kind, clause.text) for clause in made(fill).clauses] == [("paragraph", "Ask if you are unsure.")]


def test_merged_cells_keep_the_columns_and_bullets_in_cells_their_mark(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("The days are these:")
        table = document.add_table(rows=2, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Day"
        table.cell(0, 2).text = "Who"
        table.cell(1, 0).text = "Monday"
        table.cell(1, 2).paragraphs[0].text = "Ann"
        table.cell(1, 2).add_paragraph("Bob", style="List Bullet")

    assert made(fill).clauses[1].rows == (("Day", "", "Who"), ("Monday", "", "Ann • Bob"))


def test_headers_and_contents_are_set_aside_and_covered(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "Oakfield Primary School"
        document.add_paragraph("Phones stay off.")

    document = made(fill)
    assert [(piece.text, piece.why) for piece in document.set_aside] == [
        ("Oakfield Primary School", "header or footer on every page")
    ]
    assert document.coverage == 1.0


def test_tabbed_paragraphs_are_rows_of_a_table(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("Phone policy")
        document.add_paragraph("Version\t3")
        document.add_paragraph("Approved\t3 May 2024")
        document.add_paragraph("Phones stay off.")

    document = made(fill)
    assert document.metadata["version"] == "3"
    assert document.metadata["approved"] == "3 May 2024"
    assert document.metadata["title"] == "Phone policy"
    assert _texts(document) == ["Phones stay off."]


def test_places_count_the_paragraphs_of_the_body(made: Made) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("One.")
        document.add_paragraph("")
        document.add_paragraph("Three.")

    assert [clause.place for clause in made(fill).clauses] == ["paragraph 1", "paragraph 3"]


def test_letters_that_turn_text_round_are_taken_out_and_that_is_said(made: Made) -> None:
    document = made(lambda document: _add(document, "<w:r><w:t>Pay \u202e001\u202c pounds.</w:t></w:r>"))
    assert _texts(document) == ["Pay 001 pounds."]
    assert "turn text round" in document.repairs[0]
