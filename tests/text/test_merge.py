from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.merge import merge_texts
from policybook.text.sentence import split_sentences
from policybook.text.word import words_of

BASE = "Staff use a school account. They keep it for work. The office helps."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("One.", ["One."]),
        ("One. Two.", ["One. ", "Two."]),
        ("Ask e.g. the office. Then wait.", ["Ask e.g. the office. ", "Then wait."]),
        ("Go to St. Mary. Pray.", ["Go to St. Mary. ", "Pray."]),
        ("Tell Mr. Hill! {{ headteacher }} decides.", ["Tell Mr. Hill! ", "{{ headteacher }} decides."]),
        ("Staff: they work.", ["Staff: ", "they work."]),
        ("He said “No.” They went.", ["He said “No.” ", "They went."]),
        ("version 2.1 of it", ["version 2.1 of it"]),
        ("*May I?* Yes.", ["*May I?* ", "Yes."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(st.text(max_size=200))
def test_sentences_joined_again_give_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


MERGES = [
    # what each side did, base, ours, theirs, how, text
    ("nobody", "A b.", "A b.", "A b.", "same", "A b."),
    ("both alike", "A b.", "A c.", "A  c.", "same", "A c."),
    ("only the school", "A b.", "A c.", "A b.", "ours", "A c."),
    ("only the model", "A b.", "A b.", "A c.", "theirs", "A c."),
    (
        "two sentences",
        BASE,
        BASE.replace("The office helps.", "The bursar helps."),
        BASE.replace("for work", "for school matters"),
        "sentences",
        "Staff use a school account. They keep it for school matters. The bursar helps.",
    ),
    (
        "a sentence added at each end",
        BASE,
        f"{BASE} Ask Ann.",
        f"Read this. {BASE}",
        "sentences",
        f"Read this. {BASE} Ask Ann.",
    ),
    (
        "words apart in one sentence",
        "Staff write to parents from a school account during the working day.",
        "Teachers write to parents from a school account during the working day.",
        "Staff write to parents from a school account during the school week.",
        "words",
        "Teachers write to parents from a school account during the school week.",
    ),
    ("one word, two ways", "Bar contact until 18 for all.", "Bar contact until 21 for all.",
     "Bar contact until 19 for all.", "clash", ""),
    ("rewritten by the school", "Staff keep it for work.", "Nobody may ever share a password with anyone.",
     "Staff keep it for paid work.", "clash", ""),
    (
        "a blank is one word",
        "Ask the {{ headteacher }} before you post anything at all about the school today.",
        "Ask the {{ head_of_school }} before you post anything at all about the school today.",
        "Ask the {{ headteacher }} before you post anything at all about our school today.",
        "words",
        "Ask the {{ head_of_school }} before you post anything at all about our school today.",
    ),
    ("one blank, two ways", "Ask {{ a }} now.", "Ask {{ b }} now.", "Ask {{ c }} now.", "clash", ""),
]  # fmt: skip


@pytest.mark.parametrize(("why", "base", "ours", "theirs", "how", "text"), MERGES, ids=[row[0] for row in MERGES])
def test_a_merge(why: str, base: str, ours: str, theirs: str, how: str, text: str) -> None:
    merged = merge_texts(base, ours, theirs)
    assert (merged.how, merged.text) == (how, text)


def test_a_second_try_is_only_a_suggestion_and_has_the_words_of_both() -> None:
    merged = merge_texts(
        "Staff avoid a personal address when they write to parents.",
        "Staff and governors avoid a personal address when they write to parents.",
        "Staff, volunteers avoid a personal address when they write to parents.",
    )
    assert merged.how in ("fuzzy", "clash")
    if merged.how == "fuzzy":
        assert {"governors", "volunteers"} <= set(words_of(merged.text))


def test_a_result_whose_markup_does_not_close_is_a_clash() -> None:
    base = "Staff **never** write from a personal account to any parent at the school."
    ours = "Staff never write from a personal account to any parent at the school."
    theirs = "Staff **never, on any day,** write from a personal account to any parent at the school."
    merged = merge_texts(base, ours, theirs)
    assert merged.text.count("**") % 2 == 0


words = st.lists(st.sampled_from("staff use school accounts for work and never share them".split()), min_size=1)
sentences = st.lists(words.map(lambda found: " ".join(found).capitalize() + "."), min_size=1, max_size=4)
texts = sentences.map(" ".join)


@given(texts, texts)
def test_a_side_that_changed_nothing_gives_way(base: str, other: str) -> None:
    assert merge_texts(base, base, other).text == other
    assert merge_texts(base, other, base).text == other


@given(texts, texts, texts)
def test_a_clean_merge_has_every_word_that_the_school_added(base: str, ours: str, theirs: str) -> None:
    merged = merge_texts(base, ours, theirs)
    if merged.how in ("sentences", "words", "fuzzy"):
        added = set(words_of(ours.casefold())) - set(words_of(base.casefold()))
        assert added <= set(words_of(merged.text.casefold()))


@given(texts, texts, texts)
def test_whether_a_merge_is_clean_does_not_depend_on_who_is_asked_first(base: str, ours: str, theirs: str) -> None:
    assert merge_texts(base, ours, theirs).is_clean == merge_texts(base, theirs, ours).is_clean


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_at_all_can_be_merged(base: str, ours: str, theirs: str) -> None:
    merge_texts(base, ours, theirs)
