from __future__ import annotations

import re

import pytest

from policybook.compare.binding import _MODALS
from policybook.compare.condition import _CONDITION, _EXCEPTION, _SOFTENER
from policybook.compare.cue import Cue, cue_of
from policybook.compare.fact import _DEFINITION, _SANCTION
from policybook.compare.measure import measures_of, mentions_measure
from policybook.compare.people import PARTY
from policybook.compare.vocabulary import EXCEPTIONS, OUTER_PARTIES, SANCTIONS

TEXTS = (
    "Staff must not, save in an emergency, lend keys other than to the office apart from the bursar.",
    "Staff may provided that, so long as, subject to, on condition that, only after the head agrees, in writing.",
    "with the prior written permission, without approval, if the bursar consents, as long as only when signed",
    "normally usually generally ordinarily as a rule in most cases where possible wherever practicable when feasible",
    "as far as is reasonably practicable, where staff can, at the discretion, at their absolute discretion, try to, aim to",
    "if necessary, if appropriate, endeavour to, attempt to, so far as possible, where practical",
    "is defined as, be defined as, is taken to mean, means, refers to, except unless excluding otherwise than",
    "each day a fortnight bi-annually biannually twice a year at once straightaway without delay forthwith the same as soon as",
    "in May, September, Sept, noon, midnight, twenty-one, 3, a term, per hour, working days, termly, half-yearly",
    "should not ought not never strictly forbidden under no circumstances cannot unacceptable will not is not to unwise avoid",
    "must refrain from, shall avoid, it is expected that staff will",
    "must shall required to mandatory are to essential expected to advised good practice may could optional free to",
    *SANCTIONS,
    *OUTER_PARTIES,
    *(phrase for phrase in EXCEPTIONS if "(" not in phrase),
)


@pytest.mark.parametrize("cue", [_CONDITION, _EXCEPTION, _SOFTENER, _DEFINITION, _SANCTION, PARTY])
def test_what_a_pattern_finds_has_one_of_its_pieces(cue: Cue) -> None:
    found = [match[0].lower() for text in TEXTS for match in cue.pattern.finditer(text)]
    assert found
    assert all(any(piece in words for piece in cue.pieces) for words in found)


def test_what_binds_has_one_of_the_pieces_of_its_pattern() -> None:
    for pattern, _, _, pieces in _MODALS:
        found = [match[0].lower() for text in TEXTS for match in pattern.finditer(text)]
        assert found
        assert not pieces or all(any(piece in words for piece in pieces) for words in found)


def test_what_states_a_measure_has_a_figure_or_a_word_that_measures_are_stated_in() -> None:
    found = [text for text in TEXTS if measures_of(text)]
    assert found
    assert all(mentions_measure(text) for text in found)
    assert not mentions_measure("Staff may march to the shop.")


def test_a_cue_finds_whole_words_in_any_case() -> None:
    cue = cue_of("cat,dog", ("cats?", "dog"))
    assert [bool(cue.search(text)) for text in ("Two CATS.", "a catalogue", "no bird")] == [True, False, False]
    assert cue.pattern.flags & re.I
