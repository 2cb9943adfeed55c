from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policybook.adopt import resolve
from policybook.check.decision import find_damage_problems
from policybook.domain.adoption import Adoption, Decision, School
from policybook.domain.edition import Damage, DamageKind
from policybook.domain.model import Clause, ModelVersion, Parameter, Part, Publisher, Value
from policybook.domain.resolved import ResolvedPolicy
from policybook.text.decided import exact_of, is_void, shown_of, standing_approval
from policybook.workflow.workspace import check_workspace
from record_sample import ADOPTION, PART, decide, edit, request, write_sample

SCHOOL = School("oak", "Oak School", "school", "Oak", roles={"head": "principal"})
WORDS = "Under {{ age }} ask the {{ head }} of {{ school_name }}."


def policy(
    *texts: str, values: dict[str, Value] | None = None, school: School = SCHOOL, version: str = "1", **clause: object
) -> ResolvedPolicy:
    parameters = {
        "age": Parameter("age", "age", "Age", default=19),
        "head": Parameter("head", "role", "Head", detail=True),
        "hours": Parameter("hours", "text", "Hours"),
    }
    clauses = tuple(Clause(f"use.c{index}", text=text, **clause) for index, text in enumerate(texts or (WORDS,)))  # type: ignore[arg-type]
    parts = (Part("use", "Use", clauses=clauses),)
    model = ModelVersion("hr/mail", version, "E-mail", Publisher("hr", "HR", "council-hr"), None, parts, parameters)
    return resolve(model, Adoption("oak", "mail", "hr/mail", version, values or {}), school)


SAME = [
    ("another headteacher", policy(values={"head": "executive head"})),
    ("another name of the school", policy(school=replace(SCHOOL, name="Oak Academy"))),
    ("other spacing", policy("Under  {{ age }} ask the {{ head }}  of {{ school_name }}.")),
    ("the same words typed instead of filled in", policy("Under 19 ask the {{ head }} of {{ school_name }}.")),
    ("the same words in a later version", policy(version="2")),
]
OTHER = [
    ("another age", policy(values={"age": 18})),
    ("another word", policy(WORDS.replace("ask", "tell"))),
    ("another sign", policy(WORDS.replace(".", "!"))),
    ("one clause more", policy(WORDS, "More.")),
    ("a bullet", policy(kind="item")),
    ("bold", policy(WORDS.replace("ask", "**ask**"))),
    ("a value that is not printed", policy(values={"hours": "9 to 5"})),
    ("a table", policy(kind="table", rows=(("a", "b"),))),
]


@pytest.mark.parametrize("other", [entry[1] for entry in SAME], ids=[entry[0] for entry in SAME])
def test_the_approval_is_bound_to_the_rule_and_not_to(other: ResolvedPolicy) -> None:
    assert exact_of(other) == exact_of(policy())


@pytest.mark.parametrize("other", [entry[1] for entry in OTHER], ids=[entry[0] for entry in OTHER])
def test_the_approval_is_bound_to_the_rule_and_so_to(other: ResolvedPolicy) -> None:
    assert exact_of(other) != exact_of(policy())


def test_the_order_of_clauses_is_bound() -> None:
    assert exact_of(policy("One.", "Two.")) != exact_of(policy("Two.", "One."))


def test_what_a_reader_saw_has_names_and_details() -> None:
    assert shown_of(policy(values={"head": "executive head"})) != shown_of(policy())


def test_an_approval_stands_until_it_is_withdrawn() -> None:
    approved = Decision("approved", "Board", date(2026, 1, 1))
    withdrawn = Decision("withdrawn", "Board", date(2026, 2, 1))
    deferred = Decision("deferred", "Board", date(2026, 2, 1))
    adoption = Adoption("oak", "mail", "hr/mail", "1")
    assert standing_approval(adoption) is None
    assert standing_approval(replace(adoption, decisions=(deferred, approved))) == approved
    assert standing_approval(replace(adoption, decisions=(approved, withdrawn))) is None
    again = replace(approved, on=date(2026, 3, 1))
    assert standing_approval(replace(adoption, decisions=(approved, withdrawn, again))) == again


def test_without_bound_words_nothing_is_void() -> None:
    text = policy()
    assert text.adoption is not None
    old = replace(text.adoption, decisions=(Decision("approved", "Board", date(2026, 1, 1)),))
    assert not is_void(replace(text, adoption=old))


def codes(root: Path) -> dict[str, str]:
    return {
        entry.code: entry.severity
        for entry in check_workspace(root)
        if not entry.place.path.startswith("clauses/adoptions/ash")
    }


CHANGES: list[tuple[str, Callable[[Path], None], str, str]] = [
    ("the rule", lambda root: edit(root, ADOPTION, "values: {", "values: {age_limit: 18, "), "decision.void", "warning"),
    ("a detail", lambda root: edit(root, ADOPTION, "01234 5678", "01234 9999"), "decision.details-changed", "note"),
    ("the school's name", lambda root: edit(root, "clauses/schools/oak.yaml", "Oak School", "Oak Academy"),
     "decision.details-changed", "note"),
    ("the model's words", lambda root: edit(root, PART, "No contact", "No messages"), "decision.void", "warning"),
    ("the edition", lambda root: edit(root, "clauses/adoptions/oak/mail/editions/2026-10-01.yaml", "nineteen", "eighteen"),
     "edition.altered", "error"),
    ("the edition's loss", lambda root: (root / "clauses/adoptions/oak/mail/editions/2026-10-01.yaml").unlink(),
     "edition.missing", "error"),
    ("the manifest's loss", lambda root: (root / "clauses/adoptions/oak/mail/issued/2026-10-01/manifest.yaml").unlink(),
     "edition.missing", "error"),
    ("the loss of a document", lambda root: next(root.rglob("*.pdf")).unlink(), "issued.missing", "warning"),
    ("a document", lambda root: next(root.rglob("*.docx")).write_bytes(b"other"), "issued.altered", "warning"),
    ("the fingerprint", lambda root: edit(root, ADOPTION, "exact-v1:", "exact-v1:0"), "edition.other-words", "error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "severity"), [entry[1:] for entry in CHANGES], ids=[entry[0] for entry in CHANGES]
)
def test_check_says_what_changed_since_the_decision(
    tmp_path: Path, change: Callable[[Path], None], code: str, severity: str
) -> None:
    root = write_sample(tmp_path)
    decide(root, request(minute="FGB 1"))
    assert codes(root) == {}
    change(root)
    assert codes(root)[code] == severity


def test_a_decision_without_a_minute_number_is_noted(tmp_path: Path) -> None:
    root = write_sample(tmp_path)
    decide(root, request())
    assert codes(root) == {"decision.no-minute": "note"}


DAMAGES = [
    ("missing", "edition.missing", "issued.missing"),
    ("altered", "edition.altered", "issued.altered"),
    ("unreadable", "edition.unreadable", "issued.unreadable"),
]


@pytest.mark.parametrize(("kind", "of_record", "of_document"), DAMAGES, ids=[entry[0] for entry in DAMAGES])
def test_every_damage_says_how_to_mend_it(kind: DamageKind, of_record: str, of_document: str) -> None:
    assert list(find_damage_problems(())) == []
    for path, code in (("a/editions/x.yaml", of_record), ("a/issued/x/y.pdf", of_document)):
        (finding,) = find_damage_problems((Damage(path, kind),))
        assert finding.code == code
        assert finding.mend
        assert finding.place.path == path
