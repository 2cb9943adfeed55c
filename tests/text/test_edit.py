from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.edit import apply_edits, word_edits
from policybook.text.similar import WordCode, differences, longest_increasing, similarities, similarity

TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["staff", "must", "not", "the ", " ", "pupils", ",", "’", "18"]), max_size=25).map(
        "".join
    ),
)
MIRROR = {"keep": "keep", "delete": "insert", "insert": "delete"}


@given(TEXT, TEXT)
def test_edits_give_both_texts_back(before: str, after: str) -> None:
    edits = word_edits(before, after)
    assert apply_edits(edits, "delete") == before
    assert apply_edits(edits, "insert") == after


@given(TEXT, TEXT)
def test_edits_the_other_way_round_are_the_mirror(before: str, after: str) -> None:
    def by_stretch(edits: object) -> list[tuple[str, str]]:
        return sorted(edits)  # type: ignore[call-overload,no-any-return]

    mirrored = [(MIRROR[operation], text) for operation, text in word_edits(after, before)]
    assert by_stretch(mirrored) == by_stretch(word_edits(before, after))


@given(TEXT, TEXT)
def test_no_edit_is_empty_and_deletions_stand_first(before: str, after: str) -> None:
    edits = word_edits(before, after)
    assert all(text for _, text in edits)
    assert ("insert", "delete") not in [(one[0], two[0]) for one, two in pairwise(edits)]


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("", "", ()),
        ("under 18.", "under 18.", (("keep", "under 18."),)),
        ("under 18.", "under 19.", (("keep", "under "), ("delete", "18"), ("insert", "19"), ("keep", "."))),
        ("the centre", "the school", (("keep", "the "), ("delete", "centre"), ("insert", "school"))),
        ("", "new", (("insert", "new"),)),
    ],
)
def test_whole_words_change(before: str, after: str, edits: tuple[tuple[str, str], ...]) -> None:
    assert word_edits(before, after) == edits


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_between_two_differences_both_texts_are_the_same(left: list[int], right: list[int]) -> None:
    code = WordCode()
    one, two = code.encode(map(str, left)), code.encode(map(str, right))
    kept_one = kept_two = ""
    place = place2 = 0
    for start, end, start2, end2 in differences(one, two):
        kept_one, kept_two = kept_one + one[place:start], kept_two + two[place2:start2]
        place, place2 = end, end2
    assert kept_one + one[place:] == kept_two + two[place2:]


def test_a_text_of_a_megabyte_is_compared_in_pieces() -> None:
    words = [f"word{index % 5_000}x{index // 50}" for index in range(60_000)]
    changed = [*words[:30_000], "new", *words[30_003:]]
    edits = word_edits(" ".join(words), " ".join(changed))
    assert apply_edits(edits, "insert") == " ".join(changed)
    assert sum(len(text) for operation, text in edits if operation != "keep") < 200


def test_a_long_text_that_repeats_one_word_is_still_compared() -> None:
    before, after = "so " * 20_000, "so " * 19_000
    assert apply_edits(word_edits(before, after), "insert") == after


def test_similarity_counts_words_in_order() -> None:
    code = WordCode()
    one, two = code.encode("a b c d".split()), code.encode("a b x d".split())
    assert similarity(one, two) == pytest.approx(0.75)
    assert similarity("", "") == 1.0
    assert similarities([one], []).shape == (1, 0)


def test_the_longest_run_in_order_leaves_out_what_moved() -> None:
    assert longest_increasing([(0, 1), (1, 2), (2, 0), (3, 3)]) == [(0, 1), (1, 2), (3, 3)]
    assert longest_increasing([]) == []
