"""What one school says across all its policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybook.domain.finding import Finding
from policybook.store import read_workspace
from policybook.workflow.workspace import check_workspace, open_workspace
from record_sample import ADOPTION, MODEL, edit, write_sample

SCHOOL = "clauses/schools/oak.yaml"
OTHER = "clauses/models/hr/phones/1/policy.yaml"
RECORD = "clauses/adoptions/oak/phones/adoption.yaml"
TOPICS = """\
schema: 1
topics:
  past-pupils: {label: Past pupils, question: Until what age?, answer: age, says: "until {{ value }}"}
"""
POLICY = """\
schema: 1
id: hr/phones
version: "1"
title: Telephones
publisher: {name: HR Service, kind: council-hr}
parameters:
  past_age: {type: age, label: Past pupils, default: 19, minimum: 18, topic: past-pupils}
  office: {type: telephone, label: Office}
parts: [phone]
"""
PART = """\
schema: 1
id: phone
heading: Telephones
clauses:
  - {id: phone.age, text: "No calls under {{ past_age }}."}
  - {id: phone.office, text: "Call {{ office }}."}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    for name, text in (
        ("clauses/topics.yaml", TOPICS),
        (OTHER, POLICY),
        ("clauses/models/hr/phones/1/01-phone.yaml", PART),
        (RECORD, 'schema: 1\nschool: oak\nmodel: hr/phones\nversion: "1"\nvalues: {office: 01234 5678}\n'),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    edit(tmp_path, MODEL, "default: 19}", "default: 19, topic: past-pupils}")
    return tmp_path


def found(root: Path, code: str) -> list[Finding]:
    return [finding for finding in check_workspace(root) if finding.code == code]


def give(root: Path, values: str) -> None:
    edit(root, SCHOOL, "kind: school\n", f"kind: school\nvalues: {{{values}}}\n")


def said(root: Path, ref: str, clause: str) -> str:
    return next(entry.text for entry in open_workspace(root).policies[ref].clauses if entry.id == clause)


def test_a_value_given_once_holds_in_every_policy_by_its_topic(root: Path) -> None:
    give(root, "past-pupils: 21")
    assert said(root, "oak/mail", "use.age") == "No contact under twenty-one."
    assert said(root, "oak/phones", "phone.age") == "No calls under 21."
    assert said(root, "ash/mail", "use.age") == "No contact under nineteen."


def test_a_value_given_by_name_holds_where_a_parameter_has_that_name(root: Path) -> None:
    give(root, "age_limit: 21")
    assert said(root, "oak/mail", "use.age") == "No contact under twenty-one."
    assert said(root, "oak/phones", "phone.age") == "No calls under 19."


def test_the_value_of_one_adoption_counts_before_the_school_s(root: Path) -> None:
    give(root, "past-pupils: 21")
    edit(root, ADOPTION, "values: {", "values: {age_limit: 20, ")
    assert said(root, "oak/mail", "use.age") == "No contact under twenty."


def test_a_blank_that_the_school_fills_for_all_is_no_blank(root: Path) -> None:
    edit(root, ADOPTION, "values: {telephone: 01234 5678}", "values: {}")
    assert ADOPTION in [entry.place.path for entry in found(root, "value.missing")]
    give(root, "telephone: 01234 5678")
    assert ADOPTION not in [entry.place.path for entry in found(root, "value.missing")]


def test_a_value_is_of_the_type_and_within_the_limits_of_every_parameter_it_speaks_of(root: Path) -> None:
    give(root, "past-pupils: 17")
    findings = found(root, "value.outside")
    assert [(entry.severity, entry.place.path, entry.place.line) for entry in findings] == [("error", SCHOOL, 5)]
    assert "oak/phones" in findings[0].message
    edit(root, SCHOOL, "past-pupils: 17", "past-pupils: seventeen")
    assert len(found(root, "value.outside")) == 2
    edit(root, SCHOOL, "past-pupils: seventeen", "past-pupils: 18")
    assert not found(root, "value.outside")


def test_a_value_that_no_policy_uses_is_told(root: Path) -> None:
    give(root, "past-pupil: 21")
    assert [entry.place.line for entry in found(root, "value.unused")] == [5]
    edit(root, SCHOOL, "past-pupil: 21", "past-pupils: 21")
    assert not found(root, "value.unused")


def test_two_answers_of_one_school_on_one_topic_are_told_even_where_one_is_the_model_s(root: Path) -> None:
    assert not found(root, "value.disagrees")
    edit(root, RECORD, "values: {", "values: {past_age: 18, ")
    findings = found(root, "value.disagrees")
    assert [(entry.severity, entry.place.path, entry.place.line) for entry in findings] == [("warning", RECORD, 5)]
    assert "19 in oak/mail, 18 in oak/phones" in findings[0].message
    edit(root, RECORD, "past_age: 18", "past_age: 19")
    assert not found(root, "value.disagrees")


def test_a_section_that_is_left_out_answers_nothing(root: Path) -> None:
    edit(root, RECORD, "values: {", "values: {past_age: 18, ")
    text = (root / RECORD).read_text(encoding="utf-8")
    (root / RECORD).write_text(f"{text}tailorings: [{{omit: phone.age, reason: Ours.}}]\n", encoding="utf-8")
    assert not found(root, "value.disagrees")


def test_one_name_without_a_topic_is_only_noted_and_only_where_the_school_set_it(root: Path) -> None:
    edit(root, OTHER, "office:", "age_limit: {type: age, label: Age, default: 18}\n  office:")
    edit(root, "clauses/models/hr/phones/1/01-phone.yaml", "Call {{ office }}", "Call {{ office }}, {{ age_limit }}")
    edit(root, MODEL, ", topic: past-pupils", "")
    assert not found(root, "value.disagrees")
    edit(root, RECORD, "values: {", "values: {age_limit: 20, ")
    assert not found(root, "value.disagrees")
    edit(root, ADOPTION, "values: {", "values: {age_limit: 21, ")
    assert [entry.severity for entry in found(root, "value.disagrees")] == ["note"]


def test_a_detail_may_differ(root: Path) -> None:
    edit(root, OTHER, "label: Office", "label: Office, detail: true")
    edit(root, OTHER, "office:", "telephone:")
    edit(root, "clauses/models/hr/phones/1/01-phone.yaml", "{{ office }}", "{{ telephone }}")
    edit(root, RECORD, "office: 01234 5678", "telephone: 01234 9999")
    assert not found(root, "value.disagrees")


def test_values_of_a_school_keep_their_lines(root: Path) -> None:
    give(root, "past-pupils: 21")
    records, _ = read_workspace(root)
    assert records.schools["oak"].place_of("values.past-pupils").line == 5
