"""What the page trees say, from small policies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policybook.adopt import resolve, resolve_model
from policybook.compare import collate, compare, find_positions, witness_of_policy
from policybook.domain.adoption import Adoption, Decision, School, Tailoring
from policybook.domain.comparison import Witness
from policybook.domain.inline import Run, plain
from policybook.domain.model import Amendment, Clause, FormField, ModelVersion, Parameter, Part, Publisher, Topic
from policybook.domain.page import Callout, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.text import write_text
from policybook.report.adoption import adoption_page
from policybook.report.data import collation_data, comparison_data, positions_data
from policybook.report.matrix import matrix_page
from policybook.report.policy import policy_page
from policybook.report.position import positions_page
from policybook.report.side_by_side import side_by_side_page

AGE = Parameter("age_limit", "age", "Age until which contact is barred", 19, topic="past-pupils")
MODEL = ModelVersion(
    "hr/ict", "2024", "Use of ICT", Publisher("hr", "The HR service", "council-hr"), date(2024, 9, 1),
    (
        Part("contact", "Contact", clauses=(
            Clause("contact.past", text="Staff do not contact past pupils under {{ age_limit | words }}.", topics=("past-pupils",)),
            Clause("contact.games", kind="item", text="Staff do not play games with pupils."),
            Clause("contact.pupil", kind="note", text="A pupil is anyone on roll.", defines=("pupil",)),
            Clause("contact.channels", kind="table", text="Channels", head=("For", "Use"), rows=(("Parents", "School e-mail"),)),
        )),
        Part("form", "Sign-off", "schedule", (
            Clause("form.sign", kind="form", text="I have read this.", fields=(FormField("Name"), FormField("Date", "date"))),
        )),
    ),
    {"age_limit": AGE}, changes=(Amendment(("contact.past",), "The age limit is new."),), notice="An illustration.",
)  # fmt: skip
SCHOOL = School("oak", "Oak School", "school", "Oak")
ADOPTION = Adoption(
    "oak", "ict", "hr/ict", "2024", {"age_limit": 18},
    tailorings=(
        Tailoring("omit", "contact.games", "No games here."),
        Tailoring("insert", "oak.lunch", "Agreed locally.", text="Staff lock phones away at lunch.", after="contact.past"),
    ),
    decisions=(Decision("approved", "Full Governing Board", date(2024, 11, 21), "24/117"),), next_review="2026-11-21",
)  # fmt: skip
TOPIC = Topic("past-pupils", "Past pupils", "Until what age?", "age", "until {{ value }}")


def adopted() -> ResolvedPolicy:
    return resolve(MODEL, ADOPTION, SCHOOL)


def blocks_of(page: Page, kind: type) -> list[object]:
    return [block for block in page.blocks if isinstance(block, kind)]


def words_of(table: Table) -> list[list[str]]:
    return [[" / ".join(plain(runs) for runs in cell.paragraphs) for cell in row] for row in table.rows]


def test_a_policy_has_its_notice_control_table_contents_parts_and_schedule() -> None:
    page = policy_page(adopted())
    kinds = [type(block) for block in page.blocks]
    assert kinds[:4] == [Callout, Table, Table, Contents]
    headings = [(block.number, plain(block.runs)) for block in page.blocks if isinstance(block, Heading)]
    assert headings == [("1", "Contact"), ("Appendix A", "Sign-off")]
    assert kinds.index(PageBreak) < len(kinds) - 1
    assert blocks_of(page, Form)


def test_the_control_table_says_who_decided_and_when_it_is_due() -> None:
    control = next(block for block in policy_page(adopted()).blocks if isinstance(block, Table))
    facts = dict(words_of(control))
    assert facts["Approved"] == "Full Governing Board, 21 November 2024 (minute 24/117)"
    assert facts["Next review"] == "21 November 2026"
    assert facts["Status"] == "Adopted"
    assert facts["On the website"] == "No"


def test_a_policy_without_a_decision_is_called_a_draft() -> None:
    draft = Adoption("oak", "ict", "hr/ict", "2024")
    assert "Draft, not yet approved" in policy_page(resolve(MODEL, draft, SCHOOL)).footer


def test_the_clean_copy_marks_nothing_and_the_site_marks_whose_words_they_are() -> None:
    policy = adopted()
    clean = [block.aside for block in policy_page(policy).blocks if isinstance(block, Paragraph)]
    assert set(clean) == {""}
    page = adoption_page(policy, ADOPTION, compare(_model(), witness_of_policy("B", policy)))
    asides = {plain(block.runs): block.aside for block in page.blocks if isinstance(block, Paragraph) and block.aside}
    assert asides["Staff lock phones away at lunch."] == "our addition: Agreed locally."
    assert asides["Staff do not contact past pupils under eighteen."] == "our value"


def test_departures_are_told_in_words_with_their_reasons() -> None:
    policy = adopted()
    page = adoption_page(policy, ADOPTION, compare(_model(), witness_of_policy("B", policy)))
    table = next(block for block in page.blocks if isinstance(block, Table) and "Departures" in block.caption)
    assert words_of(table) == [
        ["Staff do not play games with pupils.", "left out", "No games here.", "–"],
        ["Staff lock phones away at lunch.", "added", "Agreed locally.", "–"],
    ]


def test_side_by_side_begins_with_what_matters_and_holds_every_section() -> None:
    comparison = compare(_model(), witness_of_policy("B", adopted()))
    page = side_by_side_page(comparison)
    first = next(block for block in page.blocks if isinstance(block, Heading))
    assert plain(first.runs) == "Changes of substance"
    table = next(block for block in page.blocks if isinstance(block, Table) and block.tones)
    assert len(table.rows) == len(comparison.rows) == len(table.tones) == len(table.anchors)
    assert {"substantive", "removed", "added", "same"} <= set(table.tones)
    kinds = {row[-1].split(" / ")[0] for row in words_of(table)}
    assert {"Change of substance", "Left out", "Added", "No change"} <= kinds


def test_the_matrix_says_in_words_what_each_school_has() -> None:
    collation = collate(_model(), [witness_of_policy("S1", adopted())])
    (table,) = [block for block in matrix_page(collation, "All").blocks if isinstance(block, Table)]
    by_text = {row[-2]: row[-1] for row in words_of(table)}
    assert by_text["Staff do not play games with pupils."] == "Left out"
    assert by_text["not in the model"].startswith("Added")
    assert by_text["Contact"] == "As the model"


def test_positions_say_not_stated_where_nothing_is_said() -> None:
    silent = ModelVersion(
        "hr/other", "1", "Other", MODEL.publisher, None, (Part("a", "A", clauses=(Clause("a.b", text="Be kind."),)),)
    )
    quiet = resolve(silent, Adoption("elm", "other", "hr/other", "1"), School("elm", "Elm School", "school"))
    table = find_positions([TOPIC], [adopted(), quiet])
    page = positions_page(table, {TOPIC.id: TOPIC})
    (figures,) = [block for block in page.blocks if isinstance(block, Table)]
    assert words_of(figures) == [["Oak School", "until 18"], ["Elm School", "not stated"]]
    assert [entry["answer"] for entry in positions_data(table)["positions"]] == ["until 18", None]


def test_data_are_plain_and_hold_every_row() -> None:
    comparison = compare(_model(), witness_of_policy("B", adopted()))
    data = comparison_data(comparison)
    assert [witness["siglum"] for witness in data["witnesses"]] == ["A", "B"]
    assert len(data["rows"]) == len(comparison.rows)
    assert data["summary"]["removed"] == 1
    collation = collate(_model(), [witness_of_policy("S1", adopted())])
    assert len(collation_data(collation)["rows"]) == len(collation.rows)


def test_plain_text_shows_changes_with_signs_and_control_characters_as_words() -> None:
    comparison = compare(_model(), witness_of_policy("B", adopted()))
    text = write_text(side_by_side_page(comparison))
    assert "[-nineteen-]" in text
    assert "{+eighteen+}" in text
    assert max(map(len, text.splitlines())) <= 100
    hostile = write_text(Page("Title", (Paragraph((Run("a\x1b[31mb\u202ec"),)),)))
    assert "<U+001B>" in hostile
    assert "<U+202E>" in hostile
    assert "\x1b" not in hostile


def _model() -> Witness:
    return witness_of_policy("A", resolve_model(MODEL))


def test_two_copies_with_one_title_are_told_apart_by_their_files() -> None:
    copies = [
        Witness(siglum, ref, "Use of ICT", ()) for siglum, ref in (("A", "old/ours.docx"), ("B", "new/theirs.docx"))
    ]
    assert side_by_side_page(compare(*copies)).header == "Use of ICT (ours.docx) · Use of ICT (theirs.docx)"
    again = [replace(one, ref="ours.docx") for one in copies]
    assert side_by_side_page(compare(*again)).header == "Use of ICT (the first) · Use of ICT (the second)"
