"""What the site of one audience is made of: its documents and pages, from the records that these readers may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from policybook.compare import find_positions
from policybook.domain.finding import Finding
from policybook.domain.page import Block
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.jobs import Task
from policybook.render.feed import write_feed
from policybook.report.address import FEED
from policybook.report.home import others_blocks
from policybook.report.position import with_figures
from policybook.report.public import TITLE, public_news
from policybook.site.assemble import LaterPage, SitePage
from policybook.site.audience import SiteAudience, count_others, find_withheld, published_policy, records_for_school
from policybook.site.pair import pair_files
from policybook.workflow.book import Book, read_book
from policybook.workflow.document import document_tasks, published_tasks
from policybook.workflow.site import home_grown_files, public_pages, site_pages
from policybook.workflow.site_address import site_address
from policybook.workflow.workspace import OpenWorkspace

NAME = "Policies of our schools"
COUNCIL_NOTICE = (
    "For the council and its schools: these pages hold internal policies and reasons. Do not publish them. "
    "Nothing here is legal advice."
)
SCHOOL_NOTICE = (
    "For this school alone: these pages hold internal policies and reasons. Do not publish them. "
    "Nothing here is legal advice."
)
PUBLIC_NOTICE = "Published by the schools named here. The school answers for the words; nothing here is legal advice."


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The documents to make, the pages, other files by path in the site, the site's name and the notice at its foot.

    `pages` are drawn one after another and can be gone through once: all at once would not fit a large council's
    memory. `findings` say what these readers do not get to see, though it is marked for them. `address` is
    where the site will stand on the web: only a public one has any.
    """

    tasks: tuple[Task, ...]
    pages: Iterator[SitePage | LaterPage]
    files: dict[str, bytes]
    name: str
    notice: str
    findings: tuple[Finding, ...] = ()
    address: str = ""


def plan_site(
    workspace: OpenWorkspace,
    audience: SiteAudience,
    tool_key: str,
    today: date,
    counts: dict[str, int] | None = None,
) -> SitePlan:
    """The plan for an audience. Raises UnknownReference for a school that the workspace does not have.

    `today` is what reviews are measured by; the public site does not show it. `counts` as in `site_pages`.
    """
    if audience.kind == "public":
        return _public_plan(workspace, tool_key)
    if audience.kind == "school":
        return _school_plan(workspace, audience.school, tool_key, today, counts)
    book = read_book(workspace)
    pages = site_pages(book, today, counts=counts)
    return SitePlan(tuple(document_tasks(book, tool_key)), pages, _files(book), NAME, COUNCIL_NOTICE)


def _public_plan(workspace: OpenWorkspace, tool_key: str) -> SitePlan:
    found = (published_policy(policy) for policy in workspace.policies.values())
    policies = [policy for policy in found if policy]
    tasks = tuple(published_tasks(policies, workspace.root, tool_key))
    withheld = tuple(find_withheld(workspace.policies.values()))
    address = site_address(workspace.root)
    news = tuple(public_news(policies, address)) if address else ()
    files = {FEED: write_feed(news, TITLE, f"{address}{FEED}")} if news else {}
    return SitePlan(tasks, public_pages(policies, has_feed=bool(news)), files, TITLE, PUBLIC_NOTICE, withheld, address)


def _school_plan(
    workspace: OpenWorkspace, school: str, tool_key: str, today: date, counts: dict[str, int] | None
) -> SitePlan:
    """The book is read from the school's records alone; only the counts come from the others."""
    records = records_for_school(workspace.records, school)
    policies = {ref: _for_one(workspace.policies[ref], records, school) for ref in records.adoptions}
    own = OpenWorkspace(workspace.root, records, policies, ())
    # A matrix sets many schools side by side; of one school, it would repeat the page beside the model.
    book = replace(read_book(own), collations={})
    name = f"Policies of {records.schools[school].name}"
    others = tuple(_others(workspace, book, school))
    pages = site_pages(book, today, title=name, others=others, counts=counts)
    return SitePlan(tuple(document_tasks(book, tool_key)), pages, _files(book), name, SCHOOL_NOTICE)


def _for_one(policy: ResolvedPolicy, records: Workspace, school: str) -> ResolvedPolicy:
    """The policy as one school sees it: of the schools that it serves besides its own, this one alone."""
    serves = (records.schools[school].name,) if policy.adoption and policy.adoption.school != school else ()
    return replace(policy, adoption=records.adoptions[policy.ref], serves=serves)


def _others(workspace: OpenWorkspace, book: Book, school: str) -> Iterator[Block]:
    topics = workspace.records.topics
    table = with_figures(find_positions(topics.values(), list(workspace.policies.values())), topics)
    counts = count_others(workspace.records, table, school)
    adopters = [(model, counts.adopters[model.ref]) for model in book.models if model.ref in counts.adopters]
    answers = [(label, counts.answers[topic]) for topic, label in table.topics if topic in counts.answers]
    return others_blocks(adopters, answers)


def _files(book: Book) -> dict[str, bytes]:
    texts = [book.workspace.model(model.ref) for model in book.models]
    return {**pair_files([*texts, *(entry.policy for entry in book.adopted)]), **home_grown_files(book)}
