"""The review calendar: a chart by month, then what is overdue, then month by month, then what has no date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from policybook.domain.adoption import PolicyRecord
from policybook.domain.inline import Run
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.report.address import page_link, policy_page_path
from policybook.report.due import review_day
from policybook.report.word import bullet, cell, count, next_review, paragraph, print_date, runs

MONTHS_SHOWN = 12
"""Months of the chart, from this one on; what is due after them has a bar of its own."""
FEW_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A policy of any kind, whose it is and what it is called."""

    record: PolicyRecord
    school: str
    title: str


def reviews_page(policies: Sequence[Reviewed], today: date) -> Page:
    """When each policy is looked at again, measured by `today`; what is overdue comes first."""
    dated = sorted(
        ((due, policy) for policy in policies if (due := review_day(policy.record))),
        key=lambda entry: (entry[0], entry[1].record.ref),
    )
    overdue = [policy for due, policy in dated if due < today]
    coming = [(due, policy) for due, policy in dated if due >= today]
    undated = [policy for policy in policies if review_day(policy.record) is None]
    blocks: list[Block] = [paragraph(f"As at {print_date(today)}. The nearest date comes first.")]
    if policies:
        blocks.append(_chart(overdue, coming, undated, today))
    else:
        blocks.append(paragraph("No policy has been adopted yet."))
    if overdue:
        blocks += [Heading(runs("Overdue"), 1, anchor="overdue"), _table("Overdue", overdue)]
    for month, entries in groupby(coming, key=lambda entry: _month(entry[0])):
        found = list(entries)
        said = f"{found[0][0]:%B %Y}"
        blocks.append(Heading(runs(said), 1, anchor=_anchor(month)))
        blocks.append(_table(said, [policy for _, policy in found]))
    if undated:
        blocks.append(Heading(runs("No date recorded"), 1, anchor="no-date"))
        blocks += (bullet(f"{policy.school}: ", page_link(policy_page_path(policy.record), policy.title))
                   for policy in undated)  # fmt: skip
    return Page("Review calendar", tuple(blocks), subject="When each policy is looked at again")


def _chart(
    overdue: Sequence[Reviewed], coming: Sequence[tuple[date, Reviewed]], undated: Sequence[Reviewed], today: date
) -> Table:
    """A bar a month, empty months too, so that what is bunched together shows; each leads to its list."""
    first = _month(today)
    rows = [_bar("Overdue", overdue, "overdue")] if overdue else []
    for month in range(first, first + MONTHS_SHOWN):
        found = [policy for due, policy in coming if _month(due) == month]
        rows.append(_bar(_month_words(month), found, _anchor(month)))
    later = [(due, policy) for due, policy in coming if _month(due) >= first + MONTHS_SHOWN]
    if later:
        rows.append(_bar("Later", [policy for _, policy in later], _anchor(_month(later[0][0]))))
    if undated:
        rows.append(_bar("No date recorded", undated, "no-date"))
    return Table("Reviews by month", ("When", "Policies", "Whose"), tuple(rows), (0.25, 0.35, 0.4), layout="bars")


def _bar(label: str, found: Sequence[Reviewed], anchor: str) -> tuple[Cell, ...]:
    words = cell(Run(label, link=f"#{anchor}") if found else label, heading=True)
    schools = list(dict.fromkeys(policy.school for policy in found))
    return words, cell(str(len(found))), cell("; ".join(schools) if len(schools) <= FEW_NAMED else "")


def _table(when: str, policies: Sequence[Reviewed]) -> Table:
    caption = f"{when}: {count(len(policies), 'policy', 'policies')}"
    return Table(caption, ("Due", "School", "Policy"), tuple(_rows(policies)), (0.22, 0.33, 0.45))


def _rows(policies: Sequence[Reviewed]) -> Iterator[tuple[Cell, ...]]:
    for policy in policies:
        link = page_link(policy_page_path(policy.record), policy.title)
        yield cell(next_review(policy.record), heading=True), cell(policy.school), cell(link)


def _month(day: date) -> int:
    """Months since the year 0, so that the next one is one more."""
    return day.year * 12 + day.month - 1


def _month_words(month: int) -> str:
    return f"{date(month // 12, month % 12 + 1, 1):%B %Y}"


def _anchor(month: int) -> str:
    return f"due-{month // 12}-{month % 12 + 1:02}"
