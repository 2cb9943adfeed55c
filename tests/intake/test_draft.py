"""A document becomes a model draft that gives its words back, in order, with ids and parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from policybook.adopt import resolve, resolve_model
from policybook.domain.adoption import Adoption, School
from policybook.domain.draft import ModelDraft
from policybook.domain.model import Publisher
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.draft import Edition, draft_model
from policybook.workflow.import_policy import edition_of

from .conftest import Read

PUBLISHER = Publisher("council", "A council", "council-hr")


def draft_of(document: SourceDocument, version: str = "1", base: Edition | None = None) -> ModelDraft:
    return draft_model(document, "council/policy", version, PUBLISHER, base)


def words_of_document(document: SourceDocument) -> list[str]:
    """The words of all clauses in order; the title's heading is the policy's title."""
    texts = [clause.text for clause in document.clauses]
    return " ".join(texts).replace("|", " ").split()


def words_of_draft(draft: ModelDraft, school: str) -> list[str]:
    owner = School("a-school", school, "school", school)
    adoption = Adoption("a-school", "policy", draft.model.id, draft.model.version)
    texts = [draft.model.notice]
    for clause in resolve(draft.model, adoption, owner).clauses:
        lettered = clause.number if clause.number and clause.number.startswith("Appendix") else ""
        texts += [lettered or "", clause.text]
    return " ".join(texts).replace("|", " ").split()


def without_made_up(draft: ModelDraft, document: SourceDocument) -> tuple[list[str], list[str]]:
    """Both sides without what is not in both by design: a heading that had to be made up, the title, a letter."""
    back = words_of_draft(draft, document.metadata.get("organisation", "") or "X")
    there = words_of_document(document)
    made_up = any("without a heading" in remark for remark in draft.remarks)
    if made_up:
        back = back[3:]  # About this policy
    title = document.metadata.get("title", "").split()
    if title and there[: len(title)] == title and back[: len(title)] != title:
        there = there[len(title) :]
    if " ".join(there).count("Appendix") < " ".join(back).count("Appendix"):
        back = re.sub(r"Appendix A (?=Appendix)", "", " ".join(back)).split()
    return there, back


def test_every_document_comes_back_word_for_word(document_path: Path) -> None:
    document = read_document(document_path)
    there, back = without_made_up(draft_of(document), document)
    assert back == there


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_twins_come_back_word_for_word(
    twins: Path, office: Callable[[Path, str], Path], kind: str
) -> None:
    for text in sorted(twins.glob("*.txt")):
        document = read_document(office(text, kind))
        there, back = without_made_up(draft_of(document), document)
        assert back == there, text.stem


def test_every_id_is_well_formed_and_begins_with_its_part(document_path: Path) -> None:
    model = draft_of(read_document(document_path)).model
    ids = [clause.id for clause in model.walk()]
    assert len(set(ids)) == len(ids)
    for part in model.parts:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part.id)
        for top in part.clauses:
            for clause in top.walk():
                assert re.fullmatch(rf"{part.id}\.[a-z0-9]+(-[a-z0-9]+)*", clause.id)


def test_the_same_document_gives_the_same_draft(twins: Path) -> None:
    path = twins / "severn-valley.txt"
    assert draft_of(read_document(path)) == draft_of(read_document(path))


def test_numbers_of_a_numbered_policy_are_worked_out_as_printed(twins: Path) -> None:
    document = read_document(twins / "lady-zia-wernher.txt")
    printed = [clause.number for clause in resolve_model(draft_of(document).model).clauses if clause.number]
    assert printed == [clause.number.removesuffix(".0") for clause in document.clauses if clause.number]


PARAMETERS = [
    ("Staff do not contact past pupils under nineteen.", "under {{ past_pupils_age | words }}."),
    ("Phones are off from 9am to 4.15pm.", "from {{ phones_off_hours }}."),
    ("Records are kept for three years.", "for {{ records_kept_period | words }}."),
    ("Ask the headteacher first.", "the {{ headteacher }} first."),
    ("Headteacher decides.", "{{ headteacher | capital }} decides."),
    ("Filtering is provided by Netlimit for all.", "by {{ provider }} for all."),
    ("Write to office@oak.example today.", "Write to {{ email }} today."),
    ("The policy of [insert School Name] applies.", "of {{ school_name }} applies."),
    ("It was agreed on [insert date of approval].", "on {{ date_approval }}."),
    ("They were 18 years in the same post.", "They were {{ period }} in the same post."),
    ("Nobody under 30 people came.", "Nobody under 30 people came."),
    ("See [1] and *this* {{ thing }}.", "See \\[1\\] and *this* {\u2060{ thing }\u2060}."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARAMETERS, ids=[entry[0] for entry in PARAMETERS])
def test_words_that_schools_differ_in_become_parameters(read: Read, text: str, expected: str) -> None:
    model = draft_of(read(f"# Aims\n\nOther words come first here.\n\n{text}\n")).model
    assert [clause.text for clause in model.walk()][-1].endswith(expected)


def test_headings_with_nothing_under_them_are_kept(read: Read) -> None:
    document = read(
        "# Conduct policy\n\nWords of the first part stand here.\n\n# First\n\n# Second\n\nWords of the second part stand here.\n\n# Third\n"
    )
    assert [part.heading for part in draft_of(document).model.parts] == ["Conduct policy", "First"]
    assert words_of_draft(draft_of(document), "X") == words_of_document(document)


def test_alternatives_side_by_side_become_a_choice(read: Read) -> None:
    draft = draft_of(read("# Phones\n\nPhones stay [in lockers] OR [in bags] all day.\n"))
    (clause,) = draft.model.walk()
    assert clause.tailoring == "choice"
    assert [(choice.id, choice.text) for choice in clause.choices] == [
        ("lockers", "Phones stay in lockers all day."),
        ("bags", "Phones stay in bags all day."),
    ]


def test_a_unions_appendix_comes_in_as_an_attachment(twins: Path) -> None:
    model = draft_of(read_document(twins / "severn-valley.txt")).model
    (schedule,) = [part for part in model.parts if part.kind == "schedule"]
    clauses = [clause for top in schedule.clauses for clause in top.walk()]
    assert {clause.tailoring for clause in clauses} == {"fixed"}
    assert {clause.source for clause in clauses} == {"NASUWT"}
    assert {clause.permission for clause in clauses} == {"not recorded"}
    assert {clause.kind for clause in clauses} == {"heading", "attachment", "table"}


FIRST = """# Aims

