"""Schemes of delegation: who may decide, from which day, inherited from a trust; and the cycle of reviews."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import chain_sample
from cli.test_record import APPROVED, run
from policybook.cli import record
from policybook.store import read_workspace
from policybook.store.read import read_adoption
from policybook.text.term import day_after
from policybook.workflow.delegation import Delegations
from policybook.workflow.register import read_register
from record_sample import ADOPTION, OAK, edit, write_sample

SCHEME = """\
schema: 1
school: oak
schemes:
  - from: 2025-01-01
    rules:
      - {bodies: [Full Board]}
  - from: 2026-09-01
    rules:
      - {policies: [mail], bodies: [Governing Body, Staffing Committee], cycle: 1 year}
      - {bodies: [Full Board], cycle: 2 years}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "_today", lambda: date(2026, 11, 21))
    return with_scheme(write_sample(tmp_path), "oak", SCHEME)


def with_scheme(root: Path, school: str, text: str) -> Path:
    file = root / "clauses" / "delegations" / f"{school}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return root


RULES = [
    # policy, day, the bodies that may decide
    ("oak/mail", date(2024, 12, 31), None),
    ("oak/mail", date(2025, 6, 1), ("Full Board",)),
    ("oak/mail", date(2026, 9, 1), ("Governing Body", "Staffing Committee")),
    ("oak/other", date(2026, 9, 1), ("Full Board",)),
    ("ash/mail", date(2026, 9, 1), None),
]


@pytest.mark.parametrize(("ref", "day", "bodies"), RULES)
def test_the_scheme_of_the_day_says_who_decides(
    root: Path, ref: str, day: date, bodies: tuple[str, ...] | None
) -> None:
    found = Delegations(root, read_workspace(root)[0]).rule_on(ref, day)
    assert (found.rule.bodies if found else None) == bodies


def test_a_body_that_may_decide_has_its_scheme_recorded(root: Path) -> None:
    result = run(root, "decide", OAK, *APPROVED)
    assert "note:" not in result.output
    assert read_adoption(root, OAK).decisions[0].delegation == "the scheme of delegation of 1 September 2026"


def test_a_body_that_may_not_decide_is_told_and_the_decision_recorded_all_the_same(root: Path) -> None:
    result = run(root, "decide", OAK, "--outcome", "approved", "--body", "Full Board", "--on", "2026-10-01")
    assert result.exit_code == 0
    said = (
        "note: the scheme of delegation of 1 September 2026 gives this policy to Governing Body or Staffing Committee"
    )
    assert said in result.output
    assert read_adoption(root, OAK).decisions[0].delegation == ""


def test_the_chair_may_act_between_meetings(root: Path) -> None:
    result = run(root, "decide", OAK, "--outcome", "chairs-action", "--body", "Chair", "--on", "2026-10-01")
    assert "note:" not in result.output


def test_the_register_takes_the_cycle_where_no_review_is_recorded(root: Path) -> None:
    edit(root, ADOPTION, "review: {next: Autumn 2026}\n", "")
    run(root, "decide", OAK, *APPROVED)
    (entry,) = [entry for entry in read_register(root, date(2027, 11, 1)).entries if entry.ref == OAK]
    assert (entry.review.words, entry.review.state) == ("2027-10-01", "overdue")
    assert any("review overdue since 1 October 2027, not replaced" in wait.what for wait in entry.waits)


@pytest.mark.parametrize(
    ("day", "cycle", "after"),
    [
        (date(2026, 10, 1), "1 year", date(2027, 10, 1)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2026, 8, 31), "6 months", date(2027, 2, 28)),
        (date(2026, 12, 15), "1 month", date(2027, 1, 15)),
        (date(2026, 12, 15), "2 years", date(2028, 12, 15)),
    ],
)
def test_a_cycle_ends_on_the_same_day_of_its_month_or_the_last(day: date, cycle: str, after: date) -> None:
    assert day_after(day, cycle) == after


