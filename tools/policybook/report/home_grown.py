"""A home-grown policy: what the register knows of it, and what is read of its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from policybook.domain.adoption import HomeGrown, PolicyRecord, School
from policybook.domain.page import Block, Callout, Cell, Heading, Page, Table
from policybook.domain.source import SourceDocument
from policybook.report.address import file_link, home_grown_file, page_link, policy_page_path
from policybook.report.adoption import decision_blocks
from policybook.report.document import document_page
from policybook.report.due import find_waits
from policybook.report.word import OUTCOME_WORDS, cell, next_review, paragraph, print_date, runs
from policybook.text.decided import standing_approval
from policybook.text.term import review_period

NOT_HERE = "Marked public. The public site made here leaves it out, since it does not hold this policy’s words"
FOLLOWS_NONE = (
    "This policy is the school’s own and follows no model. The register knows it; its sections are not compared."
)


def home_grown_page(
    record: HomeGrown,
    schools: Mapping[str, School],
    document: SourceDocument | None = None,
    *,
    today: date | None = None,
    is_changed: bool = False,
    has_file: bool = False,
) -> Page:
    """The facts of the record, and the document's text where it was read, else its decisions.

    With `today` an overdue review is said; `is_changed` where the document is not the one that was approved;
    `has_file` where the site offers the document.
    """
    blocks: list[Block] = [Callout("Home-grown policy", runs(FOLLOWS_NONE))]
    if has_file:
        blocks.append(paragraph(file_link(home_grown_file(record), "The document, as the school keeps it")))
    rows = tuple(_rows(record, schools, today, is_changed=is_changed))
    blocks.append(Table("About this policy", (), rows, (0.32, 0.68), layout="control"))
    blocks += document_page(document).blocks if document else decision_blocks(record)
    return Page(record.title, tuple(blocks), subject=name_of(record.school, schools))


def home_grown_blocks(
    records: Sequence[tuple[HomeGrown, bool]], schools: Mapping[str, School], today: date
) -> list[Block]:
    """A heading and a table of home-grown policies; nothing where there are none.

    Each comes with whether its document is not the one that was approved.
    """
    if not records:
        return []
    rows = []
    for record, is_changed in records:
        names = "; ".join(name_of(school, schools) for school in record.schools)
        link = page_link(policy_page_path(record), record.title)
        status = home_grown_status(record, is_changed=is_changed)
        rows.append((cell(names, heading=True), cell(link), cell(status), cell(_review(record, today))))
    head = ("School", "Policy", "Status", "Next review")
    table = Table("Policies that follow no model", head, tuple(rows), (0.3, 0.3, 0.2, 0.2))
    return [Heading(runs("Home-grown policies"), 1, anchor="home-grown"), table]


def home_grown_waits(
    records: Sequence[tuple[HomeGrown, bool]], schools: Mapping[str, School], today: date
) -> tuple[tuple[Cell, ...], ...]:
    """A row for each thing that waits: the school, the policy, what and for whom; `records` as above."""
    return tuple(
        (
            cell(name_of(record.school, schools), heading=True),
            cell(page_link(policy_page_path(record), record.title)),
            cell(what),
            cell(whom),
        )
        for record, is_changed in records
        for what, whom in find_waits(record, home_grown_status(record, is_changed=is_changed), today)
    )


def served_page(school: str, title: str, record: PolicyRecord, schools: Mapping[str, School]) -> Page:
    """The page of a school that another school's record serves: where its policy stands."""
    owner = name_of(record.school, schools)
    link = page_link(policy_page_path(record), f"{title}, as {owner} keeps it")
    said = f"{name_of(school, schools)} has no record of its own for this policy: that of {owner} serves it. "
    return Page(title, (paragraph(said, link),), subject=name_of(school, schools))


def name_of(school: str, schools: Mapping[str, School]) -> str:
    """What a school is called, its id where it has no record."""
    return schools[school].name if school in schools else school


def home_grown_status(record: HomeGrown, *, is_changed: bool = False) -> str:
    """`Adopted`, `Changed since it was approved`, or `Draft, not yet approved`."""
    if standing_approval(record) is None:
        withdrawn = bool(record.decisions) and record.decisions[-1].outcome == "withdrawn"
        return "Withdrawn" if withdrawn else "Draft, not yet approved"
    return "Changed since it was approved" if is_changed else "Adopted"


def _rows(
    record: HomeGrown, schools: Mapping[str, School], today: date | None, *, is_changed: bool
) -> Iterator[tuple[Cell, Cell]]:
    facts = [("School", name_of(record.school, schools))]
    if record.covers:
        facts.append(("Also for", ", ".join(name_of(entry, schools) for entry in record.covers)))
    facts += [("Looked after by", record.owner or "not recorded"), ("Document", record.file)]
    facts.append(("Status", home_grown_status(record, is_changed=is_changed)))
    decision = standing_approval(record)
    if decision:
        facts.append((OUTCOME_WORDS[decision.outcome], f"{decision.body}, {print_date(decision.on)}"))
    facts.append(("Next review", _review(record, today)))
    facts.append(("On the website", NOT_HERE if record.publish == "public" else "No"))
    return ((cell(label, heading=True), cell(said)) for label, said in facts)


def _review(record: HomeGrown, today: date | None) -> str:
    period = review_period(record.next_review)
    overdue = " (overdue)" if today and period and today > period[1] else ""
    return f"{next_review(record)}{overdue}"
