"""One record that serves many schools: counted for each, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from chain_sample import write
from policybook.render.text import write_text
from policybook.report.matrix import matrix_page
from policybook.report.policy import policy_page
from policybook.report.position import count_answers, positions_page
from policybook.report.register import register_data, register_page
from policybook.site.audience import SiteAudience, count_others, records_for_school
from policybook.workflow.audience import plan_site
from policybook.workflow.book import read_book
from policybook.workflow.register import read_register
from policybook.workflow.workspace import check_workspace, open_workspace
from record_sample import ADOPTION, TODAY, edit, write_sample

ASH = "clauses/adoptions/ash/mail/adoption.yaml"
TOPICS = """\
schema: 1
topics:
  past-pupils: {label: Past pupils, question: Until what age?, answer: age, says: "until {{ value }}"}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    write(tmp_path, "clauses/topics.yaml", TOPICS)
    edit(tmp_path, "clauses/models/hr/mail/1/policy.yaml", "default: 19}", "default: 19, topic: past-pupils}")
    for name in ("elm", "fir"):
        text = f"schema: 1\nid: {name}\nname: {name.capitalize()} School\nkind: school\naliases: [{name}-alias]\n"
        write(tmp_path, f"clauses/schools/{name}.yaml", text)
    edit(tmp_path, ADOPTION, "school: oak\n", "school: oak\ncovers: [elm, fir]\n")
    edit(tmp_path, ADOPTION, "values: {", "values: {age_limit: 21, ")
    return tmp_path


def codes(root: Path) -> list[str]:
    return [finding.code for finding in check_workspace(root) if finding.code.startswith("covers.")]


def test_a_sound_record_has_no_finding(root: Path) -> None:
    assert codes(root) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[elm, fir]", "[elm, oka]", "covers.unknown"),
        ("[elm, fir]", "[elm, elm]", "covers.twice"),
        ("[elm, fir]", "[oak]", "covers.twice"),
        ("[elm, fir]", "[elm, ash]", "covers.own"),
    ],
)
def test_a_school_is_known_served_once_and_has_no_record_of_its_own(old: str, new: str, code: str, root: Path) -> None:
    edit(root, ADOPTION, old, new)
    found = [finding for finding in check_workspace(root) if finding.code == code]
    assert [(finding.place.path, finding.place.line) for finding in found] == [(ADOPTION, 3)]
    assert codes(root) == [code]


def test_a_school_served_by_two_records_for_one_policy_is_a_finding(root: Path) -> None:
    edit(root, ASH, "school: ash\n", "school: ash\ncovers: [fir]\n")
    assert codes(root) == ["covers.twice"]


def test_a_record_of_another_policy_or_model_is_no_matter(root: Path) -> None:
    text = "schema: 1\nschool: elm\nmodel: none\nfile: rest.txt\n"
    write(root, "clauses/adoptions/elm/rest/adoption.yaml", text)
    assert codes(root) == []


def test_an_adoption_of_the_same_model_under_another_name_is_the_school_s_own(root: Path) -> None:
    write(root, "clauses/adoptions/elm/post/adoption.yaml", 'schema: 1\nschool: elm\nmodel: hr/mail\nversion: "1"\n')
    assert codes(root) == ["covers.own"]


def test_every_school_has_a_row_in_the_register(root: Path) -> None:
    register = read_register(root, TODAY)
    page = write_text(register_page(register))
    for name in ("Oak School", "Elm School", "Fir School", "Ash School"):
        assert name in page
    assert "2 policies of 4 schools" in page
    entry = register_data(register)["policies"][1]
    assert entry["covers"] == ["elm", "fir"]
    assert entry["served"] == [{"id": "elm", "name": "Elm School"}, {"id": "fir", "name": "Fir School"}]


def test_matrix_and_positions_count_schools(root: Path) -> None:
    book = read_book(open_workspace(root))
    matrix = write_text(matrix_page(book.collations["hr/mail@1"], "All"))
    assert "4 schools have adopted this version" in matrix
    assert "Oak School (and 2 more)" in matrix
    assert "3 of 4" in matrix
    assert count_answers(book.positions, "past-pupils") == {"until 21": 3, "until 19": 1}
    assert "until 21 (3)" in write_text(positions_page(book.positions, book.workspace.records.topics))


def test_the_document_is_built_once_and_names_whom_it_serves(root: Path) -> None:
    workspace = open_workspace(root)
    plan = plan_site(workspace, SiteAudience("council"), "key", TODAY)
    outputs = [task.output for task in plan.tasks]
    assert len(outputs) == len(set(outputs))
    assert not [output for output in outputs if "/elm/" in output]
    assert "Elm School, Fir School" in write_text(policy_page(workspace.policies["oak/mail"]))


def test_a_served_school_has_a_page_that_leads_to_the_policy(root: Path) -> None:
    pages = {page.path: page for page in plan_site(open_workspace(root), SiteAudience("council"), "key", TODAY).pages}
    assert pages["schools/elm/mail.md"].section == ("Schools", "Elm School")
    assert "that of Oak School serves it" in write_text(pages["schools/elm/mail.md"].page)


def test_the_site_of_a_served_school_has_its_policy_and_names_no_other_school(root: Path) -> None:
    plan = plan_site(open_workspace(root), SiteAudience("school", "elm"), "key", TODAY)
    pages = {page.path: write_text(page.page) for page in plan.pages}
    assert {"schools/elm/mail.md", "schools/oak/mail.md"} <= pages.keys()
    assert [task.output for task in plan.tasks if task.output.endswith("oak-mail-1.docx")]
    for said in (*pages.values(), *(repr(task.arguments) for task in plan.tasks)):
        assert "Fir School" not in said
        assert "fir-alias" not in said


def test_of_the_school_whose_record_serves_it_another_one_has_the_name_alone(root: Path) -> None:
    records = records_for_school(open_workspace(root).records, "elm")
    assert records.schools["oak"].roles == {}
    assert records.schools["elm"].aliases == ("elm-alias",)
    assert records.adoptions["oak/mail"].covers == ("elm",)


def test_other_schools_are_counted_by_school_and_never_below_five(root: Path) -> None:
    workspace = open_workspace(root)
    book = read_book(workspace)
    assert count_others(workspace.records, book.positions, "ash").adopters == {}
    names = ["elm", "fir", "gean", "hazel", "ivy"]
    for name in names[2:]:
        write(root, f"clauses/schools/{name}.yaml", f"schema: 1\nid: {name}\nname: {name} School\nkind: school\n")
    edit(root, ADOPTION, "[elm, fir]", f"[{', '.join(names)}]")
    workspace = open_workspace(root)
    positions = read_book(workspace).positions
    assert count_others(workspace.records, positions, "ash").adopters == {"hr/mail@1": 6}
    assert count_others(workspace.records, positions, "ash").answers == {"past-pupils": (("until 21", 6),)}
    assert count_others(workspace.records, positions, "elm").adopters == {}
