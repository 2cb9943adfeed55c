"""The site of a workspace: its pages from the book, then mkdocs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from policybook.domain.adoption import PolicyRecord
from policybook.domain.comparison import PositionTable
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
    WAITING,
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
from policybook.report.calendar import Reviewed, reviews_page
from policybook.report.due import Policy, find_waits, newer_version, policy_waits, waiting_page, waiting_rows
from policybook.report.home import LONGEST_WAITING, guide_page, home_page
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
from policybook.site import THEME_FILES, LaterPage, SitePage
from policybook.store import find_template
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.book import AdoptedPolicy, Book
from policybook.workflow.document import matrix_key
from policybook.workflow.site_upgrade import upgrade_index, upgrade_pages

AnyPage = SitePage | LaterPage


def site_pages(
    book: Book,
    today: date,
    *,
    title: str = "Policies of our schools",
    others: Sequence[Block] = (),
    counts: dict[str, int] | None = None,
) -> Iterator[AnyPage]:
    """Every page, in the order of the menu, as on `today`. `others` is what one school may know of the others.

    `counts` are the numbers of changes of substance that are known by an adoption's key; it is filled up.
    """
    topics = book.workspace.records.topics
    matters = _count_matters(book, {} if counts is None else counts)
    adopted = [(entry.policy, entry.adoption, matters[entry.key]) for entry in book.adopted]
    models = [(model, model.ref in book.collations) for model in book.models]
    schools = book.workspace.records.schools
    own_policies = [(entry.record, entry.is_changed) for entry in book.home_grown]
    policies = [
        Policy(entry.policy, entry.adoption, newer_version(entry.adoption, book.models)) for entry in book.adopted
    ]
    waits = (*waiting_rows(policies, today), *home_grown_waits(own_policies, schools, today))
    home = home_page(
        adopted, models, book.positions, topics, today=today, title=title, others=others,
        home_grown=home_grown_blocks(own_policies, schools, today), waits=waits,
    )  # fmt: skip
    yield SitePage(HOME, home, nav_title="Home")
    if len(waits) > LONGEST_WAITING:
        yield SitePage(WAITING, waiting_page(waits, today), nav_title="What waits")
    yield SitePage(POSITIONS, _positions_page(book), nav_title="Positions")
    yield SitePage(REVIEWS, reviews_page(list(_reviewed(book)), today), nav_title="Reviews")
    yield upgrade_index(book)
    yield SitePage(COMPARE, compare_page(), nav_title="Compare any two", searchable=False)
    yield from _overview_pages(book, today)
    yield from _school_pages(book)
    yield from _home_grown_pages(book, today)
    yield from _served_pages(book)
    yield from _model_pages(book)
    yield from upgrade_pages(book)
    yield SitePage(HOW_TO_READ, guide_page(), nav_title="How to read")


def _positions_page(book: Book) -> Page:
    workbook = file_link(f"{POSITIONS_FILE_STEM}.xlsx", "Excel workbook of the positions")
    page = positions_page(_named_apart(book), book.workspace.records.topics, has_charts=True)
    return _with_first(page, paragraph(workbook))


def _named_apart(book: Book) -> PositionTable:
    """The positions with the policy's title beside a school that has several."""
    titles = {entry.policy.ref: entry.policy.model.title for entry in book.adopted}
    times = Counter(name for _, name in book.positions.columns)
    columns = tuple(
        (ref, f"{name}, {titles[ref]}" if times[name] > 1 else name) for ref, name in book.positions.columns
    )
    return replace(book.positions, columns=columns)


def _reviewed(book: Book) -> Iterator[Reviewed]:
    """Every policy with a page, those that follow no model too."""
    for entry in book.adopted:
        yield Reviewed(entry.adoption, entry.policy.owner, entry.policy.model.title)
    for own in book.home_grown:
        names = book.workspace.records.schools
        yield Reviewed(own.record, "; ".join(name_of(school, names) for school in own.record.schools), own.record.title)


def _count_matters(book: Book, counts: dict[str, int]) -> dict[str, int]:
    """Changes of substance by the adoptions' keys: what was counted before is not compared again."""
    for entry in book.adopted:
        if entry.key not in counts:
            counts[entry.key] = entry.comparison.summary()["substantive"]
    for gone in counts.keys() - {entry.key for entry in book.adopted}:
        del counts[gone]
    return counts


