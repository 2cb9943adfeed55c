from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.fingerprint import exact_fingerprint, match_fingerprint
from policybook.text.number import parse_number, print_number
from policybook.text.spelling import _MAY_DIFFER, fold, folded_words
from policybook.text.word import comparable_words, normalise, words_of

WORDS = st.lists(st.text("abcdefgh'é", min_size=1, max_size=6), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"), ("behaviour", "behavior"), ("encyclopaedia", "encyclopedia"),
        ("travelling", "traveling"), ("programme", "program"), ("analyse", "analyze"), ("licence", "license"),
        ("centre", "center"), ("recognised", "recognized"), ("colours", "colors"),
    ],
)  # fmt: skip
def test_british_and_american_spelling_are_one_word(british: str, american: str) -> None:
    assert fold(british) == fold(american)


@pytest.mark.parametrize(("one", "other"), [("staff", "stuff"), ("our", "or"), ("council", "counsel"), ("is", "iz")])
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_keep_their_apostrophe_and_lose_their_marks() -> None:
    assert words_of("The school's “own” e-mail, at 9.") == ["The", "school's", "own", "e", "mail", "at", "9"]
    assert comparable_words("The School’s") == ["the", "school's"]
    assert folded_words("The School’s") == ("the", "school")


@pytest.mark.parametrize("text", ["Ni chaiff staff gysylltu â disgyblion.", "لا يجوز للموظفين التواصل مع التلاميذ."])
def test_words_of_other_languages_are_words(text: str) -> None:
    assert len(words_of(text)) >= 5


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(WORDS, st.sampled_from(["  ", "\n", "\t ", " "]))
def test_the_match_fingerprint_ignores_spacing_case_and_marks(words: list[str], space: str) -> None:
    plain = match_fingerprint(" ".join(words))
    assert match_fingerprint(f"{space.join(words)}{space}.") == plain
    assert match_fingerprint(" ".join(words).replace("'", "’")) == plain


def test_the_exact_fingerprint_sees_order_and_values() -> None:
    assert exact_fingerprint(["a", {"x": 1, "y": 2}]) == exact_fingerprint(["a", {"y": 2, "x": 1}])
    assert len({exact_fingerprint(content) for content in (["a", "b"], ["b", "a"], ["a", "B"], ["ab"], [])}) == 5


@given(st.integers(0, 999))
def test_a_number_printed_in_words_is_read_again(number: int) -> None:
    assert parse_number(print_number(number)) == number
    assert parse_number(print_number(number).replace("-", " ").upper()) == number


@pytest.mark.parametrize(("text", "number"), [(" 19 ", 19), ("Nineteen", 19), ("many", None), ("", None), ("٣", None)])
def test_what_is_no_number_is_none(text: str, number: int | None) -> None:
    assert parse_number(text) == number


def test_a_number_of_thousands_of_figures_is_none_rather_than_an_error() -> None:
    assert parse_number("9" * 10_000) is None


def test_a_word_with_another_spelling_has_letters_by_which_it_is_looked_at() -> None:
    words = (
        "organised recognising advertisers organisations colours favoured encyclopaedia foetus travelled counselling programmes "
        "analysed licence practice defence offences centre theatre fulfill enrollment installment skillful judgements whilst "
        "amongst amidst towards backwards"
    ).split()
    assert [word for word in words if fold(word) == word] == []
    assert [word for word in words if not _MAY_DIFFER.search(word)] == []
