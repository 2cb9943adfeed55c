"""What reaches the public site: only what an approval shows to be the words approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policybook.adopt import resolve
from policybook.domain.adoption import Adoption, Decision, School
from policybook.domain.model import Clause, ModelVersion, Part, Publisher
from policybook.domain.resolved import ResolvedPolicy
from policybook.site.audience import find_withheld, published_policy
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
