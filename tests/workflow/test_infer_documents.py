"""Adoptions read out of whole documents: the real ones beside the project, their twins, and Word files that we built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adopt.generated import texts_of
from conftest import REAL, ROOT
from policybook.adopt import resolve
from policybook.adopt.infer import Inference
from policybook.domain.adoption import INHERITED, School
from policybook.domain.model import ModelVersion, Publisher, Value
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.draft import draft_model
from policybook.intake.draft_name import names_in
from policybook.render.docx import write_docx
from policybook.report.policy import policy_page
from policybook.store import find_template, read_workspace
from policybook.workflow.adopt import infer_from

EXAMPLE, _ = read_workspace(ROOT)
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real policies are not beside the project")
PAIRS = [("000", "001"), ("001", "000"), ("000", "002"), ("002", "000"), ("001", "002"), ("002", "001")]
"""Two adopters of one family of policies, and one of another family."""


def real(number: str) -> SourceDocument:
    return read_document(next(REAL.glob(f"{number}_*")))


def model_from(document: SourceDocument) -> ModelVersion:
    return draft_model(document, "hr/policy", "1", Publisher("hr", "HR", "other")).model


def school_of(document: SourceDocument) -> School:
    said = names_in(document)
    name = said.school or "Oak Lane School"
    return School("oak", name, "school", said.short or name)


def assert_round_trip(model: ModelVersion, document: SourceDocument, school: School, inferred: Inference) -> None:
    printed = texts_of(resolve(model, inferred.adoption, school))
    words = [" ".join(clause.text.split()) for clause in document.clauses if clause.text.strip()]
    assert [*inferred.front, *printed] == words
    assert inferred.differences == ()
    assert {entry.reason for entry in inferred.adoption.tailorings} <= {INHERITED}
    assert set(inferred.confidence) == {(entry.kind, entry.clause) for entry in inferred.adoption.tailorings}


@needs_real
@pytest.mark.parametrize(("of", "from_"), PAIRS)
def test_real_documents_come_back_from_models_imported_from_each_other(of: str, from_: str) -> None:
    document, model = real(of), model_from(real(from_))
    school = school_of(document)
    assert_round_trip(model, document, school, infer_from(document, model, school, ""))


@needs_real
@pytest.mark.parametrize(("of", "from_", "fewest"), [("000", "001", 25), ("001", "000", 25)])
def test_a_clause_that_answers_the_model_s_is_a_rewording_and_not_left_out_and_added(
    of: str, from_: str, fewest: int
) -> None:
    document, model = real(of), model_from(real(from_))
    inferred = infer_from(document, model, school_of(document), "")
    sure = [entry for entry in inferred.confidence.items() if entry[0][0] == "substitute"]
    assert len(sure) >= fewest
    assert sum(confidence >= 0.6 for _, confidence in sure) >= 0.8 * len(sure)


FACTS: dict[str, set[tuple[str, Value]]] = {
    "000": {
        ("age", 18),
        ("time-range", "08:00-18:00"),
        ("time-range", "09:00-16:15"),
        ("duration", "3 years"),
        ("organisation", "Smoothwall"),
        ("role", "headteacher"),
        ("role", "line manager"),
        ("name", "Severn Valley School"),
        ("short name", "SVS"),
    },
    "001": {("time-range", "09:00-16:15"), ("role", "head teacher"), ("role", "Chair of Governors")},
    "002": {("age", 19), ("role", "headteacher"), ("role", "line manager"), ("role", "Chief Executive Officer")},
    "003": {("role", "headteacher"), ("role", "ICT Co-ordinator"), ("role", "designated safeguarding officer")},
    "004": {
        ("role", "headteacher"),
        ("role", "IT technician"),
        ("organisation", "Udata"),
        ("organisation", "JC Comtech"),
        ("name", "Three Rivers Federation"),
    },
}
"""Everything in each real document that schools differ in, as a reader finds it there: age limits, hours, review cycle,
firms, people's titles, the school's names. 002 names its school above its text only; 003 names none."""


def facts_of(model: ModelVersion, inferred: Inference) -> set[tuple[str, Value]]:
    kinds = {"school_name": "name", "school_short_name": "short name"}
    values = {(str(model.parameters[name].type), value) for name, value in inferred.found.items()}
    return values | {(kinds[name], value) for name, value in inferred.names.items()}


@needs_real
@pytest.mark.parametrize("number", sorted(FACTS))
def test_every_value_of_a_real_document_is_read_into_a_model_of_it_with_blanks(number: str) -> None:
    document = real(number)
    made = model_from(document)
    blank = {name: replace(parameter, default=None) for name, parameter in made.parameters.items()}
    model = replace(made, parameters=blank)
    inferred = infer_from(document, model, School("oak", "Oak Lane School", "school", "Oak Lane"), "")
    assert facts_of(model, inferred) == FACTS[number]
    assert set(inferred.adoption.values) == set(inferred.found)


@needs_real
@pytest.mark.parametrize(
    ("of", "from_", "facts"),
    [
        ("000", "001", {("time-range", "09:00-16:15")}),
        ("001", "000", {("time-range", "09:00-16:15"), ("organisation", "the school's filtering provider")}),
        ("000", "000", FACTS["000"]),
        ("001", "001", FACTS["001"]),
        ("002", "000", set()),
        ("000", "002", set()),
    ],
)
def test_values_come_over_from_one_real_document_to_the_model_of_another(
    of: str, from_: str, facts: set[tuple[str, Value]]
) -> None:
    """001 says neither an age nor hours for calls, and 002 follows another model: what is not said is not inferred."""
    document, model = real(of), model_from(real(from_))
    assert facts_of(model, infer_from(document, model, school_of(document), "")) == facts


@needs_real
@pytest.mark.parametrize(
    ("number", "ref", "school", "values"),
    [
        (
            "000",
            "ghes/staff-ict-social-media@2018-01",
            "severn-valley",
            {
                "pupil_age_limit": 18,
                "core_hours": "09:00-16:15",
                "contact_hours": "08:00-18:00",
                "review_cycle": "3 years",
                "filtering_provider": "Smoothwall",
            },
        ),
        ("001", "ghes/staff-ict-social-media@2018-01", "severn-valley", {"core_hours": "09:00-16:15"}),
        ("002", "luton-hr/social-media-internet@2024-10", "lady-zia-wernher", {"past_pupil_age_limit": 19}),
        ("003", "example-trust/social-media-ict@2017-09", "severn-valley", {"review_cycle": "1 year"}),
        ("002", "example-trust/social-media-ict@2017-09", "severn-valley", {}),
        ("004", "luton-hr/social-media-internet@2024-10", "lady-zia-wernher", {}),
    ],
)
def test_values_come_out_of_a_document_that_says_it_in_other_words_than_the_model(
    number: str, ref: str, school: str, values: dict[str, Value]
) -> None:
    model = EXAMPLE.models[ref]
    found = infer_from(real(number), model, EXAMPLE.schools[school], "").found
    typed = {name: value for name, value in found.items() if model.parameters[name].type != "boolean"}
    assert typed == values


@needs_real
def test_nothing_is_concluded_from_what_a_document_in_other_words_does_not_say() -> None:
    model = EXAMPLE.models["luton-hr/social-media-internet@2024-10"]
    assert "mobile_phone_policy" not in infer_from(real("002"), model, EXAMPLE.schools["lady-zia-wernher"], "").found


@pytest.mark.parametrize("ref", sorted(ref for ref, entry in EXAMPLE.adoptions.items() if EXAMPLE.model_of(entry)))
def test_a_word_file_that_we_built_is_read_back_as_the_adoption_that_made_it(ref: str, tmp_path: Path) -> None:
    """Tables and forms too: none of them is a departure."""
    adoption = EXAMPLE.adoptions[ref]
    model, school = EXAMPLE.model_of(adoption), EXAMPLE.schools[adoption.school]
    assert model
    file = tmp_path / "policy.docx"
    file.write_bytes(write_docx(policy_page(resolve(model, adoption, school)), find_template(ROOT)))
    inferred = infer_from(read_document(file), model, school, adoption.policy)
    tables = {clause.id for clause in model.walk() if clause.rows or clause.fields}
    assert [entry for entry in inferred.adoption.tailorings if entry.clause in tables] == []
    shown = {clause.id: clause for clause in resolve(model, inferred.adoption, school).clauses}
    for clause in resolve(model, adoption, school).clauses:
        if clause.id in tables:
            assert (shown[clause.id].rows, shown[clause.id].fields) == (clause.rows, clause.fields)
    assert {entry.kind for entry in inferred.adoption.tailorings} <= {entry.kind for entry in adoption.tailorings}
