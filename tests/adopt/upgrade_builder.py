"""Small builders of model versions and adoptions for the tests of upgrades."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.model import Clause, ModelVersion, Parameter, Part, Publisher
from policybook.domain.upgrade import ClauseOutcome, UpgradePlan

SCHOOL = School("oak", "Oak School", "school", "Oak")


def clause(name: str, text: str = "", **more: Any) -> Clause:
    return Clause(f"mail.{name}", text=text or f"Words of {name} stand here.", **more)


def model(version: str, *clauses: Clause, age: Parameter | None = None, more: tuple[Part, ...] = ()) -> ModelVersion:
    """A model with one part of clauses; `age` is its one blank."""
    parts = (Part("mail", "E-mail", clauses=clauses), *more)
    parameters = {age.name: age} if age else {}
    return ModelVersion("hr/mail", version, "E-mail", Publisher("hr", "HR", "council-hr"), None, parts, parameters)


def adoption(*tailorings: Tailoring, version: str = "1", **more: Any) -> Adoption:
    return Adoption("oak", "mail", "hr/mail", version, tailorings=tailorings, **more)


def substitute(name: str, text: str) -> Tailoring:
    return Tailoring("substitute", f"mail.{name}", "our way", text)


def omit(name: str) -> Tailoring:
    return Tailoring("omit", f"mail.{name}", "not us")


def move(name: str, after: str) -> Tailoring:
    return Tailoring("move", f"mail.{name}", "reads better", after=f"mail.{after}")


def insert(name: str, after: str, text: str) -> Tailoring:
    return Tailoring("insert", f"oak.{name}", "local", text, after=f"mail.{after}")


def age(default: int = 18, **more: Any) -> Parameter:
    return Parameter("age", "age", "Age", default, **more)


def outcome(plan: UpgradePlan, name: str) -> ClauseOutcome:
    """The one outcome of a clause."""
    (found,) = [entry for entry in plan.outcomes if entry.clause == name]
    return found


def with_version(adopted: Adoption, version: str) -> Adoption:
    return replace(adopted, version=version)
