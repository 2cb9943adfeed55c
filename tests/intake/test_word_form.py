"""What Word's forms, tables in tables, text boxes and sections hold is read once, and an empty field is a blank."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from policybook.domain.source import SourceDocument
from policybook.intake import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {
    "w": W,
    "r": KIND,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
NAMES = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inner}</w:p>"


def r(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(data: str, result: str = "", name: str = "FORMTEXT") -> str:
    """A complex field as Word writes it, in runs of their own."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {name} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(content: str) -> str:
    """A text box as Word writes it: drawn, and once more for programs that cannot draw it."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def write(path: Path, body: str, **parts: str) -> Path:
    """A package with this body; each further part is a header of the main document."""
    relations = f'<Relationship Id="r1" Type="{KIND}/officeDocument" Target="word/document.xml"/>'
    own = "".join(f'<Relationship Id="{name}" Type="{KIND}/header" Target="{name}.xml"/>' for name in parts)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        made.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{own}</Relationships>')
        made.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", f"<w:hdr {NAMES}>{content}</w:hdr>")
    return path


@pytest.fixture
def read(tmp_path: Path):
    def reading(body: str, **parts: str) -> SourceDocument:
        document = read_document(write(tmp_path / "policy.docx", body, **parts))
        assert document.coverage == 1.0
        return document

    return reading


def _texts(document: SourceDocument) -> list[str]:
    return [clause.text for clause in document.clauses]


FIELDS = [
    ("filled in", field("<w:textInput/>", "Mrs Ash"), "Ask Mrs Ash first."),
    ("left empty", field("<w:textInput/>", "\u2002\u2002\u2002"), "Ask ____ first."),
    ("without a result", field("<w:textInput/>"), "Ask ____ first."),
    ("a box ticked by hand", field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"), "Ask ☒ first."),
    ("a box as it came", field("<w:checkBox><w:default w:val='0'/></w:checkBox>"), "Ask ☐ first."),
    ("a box unticked", field("<w:checkBox><w:checked w:val='0'/></w:checkBox>"), "Ask ☐ first."),
    (
        "a list",
        field("<w:ddList><w:result w:val='1'/><w:listEntry w:val='Ann'/><w:listEntry w:val='Bob'/></w:ddList>"),
        "Ask Bob first.",
    ),
    ("an empty list", field("<w:ddList/>"), "Ask ____ first."),
]


@pytest.mark.parametrize(("inner", "expected"), [case[1:] for case in FIELDS], ids=[case[0] for case in FIELDS])
def test_a_field_of_an_older_form_is_read_as_it_shows(read, inner: str, expected: str) -> None:
    assert _texts(read(p(r("Ask ") + inner + r(" first.")))) == [expected]


def test_an_empty_field_is_proposed_as_a_blank(read) -> None:
    document = read(p(r("Staff tell the head on ") + field("<w:textInput/>") + r(" at once.")))
    assert [(entry.kind, entry.text) for entry in document.proposals] == [("blank", "____")]


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


CONTROLS = [
    ("round words", p(r("Ask ") + control(r("Mrs Ash")) + r(" first.")), ["Ask Mrs Ash first."]),
    ("round a paragraph", control(p(r("Ask first."))), ["Ask first."]),
    ("one in another", control(control(p(r("Ask ") + control(control(r("Ann")))))), ["Ask Ann"]),
    (
        "that shows its prompt",
        p(r("Ask ") + control(r("Click here to enter text."), "<w:showingPlcHdr/>") + r(" first.")),
        ["Ask [Click here to enter text.] first."],
    ),
    (
        "with a box to tick",
        p(control(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>') + r(" I agree to this rule.")),
        ["☒ I agree to this rule."],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CONTROLS], ids=[case[0] for case in CONTROLS])
def test_content_controls_are_read_once(read, body: str, expected: list[str]) -> None:
    assert _texts(read(body)) == expected


def test_a_prompt_is_proposed_as_a_blank(read) -> None:
    prompt = control(r("Click here to enter text."), "<w:showingPlcHdr/>")
    assert [entry.kind for entry in read(p(r("Ask ") + prompt + r(" first."))).proposals] == ["blank"]


def test_content_controls_round_rows_and_cells_are_looked_through(read) -> None:
    row = control(f"<w:tr>{control(tc(p(r('Monday'))))}{tc(p(r('Ann')))}</w:tr>")
    body = p(r("The days are:")) + f"<w:tbl><w:tr>{tc(p(r('Day')))}{tc(p(r('Who')))}</w:tr>{row}</w:tbl>"
    assert read(body).clauses[1].rows == (("Day", "Who"), ("Monday", "Ann"))


def test_a_cell_merged_over_rows_stands_in_the_first_of_them(read) -> None:
    first, on = tc(p(r("Term")), properties='<w:vMerge w:val="restart"/>'), tc(p(""), properties="<w:vMerge/>")
    rows = (first + tc(p(r("Ann"))), on + tc(p(r("Bob"))))
    document = read(p(r("Who is on duty:")) + tbl(tc(p(r("When"))) + tc(p(r("Who"))), *rows))
    assert document.clauses[1].rows == (("When", "Who"), ("Term", "Ann"), ("", "Bob"))


def test_a_row_that_begins_further_right_keeps_its_columns(read) -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc(p(r("Bob")))}</w:tr>'
    table = f"<w:tbl><w:tr>{tc(p(r('Monday')))}{tc(p(r('Ann')))}</w:tr>{late}</w:tbl>"
    assert read(p(r("The days are:")) + table).clauses[1].rows == (("Monday", "Ann"), ("", "Bob"))


def test_a_table_in_a_table_is_read_once(read) -> None:
    inner = tbl(tc(p(r("early"))) + tc(p(r("late"))))
    document = read(p(r("The days are:")) + tbl(tc(p(r("Monday"))) + tc(p(r("Shifts:")), inner, p(""))))
    assert document.clauses[1].rows == (("Monday", "Shifts: early late"),)


def test_a_text_box_in_a_cell_is_read_once(read) -> None:
    body = p(r("The days are:")) + tbl(tc(p(r("Monday") + box(p(r("Bring a coat."))))) + tc(p(r("Ann"))))
    assert _texts(read(body)) == ["The days are:", "Monday | Ann", "Bring a coat."]


def test_a_table_and_a_control_in_a_text_box_are_read(read) -> None:
    content = control(p(r("These are the hours."))) + tbl(tc(p(r("Monday"))) + tc(p(r("8 to 4"))))
    assert _texts(read(p(r("See the box.") + box(content)))) == [
        "See the box.",
        "These are the hours.",
        "Monday | 8 to 4",
    ]


def test_a_text_box_in_a_text_box_is_read_once(read) -> None:
    document = read(p(r("One.") + box(p(r("Two.") + box(p(r("Three.")))))))
    assert _texts(document) == ["One.", "Two.", "Three."]


def test_headers_of_many_sections_are_set_aside_once_each(read) -> None:
    sections = "".join(
        p(
            r(f"Rule {number} is kept."),
            f'<w:pPr><w:sectPr><w:headerReference w:type="default" r:id="h{number}"/></w:sectPr></w:pPr>',
        )
        for number in range(35)
    )
    headers = {f"h{number}": p(r(f"Oakfield handbook, part {number // 2}")) for number in range(35)}
    document = read(sections, **headers)
    assert len(document.clauses) == 35
    assert [piece.text for piece in document.set_aside] == [f"Oakfield handbook, part {n}" for n in range(18)]


def test_a_text_box_in_a_header_is_set_aside_once(read) -> None:
    document = read(p(r("Be kind.")), h1=p(r("Oakfield") + box(p(r("Founded 1901")))))
    assert [piece.text for piece in document.set_aside] == ["Oakfield", "Founded 1901"]
