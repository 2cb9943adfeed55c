"""The text in force: conditions, choices, tailorings in any order, numbers, values and blanks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adopt.generated import Draw, texts_of
from conftest import ROOT
from policybook.adopt import resolve, resolve_model
from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.model import (
    Choice,
    Clause,
    Condition,
    ModelVersion,
    Parameter,
    ParameterType,
    Part,
    Publisher,
    Value,
)
from policybook.domain.resolved import ResolvedPolicy
from policybook.store import read_workspace

OAK = School("oak", "Oak School", "school", "Oaks")


def model(*clauses: Clause, **more: object) -> ModelVersion:
    parts = more.pop("parts", (Part("use", "Use", clauses=clauses),))
    return ModelVersion("hr/mail", "1", "E-mail", Publisher("hr", "HR", "council-hr"), None, parts, **more)  # type: ignore[arg-type]


def resolved(made: ModelVersion, *tailorings: Tailoring, school: School = OAK, **more: object) -> ResolvedPolicy:
    return resolve(made, Adoption("oak", "mail", made.id, "1", tailorings=tailorings, **more), school)  # type: ignore[arg-type]


def clause(name: str, text: str = "", **more: object) -> Clause:
    return Clause(f"use.{name}", text=text or f"Words of {name}.", **more)  # type: ignore[arg-type]


ABC = model(clause("a"), clause("b", clauses=(clause("b1", kind="item"), clause("b2", kind="item"))), clause("c"))


def ids(policy: ResolvedPolicy) -> list[str]:
    return [entry.id.removeprefix("use.") for entry in policy.clauses[1:]]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_clause_is_lost_and_none_stands_twice(seed: int) -> None:
    draw = Draw(seed)
    adoption = replace(draw.adoption, values=draw.adoption.values | {"phones": True})
    policy = resolve(draw.model, adoption, draw.school)
    counts = Counter(entry.id for entry in policy.clauses)
    assert max(counts.values(), default=1) == 1
    omitted = {entry.clause for entry in adoption.tailorings if entry.kind == "omit"}
    kept = {clause.id for clause in draw.model.walk()}
    for top in draw.model.walk():
        if top.id in omitted or (top.when and top.when.value is not True):
            kept -= {below.id for below in top.walk()}
    if not any(entry.kind == "move" for entry in adoption.tailorings):
        assert kept <= counts.keys()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_without_tailoring_the_clauses_are_those_of_the_model(seed: int) -> None:
    draw = Draw(seed)
    alone = resolve_model(draw.model)
    plain = resolve(draw.model, Adoption("oak", "mail", "hr/mail", "1"), draw.school)
    assert [(entry.id, entry.number) for entry in plain.clauses] == [
        (entry.id, entry.number) for entry in alone.clauses
    ]


@pytest.mark.parametrize("ref", sorted(read_workspace(ROOT)[0].models))
def test_each_example_model_prints_each_clause_once(ref: str) -> None:
    made = read_workspace(ROOT)[0].models[ref]
    printed = [entry.id for entry in resolve_model(made).clauses]
    assert len(printed) == len(set(printed))
    assert {entry.id for entry in made.walk() if entry.withdrawn is None and entry.when is None} <= set(printed)


@pytest.mark.parametrize(
    ("tailorings", "expected"),
    [
        ((), "a b b1 b2 c"),
        ((Tailoring("omit", "use.b", ""),), "a c"),
        ((Tailoring("move", "use.c", "", into="use"),), "c a b b1 b2"),
        ((Tailoring("move", "use.b1", "", after="use.c"),), "a b b2 c b1"),
        ((Tailoring("omit", "use.b", ""), Tailoring("move", "use.b1", "", after="use.a")), "a b1 c"),
        ((Tailoring("insert", "oak.x", "", "X", after="use.b"),), "a b b1 b2 oak.x c"),
        ((Tailoring("insert", "oak.x", "", "X", into="use.b"),), "a b oak.x b1 b2 c"),
        ((Tailoring("insert", "oak.x", "", "X", after="use"),), "oak.x a b b1 b2 c"),
        ((Tailoring("move", "use.b", "", into="use.b1"),), "a b b1 b2 c"),
    ],
    ids=[
        "none",
        "omit",
        "move first",
        "move out",
        "omit after move",
        "insert",
        "insert within",
        "after heading",
        "circle",
    ],
)
def test_tailorings_are_applied_in_one_order_whatever_order_they_are_written_in(
    tailorings: tuple[Tailoring, ...], expected: str
) -> None:
    assert ids(resolved(ABC, *tailorings)) == expected.split()
    assert ids(resolved(ABC, *reversed(tailorings))) == expected.split()


def test_a_part_whose_clauses_are_all_gone_goes_with_its_heading() -> None:
    made = model(
        parts=(Part("use", "Use", clauses=(clause("a"),)), Part("end", "End", clauses=(Clause("end.z", text="Z."),)))
    )
    assert texts_of(resolved(made, Tailoring("omit", "use.a", ""))) == ["End", "Z."]


def test_a_part_can_have_the_schools_own_heading() -> None:
    assert texts_of(resolved(ABC, Tailoring("substitute", "use", "", "Our use")))[0] == "Our use"


@pytest.mark.parametrize(("kind", "shown"), [("school", "a"), ("trust", "a t"), ("academy", "a t")])
def test_a_clause_is_there_for_its_kinds_of_school(kind: str, shown: str) -> None:
    made = model(clause("a"), clause("t", when=Condition(school=("trust", "academy"))))
    assert ids(resolved(made, school=replace(OAK, kind=kind))) == shown.split()  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "shown"), [(True, "a p"), (False, "a")])
def test_a_clause_is_there_by_the_value_of_a_parameter(value: bool, shown: str) -> None:
    made = model(
        clause("a"),
        clause("p", when=Condition(parameter="phones", value=True)),
        parameters={"phones": Parameter("phones", "boolean", "Phones")},
    )
    assert ids(resolved(made, values={"phones": value})) == shown.split()


def test_the_first_choice_holds_until_another_is_chosen() -> None:
    made = model(clause("h", choices=(Choice("short", "In breaks."), Choice("long", "Always.")), tailoring="choice"))
    assert texts_of(resolved(made))[1:] == ["In breaks."]
    chosen = resolved(made, choices={"use.h": "long"})
    assert (texts_of(chosen)[1:], chosen.clauses[1].origin) == (["Always."], "choice")


def test_numbers_are_worked_out_from_the_position() -> None:
    inner = clause("n", clauses=(clause("n1"), clause("l1", marker="letter"), clause("l2", marker="letter")))
    heading = clause("h", kind="heading", clauses=(clause("h1"),))
    schedule = Part("form", "Form", "schedule", (Clause("form.a", text="A."),))
    made = model(parts=(Part("use", "Use", clauses=(clause("a"), inner, heading, clause("z"))), schedule))
    numbers = {entry.id: entry.number for entry in resolved(made).clauses}
    assert numbers == {
        "use": "1", "use.a": "1.1", "use.n": "1.2", "use.n1": "1.2.1", "use.l1": "(a)", "use.l2": "(b)",
        "use.h": None, "use.h1": "1.3", "use.z": "1.4", "form": "Appendix A", "form.a": "A.1",
    }  # fmt: skip
    assert {e.number for e in resolved(replace(made, numbering="none")).clauses if e.marker != "letter"} == {
        None,
        "Appendix A",
    }


@pytest.mark.parametrize(
    ("kind", "value", "text", "printed"),
    [
        ("age", 19, "{{ x }} and {{ x | words }}", "19 and nineteen"),
        ("duration", "3 years", "{{ x | words | loud }} {{ x | words }}", "{{ x | words | loud }} three years"),
        ("time", "16:15", "{{ x }}", "4.15pm"),
        ("time-range", "09:00-12:00", "{{ x }}", "9am to noon"),
        ("list", ("A", "B", "C"), "{{ x }}", "A, B and C"),
        ("role", "head", "{{ x | capital }}", "Head"),
        ("text", "*stars* {{ x }}", "{{ x }}", "*stars* {{ x }}"),
        ("text", None, "{{ x }}", "[Label]"),
        ("text", "a", "**{{ school_name | possessive }}** {{ school_short_name | possessive }}", "Oak School’s Oaks’"),
    ],
)
def test_values_are_printed_as_plain_words(kind: ParameterType, value: Value, text: str, printed: str) -> None:
    made = model(clause("a", text), parameters={"x": Parameter("x", kind, "Label")})
    assert texts_of(resolved(made, values={"x": value}))[1] == printed


def test_a_value_comes_from_the_adoption_then_the_schools_roles_then_the_model() -> None:
    made = model(clause("a", "{{ head }}"), parameters={"head": Parameter("head", "role", "Head", "headteacher")})
    with_role = replace(OAK, roles={"head": "principal"})
    assert texts_of(resolved(made))[1] == "headteacher"
    assert texts_of(resolved(made, school=with_role))[1] == "principal"
    assert texts_of(resolved(made, school=with_role, values={"head": "head of school"}))[1] == "head of school"


def test_a_reference_prints_the_number_that_the_clause_has_now() -> None:
    made = model(clause("a", "See {{ clause:use.c }}."), clause("b"), clause("c"))
    assert texts_of(resolved(made))[1] == "See 1.3."
    assert texts_of(resolved(made, Tailoring("omit", "use.b", "")))[1] == "See 1.2."
