"""A decided edition as the model that others adopt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policybook.adopt import resolve, resolve_model
from policybook.adopt.chain import CLASSES, given_values, holds_words, offer_edition, stricter
from policybook.domain.adoption import Adoption, Decision, School, Tailoring
from policybook.domain.edition import Edition
from policybook.domain.model import Choice, Clause, ModelVersion, Parameter, Part, Publisher, Tailorable
from policybook.text.decided import exact_of

TRUST = School("wold", "Wold Trust", "trust", roles={"head": "chief executive"}, values={"past-pupils": 20})
COUNCIL = Publisher("hr", "HR", "council-hr")
CHOICES = (Choice("never", "Never."), Choice("often", "Often."))
MODEL = ModelVersion(
    "hr/mail", "1", "E-mail", COUNCIL, None,
    parts=(
        Part("use", "Use", clauses=(
            Clause("use.one", text="One, under {{ age }}.", closing="And no more.", clauses=(
                Clause("use.child", kind="item", text="Child."),
            )),
            Clause("use.pick", tailoring="choice", choices=CHOICES),
            Clause("use.law", text="The {{ head }} keeps the law.", tailoring="fixed"),
            Clause("use.gone", withdrawn="1"),
        )),
        Part("form", "Form", "schedule", clauses=(Clause("form.sign", text="Sign."),)),
    ),
    parameters={
        "age": Parameter("age", "age", "Age", 18, topic="past-pupils"),
        "head": Parameter("head", "role", "Head", "headteacher"),
        "set": Parameter("set", "text", "Set above", "as it is", fixed=True),
    },
)  # fmt: skip


def adoption(*tailorings: Tailoring, **others: object) -> Adoption:
    return Adoption("wold", "mail", "hr/mail", "1", tailorings=tailorings, **others)  # type: ignore[arg-type]


def edition(record: Adoption) -> Edition:
    policy = resolve(MODEL, record, TRUST)
    return Edition(
        "2026-10-01", TRUST, "mail", MODEL.id, MODEL.version, MODEL.title, COUNCIL,
        Decision("approved", "Board", date(2026, 10, 1)), policy.clauses, MODEL.parameters, policy.values,
        exact=exact_of(policy), record=record,
    )  # fmt: skip


def offered(record: Adoption) -> ModelVersion:
    return offer_edition(edition(record), MODEL, given_values(MODEL, record, TRUST), TRUST)


def clause(model: ModelVersion, name: str) -> Clause:
    return next(entry for entry in model.walk() if entry.id == name)


@pytest.mark.parametrize("one", CLASSES)
@pytest.mark.parametrize("other", CLASSES)
def test_the_stricter_of_two_classes_is_never_looser_than_either(one: Tailorable, other: Tailorable) -> None:
    found = CLASSES.index(stricter(one, other))
    assert found == max(CLASSES.index(one), CLASSES.index(other))
    assert stricter(one, None) == one


def test_a_trust_without_a_word_of_its_own_offers_the_council_s_text() -> None:
    model = offered(adoption())
    assert [entry.text for entry in resolve_model(replace(model, parameters=MODEL.parameters)).clauses] == [
        entry.text for entry in resolve_model(MODEL).clauses
    ]
    assert (model.ref, model.rests_on, model.publisher.name) == ("wold/mail@2026-10-01", "hr/mail@1", "Wold Trust")
    assert clause(model, "use.gone").withdrawn == "1"


def test_what_the_school_says_for_all_its_policies_is_handed_on_and_its_roles_are_not() -> None:
    model = offered(adoption())
    assert model.parameters["age"].default == 20
    assert model.parameters["head"].default == "headteacher"


def test_what_was_fixed_above_stays_fixed_and_as_it_was() -> None:
    model = offered(adoption(values={"set": "otherwise"}, fixed_values=("age",)))
    assert model.parameters["set"] == MODEL.parameters["set"]
    assert model.parameters["age"].fixed


CHOSEN = [
    ({}, {}, "choice", ["never", "often"], ""),
    ({"use.pick": "often"}, {}, "choice", ["often", "never"], ""),
    ({"use.pick": "often"}, {"use.pick": "fixed"}, "fixed", [], "Often."),
    ({}, {"use.pick": "fill-in"}, "fill-in", [], "Never."),
]


@pytest.mark.parametrize(("choices", "tighten", "allowed", "options", "text"), CHOSEN)
def test_choices_stay_open_until_they_are_tightened(
    choices: dict[str, str], tighten: dict[str, Tailorable], allowed: str, options: list[str], text: str
) -> None:
    found = clause(offered(adoption(choices=choices, tighten=tighten)), "use.pick")
    assert (found.tailoring, [entry.id for entry in found.choices], found.text) == (allowed, options, text)


def test_own_words_instead_of_a_choice_leave_nothing_to_choose() -> None:
    found = clause(offered(adoption(Tailoring("substitute", "use.pick", "Ours.", "At noon."))), "use.pick")
    assert (found.tailoring, found.choices, found.text) == ("fill-in", (), "At noon.")


def test_children_and_what_follows_them_stay_with_a_section_in_other_words() -> None:
    found = clause(offered(adoption(Tailoring("substitute", "use.one", "Ours.", "Other."))), "use.one")
    assert (found.text, found.closing, [entry.id for entry in found.clauses]) == (
        "Other.",
        "And no more.",
        ["use.child"],
    )


def test_a_part_has_the_heading_that_the_trust_gave_it_and_goes_when_all_its_sections_do() -> None:
    heading = Tailoring("substitute", "use", "Ours.", "How we use it")
    model = offered(adoption(heading, Tailoring("omit", "form.sign", "Ours.")))
    assert [(part.id, part.heading) for part in model.parts] == [("use", "How we use it")]


def test_an_edition_holds_the_words_that_its_record_gives_and_no_others() -> None:
    record = adoption(Tailoring("omit", "use.child", "Ours."))
    assert holds_words(edition(record), MODEL, record, TRUST)
    assert not holds_words(edition(record), MODEL, adoption(), TRUST)
    assert holds_words(edition(record), MODEL, record, replace(TRUST, name="Other name"))
