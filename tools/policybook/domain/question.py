"""What goes out to schools in sheets and comes back: questions, answers, and schools themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policybook.domain.adoption import School
from policybook.domain.model import Parameter


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """One value that a school is asked for.

    `ref` is `school/policy`; `models` and `allowed` are words; `answer` is what holds for the school now, as it would
    be typed into a sheet, None where the model's value holds or there is none. `is_settled` where the school may not
    answer: a trust set the value for all its academies.
    """

    ref: str
    school: str
    policy: str
    parameter: Parameter
    models: str
    allowed: str
    answer: str | int | date | None = None
    options: tuple[str, ...] = ()
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class AnsweredValue:
    """One value that a sheet changes: what held before and what will, in words; `is_models` where the model's will."""

    ref: str
    label: str
    before: str
    after: str
    is_models: bool


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """What becomes of one row of a list of schools.

    The record, what it was before (None: it is new), and what changes, in words. `number` counts rows from 1.
    """

    number: int
    school: School
    before: School | None
    changes: tuple[str, ...]
