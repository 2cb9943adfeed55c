"""What waits for whom, and when reviews are due, as on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from policybook.domain.adoption import Adoption, PolicyRecord
from policybook.domain.model import ModelVersion
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import page_link, policy_page_path
from policybook.report.policy import blank_count, status_of
from policybook.report.word import bullet, cell, count, next_review, paragraph, print_date, runs
from policybook.text.term import review_period

SOON_DAYS = 90
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


def waiting_table(policies: Sequence[Policy], today: date, home_grown: Sequence[tuple[Cell, ...]] = ()) -> Table | None:
    """What waits, for whom, policy by policy, then the rows of `home_grown` ones; None where nothing does."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            cell(policy.text.owner, heading=True),
            cell(page_link(policy_page_path(policy.adoption), policy.text.model.title)),
            cell(what),
            cell(whom),
        )
        for policy in policies
        for what, whom in _waits(policy, today)
    )
    rows += tuple(home_grown)
    head = ("School", "Policy", "What waits", "For whom")
    return Table("What waits for whom", head, rows, (0.2, 0.3, 0.32, 0.18)) if rows else None


def reviews_page(policies: Sequence[Policy], today: date, home_grown: Sequence[Block] = ()) -> Page:
    """The review calendar: what is overdue, then month by month, then what has no date, then what follows no model."""
    blocks: list[Block] = [paragraph(f"As at {print_date(today)}. The nearest date comes first.")]
    dated = sorted(
        ((due, policy) for policy in policies if (due := review_day(policy.adoption))),
        key=lambda entry: (entry[0], entry[1].adoption.ref),
    )
    overdue = [entry for entry in dated if entry[0] < today]
    if overdue:
        blocks += [Heading(runs("Overdue"), 1, anchor="overdue"), _review_table("Reviews that are overdue", overdue)]
    coming = (entry for entry in dated if entry[0] >= today)
    for month, entries in groupby(coming, key=lambda entry: f"{entry[0]:%B %Y}"):
        blocks += [Heading(runs(month), 1), _review_table(f"Reviews due in {month}", list(entries))]
    undated = [policy for policy in policies if review_day(policy.adoption) is None]
    if undated:
        blocks.append(Heading(runs("No date recorded"), 1, anchor="no-date"))
        blocks += (_line(policy) for policy in undated)
    if not policies:
        blocks.append(paragraph("No policy has been adopted yet."))
    blocks += home_grown
    return Page("Review calendar", tuple(blocks), subject="When each policy is looked at again")


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


def find_waits(record: PolicyRecord, status: str, today: date) -> Iterator[tuple[str, str]]:
    """What waits for whom with any policy, whether it follows a model or not."""
    if status == "Draft, not yet approved":
        yield "Not yet approved", "Governors"
    elif status == "Changed since it was approved":
        yield "Changed since it was approved", "Governors"
    state = review_state(record, today)
    if state in ("overdue", "soon"):
        said = "Review overdue since" if state == "overdue" else "Review due by"
        yield f"{said} {next_review(record)}", "School and governors"


def _waits(policy: Policy, today: date) -> Iterator[tuple[str, str]]:
    text = policy.text
    yield from find_waits(policy.adoption, status_of(text), today)
    blanks = blank_count(text)
    if blanks:
        yield f"{count(blanks, 'blank')} to fill in", "School"
    if policy.newer:
        yield f"The model has moved on: version {policy.newer.version}", "School"


def _review_table(caption: str, entries: Sequence[tuple[date, Policy]]) -> Table:
    rows = tuple(
        (
            cell(next_review(policy.adoption), heading=True),
            cell(policy.text.owner),
            cell(page_link(policy_page_path(policy.adoption), policy.text.model.title)),
        )
        for _, policy in entries
    )
    return Table(caption, ("Due", "School", "Policy"), rows, (0.22, 0.33, 0.45))


def _line(policy: Policy) -> Block:
    title = policy.text.model.title
    return bullet(f"{policy.text.owner}: ", page_link(policy_page_path(policy.adoption), title))
