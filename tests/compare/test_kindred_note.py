"""That something was not looked for is said, never passed over."""

from __future__ import annotations

import pytest

from policybook.compare import compare
from policybook.domain.comparison import Reading, Witness
from policybook.report.data import comparison_data
from policybook.text import align_kindred

LEFT = ("Chain letters may not be forwarded.", "Bicycles stand in the racks.", "Lunch is at noon.")
RIGHT = ("Spam must not be passed on.", "The gate is locked at dusk.", "Visitors sign the book.")


def witness(siglum: str, texts: tuple[str, ...]) -> Witness:
    return Witness(siglum, siglum, siglum, tuple(Reading(text) for text in texts))


def test_texts_of_different_models_too_long_for_rules_in_other_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align_kindred, "MOST_COMPARED", 8)
    found = compare(witness("A", LEFT), witness("B", RIGHT))
    assert [note.partition(":")[0] for note in found.notes] == [
        "These texts are too long to look for the same rule in other words"
    ]
    assert comparison_data(found)["notes"] == list(found.notes)


def test_nothing_is_said_where_nothing_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "notes" not in comparison_data(compare(witness("A", LEFT), witness("B", RIGHT)))
    monkeypatch.setattr(align_kindred, "MOST_COMPARED", 8)
    assert not compare(witness("A", LEFT), witness("B", LEFT)).notes
