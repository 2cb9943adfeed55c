"""Every cell of the table of outcomes (docs/reference/upgrade.md), one row each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adopt.upgrade_builder import (
    SCHOOL,
    adoption,
    age,
    clause,
    insert,
    model,
    move,
    omit,
    outcome,
    substitute,
)
from policybook.adopt.upgrade import plan_upgrade
from policybook.domain.adoption import Adoption
from policybook.domain.model import Choice, Clause, Condition, ModelVersion, Parameter
from policybook.domain.upgrade import OPEN, UpgradePlan

BASE = "Staff bar contact until {{ age }}. They keep it for work. The office helps."
SCHOOLS = BASE.replace("The office helps.", "The bursar helps.")
A, B, C, D = clause("a"), clause("b"), clause("c"), clause("d")
X = clause("x", BASE)
TABLE = clause("x", BASE, kind="table", head=("What", "Where"), rows=(("Letter", "Post"),))
CHOICES = (Choice("one", "One hour."), Choice("two", "Two hours."))
CHOICE = clause("x", choices=CHOICES, tailoring="choice")

STATES: dict[str, Adoption] = {
    "as-is": adoption(),
    "value": adoption(values={"age": 19}),
    "substituted": adoption(substitute("x", SCHOOLS)),
    "omitted": adoption(omit("x")),
    "moved": adoption(move("x", "a")),
    "substituted+": adoption(substitute("x", "Staff of Oak wait.")),
}
NAMED = [state for state in STATES if state != "substituted+"]
OLD = model("1", A, B, X, C, D, age=age())
OLD_TABLE = model("1", A, B, TABLE, C, D, age=age())


def reworded(**more: object) -> Clause:
    return clause("x", BASE.replace("for work", "for school matters"), **more)


def new(*clauses: Clause, blank: Parameter | None = None) -> ModelVersion:
    return model("2", *clauses, age=blank or age())


SPLIT = (clause("x1", "Staff bar contact.", supersedes=("mail.x",)), clause("x2", "They work.", supersedes=("mail.x",)))
JOINED = clause("bx", "All of it in one.", supersedes=("mail.b", "mail.x"))
WITHDRAWN = Clause("mail.x", withdrawn="2")
CLASHING = clause("x", BASE.replace("The office helps.", "The headteacher helps."))
AGREED = clause("x", SCHOOLS)
FIXED = clause("x", BASE, tailoring="fixed")
HIDDEN = clause("x", BASE, when=Condition(school=("trust",)))
STILL = clause("x", BASE, when=Condition(school=("school",)))
OTHER_TABLE = replace(TABLE, rows=(("Letter", "Post"), ("Note", "Desk")))
GONE_BLANK = model("2", A, B, clause("x", "Staff bar contact. They keep it for work. The office helps."), C, D)

# model change, old, new, then for each state the kinds of its steps; a * marks what waits for a person
TABLE_OF_OUTCOMES: list[tuple[str, ModelVersion, ModelVersion, dict[str, str]]] = [
    ("unchanged", OLD, new(A, B, X, C, D), dict.fromkeys(NAMED, "keep")),
    ("reworded", OLD, new(A, B, reworded(), C, D),
     {"as-is": "take-new", "value": "take-new", "substituted": "merged", "omitted": "stays-omitted",
      "moved": "take-new keeps-place"}),
    ("reworded the same words", OLD, new(A, B, CLASHING, C, D),
     {"as-is": "take-new", "value": "take-new", "substituted": "*both-reworded", "omitted": "stays-omitted",
      "moved": "take-new keeps-place"}),
    ("reworded, and a blank gone", OLD, GONE_BLANK,
     {"as-is": "take-new", "value": "take-new *value-gone", "substituted": "merged",
      "omitted": "stays-omitted", "moved": "take-new keeps-place"}),
    ("reworded, and a blank limited", OLD, new(A, B, reworded(), C, D, blank=age(18, maximum=18)),
     {"as-is": "take-new", "value": "take-new *value-outside", "substituted": "merged",
      "omitted": "stays-omitted", "moved": "take-new keeps-place"}),
    ("default value changed", OLD, new(A, B, X, C, D, blank=age(21)),
     {"as-is": "*rule-changes", "value": "keeps-value", "substituted": "*rule-changes", "omitted": "stays-omitted",
      "moved": "*rule-changes"}),
    ("default value changed, own words without it", OLD, new(A, B, X, C, D, blank=age(21)), {"substituted+": "keep"}),
    ("moved", OLD, new(A, B, C, D, X),
     {"as-is": "follows-move", "value": "follows-move", "substituted": "follows-move", "omitted": "stays-omitted",
      "moved": "*both-moved"}),
    ("renumbered", OLD, new(clause("first"), A, B, X, C, D), dict.fromkeys(NAMED, "keep")),
    ("moved and reworded", OLD, new(A, B, C, D, reworded()),
     {"as-is": "take-new follows-move", "value": "take-new follows-move", "substituted": "merged follows-move",
      "omitted": "stays-omitted", "moved": "take-new *both-moved"}),
    ("withdrawn", OLD, new(A, B, WITHDRAWN, C, D),
     {"as-is": "*withdrawn", "value": "*withdrawn", "substituted": "*withdrawn-reworded", "omitted": "note-dropped",
      "moved": "*withdrawn"}),
    ("gone without a note", OLD, new(A, B, C, D),
     {"as-is": "*withdrawn", "value": "*withdrawn", "substituted": "*withdrawn-reworded", "omitted": "note-dropped",
      "moved": "*withdrawn"}),
    ("split", OLD, new(A, B, *SPLIT, C, D),
     {"as-is": "*follow-lineage", "value": "*follow-lineage", "substituted": "*lineage", "omitted": "*lineage",
      "moved": "*lineage"}),
    ("joined", OLD, new(A, JOINED, C, D),
     {"as-is": "*follow-lineage", "value": "*follow-lineage", "substituted": "*lineage", "omitted": "*lineage",
      "moved": "*lineage"}),
    ("renamed", OLD, new(A, B, clause("y", BASE, supersedes=("mail.x",)), C, D),
     {"as-is": "keep", "value": "keep", "substituted": "renamed", "omitted": "renamed", "moved": "renamed"}),
    ("condition changed, what the school has is hidden", OLD, new(A, B, HIDDEN, C, D),
     {"as-is": "*now-hidden", "value": "*now-hidden", "substituted": "*now-hidden", "omitted": "stays-omitted",
      "moved": "*now-hidden"}),
    ("condition changed, what the school has is there", OLD, new(A, B, STILL, C, D),
     dict.fromkeys(NAMED, "keep") | {"omitted": "stays-omitted"}),
    ("table changed", OLD_TABLE, new(A, B, OTHER_TABLE, C, D),
     {"as-is": "table-changed", "value": "table-changed", "substituted": "*table-clash", "omitted": "stays-omitted",
      "moved": "table-changed"}),
    ("now fixed", OLD, new(A, B, FIXED, C, D),
     {"as-is": "take-new", "value": "take-new", "substituted": "*must-follow", "omitted": "*must-follow",
      "moved": "take-new models-place"}),
    ("now fixed, and the value is outside", OLD, new(A, B, FIXED, C, D, blank=age(18, maximum=18, required=True)),
     {"value": "take-new *value-outside"}),
    ("now says what the school says", OLD, new(A, B, AGREED, C, D), {"substituted": "tailoring-dropped"}),
    ("the default is now what the school has", OLD, new(A, B, X, C, D, blank=age(19)), {"value": "value-dropped"}),
    ("moved to where the school has it", OLD, new(A, X, B, C, D), {"moved": "move-dropped"}),
]  # fmt: skip
CELLS = [
    (change, state, old, newer, kinds)
    for change, old, newer, row in TABLE_OF_OUTCOMES
    for state, kinds in row.items()
]  # fmt: skip


def said(plan: UpgradePlan, *names: str) -> str:
    """The kinds of the steps of a clause, a star before those that wait for a person."""
    (found,) = [entry for entry in plan.outcomes if {entry.clause, *entry.formerly, *entry.now} & set(names)]
    return " ".join(("*" if step.is_open else "") + step.kind for step in found.steps)


@pytest.mark.parametrize(
    ("change", "state", "old", "newer", "kinds"), CELLS, ids=[f"{cell[0]}, {cell[1]}" for cell in CELLS]
)
def test_a_cell_of_the_table(change: str, state: str, old: ModelVersion, newer: ModelVersion, kinds: str) -> None:
    plan = plan_upgrade([old, newer], STATES[state], SCHOOL)
    assert said(plan, "mail.x") == kinds
    for step in outcome(plan, "mail.x" if "mail.x" in {o.clause for o in plan.outcomes} else _now(plan)).steps:
        assert step.is_open == bool(step.options)
        assert (step.triage in OPEN) == step.is_open
        assert step.why.endswith(".")


def _now(plan: UpgradePlan) -> str:
    return next(entry.clause for entry in plan.outcomes if "mail.x" in entry.formerly)


@pytest.mark.parametrize("state", NAMED)
def test_no_row_of_the_table_leaves_a_state_out(state: str) -> None:
    for change, _, _, row in TABLE_OF_OUTCOMES:
        assert state in row or len(row) == 1, change


CHOICE_CELLS = [
    # what changed, the new clause, the school's choice, what happens
    ("nothing", CHOICE, "two", "keep"),
    ("nothing", CHOICE, None, "keep"),
    ("the wording of the choice", replace(CHOICE, choices=(CHOICES[0], Choice("two", "2 hours."))), "two", "take-new"),
    ("another choice", replace(CHOICE, choices=(CHOICES[0], Choice("two", "2 hours."))), None, "keep"),
    ("one more", replace(CHOICE, choices=(*CHOICES, Choice("three", "Three."))), "two", "keep"),
    ("the choice is gone", replace(CHOICE, choices=(CHOICES[0], Choice("three", "3."))), "two", "*choice-gone"),
    ("another comes first", replace(CHOICE, choices=CHOICES[::-1]), None, "*choice-gone"),
    ("what is chosen comes first", replace(CHOICE, choices=CHOICES[::-1]), "two", "choice-dropped"),
    ("no choices any longer, other words", clause("x", "Three hours."), None, "*choice-gone"),
    ("no choices any longer, the same words", clause("x", "Two hours."), "two", "choice-dropped"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "newer", "chosen", "kinds"), CHOICE_CELLS)
def test_a_changed_choice(why: str, newer: Clause, chosen: str | None, kinds: str) -> None:
    adopted = adoption(choices={"mail.x": chosen} if chosen else {})
    plan = plan_upgrade([model("1", A, CHOICE), model("2", A, newer)], adopted, SCHOOL)
    assert said(plan, "mail.x") == kinds


def test_a_clause_that_gains_choices_asks_when_what_the_school_has_is_not_the_first() -> None:
    old = model("1", A, clause("x", "Two hours."))
    assert said(plan_upgrade([old, model("2", A, CHOICE)], adoption(), SCHOOL), "mail.x") == "*choice-gone"


def test_a_choice_left_out_stays_out() -> None:
    newer = model("2", A, replace(CHOICE, choices=CHOICES[::-1]))
    plan = plan_upgrade([model("1", A, CHOICE), newer], adoption(omit("x")), SCHOOL)
    assert said(plan, "mail.x") == "stays-omitted"


NEW_CLAUSES = [
    ("free", clause("new"), "*new-clause", ("new", "ours")),
    ("fixed", clause("new", tailoring="fixed"), "*new-clause", ("new",)),
    ("for others", clause("new", when=Condition(school=("trust",))), "keep", ()),
]


@pytest.mark.parametrize(("why", "added", "kinds", "takes"), NEW_CLAUSES, ids=[row[0] for row in NEW_CLAUSES])
def test_a_new_clause_is_never_silent(why: str, added: Clause, kinds: str, takes: tuple[str, ...]) -> None:
    plan = plan_upgrade([model("1", A), model("2", A, added)], adoption(), SCHOOL)
    assert said(plan, "mail.new") == kinds
    assert outcome(plan, "mail.new").takes() == takes


def test_a_new_clause_in_a_section_left_out_is_left_out_with_it() -> None:
    newer = model("2", A, replace(B, clauses=(clause("new"),)))
    plan = plan_upgrade([model("1", A, B), newer], adoption(omit("b")), SCHOOL)
    assert said(plan, "mail.new") == "stays-omitted"


def test_a_clause_that_now_applies_to_the_school_is_asked_about() -> None:
    old = model("1", A, clause("x", when=Condition(school=("trust",))))
    plan = plan_upgrade([old, model("2", A, clause("x"))], adoption(), SCHOOL)
    assert said(plan, "mail.x") == "*new-clause"


def test_a_clause_that_leaves_a_section_left_out_is_asked_about() -> None:
    child = clause("child")
    old, newer = model("1", A, replace(B, clauses=(child,))), model("2", A, B, child)
    assert said(plan_upgrade([old, newer], adoption(omit("b")), SCHOOL), "mail.child") == "*new-clause"


INSERTS = [
    ("its section is there", model("2", A, B, X, C, D, age=age()), "keep"),
    ("its section is reworded", model("2", A, clause("b", "Other."), X, C, D, age=age()), "keep"),
    ("its section moved", model("2", A, X, C, D, B, age=age()), "anchor-moved"),
    ("its section was renamed", model("2", A, clause("b2", B.text, supersedes=("mail.b",)), X, C, D, age=age()),
     "keep"),
    ("its section was joined", model("2", A, JOINED, C, D), "anchor-moved"),
    ("its section is gone", model("2", A, X, C, D, age=age()), "*anchor-gone"),
    ("its section is hidden", model("2", A, replace(B, when=Condition(school=("trust",))), X, C, D, age=age()),
     "*anchor-gone"),
    ("the model now says it", model("2", A, B, X, C, D, clause("n", "Staff at Oak write the letter."), age=age()),
     "*model-now-says"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "newer", "kinds"), INSERTS, ids=[row[0] for row in INSERTS])
def test_an_addition_of_the_school(why: str, newer: ModelVersion, kinds: str) -> None:
    adopted = adoption(insert("letter", "b", "Staff of Oak write the letter."))
    plan = plan_upgrade([OLD, newer], adopted, SCHOOL)
    assert said(plan, "oak.letter") == kinds
    if "*" not in kinds:
        assert [entry.text for entry in plan.proposed.tailorings] == ["Staff of Oak write the letter."]


def test_an_addition_whose_section_was_renamed_hangs_on_the_new_name() -> None:
    newer = model("2", A, clause("b2", supersedes=("mail.b",)))
    plan = plan_upgrade([model("1", A, B), newer], adoption(insert("letter", "b", "Post.")), SCHOOL)
    assert plan.proposed.tailorings[0].after == "mail.b2"


def test_an_addition_whose_section_is_gone_may_stand_at_the_nearest_one_before_it() -> None:
    adopted = adoption(insert("letter", "c", "Post."))
    plan = plan_upgrade([model("1", A, B, C), model("2", A, B)], adopted, SCHOOL)
    keep = outcome(plan, "oak.letter").steps[0].options[1]
    assert keep.edit.put[0].after == "mail.b"


def test_a_blank_is_decided_once() -> None:
    also = clause("also", "Until {{ age }} again.")
    plan = plan_upgrade([model("1", X, also, age=age()), model("2", X, also, age=age(21))], adoption(), SCHOOL)
    assert said(plan, "mail.x") == "*rule-changes"
    assert said(plan, "mail.also") == "decided-elsewhere"


def test_a_value_that_no_clause_uses_any_longer_has_an_outcome_of_its_own() -> None:
    plan = plan_upgrade([OLD, model("2", A, B, C, D)], adoption(values={"age": 19}), SCHOOL)
    found = outcome(plan, "parameter:age")
    assert found.yours == "19"
    assert [step.kind for step in found.steps] == ["value-gone"]


def test_a_value_of_a_name_that_the_publisher_changes_is_no_rule() -> None:
    role = Parameter("age", "role", "Head", "headteacher")
    plan = plan_upgrade([model("1", X, age=role), model("2", X, age=replace(role, default="head"))], adoption(), SCHOOL)
    assert said(plan, "mail.x") == "detail-changes"


def test_a_new_blank_without_a_value_is_told() -> None:
    old, newer = model("1", clause("x", "Staff bar.")), model("2", X, age=replace(age(), default=None))
    assert said(plan_upgrade([old, newer], adoption(), SCHOOL), "mail.x") == "take-new blank"


def test_own_words_with_a_blank_that_is_gone_are_asked_about_and_can_keep_their_words() -> None:
    adopted = adoption(substitute("a", "Oak waits until {{ age }}."))
    plan = plan_upgrade([OLD, model("2", A, B, C, D)], adopted, SCHOOL)
    found = outcome(plan, "mail.a")
    assert [step.kind for step in found.steps] == ["reference-gone"]
    assert found.steps[0].options[1].text == "Oak waits until 18."


def test_a_move_whose_place_is_gone_is_asked_about() -> None:
    plan = plan_upgrade([OLD, new(B, X, C, D)], adoption(move("x", "a")), SCHOOL)
    assert said(plan, "mail.x") == "*place-gone"


def test_both_rows_hold_for_a_clause_that_was_reworded_and_moved_by_the_school() -> None:
    adopted = adoption(substitute("x", SCHOOLS), move("x", "a"))
    assert said(plan_upgrade([OLD, new(A, B, reworded(), C, D)], adopted, SCHOOL), "mail.x") == "merged keeps-place"


def test_a_merge_has_both_changes_and_says_please_review() -> None:
    plan = plan_upgrade([OLD, new(A, B, reworded(), C, D)], STATES["substituted"], SCHOOL)
    found = outcome(plan, "mail.x")
    assert found.to_review
    assert found.proposed == "Staff bar contact until 18. They keep it for school matters. The bursar helps."
    assert plan.proposed.tailorings[0].reason == "our way"


def test_a_clash_shows_three_texts_and_no_conflict_markers() -> None:
    found = outcome(plan_upgrade([OLD, new(A, B, CLASHING, C, D)], STATES["substituted"], SCHOOL), "mail.x")
    assert "office" in found.model_old
    assert "headteacher" in found.model_new
    assert "bursar" in found.yours
    assert found.proposed == ""
    assert found.triage == "both-changed"


def test_a_withdrawn_clause_can_be_kept_as_the_schools_own_section() -> None:
    plan = plan_upgrade([OLD, new(A, B, C, D)], STATES["substituted"], SCHOOL)
    keep = outcome(plan, "mail.x").steps[0].options[1].edit
    assert keep.drop == (("substitute", "mail.x"),)
    assert (keep.put[0].kind, keep.put[0].clause, keep.put[0].after) == ("insert", "oak.mail-x", "mail.b")
    assert keep.put[0].text == SCHOOLS


def test_lineage_is_followed_through_the_versions_between() -> None:
    second = model("2", A, clause("y", BASE, supersedes=("mail.x",)), age=age())
    third = model("3", A, clause("z", BASE, supersedes=("mail.y",)), age=age())
    plan = plan_upgrade([model("1", A, X, age=age()), second, third], STATES["substituted"], SCHOOL)
    assert plan.proposed.tailorings[0].clause == "mail.z"


def test_an_upgrade_to_the_same_version_is_the_identity() -> None:
    for adopted in STATES.values():
        plan = plan_upgrade([OLD], adopted, SCHOOL)
        assert plan.proposed == adopted
        assert {step.kind for entry in plan.outcomes for step in entry.steps} == {"keep"}
