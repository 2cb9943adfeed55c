"""Adoptions read out of documents: resolved, they give the document back word for word, in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adopt.generated import Draw, as_document, texts_of
from conftest import ROOT
from policybook.adopt import resolve
from policybook.adopt.infer import infer_adoption
from policybook.domain.adoption import INHERITED, Adoption, School, Tailoring
from policybook.domain.inline import Run
from policybook.domain.model import Clause, Value
from policybook.domain.source import SourceClause
from policybook.store import read_workspace

EXAMPLE, _ = read_workspace(ROOT)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_resolving_what_was_inferred_gives_the_document_back_word_for_word_in_order(seed: int) -> None:
    draw = Draw(seed)
    policy = resolve(draw.model, draw.adoption, draw.school)
    if not policy.clauses:
        return
    inferred = infer_adoption(draw.model, as_document(policy), draw.school)
    assert texts_of(resolve(draw.model, inferred.adoption, draw.school)) == texts_of(policy)
    assert inferred.differences == ()
    assert {entry.reason for entry in inferred.adoption.tailorings} <= {INHERITED}


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_a_model_adopted_as_it_is_has_no_tailoring(seed: int) -> None:
    draw = Draw(seed)
    plain = Adoption("oak", "mail", "hr/mail", "1", values={"keeper": "bursar"})
    policy = resolve(draw.model, plain, draw.school)
    assert infer_adoption(draw.model, as_document(policy), draw.school).adoption.tailorings == ()


@pytest.mark.parametrize("ref", sorted(ref for ref, entry in EXAMPLE.adoptions.items() if EXAMPLE.model_of(entry)))
def test_the_example_adoptions_are_found_again_with_their_values(ref: str) -> None:
    adoption = EXAMPLE.adoptions[ref]
    model, school = EXAMPLE.model_of(adoption), EXAMPLE.schools[adoption.school]
    assert model
    policy = resolve(model, adoption, school)
    inferred = infer_adoption(model, as_document(policy), school, adoption.policy)
    again = resolve(model, inferred.adoption, school)
    assert texts_of(again) == texts_of(policy)
    assert inferred.adoption.ref == ref
    stated = {run.parameter for clause in policy.clauses for run in clause.runs if run.parameter}
    # A value that only the school's own wording states cannot be told from its words.
    own = {run.parameter for clause in policy.clauses if clause.tailoring for run in clause.runs}
    for name, value in inferred.found.items():
        if name in stated - own:
            assert value == policy.values[name], name


@pytest.mark.parametrize(
    ("ref", "name", "value"),
    [
        ("lady-zia-wernher/social-media-internet", "past_pupil_age_limit", 19),
        ("lady-zia-wernher/social-media-internet", "review_cycle", "2 years"),
        ("lady-zia-wernher/social-media-internet", "sign_off_keeper", "school business manager"),
        ("severn-valley/staff-ict-social-media", "pupil_age_limit", 18),
        ("severn-valley/staff-ict-social-media", "core_hours", "09:00-16:15"),
        ("severn-valley/staff-ict-social-media", "contact_hours", "08:00-18:00"),
        ("severn-valley/staff-ict-social-media", "filtering_provider", "Smoothwall"),
        ("severn-valley/staff-ict-social-media", "review_cycle", "3 years"),
        ("three-rivers/acceptable-use", "review_cycle", "3 years"),
    ],
)
def test_values_come_out_typed(ref: str, name: str, value: Value) -> None:
    adoption = EXAMPLE.adoptions[ref]
    model, school = EXAMPLE.model_of(adoption), EXAMPLE.schools[adoption.school]
    assert model
    policy = resolve(model, adoption, school)
    assert infer_adoption(model, as_document(policy), school).found[name] == value


def test_a_move_comes_out_as_a_move() -> None:
    draw = next(Draw(seed) for seed in range(100) if len(Draw(seed).model.parts) > 1)
    moved = Tailoring("move", draw.model.parts[0].clauses[0].id, "x", into=draw.model.parts[-1].id)
    policy = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1", tailorings=(moved,)), draw.school)
    inferred = infer_adoption(draw.model, as_document(policy), draw.school).adoption
    assert {entry.kind for entry in inferred.tailorings} == {"move"}


def test_the_name_of_another_school_is_told() -> None:
    model = EXAMPLE.models["luton-hr/social-media-internet@2024-10"]
    other = School("oak", "Oak Lane School", "school")
    adoption = EXAMPLE.adoptions["lady-zia-wernher/social-media-internet"]
    policy = resolve(model, adoption, EXAMPLE.schools["lady-zia-wernher"])
    inferred = infer_adoption(model, as_document(policy), other)
    assert inferred.names["school_name"] == "Lady Zia Wernher School"
    again = infer_adoption(model, as_document(policy), replace(other, name=inferred.names["school_name"]))
    assert len(again.adoption.tailorings) < len(inferred.adoption.tailorings)


@pytest.mark.parametrize(
    "words",
    ["Signs of * markup _ and [brackets](here) stay words.", "A back\\slash.", "**", "1. not a number", "# no heading"],
)
def test_signs_of_markup_in_a_document_stay_words(words: str) -> None:
    draw = Draw(1)
    plain = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1"), draw.school)
    document = [*as_document(plain), SourceClause("paragraph", 2, (Run(words),))]
    inferred = infer_adoption(draw.model, document, draw.school)
    assert texts_of(resolve(draw.model, inferred.adoption, draw.school)) == [*texts_of(plain), words]


GARDEN = SourceClause("paragraph", 1, (Run("Quite other words about the school garden and its bees."),))


def test_a_document_of_a_single_other_clause_cannot_be_recorded_and_that_is_said() -> None:
    inferred = infer_adoption(Draw(3).model, [GARDEN], Draw(3).school)
    assert inferred.differences == (GARDEN.text,)


def test_a_document_of_another_policy_comes_back_whole_all_the_same() -> None:
    draw = Draw(3)
    document = [GARDEN, replace(GARDEN, runs=(Run("More about bees."),)), replace(GARDEN, runs=(Run("And honey."),))]
    inferred = infer_adoption(draw.model, document, draw.school)
    assert inferred.differences == ()
    assert texts_of(resolve(draw.model, inferred.adoption, draw.school)) == [clause.text for clause in document]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_what_stands_before_the_first_part_is_kept_too(seed: int) -> None:
    draw = Draw(seed)
    policy = resolve(draw.model, draw.adoption, draw.school)
    document = [SourceClause("heading", 1, (Run("Our own title"),)), GARDEN, *as_document(policy)]
    inferred = infer_adoption(draw.model, document, draw.school)
    words = [" ".join(clause.text.split()) for clause in document]
    assert inferred.differences == ()
    assert texts_of(resolve(draw.model, inferred.adoption, draw.school)) == words


def test_a_title_or_notice_that_is_the_model_s_is_printed_above_the_text_and_is_no_departure() -> None:
    draw = Draw(5)
    model = replace(draw.model, notice="Drawn up by HR. Adopted by the school.")
    plain = resolve(model, Adoption("oak", "mail", "hr/mail", "1", values={"keeper": "bursar"}), draw.school)
    front = [
        SourceClause("heading", 1, (Run(words),)) for words in ("E-MAIL", "Drawn up by HR.", "Adopted by the school.")
    ]
    inferred = infer_adoption(model, [*front, *as_document(plain)], draw.school)
    assert inferred.front == ("E-MAIL", "Drawn up by HR.", "Adopted by the school.")
    assert inferred.adoption.tailorings == ()


def test_a_section_under_another_heading_stays_and_only_its_heading_is_the_school_s() -> None:
    draw = next(Draw(seed) for seed in range(100) if len(Draw(seed).model.parts) > 2)
    plain = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1", values={"keeper": "bursar"}), draw.school)
    document = list(as_document(plain))
    second = next(index for index, clause in enumerate(plain.clauses) if clause.id == draw.model.parts[1].id)
    document[second] = replace(document[second], runs=(Run("Bees"),))
    inferred = infer_adoption(draw.model, document, draw.school)
    assert [(entry.kind, entry.clause) for entry in inferred.adoption.tailorings] == [
        ("substitute", draw.model.parts[1].id)
    ]


def test_a_clause_reworded_and_moved_is_both_and_neither_loses_its_words() -> None:
    draw = next(Draw(seed) for seed in range(100) if len(Draw(seed).model.parts) > 1)
    clause = next(entry for entry in draw.model.parts[0].clauses if not (entry.head or entry.fields or entry.choices))
    both = (
        Tailoring("substitute", clause.id, "x", "Bees are kept behind the hall."),
        Tailoring("move", clause.id, "x", into=draw.model.parts[-1].id),
    )
    policy = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1", tailorings=both), draw.school)
    assert "Bees are kept behind the hall." in texts_of(policy)


def test_a_line_that_only_names_the_school_takes_no_other_words_for_its_name() -> None:
    draw = Draw(6)
    part = replace(
        draw.model.parts[0], clauses=(Clause("p0.name", text="{{ school_name }}"), *draw.model.parts[0].clauses)
    )
    model = replace(draw.model, parts=(part, *draw.model.parts[1:]))
    plain = resolve(model, Adoption("oak", "mail", "hr/mail", "1"), draw.school)
    document = list(as_document(plain))
    document[1] = replace(document[1], runs=(Run("Written long ago by Oak Lane School and others"),))
    assert infer_adoption(model, document, draw.school).names.get("school_name") in (None, "Oak Lane School")


def test_an_empty_document_is_no_crash() -> None:
    draw = Draw(4)
    assert infer_adoption(draw.model, [], draw.school).adoption.values == {}


ROTA = (("Day", "Who is on duty"), ("Monday", "The *bursar* [of the day]"), ("Friday", "Mrs | Hill"))


@pytest.mark.parametrize("caption", ["", "Who is on duty"])
def test_a_school_s_own_table_stays_a_table(caption: str) -> None:
    draw = Draw(1)
    plain = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1"), draw.school)
    table = SourceClause("table", 2, (Run(caption),), rows=(*ROTA, ("", "")))
    inferred = infer_adoption(draw.model, [*as_document(plain), table], draw.school)
    assert inferred.differences == ()
    last = resolve(draw.model, inferred.adoption, draw.school).clauses[-1]
    printed = tuple(tuple("".join(run.text for run in cell) for cell in row) for row in (last.head, *last.rows))
    assert (last.kind, last.origin, printed) == ("table", "inserted", ROTA)
    assert last.text == table.text


def test_a_table_without_a_head_has_none() -> None:
    draw = Draw(1)
    plain = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1"), draw.school)
    table = SourceClause("table", 2, (), rows=(("", ""), *ROTA))
    inferred = infer_adoption(draw.model, [*as_document(plain), table], draw.school)
    (own,) = inferred.adoption.tailorings
    assert (own.head, len(own.rows), inferred.differences) == ((), 3, ())