def test_an_academy_inherits_the_scheme_of_the_trust_whose_policy_it_adopted(tmp_path: Path) -> None:
    root = chain_sample.write_chain(tmp_path)
    with_scheme(root, "wold", SCHEME.replace("school: oak", "school: wold"))
    delegations = Delegations(root, read_workspace(root)[0])
    found = delegations.rule_on("beck/mail", date(2026, 10, 5))
    assert found is not None
    assert found.inherited_from == "wold"
    assert delegations.name_of(found) == "the scheme of delegation of 1 September 2026 (Wold Trust)"
    own = "schema: 1\nschool: beck\nschemes:\n  - {from: 2026-01-01, rules: [{policies: [mail], bodies: [Local Board]}]}\n"
    with_scheme(root, "beck", own)
    found = Delegations(root, read_workspace(root)[0]).rule_on("beck/mail", date(2026, 10, 5))
    assert found is not None
    assert found.rule.bodies == ("Local Board",)


def test_a_school_may_name_whose_scheme_holds(root: Path) -> None:
    with_scheme(root, "ash", "schema: 1\nschool: ash\ninherits: oak\n")
    found = Delegations(root, read_workspace(root)[0]).rule_on("ash/mail", date(2026, 9, 1))
    assert found is not None
    assert found.inherited_from == "oak"
    with_scheme(root, "oak", SCHEME.replace("schemes:", "inherits: ash\nschemes:"))  # a circle ends where it began
    assert Delegations(root, read_workspace(root)[0]).rule_on("ash/mail", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: 1\nschool: elm\n", "school.unknown"),
        ("schema: 1\nschool: oak\ninherits: elm\n", "school.unknown"),
        ("schema: 1\nschool: ash\n", "id.misplaced"),
        ("schema: 1\nschool: oak\nschemes: [{from: 2026-01-01, rules: [{bodies: []}]}]\n", "yaml.wrong-type"),
        ("schema: 1\nschool: oak\nschemes: [{from: soon, rules: [{bodies: [X]}]}]\n", "yaml.wrong-type"),
    ],
)
def test_a_scheme_with_a_mistake_is_a_finding(root: Path, text: str, code: str) -> None:
    with_scheme(root, "oak", text)
    assert f"[{code}]" in run(root, "check").output


def test_a_publication_follows_the_decision_and_is_told(root: Path) -> None:
    edit(root, ADOPTION, "tailorings: []", "publish: public\ntailorings: []")
    run(root, "decide", OAK, *APPROVED)
    assert "was published" in run(root, "register").output
    result = run(root, "decide", OAK, "--on", "2026-10-01", "--published", "2026-10-08")
    assert result.exit_code == 0, result.output
    assert read_adoption(root, OAK).decisions[0].published == date(2026, 10, 8)
    said = " ".join(run(root, "register").output.split())
    assert "published 8 October 2026" in said
    assert "was published" not in said
    assert run(root, "verify").exit_code == 0
    for day, why in (("2026-10-09", "it was published on 2026-10-08"),):
        again = run(root, "decide", OAK, "--on", "2026-10-01", "--published", day)
        assert again.exit_code == 2
        assert why in again.output


@pytest.mark.parametrize(
    ("on", "day", "said"),
    [("2026-10-02", "2026-10-08", "nothing was issued"), ("2026-10-01", "2026-09-30", "before the decision")],
)
def test_a_publication_that_does_not_fit_is_refused(root: Path, on: str, day: str, said: str) -> None:
    run(root, "decide", OAK, *APPROVED)
    result = run(root, "decide", OAK, "--on", on, "--published", day)
    assert result.exit_code == 2
    assert said in result.output


def test_a_minute_and_a_publication_are_added_one_at_a_time(root: Path) -> None:
    run(root, "decide", OAK, *APPROVED)
    both = run(root, "decide", OAK, "--on", "2026-10-01", "--published", "2026-10-08", "--minute", "FGB 1")
    assert both.exit_code == 2
    early = run(root, "decide", OAK, *APPROVED[:-1], "2026-10-05", "--published", "2026-10-02")
    assert early.exit_code == 2
    assert "before the decision" in early.output
    assert read_adoption(root, OAK).decisions[0].published is None
