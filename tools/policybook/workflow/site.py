"""The site of a workspace: its pages from the book, then mkdocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policybook.domain.adoption import PolicyRecord
from policybook.domain.comparison import Collation
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.page import Block, Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import (
    COMPARE,
    HOME,
    HOW_TO_READ,
    POSITIONS,
    POSITIONS_FILE_STEM,
    REVIEWS,
    file_link,
    home_grown_file,
    matrix_file_stem,
    matrix_path,
    model_page_path,
    page_link,
    policy_page_path,
    school_page_path,
    served_page_path,
    side_by_side_path,
    version_changes_path,
)
from policybook.report.adoption import adoption_page
from policybook.report.due import Policy, newer_version, reviews_page
from policybook.report.home import guide_page, home_page
from policybook.report.home_grown import (
    home_grown_blocks,
    home_grown_page,
    home_grown_status,
    home_grown_waits,
    name_of,
    served_page,
)
from policybook.report.matrix import matrix_page, matrix_sheets
from policybook.report.model import model_page
from policybook.report.pair import compare_page
from policybook.report.policy import status_of
from policybook.report.position import positions_page
from policybook.report.public import public_home_page, public_policy_page
from policybook.report.school import Entry, school_page
from policybook.report.side_by_side import side_by_side_page
from policybook.report.word import paragraph
from policybook.site import THEME_FILES, SitePage
from policybook.store import find_template
from policybook.workflow.book import Book


def site_pages(
    book: Book, today: date, *, title: str = "Policies of our schools", others: Sequence[Block] = ()
) -> Iterator[SitePage]:
    """Every page, in the order of the menu, as on `today`. `others` is what one school may know of the others."""
    topics = book.workspace.records.topics
    adopted = [(entry.policy, entry.adoption, entry.comparison) for entry in book.adopted]
    models = [(model, model.ref in book.collations) for model in book.models]
    own_policies = [(entry.record, entry.is_changed) for entry in book.home_grown]
    own = home_grown_blocks(own_policies, book.workspace.records.schools, today)
    waits = home_grown_waits(own_policies, book.workspace.records.schools, today)
    home = home_page(
        adopted, models, book.positions, topics,
        today=today, title=title, others=others, home_grown=own, waits=waits,
    )  # fmt: skip
    yield SitePage(HOME, home, nav_title="Home")
    workbook = file_link(f"{POSITIONS_FILE_STEM}.xlsx", "Excel workbook of the positions")
    positions = _with_first(positions_page(book.positions, topics, has_charts=True), paragraph(workbook))
    yield SitePage(POSITIONS, positions, nav_title="Positions")
    policies = [Policy(text, adoption, newer_version(adoption, book.models)) for text, adoption, _ in adopted]
    yield SitePage(REVIEWS, reviews_page(policies, today, own), nav_title="Reviews")
    yield SitePage(COMPARE, compare_page(), nav_title="Compare any two", searchable=False)
    yield from _overview_pages(book, today)
    yield from _school_pages(book)
    yield from _home_grown_pages(book, today)
    yield from _served_pages(book)
    yield from _model_pages(book)
    yield SitePage(HOW_TO_READ, guide_page(), nav_title="How to read")


def public_pages(policies: Sequence[ResolvedPolicy]) -> Iterator[SitePage]:
    """The pages of the public site; `policies` are published ones."""
    yield SitePage(HOME, public_home_page(policies), nav_title="Home")
    for policy in policies:
        if policy.adoption is not None:
            page = public_policy_page(policy)
            yield SitePage(policy_page_path(policy.adoption), page, ("Schools", policy.owner), policy.model.title)


def theme_files(root: Path) -> dict[str, bytes]:
    """The theme's own files by their path in the site."""
    folder = find_template(root) / "site"
    return {path: (folder / path.rpartition("/")[2]).read_bytes() for path in THEME_FILES}


def _overview_pages(book: Book, today: date) -> Iterator[SitePage]:
    """A page for each school that has a policy here, its own or one that another school's record brings it."""
    schools = book.workspace.records.schools
    found: dict[str, list[Entry]] = {}
    for entry in book.adopted:
        for school in entry.adoption.schools:
            path = policy_page_path(entry.adoption)
            said = (entry.adoption, entry.policy.model.title, status_of(entry.policy), path)
            found.setdefault(school, []).append(said)
    for own in book.home_grown:
        status = home_grown_status(own.record, is_changed=own.is_changed)
        for school in own.record.schools:
            line = (own.record, own.record.title, status, policy_page_path(own.record))
            found.setdefault(school, []).append(line)
    for school in sorted(found, key=lambda name: name_of(name, schools)):
        name = name_of(school, schools)
        yield SitePage(school_page_path(school), school_page(name, found[school], today), ("Schools", name), "Overview")


