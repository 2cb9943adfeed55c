"""The same rule in other words: told from rules that only share their subject."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from policybook.text import concept
from policybook.text.align import Passage, align_kindred
from policybook.text.concept import concepts_of, stem_of
from policybook.text.kinship import kinship

COUNCIL = [
    "Passwords are confidential and must never be shared with anyone else.",
    "Employees decline any friend request that a pupil sends them on Facebook.",
    "Nothing may be posted online that brings the school into disrepute.",
    "Photographs of children are taken with school equipment only.",
    "Chain letters may not be forwarded.",
    "The school monitors how its internet and email are used.",
    "On social media nobody names the school as their employer.",
    "Any breach of this policy may lead to disciplinary action.",
    "Software is not installed without the consent of the network manager.",
    "Gambling on school computers is forbidden.",
]
TRUST = [
    "No betting takes place on the trust's machines.",
    "You keep your login secret and tell it to no one.",
    "Staff must refuse when a student asks to be their friend on a social network.",
    "Do not publish anything by which the academy's reputation may suffer.",
    "Pictures of learners are made with the academy's own cameras and nothing else.",
    "Spam and chain mail must not be passed on.",
    "Use of the web and of mailboxes is subject to surveillance.",
    "Members of staff do not say on their profile that they are employed by the trust.",
    "Whoever violates these rules faces discipline or dismissal.",
    "Applications are downloaded only by those whom the ICT team has authorised.",
]
ANSWERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]


def passages(*texts: str) -> list[Passage]:
    """A text that ends in ` #` is a heading."""
    return [Passage(text.removesuffix(" #"), None, text.endswith(" #")) for text in texts]


def test_each_rule_is_most_akin_to_the_same_rule_of_another_model() -> None:
    scores = kinship(passages(*COUNCIL), passages(*TRUST))
    assert list(scores.argmax(axis=1)) == ANSWERS


def test_most_rules_of_two_models_are_paired_and_said_to_be_unsure() -> None:
    pairs = [pair for pair in align_kindred(passages(*COUNCIL), passages(*TRUST)) if pair.left and pair.right]
    assert all(ANSWERS[pair.left[0]] == pair.right[0] for pair in pairs)
    assert len(pairs) >= 8
    assert all(pair.found_by == "words" and pair.confidence < 0.6 for pair in pairs)


UNLIKE = [
    ("Pupils hand their mobile phones to the office.", "Personal calls may not be made on work phones."),
    ("Copyright of materials must be respected.", "Users must keep antivirus software switched on."),
    ("Parents are told of a school trip by letter.", "Staff may not be friends with parents on Facebook."),
]


@pytest.mark.parametrize(("left", "right"), UNLIKE)
def test_rules_that_share_little_more_than_a_subject_are_not_paired(left: str, right: str) -> None:
    found = align_kindred(passages(left, *COUNCIL[3:6]), passages(right, *TRUST[:3]))
    assert ((0,), (0,)) not in [(pair.left, pair.right) for pair in found]


def test_the_heading_over_a_clause_tells_what_it_is_about() -> None:
    left = passages("Passwords #", "They are kept secret.", "Visitors #", "They sign in at the office.")
    right = passages("Car park #", "It is locked at dusk.", "Login details #", "You tell them to no one.")
    plain = passages("Car park", "It is locked at dusk.", "Login details", "You tell them to no one.")
    assert kinship(left, right)[1, 3] > kinship(left, plain)[1, 3]


def test_sections_that_speak_of_the_same_make_their_clauses_more_alike() -> None:
    rule = "It is written on no paper."
    secrets = "Passwords are changed every term.", "A password is confidential.", "Login details are never disclosed."
    meals = "Lunch is hot.", "The cook chooses the menu.", "Spoons lie in the tray."
    scores = kinship(passages(rule, *secrets), passages("Computers #", rule, *secrets[1:], "Meals #", rule, *meals))
    assert scores[0, 1] > 1.5 * scores[0, 5]


OTHER_USES = [
    "I have read that photographs of pupils may not be taken with mobile phones.",
    "The purpose of this policy is that photographs of pupils are not taken with mobile phones.",
    "Pupils may see that photographs of pupils are not taken with mobile phones.",
]


@pytest.mark.parametrize("other", OTHER_USES)
def test_a_rule_for_staff_is_neither_an_aim_nor_a_declaration_nor_a_rule_for_pupils(other: str) -> None:
    rule = "Photographs of pupils are not taken with mobile phones."
    scores = kinship(passages(rule, "Bicycles are locked."), passages(rule, other, "Gates are shut."))
    assert scores[0, 1] < 0.7 * scores[0, 0]


def test_an_entry_in_a_list_of_things_is_not_a_rule() -> None:
    rule = passages("Photographs of pupils are not taken with mobile phones.", "Bicycles are locked.")
    listed = passages("Examples of devices include:", "Mobile phones that take photographs")
    alone = passages("Devices are looked after.", "Mobile phones that take photographs")
    assert kinship(rule, listed)[0, 1] < kinship(rule, alone)[0, 1]


def test_the_scores_are_shares_and_the_same_whichever_way_round() -> None:
    scores = kinship(passages(*COUNCIL), passages(*TRUST))
    assert scores.min() >= 0.0
    assert scores.max() <= 1.0001
    assert np.allclose(scores, kinship(passages(*TRUST), passages(*COUNCIL)).T, atol=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [("young people", "pupil"), ("licence agreements", "licensing"), ("log in", "password"), ("harassment", "bullied"),
     ("organisation", "school"), ("unauthorized", "permission")],
)  # fmt: skip
def test_words_of_one_meaning_are_known_as_such(one: str, other: str) -> None:
    meanings = [{concept for concept in concepts_of(text) if concept.kind != "word"} for text in (one, other)]
    assert meanings[0] & meanings[1]


def test_a_rule_is_known_by_what_stands_together_in_a_sentence() -> None:
    beside = "The caretaker opens the gates at eight and closes them at six. " * 4
    together = concepts_of(f"{beside} Staff do not accept friend requests from pupils.")
    apart = concepts_of(f"Staff are friendly. {beside} They do not accept parcels.")
    assert "friend requests" in {concept.name for concept in together if concept.kind == "rules"}
    assert "friend requests" not in {concept.name for concept in apart if concept.kind == "rules"}


def test_every_rule_in_the_list_is_made_of_meanings_in_the_list() -> None:
    """A name that is mistyped would never be found, without a sound."""
    parts: dict[str, dict[str, list[str]]] = {}
    part: dict[str, list[str]] = {}
    for line in (Path(concept.__file__).parent / "concepts.yaml").read_text(encoding="utf-8").splitlines():
        if line.endswith(":"):
            part = parts.setdefault(line.removesuffix(":"), {})
        elif line.startswith("  "):
            name, _, entries = line.strip().partition(":")
            assert name not in part, name
            part[name] = entries.split(",")
    meanings = {name for kind in ("tells", "is of", "says little") for name in parts[kind]}
    assert {word for rule in parts["rules"].values() for way in rule for word in way.split()} <= meanings


def test_all_forms_of_a_word_have_one_stem() -> None:
    assert stem_of("monitored") == stem_of("monitoring") == stem_of("monitors")


@pytest.mark.parametrize("words", ["", "1998", "ملخص السياسة", "Rhaid i staff gadw cyfrineiriau"])
def test_a_text_in_another_script_or_language_or_none_is_no_hindrance(words: str) -> None:
    assert kinship(passages(words), passages(*TRUST)).shape == (1, len(TRUST))
