"""Coverage counts words and keeps their order; it must be able to fail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.inline import Run
from policybook.domain.source import SetAside, SourceClause
from policybook.intake.coverage import measure_coverage
from policybook.intake.letter import counted_words
from policybook.text.word import words_of

WORDS = "staff do not post pictures of pupils on their own pages".split()


def _clause(text: str) -> SourceClause:
    return SourceClause("paragraph", 1, (Run(text),))


def test_all_words_in_order_are_full_coverage() -> None:
    assert measure_coverage(
        WORDS, [_clause("Staff do not post pictures"), _clause("of pupils on their own pages.")]
    ) == (1.0, ())


def test_a_lost_word_lowers_it_and_is_named_with_the_word_before() -> None:
    assert measure_coverage(WORDS, [_clause("staff do post pictures of pupils on their own pages")]) == (
        1 - 1 / 11,
        ("after 'do': not",),
    )


def test_a_word_said_twice_does_not_stand_for_another() -> None:
    share, missing = measure_coverage(["a", "b", "a"], [_clause("a b")])
    assert (round(share, 2), missing) == (0.67, ("after 'b': a",))


def test_clauses_out_of_order_lower_it() -> None:
    assert (
        measure_coverage(WORDS, [_clause("of pupils on their own pages"), _clause("staff do not post pictures")])[0]
        < 1.0
    )


def test_what_was_set_aside_inside_a_sentence_may_stand_behind_it() -> None:
    words = "staff do not page 3 post pictures".split()
    pieces = [_clause("staff do not post pictures"), SetAside("page 3", "page number")]
    assert measure_coverage(words, pieces) == (1.0, ())


@given(text=st.text(st.sampled_from("aB1é_'’ .-\n\t\"(")))
def test_words_are_counted_as_they_are_cut_everywhere_else(text: str) -> None:
    assert counted_words(text) == words_of(text.casefold())


def test_a_document_without_words_is_covered() -> None:
    assert measure_coverage([], []) == (1.0, ())
