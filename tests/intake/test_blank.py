"""Blanks, choices and advice that a drafter left for the adopter; review dates that only a person can settle."""

from __future__ import annotations

import pytest

from policybook.domain.source import SourceClause
from policybook.intake.blank import find_blanks, find_blanks_of
from policybook.intake.review import Review, understand_review

from .conftest import Read

FOUND = [
    ("The policy of [insert School Name] applies.", [("blank", "[insert School Name]", "organisation")]),
    ("Report it to [PROJECT STEWARD NAME(s)] at once.", [("blank", "[PROJECT STEWARD NAME(s)]", "role")]),
    ("You can reach us at <>.", [("blank", "<>", "text")]),
    ("Write to <e-mail address of the office>.", [("blank", "<e-mail address of the office>", "email")]),
    ("Keep records for ( ) years.", [("blank", "( )", "text")]),
    ("It was agreed on the date of ________.", [("blank", "________", "date")]),
    ("The provider is ............ of the school.", [("blank", "............", "organisation")]),
    ("The governors of XXXX meet termly.", [("blank", "XXXX", "text")]),
    ("Dear «First_Name», welcome.", [("blank", "«First_Name»", "text")]),
    ("Phones stay [in lockers] OR [in bags] OR [at home].",
     [("choice", "[in lockers] OR [in bags] OR [at home]", "choice")]),
    ("[ ] OR [ ]", [("choice", "[ ] OR [ ]", "choice")]),
    ("The head / deputy (delete as appropriate) decides.", [("advice", "(delete as appropriate)", "text")]),
]  # fmt: skip

NOT_FOUND = [
    "They said [sic] that it was so [2].",
    "Staff (teachers and others) follow this.",
    "Write to <office@school.example> or see <https://school.example>.",
    "And so on... until the end.",
    "The size is XL.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[entry[0] for entry in FOUND])
def test_a_blank_is_found_with_its_type(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = list(find_blanks_of(text))
    assert [(entry.kind, entry.text, entry.type) for entry in found] == expected
    assert all(text[entry.start : entry.end] == entry.text and 0 < entry.confidence < 1 for entry in found)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_ordinary_words_are_no_blank(text: str) -> None:
    assert list(find_blanks_of(text)) == []


def test_a_line_with_only_or_between_two_clauses_is_a_choice() -> None:
    from policybook.domain.inline import Run

    texts = ("Phones are locked away.", "OR", "Phones are kept in bags.")
    clauses = [SourceClause("paragraph", 1, (Run(text),)) for text in texts]
    (found,) = find_blanks(clauses)
    assert found.kind == "choice"
    assert found.options == ("Phones are locked away.", "Phones are kept in bags.")


def test_what_a_document_leaves_open_is_told_with_its_place(read: Read) -> None:
    document = read("# A policy\n\nThe head of [insert school name] decides.\n")
    assert [entry.place for entry in document.proposals] == ["line 3"]
    assert [entry.code for entry in document.questions] == ["blank.left"]
    assert "line 3" in document.questions[0].message


REVIEWS = [
    ("Autumn 2026", Review(term="Autumn 2026")),
    ("autumn term 2026", Review(term="Autumn 2026")),
    ("Autumn 2025/26", Review(term="Autumn 2025")),
    ("Summer term 2025-26", Review(term="Summer 2026")),
    ("Bi-Annually", Review(unclear="Bi-Annually", readings="twice a year or every two years")),
    ("bimonthly", Review(unclear="bimonthly", readings="twice a month or every two months")),
    ("To be reviewed again every three years", Review(every="3 years")),
    ("Annually", Review(every="1 year")),
    ("biennial", Review(every="2 years")),
    ("14/11/2024", Review()),
]


@pytest.mark.parametrize(("text", "expected"), REVIEWS, ids=[entry[0] for entry in REVIEWS])
def test_a_review_is_understood_and_never_guessed(text: str, expected: Review) -> None:
    assert understand_review(text) == expected


def test_a_review_cycle_with_two_meanings_is_asked_about(read: Read) -> None:
    document = read("| Review Cycle | Bi-Annually |\n|---|---|\n| Approved | 21/11/2024 |\n\n# Aims\n\nWords here.\n")
    assert [entry.code for entry in document.questions] == ["review.unclear"]
