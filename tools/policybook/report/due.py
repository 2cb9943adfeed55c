"""What waits for whom, and when reviews are due, as on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from policybook.domain.adoption import Adoption, PolicyRecord
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.page import Cell, Page, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import page_link, policy_page_path, school_upgrade_path
from policybook.report.policy import blank_count, status_of
from policybook.report.word import cell, count, next_review, paragraph, print_date
from policybook.text.term import review_period

SOON_DAYS = 90
Wait = tuple[Run | str, str]
"""What waits, and for whom."""
ReviewState = Literal["overdue", "soon", "later", "not recorded"]
REVIEW_WORDS: dict[ReviewState, str] = {
    "overdue": "Overdue",
    "soon": f"Due within {SOON_DAYS} days",
    "later": "Later",
    "not recorded": "No date recorded",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A school's policy with its record and the newest issued version of its model, None where it has that already."""

    text: ResolvedPolicy
    adoption: Adoption
    newer: ModelVersion | None = None


def review_day(record: PolicyRecord) -> date | None:
    """The day by which the next review is due, a term's last day for a term; None where neither is recorded."""
    period = review_period(record.next_review)
    return period[1] if period else None


def review_state(record: PolicyRecord, today: date) -> ReviewState:
    """How the next review stands on a day; a review due today is not overdue yet."""
    due = review_day(record)
    if due is None:
        return "not recorded"
    if due < today:
        return "overdue"
    return "soon" if (due - today).days <= SOON_DAYS else "later"


def newer_version(adoption: Adoption, versions: Sequence[ModelVersion]) -> ModelVersion | None:
    """The newest issued version of the adopted model, or None where that is the one adopted.

    `versions` are all versions of all models, each model's oldest first.
    """
    own = [version for version in versions if version.id == adoption.model]
    places = [place for place, version in enumerate(own) if version.version == adoption.version]
    later = [version for version in own[places[0] + 1 :] if is_issued(version)] if places else []
    return later[-1] if later else None


def is_issued(version: ModelVersion) -> bool:
    """Whether a version is one to adopt, not the draft being written."""
    return version.issued is not None and version.version != "draft"


def waiting_rows(policies: Sequence[Policy], today: date) -> tuple[tuple[Cell, ...], ...]:
    """A row for each thing that waits: school, policy, what, and for whom."""
    return tuple(
        (
            cell(policy.text.owner, heading=True),
            cell(page_link(policy_page_path(policy.adoption), policy.text.model.title)),
            cell(what),
            cell(whom),
        )
        for policy in policies
        for what, whom in policy_waits(policy, today)
    )


def waiting_table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    """What waits, for whom, policy by policy."""
    head = ("School", "Policy", "What waits", "For whom")
    return Table(count(len(rows), "thing waits", "things wait"), head, tuple(rows), (0.2, 0.3, 0.32, 0.18))


def waiting_page(rows: Sequence[tuple[Cell, ...]], today: date) -> Page:
    """Everything that waits, where it is too much for the first page."""
    lead = paragraph(f"{count(len(rows), 'thing waits', 'things wait')}, as at {print_date(today)}.")
    return Page("What waits for whom", (lead, waiting_table(rows)), landscape=True)


def review_counts(policies: Sequence[Policy], today: date) -> Table:
    """A chart of how reviews stand."""
    states = [review_state(policy.adoption, today) for policy in policies]
    counts = ((words, states.count(state)) for state, words in REVIEW_WORDS.items())
    return chart("Reviews", "Next review", counts)


def status_counts(policies: Sequence[Policy]) -> Table:
    """A chart of how many policies are adopted, drafts, or changed since they were approved."""
    found = [status_of(policy.text) for policy in policies]
    return chart("Approval", "Status", ((status, found.count(status)) for status in sorted(set(found))))


def chart(caption: str, label: str, counts: Iterator[tuple[str, int]]) -> Table:
    """Labels with whole numbers of policies, drawn as bars where a browser shows them."""
    rows = tuple((cell(words, heading=True), cell(str(number))) for words, number in counts)
    return Table(caption, (label, "Policies"), rows, (0.6, 0.4), layout="bars")


def find_waits(record: PolicyRecord, status: str, today: date) -> Iterator[Wait]:
    """What waits for whom with any policy, whether it follows a model or not."""
    if status == "Draft, not yet approved":
        yield "Not yet approved", "Governors"
    elif status == "Changed since it was approved":
        yield "Changed since it was approved", "Governors"
    state = review_state(record, today)
    if state in ("overdue", "soon"):
        said = "Review overdue since" if state == "overdue" else "Review due by"
        yield f"{said} {next_review(record)}", "School and governors"


def policy_waits(policy: Policy, today: date) -> Iterator[Wait]:
    """What waits for whom with a policy that follows a model: its blanks and a newer version of the model as well."""
    text = policy.text
    yield from find_waits(policy.adoption, status_of(text), today)
    blanks = blank_count(text)
    if blanks:
        yield f"{count(blanks, 'blank')} to fill in", "School"
    if policy.newer:
        said = f"The model has moved on: version {policy.newer.version}"
        yield page_link(school_upgrade_path(policy.adoption), said), "School"
