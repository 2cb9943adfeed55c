"""What words give away: people, titles, names of schools, hard reading, definitions that were lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policybook.check.hidden import find_hidden_references
from policybook.check.index import index_model
from policybook.check.passage import Passage
from policybook.check.readability import reading_age
from policybook.check.review import find_model_review_problems, find_review_problems
from policybook.check.role import find_title_problems, titles_in
from policybook.check.structure import find_lost_references, find_structure_problems
from policybook.check.term import find_lost_terms
from policybook.check.words import find_foreign_names, index_names
from policybook.domain.adoption import Adoption, Decision, School, Tailoring
from policybook.domain.finding import Place
from policybook.domain.model import Clause, Condition, ModelVersion, Parameter, Part, Publisher, SchoolKind, Value
from policybook.text.person import find_persons
from policybook.text.sentence import split_sentences
from policybook.text.word import words_of
from policybook.workflow.workspace import check_workspace
from store.small import ADOPTION, SCHOOL, write_workspace

HERE = Place("a.yaml", 1)


def model(*clauses: Clause, **more: object) -> ModelVersion:
    parts = (Part("use", "Use", clauses=clauses),)
    return ModelVersion("hr/mail", "1", "E-mail", Publisher("hr", "HR", "council-hr"), None, parts, **more)  # type: ignore[arg-type]


def adoption(*tailorings: Tailoring, **more: object) -> Adoption:
    return Adoption("oak", "mail", "hr/mail", "1", tailorings=tailorings, **more)  # type: ignore[arg-type]


PEOPLE = [
    ("Report it to Mrs Hill.", ("Mrs Hill", "very likely")),
    ("Report it to Dr. J. Hill-Price, please.", ("Dr. J. Hill-Price", "very likely")),
    ("The headteacher, Jane Hill, decides.", ("Jane Hill", "perhaps")),
    ("Chair: Amir Khan", ("Amir Khan", "perhaps")),
    ("Write to jane.hill@oak.example.", ("jane.hill@…", "perhaps")),
    ("Write to head.office@oak.example.", None),
    ("Report it to the headteacher.", None),
    ("The headteacher, Full Governing Board and staff decide.", None),
    ("The line manager, Grievance Procedure or union.", None),
    ("Dame Alice Hill School keeps a list.", None),
    ("Sir John Cass Foundation", None),
    ("Ask at Mrs O'Hara's office.", ("Mrs O'Hara", "very likely")),
    ("St Mary Magdalene is our patron.", None),
    ("Malicious Communications Act", None),
    ("Asha Patel is responsible for the school's account.", ("Asha Patel", "perhaps")),
    ("Asha Patel, our network manager, keeps the passwords.", ("Asha Patel", "perhaps")),
    ("Zoë McBride-Jones looks after the website.", ("Zoë McBride-Jones", "perhaps")),
    ("Asha Patel (data protection officer) answers.", ("Asha Patel", "perhaps")),
    ("If in doubt contact Asha Patel in the office.", ("Asha Patel", "perhaps")),
    ("The list is kept by Asha Patel.", ("Asha Patel", "perhaps")),
    ("Put it to Asha Patel on 01632 960511.", ("Asha Patel", "perhaps")),
    ("The network technician, Asha Patel, keeps it.", ("Asha Patel", "perhaps")),
    ("Governing Body is responsible for the account.", None),
    ("The Headteacher is responsible for the account.", None),
    ("Social Media is our concern.", None),
    ("Oak Networks looks after the website.", None),
    ("Contact Oak Lane School.", None),
    ("Contact Asha Patel School.", None),
    ("The form is kept by Human Resources.", None),
    ("On devices such as the laptop, Memory Card, camera.", None),
    ("Pupils use Microsoft Teams, Google Classroom, or paper.", None),
]


@pytest.mark.parametrize(("text", "person"), PEOPLE, ids=[entry[0] for entry in PEOPLE])
def test_a_person_is_known_by_a_title_or_an_address_or_by_what_stands_beside_the_name(
    text: str, person: tuple[str, str] | None
) -> None:
    found = next(find_persons(text), None)
    assert (found and (found.shown, found.confidence)) == person


def test_a_role_of_a_school_that_is_a_person_is_told_at_its_line(tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (SCHOOL, "", "roles:\n  keeper: Jane Hill\n  clerk: Clerk to Governors\n"))
    (finding,) = [entry for entry in check_workspace(root) if entry.code == "name.person"]
    assert finding.place.path == SCHOOL
    assert "Jane Hill" in finding.message


TITLES = [
    (("The headteacher.", "The Headteacher's office."), 1),
    (("The headteacher.", "A head teacher."), 2),
    (("The principal decides.", "The principal aim."), 1),
    (("The principal aim.",), 0),
    (("The headteacher.", "The principal, if present."), 2),
    (("The headteacher.", "The deputy head teacher."), 1),
    (("The headteacher.", "The executive headteacher."), 1),
    (("The governing body.", "The full governing board."), 2),
]


@pytest.mark.parametrize(("texts", "count"), TITLES, ids=[" / ".join(entry[0]) for entry in TITLES])
def test_one_post_should_have_one_title(texts: tuple[str, ...], count: int) -> None:
    titles = titles_in([Passage(text, "use.a", HERE) for text in texts])
    assert len(titles) == count
    assert len(list(find_title_problems(titles))) == (count > 1)


def test_a_title_of_the_schools_own_that_its_model_does_not_use_is_told_once() -> None:
    own = titles_in([Passage("The principal decides, and the principal tells.", "oak.news", Place("own.yaml", 4))])
    beneath = titles_in([Passage("The headteacher asks.", "use.a", HERE)])
    assert list(find_title_problems(own, own)) == []
    assert [entry.place.path for entry in find_title_problems(own, beneath)] == ["own.yaml"]


OAK = School("oak", "Oak School", "school")
OTHERS = [
    OAK,
    School("elm", "Elm Road School", "school", "ERS", aliases=("the school", "Elm Road Juniors")),
    School("north", "North Trust", "trust"),
]
NAMES = [
    ("Ask the office of Elm Road School.", True),
    ("Ask ERS.", True),
    ("Ask the Elm Road Juniors.", True),
    ("Ask the school.", False),
    ("Ask Oak School.", False),
    ("Ask North Trust.", False),
    ("Cross the elm road, school is there.", False),
]


@pytest.mark.parametrize(("text", "is_told"), NAMES, ids=[entry[0] for entry in NAMES])
def test_another_schools_name_is_known_by_name_short_name_and_telling_aliases(text: str, is_told: bool) -> None:
    own = adoption(Tailoring("insert", "oak.news", "Ours.", text))
    assert bool(list(find_foreign_names(own, index_names(OTHERS), OAK))) == is_told


def test_a_body_that_the_record_knows_is_meant_on_purpose() -> None:
    names = index_names(OTHERS)
    words = Tailoring("insert", "oak.news", "Ours.", "Elm Road School keeps the list.")
    partner = {"partner": Parameter("partner", "organisation", "Partner")}
    assert list(find_foreign_names(adoption(words), names, OAK, model(parameters=partner)))
    named = adoption(words, values={"partner": "Elm Road School"})
    assert not list(find_foreign_names(named, names, OAK, model(parameters=partner)))
    assert not list(find_foreign_names(adoption(words, covers=("elm",)), names, OAK))


def age_of(text: str) -> int | None:
    return reading_age([words_of(sentence) for sentence in split_sentences(text)])


def test_long_words_and_long_sentences_raise_the_reading_age_and_a_short_text_has_none() -> None:
    easy = "We ask the head and then we go. " * 30
    plain = "Staff ask the headteacher before they take a picture of a pupil for the newsletter. " * 20
    hard = "Unauthorised dissemination of confidential organisational communications constitutes misconduct. " * 20
    ages = [age_of(text) for text in (easy, plain, hard)]
    assert all(age is not None for age in ages)
    assert ages == sorted(ages, key=lambda age: age or 0)
    assert (ages[0] or 0) < 9 < 16 < (ages[2] or 0)
    assert age_of("We ask.") is None


def test_the_index_is_that_of_the_paper() -> None:
    """4.71 letters a word + 0.5 words a sentence - 21.43, as a grade; 5 more as an age."""
    sentence = ["five5"] * 20  # 5 letters a word, 20 words a sentence: 23.55 + 10 - 21.43 = 12.12
    assert reading_age([sentence] * 10) == 17


PUPIL = Clause("use.pupil", text="A *pupil* is under 19.", defines=("pupil",), place=HERE)
CONTACT = Clause("use.contact", text="No contact with any pupil, as defined above.", place=HERE)
PLAIN = Clause("use.plain", text="Pupils come first.", place=HERE)
OMIT = Tailoring("omit", "use.pupil", "Ours.", place=Place("own.yaml", 7))
LOST = [
    ("a section leans on the definition", (PUPIL, CONTACT), (OMIT,), ["warning"]),
    ("a section only uses the word", (PUPIL, PLAIN), (OMIT,), ["note"]),
    ("nobody uses the word", (PUPIL,), (OMIT,), []),
    ("the section that leaned is left out as well", (PUPIL, CONTACT),
     (OMIT, Tailoring("omit", "use.contact", "Ours.")), []),
    ("the section that leaned was reworded", (PUPIL, CONTACT),
     (OMIT, Tailoring("substitute", "use.contact", "Ours.", "No contact with children.")), []),
    ("the definition was reworded", (PUPIL, CONTACT),
     (Tailoring("substitute", "use.pupil", "Ours.", "A pupil is under 18."),), []),
    ("the definition was reworded away", (PUPIL, CONTACT),
     (Tailoring("substitute", "use.pupil", "Ours.", "See above."),), ["warning"]),
    ("another clause defines it too", (PUPIL, replace(PLAIN, defines=("pupil",)), CONTACT), (OMIT,), []),
    ("nothing is left out", (PUPIL, CONTACT), (), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clauses", "tailorings", "severities"), [entry[1:] for entry in LOST], ids=[entry[0] for entry in LOST]
)
def test_a_definition_that_a_school_leaves_out_is_told_where(
    clauses: tuple[Clause, ...], tailorings: tuple[Tailoring, ...], severities: list[str]
) -> None:
    found = list(find_lost_terms(adoption(*tailorings), index_model(model(*clauses))))
    assert [entry.severity for entry in found] == severities
    assert all(entry.code == "term.undefined" for entry in found)


A = Clause("use.a", text="See {{ clause:use.b }}.")
B = Clause("use.b", text="See {{ clause:use.c }}.")
C = Clause("use.c", text="See {{ clause:use.a }}.")


def test_a_circle_of_references_is_told_once_from_its_first_clause() -> None:
    (finding,) = find_structure_problems(index_model(model(A, B, C)))
    assert "use.a → use.b → use.c → use.a" in finding.message
    assert not list(find_structure_problems(index_model(model(A, B, Clause("use.c", text="No more.")))))
    assert list(find_structure_problems(index_model(model(Clause("use.a", text="See {{ clause:use.a }}.")))))


REFERS = [
    ("what is referred to is left out", (Tailoring("omit", "use.b", "Ours."),), 1),
    ("both are left out", (Tailoring("omit", "use.b", "Ours."), Tailoring("omit", "use.a", "Ours.")), 0),
    ("what refers is reworded", (Tailoring("omit", "use.b", "O."), Tailoring("substitute", "use.a", "O.", "Ask.")), 0),
    ("the new words refer to it again",
     (Tailoring("omit", "use.b", "O."), Tailoring("substitute", "use.a", "O.", "By {{ clause:use.b }}.")), 1),
    ("nothing that matters is left out", (Tailoring("omit", "use.c", "Ours."),), 0),
]  # fmt: skip


@pytest.mark.parametrize(("tailorings", "count"), [entry[1:] for entry in REFERS], ids=[entry[0] for entry in REFERS])
def test_a_reference_to_what_the_school_leaves_out_is_an_error(tailorings: tuple[Tailoring, ...], count: int) -> None:
    index = index_model(model(A, Clause("use.b", text="Rule."), Clause("use.c", text="More.")))
    found = list(find_lost_references(adoption(*tailorings), index))
    assert [entry.code for entry in found] == ["reference.unresolved"] * count


HIDES = [
    ("the kind of school hides what is referred to", {}, "school", (), 1),
    ("it is there for an academy", {}, "academy", (), 0),
    ("what refers is reworded", {}, "school", (Tailoring("substitute", "use.a", "O.", "Ask."),), 0),
    ("what refers is left out", {}, "school", (Tailoring("omit", "use.a", "O."),), 0),
    ("a section below what is hidden", {}, "academy",
     (Tailoring("insert", "oak.x", "O.", "See {{ clause:use.d }}.", after="use.a"),), 1),
    ("it is shown by a value", {"has_trips": True}, "academy",
     (Tailoring("insert", "oak.x", "O.", "See {{ clause:use.d }}.", after="use.a"),), 0),
    ("a cell of the school's own table", {}, "academy",
     (Tailoring("insert", "oak.x", "O.", after="use.a", clause_kind="table", rows=(("{{ clause:use.c }}",),)),), 1),
    ("own words that name what is there", {}, "academy",
     (Tailoring("insert", "oak.x", "O.", "See {{ clause:use.b }} on {{ has_trips }}.", after="use.a"),), 0),
    ("two sections refer to what is hidden", {}, "trust", (), 2),
    ("the section around one of them is left out", {}, "trust", (Tailoring("omit", "use.e", "O."),), 1),
    ("the section around one of them has other words", {}, "trust", (Tailoring("substitute", "use.e", "O.", "E."),), 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "kind", "tailorings", "count"), [entry[1:] for entry in HIDES], ids=[entry[0] for entry in HIDES]
)
def test_a_reference_to_what_a_condition_hides_is_an_error(
    values: dict[str, Value], kind: SchoolKind, tailorings: tuple[Tailoring, ...], count: int
) -> None:
    trips = Clause(
        "use.c", text="Trips.", when=Condition(parameter="has_trips", value=True), clauses=(Clause("use.d"),)
    )
    around = Clause("use.e", text="Around.", clauses=(Clause("use.f", text="See {{ clause:use.g }}."),))
    hidden = Clause("use.g", text="Not for a trust.", when=Condition(("school", "academy")))
    made = model(A, Clause("use.b", text="Rule.", when=Condition(("academy",))), trips, around, hidden)
    made = replace(made, parameters={"has_trips": Parameter("has_trips", "boolean", "Trips", False)})
    own = replace(adoption(*tailorings), values=values)
    found = list(find_hidden_references(own, made, School("oak", "Oak School", kind), index_model(made)))
    assert [entry.code for entry in found] == ["reference.hidden"] * count
    why = "the kind of school this is" if kind != "academy" else "'has_trips' here"
    assert all(entry.message.endswith(f"which is hidden because of {why}") for entry in found)


APPROVED = Decision("approved", "Board", date(2024, 1, 1))
REVIEWS = [
    ("2026-02-28", (APPROVED,), "review.overdue"),
    ("2026-03-01", (APPROVED,), None),
    ("Autumn 2025", (APPROVED,), "review.overdue"),
    ("Spring 2026", (APPROVED,), None),
    ("", (APPROVED,), None),
    ("next year", (APPROVED,), "review.unclear"),
    ("2023-12-31", (APPROVED,), "review.unclear"),
    ("2025-01-01", (APPROVED, Decision("withdrawn", "Board", date(2025, 6, 1))), None),
    ("2025-01-01", (), "review.overdue"),
]


@pytest.mark.parametrize(("words", "decisions", "code"), REVIEWS)
def test_a_review_is_overdue_from_the_day_after(words: str, decisions: tuple[Decision, ...], code: str | None) -> None:
    record = adoption(next_review=words, decisions=decisions)
    assert [entry.code for entry in find_review_problems(record, date(2026, 3, 1))] == ([code] if code else [])


@pytest.mark.parametrize(
    ("issued", "every", "is_due"),
    [
        (date(2024, 3, 1), "2 years", False),
        (date(2024, 2, 29), "2 years", True),
        (date(2025, 8, 1), "6 months", True),
        (date(2025, 2, 1), "", False),
        (None, "1 year", False),
    ],
)
def test_a_model_is_due_when_its_own_cycle_has_run_out(issued: date | None, every: str, is_due: bool) -> None:
    version = replace(model(), issued=issued, review=every)
    assert bool(list(find_model_review_problems(version, date(2026, 3, 1)))) == is_due


def test_nothing_is_overdue_without_a_day(tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (ADOPTION, "", "review: {next: 2020-01-01}\n"))
    assert "review.overdue" not in {entry.code for entry in check_workspace(root)}


def test_no_person_is_seen_in_policies_that_name_none(twins: Path) -> None:
    files = sorted(twins.glob("*.txt"))
    assert files
    assert [
        (file.name, person.shown)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        for person in find_persons(line)
    ] == []
