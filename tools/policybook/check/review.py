"""Reviews that are overdue on a day, of adoptions and of models. The day is always given, never read from a clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from policybook.domain.adoption import PolicyRecord
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.text.decided import standing_approval
from policybook.text.term import review_period
from policybook.text.value import duration_days


def find_review_problems(record: PolicyRecord, day: date) -> Iterator[Finding]:
    """A next review that is past, cannot be read, or lies before the approval; nothing where none is named."""
    if not record.next_review or (record.decisions and record.decisions[-1].outcome == "withdrawn"):
        return
    period, place = review_period(record.next_review), record.place_of("review")
    approval = standing_approval(record)
    if period is None:
        message = f"the next review, '{record.next_review}', names no day and no term"
        mend = "write a date (2026-11-21) or a term (Autumn 2026)"
        yield Finding("warning", "review.unclear", place, message, mend)
    elif approval and period[1] < approval.on:
        message = f"the next review, {record.next_review}, lies before the approval of {approval.on.isoformat()}"
        mend = "write when the policy as approved is to be reviewed"
        yield Finding("warning", "review.unclear", place, message, mend)
    elif day > period[1]:
        message = f"the review of {record.ref} was due by {period[1].isoformat()}"
        mend = "put it on an agenda; `policybook decide … --review` records the next one"
        yield Finding("warning", "review.overdue", place, message, mend)


def find_model_review_problems(model: ModelVersion, day: date) -> Iterator[Finding]:
    """A model version whose own review cycle has run out since it was issued."""
    due = _due(model)
    if due and day > due:
        message = f"{model.ref} was issued on {model.issued} to be reviewed every {model.review}: due by {due}"
        mend = "review it and issue a version that says so, even where the words stay"
        yield Finding("warning", "review.overdue", model.place, message, mend)


def _due(model: ModelVersion) -> date | None:
    """The day by which a model is to be reviewed; None where it does not say."""
    if model.issued is None or not duration_days(model.review):
        return None
    count, _, unit = model.review.partition(" ")
    if unit.startswith("year"):
        with suppress(ValueError):  # 29 February
            return model.issued.replace(year=model.issued.year + int(count))
    return model.issued + timedelta(days=duration_days(model.review))
