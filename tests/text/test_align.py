from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.comparison import Pair
from policybook.text.align import LARGEST_BAND, LARGEST_BLOCK, MOST_SEARCHED, Passage, align, align_kindred
from policybook.text.similar import is_held, similarities

CLAUSES = [
    "Staff keep their passwords to themselves and change them each term.",
    "Photographs of pupils are taken only on equipment that belongs to the school.",
    "Messages to parents go through the office unless the headteacher agrees otherwise.",
    "Visitors may use the guest network once they have signed the form at reception.",
    "A lost telephone is reported to the business manager on the same day.",
    "Games and music are not downloaded on machines that pupils share.",
]
WORD = st.sampled_from("staff pupils must not keep the school form day phone photo game".split())
TEXTS = st.lists(st.lists(WORD, max_size=9).map(" ".join), max_size=9)


def pairs(left: list[str], right: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The indices of the pairs found, those with both sides."""
    return [(pair.left, pair.right) for pair in aligned(left, right) if pair.left and pair.right]


def aligned(left: list[str], right: list[str]) -> tuple[Pair, ...]:
    return align([Passage(text) for text in left], [Passage(text) for text in right])


@given(TEXTS, TEXTS)
def test_every_text_stands_in_exactly_one_pair(left: list[str], right: list[str]) -> None:
    found = aligned(left, right)
    assert sorted(chain.from_iterable(pair.left for pair in found)) == list(range(len(left)))
    assert sorted(chain.from_iterable(pair.right for pair in found)) == list(range(len(right)))
    assert all(0 <= pair.confidence <= 1 and (pair.left or pair.right) for pair in found)


@given(TEXTS)
def test_a_text_answers_itself(texts: list[str]) -> None:
    texts = [text for text in texts if text]
    assert pairs(texts, texts) == [((index,), (index,)) for index in range(len(texts))]
    assert not any(pair.moved for pair in aligned(texts, texts))


def test_two_empty_texts_have_no_pairs() -> None:
    assert aligned([], []) == ()


def test_an_id_pairs_texts_with_nothing_else_in_common() -> None:
    (pair,) = align([Passage("Old words.", "mail.use")], [Passage("Quite another text.", "mail.use")])
    assert (pair.left, pair.right, pair.found_by) == ((0,), (0,), "id")


def test_a_clause_that_moved_is_found_and_said_to_have_moved() -> None:
    right = [CLAUSES[index] for index in (4, 0, 1, 2, 3, 5)]
    assert [pair.right for pair in aligned(CLAUSES, right) if pair.moved] == [(0,)]
    assert len(pairs(CLAUSES, right)) == 6


def test_an_edited_clause_that_moved_is_not_stolen_by_a_weak_match_in_its_place() -> None:
    left = [
        "Messages to parents go through the office on paper.",
        *CLAUSES[:2],
        "A lost card is reported to the office.",
    ]
    right = [
        "Messages to pupils go through the office of the trust each week on cards.",
        *CLAUSES[:2],
        "Messages to parents always go through the office on paper.",
    ]
    assert ((0,), (3,)) in pairs(left, right)


def test_a_part_that_moved_keeps_its_edited_and_short_clauses_together() -> None:
    part = ["Cameras", "Cameras stay in school.", "Film is kept for a year in the safe."]
    moved = ["Cameras", "Cameras always stay in school.", "Film is kept for two years in the safe."]
    found = pairs([*part, *CLAUSES], [*CLAUSES, *moved])
    assert [((index,), (index + 6,)) for index in range(3)] == found[:3]


@pytest.mark.parametrize("cut", [3, 6, 9, 10])
def test_a_clause_cut_by_a_page_break_is_one_pair(cut: int) -> None:
    words = CLAUSES[2].split()
    right = [*CLAUSES[:2], " ".join(words[:cut]), " ".join(words[cut:]), *CLAUSES[3:]]
    assert ((2,), (2, 3)) in pairs(CLAUSES, right)


def test_two_clauses_made_one_are_one_pair() -> None:
    right = [CLAUSES[0], f"{CLAUSES[1]} {CLAUSES[2]}", *CLAUSES[3:]]
    assert ((1, 2), (1,)) in pairs(CLAUSES, right)
    assert ((1,), (1, 2)) in pairs(right, CLAUSES)


def test_a_clause_cut_in_three_is_one_pair() -> None:
    first, second, third = CLAUSES[1], CLAUSES[3], CLAUSES[4]
    assert ((0,), (0, 1, 2)) in pairs([f"{first} {second} {third}", CLAUSES[5]], [first, second, third, CLAUSES[5]])


def test_repeated_short_clauses_are_paired_by_their_neighbours() -> None:
    left = ["Purpose", CLAUSES[0], "Purpose", CLAUSES[1]]
    assert pairs(left, ["Purpose", CLAUSES[1]]) == [((2,), (0,)), ((3,), (1,))]


def test_spelling_case_and_marks_do_not_hide_a_short_clause() -> None:
    (pair,) = aligned(["Organisation’s centre"], ["ORGANIZATION'S CENTER"])
    assert pair.found_by == "exact"


def test_a_heading_is_not_paired_with_a_paragraph_that_merely_begins_alike() -> None:
    left = [Passage("Use of mobile telephones", is_heading=True)]
    right = [Passage("Use of mobile telephones is for breaks only."), Passage("Use of mobile phones", is_heading=True)]
    assert [pair.right for pair in align(left, right) if pair.left] == [(1,)]


def test_clauses_from_far_apart_that_were_made_one_are_one_pair_whichever_stands_first() -> None:
    others = [f"Clause {name} tells where the {name} is kept." for name in ("red", "blue", "green", "grey", "black")]
    left = [CLAUSES[1], *others, CLAUSES[2]]
    assert ((0, 6), (0,)) in pairs(left, [f"{CLAUSES[1]} {CLAUSES[2]}", *others])
    assert ((0, 6), (0,)) in pairs(left, [f"{CLAUSES[2]} {CLAUSES[1]}", *others])


@pytest.mark.parametrize(("before", "after"), [("Weblogs", "Blogs"), ("Organisation", "Organizations")])
def test_a_word_that_alone_stands_where_another_stood_is_compared_by_its_letters(before: str, after: str) -> None:
    assert ((1,), (1,)) in pairs([CLAUSES[0], before, CLAUSES[1]], [CLAUSES[0], after, CLAUSES[1]])
    assert ((1,), (1,)) not in pairs([CLAUSES[0], before, CLAUSES[1]], [CLAUSES[0], "Games", CLAUSES[1]])


def test_a_heading_that_alone_stands_where_another_stood_was_renamed() -> None:
    left, right = ([Passage(CLAUSES[0]), Passage(title, is_heading=True), Passage(CLAUSES[1])]
                   for title in ("Duties of the headteacher", "What the headteacher does"))  # fmt: skip
    assert [pair.right for pair in align(left, right) if pair.left] == [(0,), (1,), (2,)]


def test_the_same_rule_in_other_words_is_found_between_two_models() -> None:
    left = ["Employees decline any friend request that a pupil sends to their personal account.", *CLAUSES[:3]]
    right = [
        "The car park closes at dusk and is locked by the caretaker.",
        "If a child asks a teacher to be a friend on a personal account, that friend request is refused.",
        "Bicycles stand in the racks by the gate.",
    ]
    found = align_kindred([Passage(text) for text in left], [Passage(text) for text in right])
    assert [(pair.left, pair.right) for pair in found if pair.left and pair.right] == [((0,), (1,))]
    assert pairs(left, right) == []


def test_a_clause_cut_to_its_first_sentence_is_found_between_its_neighbours() -> None:
    rest = (
        " The class may hear of it, though no child is named, and is told where the page of the school is to be found."
    )
    left, right = (
        [CLAUSES[0], CLAUSES[4] + rest + rest.replace("class", "form"), CLAUSES[5]],
        [CLAUSES[0], CLAUSES[4], CLAUSES[5]],
    )
    assert pairs(left, right) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["The same words again and again."] * 5_000, ["The same words again and again."] * 4_999),
        ([f"Clause {index} of a long text." for index in range(3_000)], [f"Clause {index}." for index in range(3_000)]),
        (["so it goes " * 20_000], ["so it went " * 20_000]),
        ([], ["only here"] * 500),
    ],
    ids=["repeated", "many", "long", "empty"],
)
def test_unusual_input_asks_for_a_bounded_number_of_comparisons(
    left: list[str], right: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = [0]

    def counting(one: list[str], two: list[str]) -> object:
        compared[0] += len(one) * len(two)
        return similarities(one, two)

    monkeypatch.setattr("policybook.text.align.similarities", counting)
    found = aligned(left, right)
    assert sum(len(pair.left) for pair in found) == len(left)
    assert sum(len(pair.right) for pair in found) == len(right)
    assert compared[0] <= 4 * LARGEST_BLOCK


def test_pieces_of_very_many_edited_clauses_are_looked_for_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = [0]

    def counting(one: str, two: str, share: float) -> bool:
        looked[0] += 1
        return is_held(one, two, share)

    monkeypatch.setattr("policybook.text.align.is_held", counting)
    left = [f"Key {index} of the safe is kept by the office on floor {index}." for index in range(1_500)]
    right = [f"Key {index} of the safe is kept by the office in room {index}." for index in range(1_500)]
    found = aligned(left, [*right, *(f"The safe of the office, key and floor, is kept {k}." for k in range(1_500))])
    assert sum(len(pair.right) for pair in found) == 3_000
    assert looked[0] <= MOST_SEARCHED


def test_twenty_thousand_clauses_are_compared_within_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = [0]

    def counting(one: list[str], two: list[str]) -> object:
        compared[0] += len(one) * len(two)
        return np.zeros((len(one), len(two)), dtype=np.float32)

    monkeypatch.setattr("policybook.text.align.similarities", counting)
    aligned([f"Clause {index} here." for index in range(20_000)], [f"Clause {index} there." for index in range(20_000)])
    assert compared[0] <= 20_000 * int(LARGEST_BAND**0.5)
