from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.inline import Run
from policybook.text.inline import parse_inline
from policybook.text.placeholder import apply_filter, find_placeholders, has_stray_braces, split_placeholders

MARKED = st.text(st.sampled_from("ab *_[]()\\<>{}|:/\n"), max_size=60)


@given(st.one_of(st.text(), MARKED))
def test_any_words_can_be_read(text: str) -> None:
    runs = parse_inline(text)
    assert all(run.text for run in runs)
    assert "\n" not in "".join(run.text for run in runs)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain  words\nhere", (Run("plain words here"),)),
        ("a **bold** word", (Run("a "), Run("bold", bold=True), Run(" word"))),
        ("*slanted*", (Run("slanted", italic=True),)),
        ("[us](https://a.example)", (Run("us", link="https://a.example"),)),
        ("[us](javascript:go)", (Run("[us](javascript:go)"),)),
        ("<b>loud</b>", (Run("<b>loud</b>"),)),
        (r"a \* star", (Run("a * star"),)),
        ("", ()),
    ],
)
def test_the_small_subset_is_read_and_all_else_stays_words(text: str, runs: tuple[Run, ...]) -> None:
    assert parse_inline(text) == runs


@pytest.mark.parametrize("mark", ["*", "[", "_", "](", "**a", "[a](", "\\"])
def test_thousands_of_marks_are_read_in_good_time(mark: str) -> None:
    assert parse_inline(mark * 3_000)


@given(st.text(st.sampled_from("ab{}|:. _"), max_size=40))
def test_pieces_joined_again_are_the_text(text: str) -> None:
    pieces = split_placeholders(text)
    assert "".join(piece if isinstance(piece, str) else piece.source for piece in pieces) == text


def test_placeholders_are_read_with_filter_and_clause() -> None:
    found = list(find_placeholders("{{ age | words }}, {{clause:mail.use}} and {{ 9!x }}"))
    assert [(entry.name, entry.filter, entry.is_clause) for entry in found] == [
        ("age", "words", False),
        ("mail.use", "", True),
    ]
    assert has_stray_braces("{{ 9!x }}")
    assert not has_stray_braces("{{ age }}")


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("capital", "the office", "The office"), ("possessive", "the school", "the school’s"),
        ("possessive", "St Agnes", "St Agnes’"), ("words", "19", "nineteen"), ("", "19", "19"),
        ("between", "9am to 4.15pm", "9am and 4.15pm"), ("minutes", "8am to 6pm", "8.00am to 6.00pm"),
        ("minutes", "8.30am to 6pm", "8.30am to 6.00pm"), ("minutes", "noon to 11pm", "noon to 11.00pm"),
    ],
)  # fmt: skip
def test_filters_change_the_words_of_a_value(name: str, words: str, said: str) -> None:
    assert apply_filter(name, words, number_words="nineteen" if words == "19" else None) == said
