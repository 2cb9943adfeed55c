"""A person's word on a change: where it holds, where it has lapsed, and that the program's own judgement stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policybook.compare import compare
from policybook.compare.judged import add_judgements, fingerprint, name_of_row, words_of_row
from policybook.domain.comparison import Comparison, Reading, Row, Witness
from policybook.domain.judgement import Judged

BEFORE, AFTER = "Staff must not share keys.", "Staff should not share keys."


def comparison(
    before: str = BEFORE, after: str = AFTER, left: str = "hr/use@1", right: str = "oakfield/use"
) -> Comparison:
    texts = ((left, "A", before), (right, "B", after))
    return compare(
        *(Witness(siglum, ref, ref, (Reading(text, "use.keys", "1"),), model="hr/use") for ref, siglum, text in texts)
    )


def judged(of_substance: bool = False, **other: object) -> Judged:
    words = fingerprint([BEFORE]), fingerprint([AFTER])
    return replace(
        Judged(("hr/use", "oakfield/use"), "use.keys", words, of_substance, "Clerk", date(2026, 3, 1)), **other
    )  # type: ignore[arg-type]


def only_row(found: Comparison) -> Row:
    (row,) = found.rows
    return row


def test_a_word_on_these_words_is_shown_beside_the_programs_own_judgement() -> None:
    row = only_row(add_judgements(comparison(), [judged()]))
    assert row.judged == judged()
    assert row.lapsed is None
    assert row.change == "substantive"
    assert row.facts == only_row(comparison()).facts


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (comparison(left="hr/use@2", right="oakfield/use@2026-01-01"), "judged"),  # other versions, the same words
        (comparison(after="Staff may share keys."), "lapsed"),
        (comparison(before="Staff never share keys."), "lapsed"),
        (comparison(right="elmwood/use"), "neither"),
        (comparison(after=BEFORE), "neither"),
    ],
)
def test_a_word_holds_for_these_two_texts_until_their_words_change(found: Comparison, what: str) -> None:
    row = only_row(add_judgements(found, [judged()]))
    assert (bool(row.judged), bool(row.lapsed)) == (what == "judged", what == "lapsed")


def test_a_word_holds_whichever_text_is_named_first() -> None:
    turned = comparison(AFTER, BEFORE, "oakfield/use", "hr/use@1")
    row = only_row(add_judgements(turned, [judged()]))
    assert row.judged
    assert row.judged.of_substance is False


@pytest.mark.parametrize(
    ("texts", "holds"), [((BEFORE, AFTER), True), ((AFTER, BEFORE), True), ((AFTER, "Staff may share keys."), False)]
)
def test_between_two_versions_of_one_text_other_words_are_another_change(texts: tuple[str, str], holds: bool) -> None:
    found = comparison(*texts, left="hr/use@1", right="hr/use@2")
    row = only_row(add_judgements(found, [judged(refs=("hr/use", "hr/use"))]))
    assert (bool(row.judged), row.lapsed) == (holds, None)


def test_of_two_words_on_the_same_change_the_later_holds() -> None:
    later = judged(of_substance=True, by="Chair")
    assert only_row(add_judgements(comparison(), [judged(), later])).judged == later


def test_a_new_word_after_a_lapsed_one_holds() -> None:
    found = comparison(after="Staff may share keys.")
    again = judged(words=words_of_row(only_row(found)))
    row = only_row(add_judgements(found, [judged(), again]))
    assert (row.judged, row.lapsed) == (again, None)


def test_how_words_are_cut_into_sections_does_not_count() -> None:
    row = only_row(comparison())
    halves = (Reading("Staff should not"), Reading("share keys."))
    assert words_of_row(replace(row, right=halves)) == words_of_row(row)


@pytest.mark.parametrize(
    ("reading", "name"),
    [
        (Reading(BEFORE, "use.keys", "1.2"), "use.keys"),
        (Reading(BEFORE, None, "1.2"), "1.2"),
        (Reading("One two three four five six seven eight nine ten."), "One two three four five six seven eight"),
    ],
)
def test_a_row_is_named_by_its_id_its_number_or_its_first_words(reading: Reading, name: str) -> None:
    assert name_of_row(Row((reading,), (), "removed", 1.0, "words")) == name
