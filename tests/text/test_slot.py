"""Slots: the few words in which texts that are otherwise the same differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.slot import find_slots, middle_of, parts_between

COMMON = "Photographs are kept by the {} in a locked cabinet until the end of the year."


def said(*fillers: str, frame: str = COMMON) -> list[dict[int, str]]:
    texts = [frame.format(words) for words in fillers]
    return [slot.fillers for slot in find_slots(texts, 0)]


@pytest.mark.parametrize(
    ("fillers", "slots"),
    [
        (("school office", "bursar"), [{0: "school office", 1: "bursar"}]),
        (("bursar", "bursar", "clerk"), [{0: "bursar", 1: "bursar", 2: "clerk"}]),
        (("bursar", "bursar"), []),
        (("bursar", "bursar or, if nobody is there at the time, clerk"), []),  # too long for a value
        (("bursar", "not bursar"), []),  # makes a rule
        (("bursar who may", "bursar who must"), []),
        (("bursar", "“bursar”"), []),
        (("encyclopaedia", "encyclopedia"), []),  # spelling only
    ],
)
def test_a_few_words_that_make_no_rule_are_a_slot(fillers: tuple[str, ...], slots: list[dict[int, str]]) -> None:
    assert said(*fillers) == slots


def test_a_text_in_quite_other_words_is_a_departure_and_fills_no_slot() -> None:
    texts = [COMMON.format("bursar"), COMMON.format("clerk"), "Nobody takes photographs in this school, whatever for."]
    (slot,) = find_slots(texts, 0)
    assert set(slot.fillers) == {0, 1}


def test_a_short_text_has_no_slots() -> None:
    assert find_slots(["Tell the bursar.", "Tell the clerk."], 0) == []


def test_the_middle_is_the_text_most_like_the_others() -> None:
    assert middle_of(["a b c", "a b d", "a b d e"]) == 1


WORDS = st.sampled_from("bursar clerk office team Smoothwall manager of school secretary".split())


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=2, max_size=5))
def test_the_common_words_with_a_text_s_own_fillers_are_that_text(fillers: list[str]) -> None:
    texts = [COMMON.format(words) for words in fillers]
    slots = find_slots(texts, 0)
    pieces = parts_between(texts[0], slots)
    for index, text in enumerate(texts):
        if all(index in slot.fillers for slot in slots):
            shown = [slot.fillers[index] for slot in slots]
            assert (
                "".join(piece + words for piece, words in zip(pieces, [*shown, ""], strict=True)) == text or not slots
            )
