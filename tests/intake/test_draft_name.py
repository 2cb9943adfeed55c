"""What a document calls its school and the people in it."""

from __future__ import annotations

import pytest

from policybook.domain.inline import Run
from policybook.domain.model import Publisher
from policybook.domain.source import SourceClause, SourceDocument
from policybook.intake.draft import draft_model
from policybook.intake.draft_name import names_in
from policybook.intake.suggest import find_short_name
from policybook.render.text import write_text
from policybook.report.intake import import_page


def document(*texts: str, school: str = "") -> SourceDocument:
    heading = SourceClause("heading", 1, (Run("Rules"),))
    clauses = (heading, *(SourceClause("paragraph", 2, (Run(text),)) for text in texts))
    return SourceDocument("x", clauses, {"title": "E-mail", **({"organisation": school} if school else {})})


@pytest.mark.parametrize(
    ("school", "text", "short"),
    [
        ("Oak Lane School", "OLS asks. Staff of OLS help.", "OLS"),
        ("Oak Lane School", "OLS asks.", ""),  # once may be anything
        ("Oak Lane School", "OLSX asks OLSX.", ""),
        ("Oak School", "OS and OS.", ""),  # two letters stand for too much
        ("Hill Education Service (HES)", "HES asks. HES helps.", "HES"),
        ("", "OLS asks. Staff of OLS help.", ""),
    ],
)
def test_the_letters_of_a_school_s_name_are_its_short_name(school: str, text: str, short: str) -> None:
    assert find_short_name(school, [text]) == short


def test_the_short_name_becomes_a_blank_and_stays_out_of_the_ids() -> None:
    made = draft_model(
        document("OLS asks staff.", "Staff of OLS’s office help at all times.", school="Oak Lane School"),
        "hr/mail", "1", Publisher("hr", "HR", "other"),
    ).model  # fmt: skip
    assert [clause.text for clause in made.walk()] == [
        "{{ school_short_name }} asks staff.", "Staff of {{ school_short_name }}’s office help at all times.",
    ]  # fmt: skip
    assert not [clause.id for clause in made.walk() if "ols" in clause.id.partition(".")[2].split("-")]


@pytest.mark.parametrize("other", ["Head teacher", "Head Teacher", "HEADTEACHER"])
def test_one_title_in_two_spellings_is_one_role_and_is_told(other: str) -> None:
    given = document("The Headteacher decides.", "Ask the headteacher.", f"{other} signs.")
    draft = draft_model(given, "hr/mail", "1", Publisher("hr", "HR", "other"))
    assert [(p.name, p.type, p.default) for p in draft.model.parameters.values()] == [
        ("headteacher", "role", "headteacher")
    ]
    assert [clause.text for clause in draft.model.walk()] == [
        "The {{ headteacher | capital }} decides.", "Ask the {{ headteacher }}.", f"{other} signs.",
    ]  # fmt: skip
    (told,) = [remark for remark in draft.remarks if "one person's title" in remark]
    assert "“headteacher” (2)" in told


def test_two_titles_are_two_roles_and_nothing_is_told() -> None:
    draft = draft_model(
        document("The headteacher asks the line manager."), "hr/mail", "1", Publisher("hr", "HR", "other")
    )
    assert sorted(draft.model.parameters) == ["headteacher", "line_manager"]
    assert list(names_in(document("The headteacher asks the line manager.")).remarks()) == []


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("between 9am and 4.15pm", "between {{ between_hours | between }}"),
        ("from 8.00am to 6.00pm", "from {{ hours | minutes }}"),
        ("from 8am to 6.30pm", "from {{ hours }}"),
        ("from 8.00am to 6.30pm", "from {{ hours | minutes }}"),
    ],
)
def test_hours_are_a_value_in_whichever_way_they_are_printed(words: str, written: str) -> None:
    draft = draft_model(document(f"Open {words}."), "hr/mail", "1", Publisher("hr", "HR", "other"))
    (parameter,) = draft.model.parameters.values()
    (clause,) = draft.model.walk()
    assert parameter.type == "time-range"
    assert clause.text.replace(parameter.name, "X") == f"Open {written}.".replace("between_hours", "X").replace(
        "{{ hours", "{{ X"
    )


def test_a_person_s_name_stays_out_of_the_ids_wherever_it_stands() -> None:
    given = document(
        "Asha Patel is responsible for the account.", "Asha Patel also looks at it.", "Mrs Hill", "Ask Jo."
    )
    draft = draft_model(given, "hr/mail", "1", Publisher("hr", "HR", "other"))
    ids = [clause.id for clause in draft.model.walk()]
    assert not {"asha", "patel", "hill"} & {word for name in ids for word in name.replace(".", "-").split("-")}
    assert "rules.responsible-account" in ids


def test_a_parameter_is_one_line_however_often_it_stands() -> None:
    given = document("The headteacher decides.", "Ask the headteacher.", "Tell the headteacher.")
    page = write_text(
        import_page(draft_model(given, "hr/mail", "1", Publisher("hr", "HR", "other")), (), (), written=False)
    )
    (line,) = [line for line in page.splitlines() if "headteacher" in line]
    assert "3 sections, first rules." in line
