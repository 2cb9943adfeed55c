"""What the site's pages owe their readers over time: a remark on what is out of date, links that last, the language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policybook.adopt import resolve, resolve_model
from policybook.compare import compare, find_positions, witness_of_policy
from policybook.domain.adoption import Adoption, Decision, School, Tailoring
from policybook.domain.inline import plain
from policybook.domain.model import Clause, ModelVersion, Parameter, Part, Publisher, Topic
from policybook.domain.page import Callout, Heading, Page, Paragraph, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.markdown import write_markdown
from policybook.report.adoption import adoption_page
from policybook.report.model import model_page
from policybook.report.position import positions_page

AGE = Parameter("age_limit", "age", "Age until which contact is barred", 19, topic="past-pupils")
PARTS = (
    Part("use", "Use", clauses=(
        Clause("use.first", text="The first rule."),
        Clause("use.age", text="No contact under {{ age_limit }}.", topics=("past-pupils",)),
    )),
)  # fmt: skip
MODEL = ModelVersion(
    "hr/mail", "1", "E-mail", Publisher("hr", "County HR", "council-hr"), date(2024, 9, 1), PARTS, {"age_limit": AGE}
)
NEWER = replace(MODEL, version="2", issued=date(2026, 9, 1), supersedes="1")
SCHOOL = School("oak", "Oak School", "school", "Oak")
APPROVED = Decision("approved", "Full Governing Board", date(2024, 11, 21))
ADOPTION = Adoption("oak", "mail", "hr/mail", "1", {"age_limit": 18}, decisions=(APPROVED,))
TOPIC = Topic("past-pupils", "Past pupils", "Until what age?", "age", "until {{ value }}")


def page_of(adoption: Adoption = ADOPTION, model: ModelVersion = MODEL, newer: ModelVersion | None = None) -> Page:
    policy = resolve(model, adoption, SCHOOL)
    comparison = compare(witness_of_policy("A", resolve_model(model)), witness_of_policy("B", policy))
    return adoption_page(policy, adoption, comparison, newer)


def callouts(page: Page) -> list[str]:
    return [plain(block.runs) for block in page.blocks if isinstance(block, Callout)]


def test_a_superseded_version_says_so_at_its_head_and_leads_to_the_newer_one() -> None:
    page = model_page(resolve_model(MODEL), [MODEL, NEWER], [])
    banner = page.blocks[0]
    assert isinstance(banner, Callout)
    assert "2" in plain(banner.runs)
    assert "page:models/hr/mail/2.md" in [run.link for run in banner.runs]
    current = model_page(resolve_model(NEWER), [MODEL, NEWER], [])
    assert not isinstance(current.blocks[0], Callout)


def test_a_policy_on_an_older_version_says_that_the_model_has_moved_on() -> None:
    assert callouts(page_of(newer=NEWER)) == [
        "The model has moved on: this policy follows version 1, and version 2 has taken its place. "
        "What it would mean here"
    ]
    assert callouts(page_of()) == []


def test_a_link_to_a_clause_survives_renumbering() -> None:
    inserted = Tailoring("insert", "oak.new", "Agreed.", text="A rule before it.", after="use.first")
    found = {}
    for name, adoption in (("before", ADOPTION), ("after", replace(ADOPTION, tailorings=(inserted,)))):
        blocks = [block for block in page_of(adoption).blocks if isinstance(block, Paragraph | Heading)]
        (found[name],) = [block for block in blocks if block.anchor == "use.age"]
    assert found["before"].number != found["after"].number


def test_a_policy_in_another_language_says_so_on_its_headings_and_its_words() -> None:
    page = page_of(model=replace(MODEL, language="cy"))
    assert page.language == "cy"
    text = write_markdown(page, lambda _: None)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings
    assert all('lang="cy"' in line for line in headings)
    assert '<div class="pb pb-asides" lang="cy">' in text


def test_a_policy_says_which_answers_were_the_school_s_to_give_and_who_approved_them() -> None:
    page = page_of()
    (table,) = [block for block in page.blocks if isinstance(block, Table) and block.caption.startswith("Answers")]
    said = [plain(runs) for cell in table.rows[0] for runs in cell.paragraphs]
    assert said == ["Age until which contact is barred", "18", "19", "1.2"]
    assert any(
        "Full Governing Board approved them on 21 November 2024" in plain(block.runs)
        for block in page.blocks
        if isinstance(block, Paragraph)
    )


def school(index: int, age: int) -> ResolvedPolicy:
    adoption = replace(ADOPTION, school=f"s{index}", values={"age_limit": age})
    return resolve(MODEL, adoption, School(f"s{index}", f"School {index}", "school", f"S{index}"))


def test_the_picture_of_a_topic_names_the_school_that_stands_alone() -> None:
    table = find_positions([TOPIC], [school(index, 18 if index == 3 else 19) for index in range(6)])
    page = positions_page(table, {TOPIC.id: TOPIC}, has_charts=True)
    (chart,) = [block for block in page.blocks if isinstance(block, Table) and block.layout == "bars"]
    said = [[" ".join(plain(runs) for runs in cell.paragraphs) for cell in row] for row in chart.rows]
    assert said == [["until 19", "5", ""], ["until 18", "1", "School 3, alone in this"]]
