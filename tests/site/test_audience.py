"""What reaches the public site: only what an approval shows to be the words approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policybook.adopt import resolve
from policybook.domain.adoption import Adoption, Decision, School
from policybook.domain.comparison import Position, PositionTable
from policybook.domain.error import UnknownReference
from policybook.domain.model import Clause, ModelVersion, Part, Publisher
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.site.audience import (
    count_others,
    find_withheld,
    parse_audience,
    published_policy,
    records_for_school,
)
from policybook.text.decided import exact_of

PARTS = (Part("use", "Use", clauses=(Clause("use.scope", text="This binds all staff."),)),)
MODEL = ModelVersion("hr/mail", "1", "E-mail", Publisher("hr", "County HR", "council-hr"), date(2024, 9, 1), PARTS)
SCHOOL = School("oak", "Oak School", "school", "Oak")
DAY = date(2026, 3, 1)


def policy(*decisions: Decision, publish: str = "public") -> ResolvedPolicy:
    adoption = Adoption("oak", "mail", "hr/mail", "1", decisions=decisions, publish=publish)  # type: ignore[arg-type]
    return resolve(MODEL, adoption, SCHOOL)


def approved(exact: str | None) -> Decision:
    return Decision("approved", "Full Governing Board", DAY, exact=exact)


EXACT = exact_of(policy())


def test_words_that_an_approval_binds_are_published_and_nothing_is_remarked() -> None:
    bound = policy(approved(EXACT))
    assert published_policy(bound) is not None
    assert list(find_withheld([bound])) == []


@pytest.mark.parametrize(
    ("decisions", "why"),
    [
        ((approved(None),), "the approval of 2026-03-01 binds no exact words"),
        ((approved("exact-v1:other"),), "its words were changed since they were approved"),
        ((), "it is not approved"),
        ((approved(EXACT), replace(approved(None), outcome="withdrawn")), "its approval was withdrawn"),
    ],
)
def test_all_else_that_is_marked_public_is_withheld_with_a_remark_that_says_why(
    decisions: tuple[Decision, ...], why: str
) -> None:
    withheld = policy(*decisions)
    assert published_policy(withheld) is None
    (finding,) = find_withheld([withheld])
    assert (finding.severity, finding.code) == ("warning", "publish.withheld")
    assert why in finding.message
    assert "E-mail of Oak School" in finding.message


def test_of_an_internal_policy_nothing_is_said() -> None:
    internal = policy(approved(None), publish="internal")
    assert published_policy(internal) is None
    assert list(find_withheld([internal])) == []


@pytest.mark.parametrize(("text", "name"), [("council", "council"), ("public", "public"), ("school:oak", "school-oak")])
def test_an_audience_is_the_council_everybody_or_one_school(text: str, name: str) -> None:
    assert parse_audience(text).name == name


@pytest.mark.parametrize("text", ["school:", "school", "oak", "", "Public"])
def test_any_other_audience_is_refused(text: str) -> None:
    with pytest.raises(UnknownReference, match="no audience"):
        parse_audience(text)


def many(*answers: str) -> tuple[Workspace, PositionTable]:
    """Schools that each adopt one model, and what each answers on one topic."""
    adoptions = [Adoption(f"s{index}", "mail", "hr/mail", "1") for index in range(len(answers))]
    table = {("t", one.ref): Position("t", one.ref, said or None) for one, said in zip(adoptions, answers, strict=True)}
    columns = tuple((one.ref, one.ref) for one in adoptions)
    return Workspace(adoptions={one.ref: one for one in adoptions}), PositionTable((("t", "Topic"),), columns, table)


COUNTS = [
    ("five others may be told", ["x", *["19"] * 5], {"hr/mail@1": 5}, (("19", 5),)),
    ("four may not", ["x", *["19"] * 4], {}, ()),
    ("the school itself does not count", ["19"] * 5, {}, ()),
    ("nothing said is an answer too", ["x", *[""] * 5], {"hr/mail@1": 5}, (("", 5),)),
    ("with a few left out, the smallest told goes too", ["x", *["19"] * 6, *["21"] * 5, "18"], {"hr/mail@1": 12},
     (("19", 6),)),
    ("with none left out, all are told", ["x", *["19"] * 6, *["21"] * 5], {"hr/mail@1": 11}, (("19", 6), ("21", 5))),
]  # fmt: skip


@pytest.mark.parametrize(("why", "answers", "adopters", "told"), COUNTS, ids=[row[0] for row in COUNTS])
def test_of_other_schools_only_counts_are_told_and_none_below_five(
    why: str, answers: list[str], adopters: dict[str, int], told: tuple[tuple[str, int], ...]
) -> None:
    others = count_others(*many(*answers), "s0")
    assert (others.adopters, others.answers) == (adopters, {"t": told} if told else {})


def test_a_school_gets_its_own_records_and_the_issued_versions_of_its_models() -> None:
    versions = {
        "hr/mail@1": MODEL,
        "hr/mail@2": replace(MODEL, version="2"),
        "hr/mail@3": replace(MODEL, version="3", issued=None),
        "hr/mail@draft": replace(MODEL, version="draft"),
        "hr/phones@1": replace(MODEL, id="hr/phones"),
    }
    offered = {f"{name}@e": replace(MODEL, id=name) for name in ("hr/mail", "trust/phones")}
    adoptions = {f"{name}/mail": Adoption(name, "mail", "hr/mail", "1") for name in ("oak", "elm")}
    schools = {name: replace(SCHOOL, id=name) for name in ("oak", "elm")}
    seen = records_for_school(Workspace({}, versions, schools, adoptions, offered=offered), "oak")
    assert (set(seen.adoptions), set(seen.schools)) == ({"oak/mail"}, {"oak"})
    assert (set(seen.models), set(seen.offered)) == ({"hr/mail@1", "hr/mail@2"}, {"hr/mail@e"})