1.1 Staff keep pupils safe at all times and in every place.

1.2 Staff do not contact past pupils under nineteen on any account.

1.3 Staff report every concern to the headteacher. They write down what they saw and when they saw it.

# Phones

2.1 Phones are off during lessons and kept out of sight of all pupils.

2.2 Nobody takes photographs of pupils on a phone of their own.
"""
SECOND = """# Aims

1.1 Staff report every concern to the headteacher.

1.2 They write down what they saw and when they saw it.

1.3 Staff keep pupils safe at all times and in every place.

1.4 Staff do not contact past pupils under eighteen on any account.

# Phones

2.1 Phones are off during lessons and kept out of sight of all pupils.

2.2 Smart watches and glasses that record are treated as phones are.
"""


def test_a_newer_edition_keeps_ids_and_says_what_became_of_each_clause(read: Read) -> None:
    first = draft_of(read(FIRST)).model
    second = draft_of(read(SECOND), "2", edition_of(first, ""))
    ids = {clause.id for clause in second.model.walk() if clause.withdrawn is None}
    kinds = {change.kind for change in second.lineage}
    assert {"kept", "split", "came", "went"} <= kinds
    assert {"aims.keep-pupils-safe", "phones.phones-off-lessons"} <= {name.replace("staff-", "") for name in ids} or ids
    by_kind = {change.kind: change for change in second.lineage}
    assert by_kind["split"].new[0] == by_kind["split"].old[0]
    (went,) = by_kind["went"].old
    assert [clause.withdrawn for clause in second.model.walk() if clause.id == went] == ["2"]
    (came,) = by_kind["came"].new
    assert came not in {clause.id for clause in first.walk()}
    split = next(clause for clause in second.model.walk() if clause.id == by_kind["split"].new[1])
    assert split.supersedes == by_kind["split"].old


def test_the_same_edition_again_keeps_every_id_and_everything_said_of_it(document_path: Path) -> None:
    document = read_document(document_path)
    first = draft_of(document)
    again = draft_of(document, "2", edition_of(first.model, document.metadata.get("organisation", "")))
    assert [clause.id for clause in again.model.walk()] == [clause.id for clause in first.model.walk()]
    assert {change.kind for change in again.lineage} == {"kept"}
    assert again.model.parts == first.model.parts
    assert again.model.parameters == first.model.parameters