def public_pages(policies: Sequence[ResolvedPolicy], *, has_feed: bool = False) -> Iterator[SitePage]:
    """The pages of the public site; `policies` are published ones."""
    yield SitePage(HOME, public_home_page(policies, has_feed=has_feed), nav_title="Home")
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
        policy = Policy(entry.policy, entry.adoption, newer_version(entry.adoption, book.models))
        waits = list(policy_waits(policy, today))
        for school in entry.adoption.schools:
            path = policy_page_path(entry.adoption)
            said = (entry.adoption, entry.policy.model.title, status_of(entry.policy), path, waits)
            found.setdefault(school, []).append(said)
    for own in book.home_grown:
        status = home_grown_status(own.record, is_changed=own.is_changed)
        waits = list(find_waits(own.record, status, today))
        for school in own.record.schools:
            line = (own.record, own.record.title, status, policy_page_path(own.record), waits)
            found.setdefault(school, []).append(line)
    for school in sorted(found, key=lambda name: name_of(name, schools)):
        name = name_of(school, schools)
        yield SitePage(school_page_path(school), school_page(name, found[school], today), ("Schools", name), "Overview")


def _school_pages(book: Book) -> Iterator[LaterPage]:
    for entry in book.adopted:
        section = ("Schools", entry.policy.owner)
        newer = newer_version(entry.adoption, book.models)
        key = exact_fingerprint([entry.key, newer and model_page_path(newer)])
        draw = partial(_adoption_page, entry, newer)
        yield LaterPage(policy_page_path(entry.adoption), key, draw, section, entry.policy.model.title)
        path, beside = side_by_side_path(entry.adoption), partial(_beside_page, entry)
        yield LaterPage(path, entry.key, beside, section, "Beside the model", searchable=False)


def _adoption_page(entry: AdoptedPolicy, newer: ModelVersion | None) -> Page:
    return adoption_page(entry.policy, entry.adoption, entry.comparison, newer)


def _beside_page(entry: AdoptedPolicy) -> Page:
    return _titled(side_by_side_page(entry.comparison), f"{entry.policy.model.title}: beside the model")


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


def _model_pages(book: Book) -> Iterator[AnyPage]:
    names = book.workspace.records
    for model in book.models:
        section = ("Models", model.title)
        adopters = [(entry.adoption, entry.policy.owner) for entry in book.adopters_of(model.ref)]
        workbook = f"{matrix_file_stem(model)}.xlsx" if model.ref in book.collations else ""
        versions = names.versions_of(model.id)
        page = model_page(book.workspace.model(model.ref), versions, adopters, matrix_file=workbook)
        yield SitePage(model_page_path(model), page, section, f"Version {model.version}")
        if model.ref in book.collations:
            yield from _matrix_pages(book, model, section, workbook)
        if model.ref in book.version_changes:
            changes = _titled(
                side_by_side_page(book.version_changes[model.ref]), f"{model.title}: changes in {model.version}"
            )
            title = f"Changes in {model.version}"
            yield SitePage(version_changes_path(model), changes, section, title, searchable=False)


def _matrix_pages(book: Book, model: ModelVersion, section: tuple[str, ...], workbook: str) -> Iterator[LaterPage]:
    """The matrix of a model's adopters: a page, or several that lead to each other where there are very many."""
    sheets = matrix_sheets([entry.policy.owner for entry in book.adopters_of(model.ref)])
    paths = [_sheet_path(model, index) for index in range(len(sheets))]
    key = matrix_key(book, model)
    for index, (label, columns) in enumerate(sheets):
        lines: list[Run | str] = [file_link(workbook, "Excel workbook of this table")]
        for path, (name, _) in zip(paths, sheets, strict=True):
            if label:
                lines += [" · ", name if name == label else page_link(path, name)]
        title = f"Adoptions of {model.version}" + (f": {label}" if label else "")
        draw = partial(_matrix_page, book, model, columns, paragraph(*lines))
        yield LaterPage(paths[index], exact_fingerprint([key, *lines]), draw, section, title, searchable=False)


def _matrix_page(book: Book, model: ModelVersion, columns: slice, first: Block) -> Page:
    return _with_first(matrix_page(book.collations[model.ref], f"{model.title}: all adoptions", columns), first)


def _sheet_path(model: ModelVersion, index: int) -> str:
    path = matrix_path(model)
    return path if index == 0 else f"{path.removesuffix('.md')}-{index + 1}.md"


def _titled(page: Page, title: str) -> Page:
    return Page(title, page.blocks, page.language, page.subject, landscape=page.landscape)


def _with_first(page: Page, block: Block) -> Page:
    return replace(page, blocks=(block, *page.blocks))
