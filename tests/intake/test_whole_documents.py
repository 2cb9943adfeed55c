"""Whole policies: every word accounted for, clauses as a person parts them, the same from text, Word and PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policybook.domain.source import SourceClause, SourceDocument
from policybook.intake import read_document
from policybook.text.term import review_period
from policybook.text.word import comparable_words
from support.boundaries import boundaries_by_hand, boundaries_found, score_boundaries

from .conftest import every_document

Office = Callable[[Path, str], Path]


def test_every_word_is_found_again(document_path: Path) -> None:
    document = read_document(document_path)
    assert (document.coverage, document.missing) == (1.0, ())


def test_little_is_set_aside_and_each_piece_says_why(document_path: Path) -> None:
    document = read_document(document_path)
    aside = sum(len(comparable_words(piece.text)) for piece in document.set_aside)
    assert aside <= 0.03 * len(comparable_words(document_path.read_text(encoding="utf-8")))
    assert all(piece.why and piece.place for piece in document.set_aside)


def test_word_twin_gives_the_same_clauses_and_metadata(document_path: Path, office: Office) -> None:
    document, word = read_document(document_path), read_document(office(document_path, "docx"))
    assert [_content(clause) for clause in word.clauses] == [_content(clause) for clause in document.clauses]
    assert word.metadata == document.metadata
    assert (word.coverage, word.missing) == (1.0, ())


def test_pdf_twin_gives_the_same_clauses_and_metadata(document_path: Path, office: Office) -> None:
    """Words are compared, not spaces: nothing in a PDF tells `and/ or` cut after the stroke from `and/or`."""
    document, pdf = read_document(document_path), read_document(office(document_path, "pdf"))
    assert [_words(clause) for clause in pdf.clauses] == [_words(clause) for clause in document.clauses]
    assert pdf.metadata == document.metadata
    assert (pdf.coverage, pdf.missing) == (1.0, ())


def test_reading_twice_gives_the_same(document_path: Path) -> None:
    assert read_document(document_path) == read_document(document_path)


def test_levels_never_skip_one_on_the_way_down_except_to_a_styled_heading(document_path: Path) -> None:
    before = 0
    for clause in read_document(document_path).clauses:
        assert clause.level >= 1
        assert clause.kind == "heading" or clause.level <= before + 1
        before = clause.level


@pytest.mark.parametrize(
    ("name", "hand_made"),
    [("academy-trust", "clauses_academy_trust"), ("three-rivers", "clauses_three_rivers")],
)
def test_clauses_are_those_that_a_person_found(twins: Path, name: str, hand_made: str) -> None:
    expected = json.loads((twins / f"{hand_made}.json").read_text(encoding="utf-8"))
    clauses = read_document(twins / f"{name}.txt").clauses
    found = [
        (clause.kind, clause.number, _start(clause.text, wanted["start"]))
        for clause, wanted in zip(clauses, expected, strict=True)
    ]
    assert found == [
        (wanted["kind"], wanted["number"], _start(wanted["start"], wanted["start"])) for wanted in expected
    ]


def _lists_by_hand() -> list[tuple[Path, Path]]:
    """Each hand-made list of lines with its document; a real policy is known by its running number."""
    listed = sorted((Path(__file__).resolve().parent.parent / "twins").glob("lines_*.json"))
    names = {path: path.stem.removeprefix("lines_").removeprefix("real_").replace("_", "-") for path in listed}
    return [(path, text) for path in listed for text in every_document() if text.stem.split("_")[0] == names[path]]


@pytest.mark.parametrize(("listed", "text"), _lists_by_hand(), ids=lambda path: path.stem)
def test_boundaries_kinds_and_numbers_are_those_of_a_list_made_by_reading(listed: Path, text: Path) -> None:
    wanted = boundaries_by_hand(listed, text)
    assert score_boundaries(wanted, boundaries_found(read_document(text))) >= 0.99


def test_a_boundary_that_is_wrong_lowers_the_score(twins: Path) -> None:
    wanted = boundaries_by_hand(twins / "lines_lady_zia_wernher.json", twins / "lady-zia-wernher.txt")
    joined = [*wanted[:3], ("paragraph", "1.3", wanted[3][2] + wanted[4][2]), *wanted[5:]]
    assert score_boundaries(wanted, joined) == pytest.approx(1 - 2 / len(wanted))


@pytest.mark.parametrize(("name", "side"), [("severn-valley", "a"), ("gloucestershire-2018", "b")])
def test_each_clause_of_the_hand_made_alignment_is_one_clause(twins: Path, name: str, side: str) -> None:
    """A definition is a clause of its own for us and part of its bullet in the alignment: joined here."""
    path = twins / f"{name}.txt"
    texts = _with_definitions(read_document(path))
    lines = path.read_text(encoding="utf-8").split("\n")
    gold = json.loads((twins / "gold_severn_gloucestershire.json").read_text(encoding="utf-8"))
    wanted = [row[f"{side}_lines"] for row in gold if row[f"{side}_lines"] and not row.get("optional")]
    assert len(wanted) == {"a": 81, "b": 51}[side]
    for spans in wanted:
        source = "\n".join(line for first, last in spans for line in lines[first - 1 : last])
        assert texts.count(_plain(source)) == 1, source[:60]


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("severn-valley", [(65, 67), (80, 82)]),
        ("gloucestershire-2018", [(45, 47)]),
        ("lady-zia-wernher", [(23, 25), (50, 52)]),
        ("academy-trust", [(193, 195)]),
        ("three-rivers", []),
    ],
)
def test_halves_cut_by_a_page_break_are_joined_and_nothing_else(
    twins: Path, name: str, halves: list[tuple[int, int]]
) -> None:
    repairs = [repair for repair in read_document(twins / f"{name}.txt").repairs if "joined" in repair]
    assert repairs == [f"line {a} and line {b}: joined, because a page break had cut the sentence" for a, b in halves]


METADATA = {
    "severn-valley": ("ACCEPTABLE USE POLICY", "Severn Valley School", None, "January 2022", "January 2025"),
    "gloucestershire-2018": (
        "Staff Acceptable User Policy", "Gloucestershire Hospital Education Service (GHES)", None, "July 2018", None,
    ),
    "lady-zia-wernher": (
        "Social Media & Internet Use Policy (Staff)", "Lady Zia Wernher School", None, "21/11/2024", "Autumn 2026",
    ),
    "academy-trust": ("Social Media and ICT Acceptable Use Policy for Staff", None, "2.0", "September 2017", None),
    "three-rivers": (
        "Acceptable Use of ICT Policy and Social Media", "Three Rivers Federation", None,
        "To be approved by the Governing Body", "To be reviewed again every three years",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", METADATA)
def test_metadata_are_what_the_document_says(twins: Path, name: str) -> None:
    metadata = read_document(twins / f"{name}.txt").metadata
    names = ("title", "organisation", "version", "approved", "next_review")
    assert tuple(metadata.get(key) for key in names) == METADATA[name]


def test_other_labels_of_a_control_table_keep_their_wording(twins: Path) -> None:
    metadata = read_document(twins / "lady-zia-wernher.txt").metadata
    assert metadata["Source"] == "LBC"
    assert metadata["Statutory Policy"] == "No"
    assert metadata["Amended By | Date | Amendments and Comments"].startswith("Traded HR | Oct24 | What is new: • ")


REAL = {
    "000": {
        "title": "ACCEPTABLE USE POLICY", "organisation": "Severn Valley School", "approved": "January 2022",
        "next_review": "January 2025",
    },
    "001": {
        "title": "Staff Acceptable User Policy",
        "organisation": "Gloucestershire Hospital Education Service (GHES)", "approved": "July 2018",
    },
    "002": {
        "title": "Social Media & Internet Acceptable Use Policy", "organisation": "Lady Zia Wernher School",
        "approved": "21/11/2024", "next_review": "Autumn 2026",
        "Amended By | Date | Amendments & Comments": "Traded HR | Oct24 | …",
        "Policy to go on website": "No …", "Ratified by the FGB": "21/11/2024",
        "Review Cycle/ Next Review": "Bi-Annually/ Autumn 2026", "Reviewed by the Headteacher": "14/11/2024",
        "Statutory Policy": "No", "Source": "LBC",
    },
    "003": {
        "Approved by Board of Directors": "", "title": "Social Media and ICT Acceptable Use Policy",
        "Date": "September 2017", "approved": "September 2017", "Version": "2.0",
        "Version | Date | Description | Revision author": "1.0 | September 2016 | …", "version": "2.0",
    },
    "004": {
        "title": "Acceptable Use of ICT Policy and Social Media", "organisation": "Three Rivers Federation",
        "approved": "To be approved by Governing Body", "next_review": "To be reviewed every three years",
        "Approved": "To be approved by Governing Body", "Author/Edited By": "…",
        "Next Review Due": "To be reviewed every three years", "Review Body": "Teaching staff",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [text for text in every_document() if text.stem[:3] in REAL], ids=lambda path: path.stem
)
def test_every_field_of_a_real_control_table_is_read_and_no_other(text: Path) -> None:
    """`…` stands for words that are left out here: a sentence of the policy, or what names a person."""
    expected = REAL[text.stem[:3]]
    found = read_document(text).metadata
    assert set(found) == set(expected)
    for label, value in expected.items():
        start = value.removesuffix("…")
        assert found[label].startswith(start), label
        assert (len(found[label]) > len(start)) == value.endswith("…"), label


def test_a_review_in_a_school_term_is_understood_and_one_with_two_meanings_is_asked_about(twins: Path) -> None:
    document = read_document(twins / "lady-zia-wernher.txt")
    assert review_period(document.metadata["next_review"]) == (date(2026, 9, 1), date(2026, 12, 31))
    (question,) = [finding for finding in document.questions if finding.code == "review.unclear"]
    assert question.message.endswith("“Bi-Annually” may mean twice a year or every two years")


def test_what_was_inferred_is_said(twins: Path) -> None:
    repairs = " ".join(read_document(twins / "gloucestershire-2018.txt").repairs)
    assert "the one that wrote the document was taken" in repairs
    assert "no date of approval is given" in repairs


def test_bullets_stand_under_their_numbered_clause(twins: Path) -> None:
    clauses = {clause.text[:20]: clause for clause in read_document(twins / "lady-zia-wernher.txt").clauses}
    assert clauses["The policy exists to"].level == 2
    assert clauses["tell staff plainly h"].level == 3
    assert clauses["These are examples o"].level == 2


def _content(clause: SourceClause) -> tuple[object, ...]:
    return clause.kind, clause.level, clause.number, clause.marker, clause.text, clause.rows, clause.fields


def _words(clause: SourceClause) -> tuple[object, ...]:
    return clause.kind, clause.level, clause.number, clause.marker, comparable_words(clause.text), clause.fields


def _start(text: str, wanted: str) -> list[str]:
    """As many words as the hand-made list gives, without the last, which may be cut."""
    return comparable_words(text)[: max(1, len(comparable_words(wanted)) - 1)]


def _plain(source: str) -> list[str]:
    text = re.sub(r"<[^>]*>", " ", source).replace("](#)", "").replace("\\", "").replace("_", " ")
    return comparable_words(text)


def _with_definitions(document: SourceDocument) -> list[list[str]]:
    texts: list[list[str]] = []
    for clause in document.clauses:
        words = comparable_words(f"{clause.number or ''} {clause.text}")
        if clause.text.startswith("*") and texts:
            texts[-1] += words
        else:
            texts.append(words)
    return texts
