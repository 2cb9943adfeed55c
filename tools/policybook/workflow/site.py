"""The site of a workspace: its pages from the book, then mkdocs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policybook.domain.error import RenderError
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
    matrix_file_stem,
    matrix_path,
    model_page_path,
    policy_page_path,
    side_by_side_path,
    version_changes_path,
)
from policybook.report.adoption import adoption_page
from policybook.report.due import Policy, newer_version, reviews_page
from policybook.report.home import guide_page, home_page
from policybook.report.matrix import matrix_page
from policybook.report.model import model_page
from policybook.report.pair import compare_page
from policybook.report.position import positions_page
from policybook.report.public import public_home_page, public_policy_page
from policybook.report.side_by_side import side_by_side_page
from policybook.report.word import paragraph
from policybook.site import THEME_FILES, SitePage
from policybook.store import find_template
from policybook.workflow.book import Book

MKDOCS_SECONDS = 1800


def site_pages(
    book: Book, today: date, *, title: str = "Policies of our schools", others: Sequence[Block] = ()
) -> Iterator[SitePage]:
    """Every page, in the order of the menu, as on `today`. `others` is what one school may know of the others."""
    topics = book.workspace.records.topics
    adopted = [(entry.policy, entry.adoption, entry.comparison) for entry in book.adopted]
    models = [(model, model.ref in book.collations) for model in book.models]
    home = home_page(adopted, models, book.positions, topics, today=today, title=title, others=others)
    yield SitePage(HOME, home, nav_title="Home")
    workbook = file_link(f"{POSITIONS_FILE_STEM}.xlsx", "Excel workbook of the positions")
    positions = _with_first(positions_page(book.positions, topics), paragraph(workbook))
    yield SitePage(POSITIONS, positions, nav_title="Positions")
    policies = [Policy(text, adoption, newer_version(adoption, book.models)) for text, adoption, _ in adopted]
    yield SitePage(REVIEWS, reviews_page(policies, today), nav_title="Reviews")
    yield SitePage(COMPARE, compare_page(), nav_title="Compare any two", searchable=False)
    yield from _school_pages(book)
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


def run_mkdocs(work: Path, site: Path, *, is_public: bool = False) -> None:
    """Builds `site` from `work/site_src`; the last good site stays if it fails. Raises RenderError.

    Only a public site keeps its sitemap: it is for search engines.
    """
    fresh = site.with_name(f"{site.name}.new")
    command = _mkdocs(work, "build", "--strict", "--quiet", "--site-dir", str(fresh))
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with paths we made
            command, capture_output=True, text=True, timeout=MKDOCS_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"the site took more than {MKDOCS_SECONDS} seconds", mend="build fewer pages") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        mend = "mend mkdocs.yml or the template named here"
        raise RenderError("\n".join(["mkdocs could not build the site:", *said[-8:]]), where="mkdocs.yml", mend=mend)
    if not is_public:
        for sitemap in fresh.glob("sitemap.xml*"):
            sitemap.unlink()
    _swap(fresh, site)


def start_server(work: Path, address: str) -> subprocess.Popen[bytes]:
    """Serves `work/site_src` on an address of this machine, pages anew as they change, until it is stopped."""
    # Said in full: in some versions of click, mkdocs takes its own default for "no reload".
    return subprocess.Popen(_mkdocs(work, "serve", "--livereload", "--dev-addr", address))  # noqa: S603 - our own


def _mkdocs(work: Path, command: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", command, "--config-file", str(work / "mkdocs.yml"), *options]


def _swap(fresh: Path, site: Path) -> None:
    old = site.with_name(f"{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.replace(old)
    fresh.replace(site)
    shutil.rmtree(old, ignore_errors=True)


def _school_pages(book: Book) -> Iterator[SitePage]:
    for entry in book.adopted:
        section = ("Schools", entry.policy.owner)
        title = entry.policy.model.title
        newer = newer_version(entry.adoption, book.models)
        page = adoption_page(entry.policy, entry.adoption, entry.comparison, newer)
        yield SitePage(policy_page_path(entry.adoption), page, section, title)
        beside = _titled(side_by_side_page(entry.comparison), f"{title}: beside the model")
        yield SitePage(side_by_side_path(entry.adoption), beside, section, "Beside the model", searchable=False)


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
            matrix = matrix_page(book.collations[model.ref], f"{model.title}: all adoptions")
            matrix = _with_first(matrix, paragraph(file_link(workbook, "Excel workbook of this table")))
            yield SitePage(matrix_path(model), matrix, section, f"Adoptions of {model.version}", searchable=False)
        if model.ref in book.version_changes:
            changes = _titled(
                side_by_side_page(book.version_changes[model.ref]), f"{model.title}: changes in {model.version}"
            )
            title = f"Changes in {model.version}"
            yield SitePage(version_changes_path(model), changes, section, title, searchable=False)


def _titled(page: Page, title: str) -> Page:
    return Page(title, page.blocks, page.language, page.subject, landscape=page.landscape)


def _with_first(page: Page, block: Block) -> Page:
    return replace(page, blocks=(block, *page.blocks))