def _school_pages(book: Book) -> Iterator[SitePage]:
    for entry in book.adopted:
        section = ("Schools", entry.policy.owner)
        title = entry.policy.model.title
        newer = newer_version(entry.adoption, book.models)
        page = adoption_page(entry.policy, entry.adoption, entry.comparison, newer)
        yield SitePage(policy_page_path(entry.adoption), page, section, title)
        beside = _titled(side_by_side_page(entry.comparison), f"{title}: beside the model")
        yield SitePage(side_by_side_path(entry.adoption), beside, section, "Beside the model", searchable=False)


def home_grown_files(book: Book) -> dict[str, bytes]:
    """The documents of home-grown policies, by their path in the site."""
    root = book.workspace.root
    return {
        f"documents/{home_grown_file(entry.record)}": (root / entry.document).read_bytes()
        for entry in book.home_grown
        if entry.document
    }


def _home_grown_pages(book: Book, today: date) -> Iterator[SitePage]:
    schools = book.workspace.records.schools
    for entry in book.home_grown:
        page = home_grown_page(
            entry.record, schools, today=today, is_changed=entry.is_changed, has_file=entry.document is not None
        )
        section = ("Schools", name_of(entry.record.school, schools))
        yield SitePage(policy_page_path(entry.record), page, section, entry.record.title)


def _served_pages(book: Book) -> Iterator[SitePage]:
    """A page for each policy of a school that another school's record serves."""
    schools = book.workspace.records.schools
    records: list[tuple[PolicyRecord, str]] = [(entry.adoption, entry.policy.model.title) for entry in book.adopted]
    records += [(entry.record, entry.record.title) for entry in book.home_grown]
    for record, title in records:
        for school in record.schools:
            if school != record.school:
                page = served_page(school, title, record, schools)
                yield SitePage(served_page_path(school, record), page, ("Schools", name_of(school, schools)), title)


def _model_pages(book: Book) -> Iterator[SitePage]:
    names = book.workspace.records
    for model in book.models:
        section = ("Models", model.title)
        adopters = [(entry.adoption, entry.policy.owner) for entry in book.adopters_of(model.ref)]
        workbook = f"{matrix_file_stem(model)}.xlsx" if model.ref in book.collations else ""
        versions = names.versions_of(model.id)
        page = model_page(book.workspace.model(model.ref), versions, adopters, matrix_file=workbook)
        yield SitePage(model_page_path(model), page, section, f"Version {model.version}")
        if model.ref in book.collations:
            yield from _matrix_pages(model, book.collations[model.ref], section, workbook)
        if model.ref in book.version_changes:
            changes = _titled(
                side_by_side_page(book.version_changes[model.ref]), f"{model.title}: changes in {model.version}"
            )
            title = f"Changes in {model.version}"
            yield SitePage(version_changes_path(model), changes, section, title, searchable=False)


def _matrix_pages(
    model: ModelVersion, collation: Collation, section: tuple[str, ...], workbook: str
) -> Iterator[SitePage]:
    """The matrix of a model's adopters: a page, or several that lead to each other where there are very many."""
    sheets = matrix_sheets(collation)
    paths = [_sheet_path(model, index) for index in range(len(sheets))]
    for index, (label, columns) in enumerate(sheets):
        page = matrix_page(collation, f"{model.title}: all adoptions", columns)
        lines: list[Run | str] = [file_link(workbook, "Excel workbook of this table")]
        for path, (name, _) in zip(paths, sheets, strict=True):
            if label:
                lines += [" · ", name if name == label else page_link(path, name)]
        title = f"Adoptions of {model.version}" + (f": {label}" if label else "")
        yield SitePage(paths[index], _with_first(page, paragraph(*lines)), section, title, searchable=False)


def _sheet_path(model: ModelVersion, index: int) -> str:
    path = matrix_path(model)
    return path if index == 0 else f"{path.removesuffix('.md')}-{index + 1}.md"


def _titled(page: Page, title: str) -> Page:
    return Page(title, page.blocks, page.language, page.subject, landscape=page.landscape)


def _with_first(page: Page, block: Block) -> Page:
    return replace(page, blocks=(block, *page.blocks))
