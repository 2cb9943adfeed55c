"""A document becomes a model draft that gives its words back, in order, with ids and parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from policybook.adopt import resolve, resolve_model
from policybook.domain.adoption import Adoption, School
from policybook.domain.draft import ModelDraft
from policybook.domain.inline import plain
from policybook.domain.model import Clause, Publisher
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.draft import Edition, draft_model
from policybook.intake.draft_name import SaidNames, names_in
from policybook.text.inline import parse_inline
from policybook.text.word import comparable_words
from policybook.workflow.import_policy import edition_of

from .conftest import Read

PUBLISHER = Publisher("council", "A council", "council-hr")


def draft_of(document: SourceDocument, version: str = "1", base: Edition | None = None) -> ModelDraft:
    return draft_model(document, "council/policy", version, PUBLISHER, base)


def words_of_document(document: SourceDocument) -> list[str]:
    """The words of all clauses in order; the title's heading is the policy's title."""
    texts = [clause.text for clause in document.clauses]
    return " ".join(texts).replace("|", " ").split()


def words_of_draft(draft: ModelDraft, said: SaidNames) -> list[str]:
    school = said.school or "X"
    owner = School("a-school", school, "school", said.short or school)
    adoption = Adoption("a-school", "policy", draft.model.id, draft.model.version)
    texts = [draft.model.notice]
    for clause in resolve(draft.model, adoption, owner).clauses:
        lettered = clause.number if clause.number and clause.number.startswith("Appendix") else ""
        texts += [lettered or "", clause.text]
    return " ".join(texts).replace("|", " ").split()


def without_made_up(draft: ModelDraft, document: SourceDocument) -> tuple[list[str], list[str]]:
    """Both sides without what is not in both by design: a heading that had to be made up, the title, a letter."""
    back = words_of_draft(draft, names_in(document))
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


@pytest.mark.parametrize("kind", ["docx", "resaved"])
def test_the_word_twin_gives_the_same_draft(
    document_path: Path, office: Callable[[Path, str], Path], kind: str
) -> None:
    draft, word = draft_of(read_document(document_path)), draft_of(read_document(office(document_path, kind)))
    assert (word.model, word.lineage, word.remarks) == (draft.model, draft.lineage, draft.remarks)


def test_the_pdf_twin_gives_the_same_ids_words_and_parameters(
    document_path: Path, office: Callable[[Path, str], Path]
) -> None:
    """Words are compared, not where bold ends: a comma after a bold word may be printed in either face."""
    draft, pdf = draft_of(read_document(document_path)), draft_of(read_document(office(document_path, "pdf")))
    assert [_comparable(clause) for clause in pdf.model.walk()] == [
        _comparable(clause) for clause in draft.model.walk()
    ]
    assert [(part.id, part.heading, part.kind) for part in pdf.model.parts] == [
        (part.id, part.heading, part.kind) for part in draft.model.parts
    ]
    assert pdf.model.parameters == draft.model.parameters
    assert pdf.remarks == draft.remarks


def _comparable(clause: Clause) -> tuple[object, ...]:
    shape = (clause.id, clause.kind, clause.marker, clause.tailoring, clause.defines, clause.source, clause.fields)
    cells = " ".join(cell for row in (clause.head, *clause.rows) for cell in row)
    return (*shape, comparable_words(plain(parse_inline(f"{clause.text} {cells}"))))


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
    assert words_of_draft(draft_of(document), SaidNames()) == words_of_document(document)


def test_alternatives_side_by_side_become_a_choice(read: Read) -> None:
    draft = draft_of(read("# Phones\n\nPhones stay [in lockers] OR [in bags] all day.\n"))
    (clause,) = draft.model.walk()
    assert clause.tailoring == "choice"
    assert [(choice.id, choice.text) for choice in clause.choices] == [
        ("lockers", "Phones stay in lockers all day."),
        ("bags", "Phones stay in bags all day."),
    ]


CHOICES = {
    "a line with OR between boxes": ("[ ] Phones stay off.\n\nOR\n\n[ ] Phones stay in bags.", 0.95),
    "a line with OR between clauses": ("Phones stay off.\n\nOR\n\nPhones stay in bags.", 0.85),
    "each in brackets of its own": ("[Phones stay off.]\n\nOR\n\n[Phones stay in bags.]", 0.95),
    "boxes in one paragraph": ("[ ] Phones stay off. OR [ ] Phones stay in bags.", 0.95),
    "boxes to tick": ("☐ Phones stay off.\n\nOR\n\n☐ Phones stay in bags.", 0.95),
    "either and or": ("EITHER: Phones stay off.\n\nOR: Phones stay in bags.", 0.95),
    "options with a number": ("Option 1: Phones stay off.\n\nOR\n\nOption 2: Phones stay in bags.", 0.95),
    "bullets": ("- [ ] Phones stay off.\n- OR\n- [ ] Phones stay in bags.", 0.95),
}


@pytest.mark.parametrize("case", CHOICES)
def test_whole_clauses_offered_side_by_side_become_one_choice(case: str, read: Read) -> None:
    text, sure = CHOICES[case]
    document = read(f"# Phones\n\nPhones are a matter for us all.\n\n{text}\n\nThat is reviewed yearly.\n")
    draft = draft_of(document)
    first, clause, last = draft.model.walk()
    assert clause.tailoring == "choice"
    assert [(choice.id, choice.text) for choice in clause.choices] == [
        ("off", "Phones stay off."),
        ("bags", "Phones stay in bags."),
    ]
    assert [(entry.proposal.kind, entry.proposal.confidence, entry.clause) for entry in draft.proposals] == [
        ("choice", sure, clause.id)
    ]
    assert (first.tailoring, last.tailoring) == ("free", "free")
    assert document.coverage == 1.0


NO_CHOICE = {
    "one box": "[ ] Phones stay off.\n\nPhones stay in bags.",
    "or in a sentence": "Phones stay off.\n\nOr they stay in bags, if the head says so.",
    "or before a heading": "Phones stay off.\n\nOR\n\n## Bags\n\nPhones stay in bags.",
}


@pytest.mark.parametrize("case", NO_CHOICE)
def test_what_is_not_offered_side_by_side_is_no_choice(case: str, read: Read) -> None:
    model = draft_of(read(f"# Phones\n\n{NO_CHOICE[case]}\n")).model
    assert [clause.tailoring for clause in model.walk() if clause.choices] == []


def test_three_alternatives_keep_their_blanks_and_a_newer_edition_keeps_their_id(read: Read) -> None:
    text = "# Phones\n\n[ ] Phones stay off.\n\nOR\n\n[ ] Ask [insert name of officer].\n\nOR\n\n[ ] Phones stay on.\n"
    first = draft_of(read(text)).model
    again = draft_of(read(text.replace("stay on", "stay visible")), "2", edition_of(first, "")).model
    assert [choice.text for clause in first.walk() for choice in clause.choices] == [
        "Phones stay off.", "Ask {{ name_officer_role }}.", "Phones stay on.",
    ]  # fmt: skip
    assert [clause.id for clause in again.walk()] == [clause.id for clause in first.walk()]
    assert [choice.text for clause in again.walk() for choice in clause.choices][2] == "Phones stay visible."


LISTS = {
    "a list of steps": ("Do this:\n\n1. Tell.\n2. Write.\n3. Sign.", ["1 Tell.", "2 Write.", "3 Sign."]),
    "two lists": ("First:\n\n1. Tell.\n2. Write.\n\nThen:\n\n1. Sign.", ["1 Tell.", "2 Write.", "1 Sign."]),
    "without a lead-in": ("1. Tell.\n2. Write.\n\nThat is all.\n\n1. Sign.", ["1 Tell.", "2 Write.", "1 Sign."]),
    "one that goes on": ("1. Tell.\n\nThen wait.\n\n2. Write.", ["1 Tell.", "2. Write."]),
    "one that begins at four": ("4. Tell.\n5. Write.", ["4. Tell.", "5. Write."]),
    "letters": ("Do this:\n\n(a) tell;\n(b) write.", ["(a) tell;", "(b) write."]),
    "small Roman numbers": ("Do this:\n\n(i) tell;\n(ii) write.", ["(i) tell;", "(ii) write."]),
    "a lone decimal": ("Staff are kind.\n\n3.2 Tell.\n\nStaff are brief.\n\nStaff ask.\n\nAll do.", ["3.2 Tell."]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_lists_of_an_unnumbered_policy_are_printed_with_the_numbers_that_they_had(case: str, read: Read) -> None:
    text, expected = LISTS[case]
    draft = draft_of(read(f"# Reporting\n\nStaff report harm to the office.\n\n{text}\n"))
    printed = [f"{clause.number or ''} {clause.text}".strip() for clause in resolve_model(draft.model).clauses]
    assert draft.model.numbering == "none"
    assert [line for line in printed if line in expected] == expected
    assert not any(
        clause.id.startswith(("reporting.1", "reporting.i-", "reporting.3")) for clause in draft.model.walk()
    )


NOTES = [
    ("*\\* 'pupil' is defined as anyone on roll.*", "pupil"),
    ("\\*pupil means anyone on roll.", "pupil"),
    ("\\* The term “pupil” refers to anyone on roll.", "pupil"),
    ("\\* In this policy a pupil is taken to mean anyone on roll.", "pupil"),
    ("\\* See the code of conduct.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("note", "term"), NOTES)
def test_a_definition_under_one_bullet_is_tied_to_the_clauses_that_rest_on_it(note: str, term: str, read: Read) -> None:
    document = read(
        f"# Contact\n\n- Staff do not call any pupil\\* at home.\n{note}\n- Staff do not write to pupils\\* at all.\n"
        "- Staff are kind to visitors.\n- On leaving, staff do not look for them. *\\*(Pupil(s) as defined above.)*\n"
    )
    draft = draft_of(document)
    (bullet,) = [clause for clause in draft.model.walk() if clause.clauses]
    (defined,) = bullet.clauses
    assert (defined.kind, defined.defines) == ("note", (term,) if term else ())
    assert resolve_model(draft.model).clauses[2].text == document.clauses[2].text
    said = [remark for remark in draft.remarks if "rest on it" in remark]
    assert [remark.partition("; ")[2] for remark in said] == (
        ["3 clauses rest on it: contact.staff-call-pupil, contact.staff-write-pupils, contact.leaving-staff-look"]
        if term
        else []
    )


def test_dates_of_one_schools_copy_are_pointed_out(twins: Path) -> None:
    remarks = draft_of(read_document(twins / "severn-valley.txt")).remarks
    assert [remark for remark in remarks if "received" in remark] == [
        "“Date of Approval: January 2022” is said of the document received; a model gives no date of approval, so take "
        "it out",
        "“Date of Review: January 2025” is said of the document received; a model gives no date of review, so take it "
        "out",
    ]


def test_whoever_wrote_a_document_is_not_replaced_by_the_schools_name(read: Read) -> None:
    draft = draft_of(read("Conduct policy\n\n# Aims\n\nStaff are kind.\n\nOriginally written by Elm Park Service\n"))
    assert [clause.text for clause in draft.model.walk()][-1] == "Originally written by Elm Park Service"


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
    said = names_in(document)
    again = draft_of(document, "2", edition_of(first.model, said.school, said.short))
    assert [clause.id for clause in again.model.walk()] == [clause.id for clause in first.model.walk()]
    assert {change.kind for change in again.lineage} == {"kept"}
    assert again.model.parts == first.model.parts
    assert again.model.parameters == first.model.parameters
