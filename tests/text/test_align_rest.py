"""What is found among what all other passes of an alignment left over."""

from __future__ import annotations

import pytest

from policybook.text.align import Passage, align

BODY = (
    "Visitors sign the book at reception and wear a badge.",
    "A badge that is lost is reported to the office by noon.",
    "Keys are handed out by the caretaker and counted every evening.",
)
REST = ("The kitchen is closed on Fridays for deep cleaning.", "Milk is ordered by the cook each Monday morning.")


def document(heading: str, body: tuple[str, ...], second: str = "Food") -> list[Passage]:
    return [
        Passage(heading, None, True), *(Passage(text) for text in body),
        Passage(second, None, True), *(Passage(text) for text in REST),
    ]  # fmt: skip


def answers(left: list[Passage], right: list[Passage]) -> set[tuple[int, int]]:
    return {(pair.left[0], pair.right[0]) for pair in align(left, right) if pair.left and pair.right}


def test_a_heading_given_another_name_is_known_by_what_stands_under_it() -> None:
    assert (0, 0) in answers(document("Coming in", BODY), document("Access arrangements", BODY))


def test_a_heading_whose_section_was_taken_into_another_has_no_answer() -> None:
    left = document("Coming in", BODY)
    right = [Passage("Food", None, True), *map(Passage, REST), *map(Passage, BODY), Passage("Fire", None, True)]
    assert not any(one == 0 for one, _ in answers(left, right))


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("Refunds for a cancelled lesson are decided on by the bursar.", "The bursar decides on a refund for cancelled lessons.", True),
        ("Refunds for a cancelled lesson are decided on by the bursar.", "The caretaker locks every gate at dusk.", False),
    ],
)  # fmt: skip
def test_a_sentence_turned_round_is_known_by_its_words(before: str, after: str, is_same: bool) -> None:
    left, right = document("Coming in", (BODY[0], before, BODY[2])), document("Coming in", (BODY[0], BODY[2], after))
    assert ((2, 3) in answers(left, right)) == is_same
