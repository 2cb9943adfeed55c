"""Tracked changes, comments, hidden and coloured words of Word files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from policybook.domain.source import ChangeReading, SourceDocument
from policybook.intake import read_document

WHO = 'w:id="1" w:author="A. Drafter" w:date="2024-11-05T10:00:00Z"'


def _run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def _paragraph(inner: str, properties: str = "") -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{properties}{inner}</w:p>")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Age 18 becomes 19, one sentence goes, and the end of a paragraph goes with its comma."""
    document = Document()
    body = document.element.body
    change = f"<w:del {WHO}>{_run('18', 'delText')}</w:del><w:ins {WHO}>{_run('19')}</w:ins>"
    body.insert(0, _paragraph(_run("No contact until they are ") + change + _run(".")))
    body.insert(1, _paragraph(f"<w:del {WHO}>{_run('This goes.', 'delText')}</w:del>"))
    mark = f"<w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>"
    body.insert(2, _paragraph(_run("Ask the head first."), mark))
    body.insert(3, _paragraph(_run(" Then ask the deputy.")))
    path = tmp_path / "changed.docx"
    document.save(str(path))
    return path


def _texts(document: SourceDocument) -> list[str]:
    return [clause.text for clause in document.clauses]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("accept", ["No contact until they are 19.", "Ask the head first. Then ask the deputy."]),
        ("reject", ["No contact until they are 18.", "This goes.", "Ask the head first.", "Then ask the deputy."]),
        ("keep", ["No contact until they are 19.", "Ask the head first. Then ask the deputy."]),
    ],
)
def test_tracked_changes_are_read_as_asked(changed: Path, changes: ChangeReading, expected: list[str]) -> None:
    document = read_document(changed, changes)
    assert _texts(document) == expected
    assert document.coverage == 1.0
    assert any("tracked changes" in repair for repair in document.repairs)


def test_keep_says_who_proposed_what_and_sets_deleted_words_aside(changed: Path) -> None:
    document = read_document(changed, "keep")
    found = [(entry.kind, entry.text, entry.by, entry.on) for entry in document.changes]
    assert found == [
        ("deletion", "18", "A. Drafter", "2024-11-05"),
        ("insertion", "19", "A. Drafter", "2024-11-05"),
        ("deletion", "This goes.", "A. Drafter", "2024-11-05"),
    ]
    why = "deletion proposed by A. Drafter on 2024-11-05"
    assert [(entry.text, entry.why) for entry in document.set_aside] == [("18", why), ("This goes.", why)]


def test_changes_are_listed_only_where_they_are_asked_for(changed: Path) -> None:
    assert read_document(changed).changes == ()


def test_comments_are_set_aside_with_their_author(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Staff keep to this policy.")
    document.add_comment(paragraph.runs, text="Is this agreed?", author="B. Reader")
    document.save(str(tmp_path / "comment.docx"))
    read = read_document(tmp_path / "comment.docx")
    assert _texts(read) == ["Staff keep to this policy."]
    assert [(entry.text, entry.why) for entry in read.set_aside] == [("Is this agreed?", "comment by B. Reader")]


def test_hidden_words_are_set_aside(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Seen. ")
    paragraph.add_run("Not seen.").font.hidden = True
    document.save(str(tmp_path / "hidden.docx"))
    read = read_document(tmp_path / "hidden.docx")
    assert _texts(read) == ["Seen."]
    assert [(entry.text, entry.why) for entry in read.set_aside] == [("Not seen.", "hidden text")]
    assert read.coverage == 1.0


def test_words_in_colour_are_proposed_as_advice_and_black_ones_are_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Contact ends at ")
    paragraph.add_run("eight").font.color.rgb = RGBColor(255, 0, 0)
    paragraph.add_run("een").font.color.rgb = RGBColor(255, 0, 0)
    paragraph.add_run(" years.").font.color.rgb = RGBColor(0, 0, 0)
    document.save(str(tmp_path / "red.docx"))
    (found,) = read_document(tmp_path / "red.docx").proposals
    assert (found.kind, found.text, found.start) == ("advice", "eighteen", 16)


@pytest.mark.parametrize(("changes", "number"), [("accept", None), ("keep", None), ("reject", "(a)")])
def test_a_number_that_came_by_a_tracked_change_of_formatting(
    tmp_path: Path, changes: ChangeReading, number: str | None
) -> None:
    """The paragraph was (a) of a list and became a bullet of another; nobody has agreed to that yet."""
    document = Document()
    root = document.part.numbering_part.element
    for key, form, text in ((901, "lowerLetter", "(%1)"), (902, "bullet", "-")):
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{level}</w:abstractNum>'))
        content = f'<w:abstractNumId w:val="{key}"/>'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}">{content}</w:num>'))
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>'
    before = f"<w:pPrChange {WHO}><w:pPr>{numbered % 901}</w:pPr></w:pPrChange>"
    document.element.body.insert(0, _paragraph(_run("Be kind."), f"<w:pPr>{numbered % 902}{before}</w:pPr>"))
    document.save(str(tmp_path / "list.docx"))
    read = read_document(tmp_path / "list.docx", changes)
    assert [clause.number for clause in read.clauses] == [number]
    assert "tracked changes" in read.repairs[0]


@pytest.mark.parametrize(("changes", "bold"), [("accept", True), ("reject", False)])
def test_words_made_bold_by_a_tracked_change(tmp_path: Path, changes: ChangeReading, bold: bool) -> None:
    document = Document()
    properties = f"<w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr>"
    document.element.body.insert(0, _paragraph(f"<w:r>{properties}<w:t>Staff must not do this.</w:t></w:r>"))
    document.save(str(tmp_path / "bold.docx"))
    assert read_document(tmp_path / "bold.docx", changes).clauses[0].runs[0].bold is bold


def test_words_hidden_by_a_tracked_change_are_seen_again_where_it_is_rejected(tmp_path: Path) -> None:
    document = Document()
    properties = f"<w:rPr><w:vanish/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr>"
    document.element.body.insert(0, _paragraph(f"<w:r>{properties}<w:t>Staff must not do this.</w:t></w:r>"))
    document.save(str(tmp_path / "hidden.docx"))
    assert [clause.text for clause in read_document(tmp_path / "hidden.docx", "reject").clauses] == [
        "Staff must not do this."
    ]


def test_a_paragraph_inserted_with_a_change_of_its_format_still_goes_where_changes_are_rejected(tmp_path: Path) -> None:
    document = Document()
    mark = f"<w:pPr><w:rPr><w:ins {WHO}/></w:rPr><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr>"
    document.element.body.insert(0, _paragraph(f"<w:ins {WHO}>{_run('New. ')}</w:ins>", mark))
    document.element.body.insert(1, _paragraph(_run("Old.")))
    document.save(str(tmp_path / "inserted.docx"))
    assert [clause.text for clause in read_document(tmp_path / "inserted.docx", "reject").clauses] == ["Old."]
