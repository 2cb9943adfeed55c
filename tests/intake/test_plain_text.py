"""Plain text and Markdown: line by line, what each becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policybook.intake import read_document

from .conftest import Read

CLAUSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "a numbered clause with a stop after its number": ("9.1. Mail is for work.", ("paragraph 9.1 Mail is for work.",)),
    "a number behind a bullet": ("- 3.2 Mail is for work.", ("paragraph 3.2 Mail is for work.",)),
    "a numbered heading": (
        "4 Mail\n\nMail is for work.",
        (
            "heading 4 Mail",
            "paragraph - Mail is for work.",
        ),
    ),
    "a heading numbered with a nought": (
        "4.0 Mail\n\n4.1 Mail is for work.",
        (
            "heading 4.0 Mail",
            "paragraph 4.1 Mail is for work.",
        ),
    ),
    "a numbered list is no row of headings": (
        "1. Be kind\n2. Be brief",
        (
            "item 1 Be kind",
            "item 2 Be brief",
        ),
    ),
    "letters": (
        "(a) by post;\n(b) by mail.",
        (
            "item (a) by post;",
            "item (b) by mail.",
        ),
    ),
    "a bare number in front of words is words": (
        "7 Oaks pupils came to the meeting yesterday.",
        ("paragraph - 7 Oaks pupils came to the meeting yesterday.",),
    ),
    "escaped marks": ("A \\*star\\* and a \\_line\\_ stay.", ("paragraph - A *star* and a _line_ stay.",)),
    "a blank to fill in is no tag": (
        "Write to <insert name> <b>today</b>.",
        ("paragraph - Write to <insert name> today.",),
    ),
    "a link that leads nowhere": ("See [the guide](#).", ("paragraph - See the guide.",)),
    "a link that would run": ("See [this](javascript:alert(1)).", ("paragraph - See [this](javascript:alert(1)).",)),
    "a form": ("Name: \\_\\_\\_\n\nSigned: Date:", ("form - Name:\nSigned:\nDate:",)),
    "a filled-in signature is words": (
        "Signed: A N Other Date May 2020",
        ("paragraph - Signed: A N Other Date May 2020",),
    ),
    "a note under a bullet": (
        "- No pupil* is called.\n*\\* 'pupil' means anyone on roll*",
        (
            "item - No pupil* is called.",
            "paragraph - * 'pupil' means anyone on roll",
        ),
    ),
    "a bold heading run into its text": (
        "**Phones**  \nThey stay off in every lesson and in the corridors.",
        (
            "heading - Phones",
            "paragraph - They stay off in every lesson and in the corridors.",
        ),
    ),
    "a closing line after bullets": (
        "Staff may use:\n\n- mail\n- chat\n\nOther tools are not allowed.",
        (
            "paragraph - Staff may use:",
            "item - mail",
            "item - chat",
            "paragraph - Other tools are not allowed.",
        ),
    ),
    "a table with pipes": (
        "| Day | Who |\n|---|---|\n| <b>Mon</b> | Ann<br>Bob |",
        ("table - Day | Who\nMon | Ann Bob",),
    ),
    "tabs that part a number from its words": ("1.1\tMail is for work.", ("paragraph 1.1 Mail is for work.",)),
}


@pytest.mark.parametrize("case", CLAUSES)
def test_each_shape_of_text_becomes_its_kind_of_clause(case: str, read: Read) -> None:
    text, expected = CLAUSES[case]
    assert tuple(f"{c.kind} {c.number or '-'} {c.text}" for c in read(text).clauses) == expected


def test_bold_and_italic_stay_as_runs(read: Read) -> None:
    (clause,) = read("Staff **must not** post *any* picture.").clauses
    assert [(run.text, run.bold, run.italic) for run in clause.runs if run.bold or run.italic] == [
        ("must not", True, False),
        ("any", False, True),
    ]


def test_nested_bullets_stand_one_under_the_other(read: Read) -> None:
    levels = [
        clause.level for clause in read("# Phones\n\n- off:\n    - in class\n    - at lunch\n- on: never").clauses
    ]
    assert levels == [1, 2, 3, 3, 2]


def test_page_numbers_in_the_text_are_set_aside_and_the_sentence_joined(read: Read) -> None:
    document = read("- Staff keep passwords safe and tell nobody the\n\nPage 3 of 9\n\nword they use.\n\nPage 4 of 9")
    assert [clause.text for clause in document.clauses] == [
        "Staff keep passwords safe and tell nobody the word they use."
    ]
    assert [(piece.text, piece.why) for piece in document.set_aside] == [
        ("Page 3 of 9", "page number"),
        ("Page 4 of 9", "page number"),
    ]
    assert document.coverage == 1.0


NOT_JOINED = {
    "a heading is never added to": "## Social media for teachers and the\n\nother staff follow this page.",
    "a lead-in": "Staff who travel must always do the following:\n\nask before they leave the site.",
    "a closing phrase under an open list": "All must:\n\n- be kind\n- be brief\n\nand never shout.",
    "a tick line and the line after it": "*Tick to show that you have read all of it*\n\nI know what this policy asks of me.",
    "a whole sentence": "- Staff lock their screens when they leave.\n\nthis line begins small.",
}


@pytest.mark.parametrize("case", NOT_JOINED)
def test_what_is_not_cut_is_not_joined(case: str, read: Read) -> None:
    assert not [repair for repair in read(NOT_JOINED[case]).repairs if "joined" in repair]


def test_a_contents_list_is_set_aside(read: Read) -> None:
    document = read("Contents\n\n1. Aims ........ 2\n\n2. Phones ..... 3\n\n1 Aims\n\nWe aim high.\n")
    assert [clause.text for clause in document.clauses] == ["Aims", "We aim high."]
    assert {piece.why for piece in document.set_aside} == {"contents list"}
    assert document.coverage == 1.0


def test_letters_that_turn_text_round_are_taken_out_and_that_is_said(read: Read) -> None:
    document = read("Pay \u202e001\u202c pounds.")
    assert document.clauses[0].text == "Pay 001 pounds."
    assert "turn text round" in document.repairs[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_office_programs_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes("Don’t share passwords – ever.\r\n".encode(encoding))
    document = read_document(path)
    assert document.clauses[0].text == "Don’t share passwords – ever."
    assert bool(document.repairs) == (encoding == "cp1252")


_PARTS = st.sampled_from(
    "the school Policy must not 1.1 1.0 2 3. (a) - * • # ## | \t ** _ __ \\* Name: Date: ____ page 3 of 7 Contents "
    "..... 12 Version Date Approved 2.0 <p> <b> </b> <insert name> [x](#) [y](http://a.b) : ; . ? ﬁ 'pupil' & &amp; "
    "\u202e \ue000 7 – é".split(" ")
)
_TEXT = st.lists(st.lists(_PARTS, max_size=9).map(" ".join), max_size=14).map("\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXT)
def test_any_text_is_read_and_no_word_is_lost(text: str, read: Read) -> None:
    assert read(f"Start.\n\n{text}").coverage == 1.0
