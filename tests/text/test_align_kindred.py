"""Pairs of rules in other words: what is worth showing, what is taken back, and what was not looked for."""

from __future__ import annotations

import pytest

from policybook.text import align_kindred as kindred
from policybook.text.align import Passage, align, align_kindred

COUNCIL = (
    "Passwords are confidential and must never be shared with anyone else.",
    "Employees decline any friend request that a pupil sends them on Facebook.",
    "Chain letters may not be forwarded.",
    "Photographs of children are taken with school equipment only.",
)
TRUST = (
    "No betting takes place on the trust's machines.",
    "You keep your login secret and tell it to no one.",
    "Staff must refuse when a student asks to be their friend on a social network.",
    "Spam and chain mail must not be passed on.",
)


def headed(heading: str, *texts: str) -> list[Passage]:
    return [Passage(heading, is_heading=True), *map(Passage, texts)]


def told(left: list[Passage], right: list[Passage]) -> set[tuple[int, int]]:
    return {(pair.left[0], pair.right[0]) for pair in align_kindred(left, right) if pair.left and pair.right}


def test_headings_that_share_words_but_no_subject_are_no_pair_between_different_models() -> None:
    left, right = headed("Breaches of the policy", *COUNCIL), headed("Scope of the policy", *TRUST)
    assert ((0,), (0,)) in [(pair.left, pair.right) for pair in align(left, right)]
    assert told(left, right) == {(1, 2), (2, 3), (3, 4)}


def test_a_text_that_shares_most_of_its_words_keeps_its_pairs_whatever_they_speak_of() -> None:
    left = headed("Breaches of the policy", *COUNCIL, "The caretaker opens the gates at eight.")
    right = headed("Scope of the policy", *COUNCIL, "The caretaker locks the gates at six.")
    assert told(left, right) == {(index, index) for index in range(6)}


def test_no_such_pair_is_said_to_be_sure() -> None:
    found = align_kindred(list(map(Passage, COUNCIL)), list(map(Passage, TRUST)))
    sure = [pair.confidence for pair in found if pair.left and pair.right]
    assert len(sure) == 3
    assert all(kindred.SURE_FOR_SCORE * kindred.KINDRED_BAR <= one <= kindred.MOST_KINDRED for one in sure)


@pytest.mark.parametrize(
    ("left", "right", "most", "is_left_out"),
    [(COUNCIL, TRUST, 15, True), (COUNCIL, TRUST, 16, False), (COUNCIL, COUNCIL, 15, False), ((), TRUST, 0, False)],
)
def test_texts_too_long_to_look_through_are_known_as_such(
    left: tuple[str, ...], right: tuple[str, ...], most: int, is_left_out: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kindred, "MOST_COMPARED", most)
    pairs = align_kindred(list(map(Passage, left)), list(map(Passage, right)))
    assert kindred.was_left_out(pairs, len(left), len(right)) == is_left_out
    assert is_left_out == (left is COUNCIL and right is TRUST and not any(pair.left and pair.right for pair in pairs))
