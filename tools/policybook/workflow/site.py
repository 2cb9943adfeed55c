"""The site of a workspace: its pages from the book, then mkdocs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from policybook.domain.error import RenderError
from policybook.domain.page import Page
from policybook.report.address import (
    HOME,
    HOW_TO_READ,
    POSITIONS,
    matrix_path,
    model_page_path,
    policy_page_path,
    side_by_side_path,
    version_changes_path,
)
from policybook.report.adoption import adoption_page
from policybook.report.home import guide_page, home_page
from policybook.report.matrix import matrix_page
from policybook.report.model import model_page
from policybook.report.position import positions_page
from policybook.report.side_by_side import side_by_side_page
from policybook.site import THEME_FILES, SiteFiles, SitePage, assemble_site
from policybook.store import find_site_settings, find_template
from policybook.workflow.book import Book

NAME = "Policies of our schools"
NOTICE = (
    "For the council and its schools: these pages hold internal policies and reasons. Do not publish them. "
    "Nothing here is legal advice."
)
MKDOCS_SECONDS = 600


def site_files(book: Book, documents: Mapping[str, bytes]) -> SiteFiles:
    """The source files of the site, for the council: every policy, reason and comparison. `documents` by path."""
    theme_folder = find_template(book.workspace.root) / "site"
    theme = {path: (theme_folder / path.rpartition("/")[2]).read_bytes() for path in THEME_FILES}
    return assemble_site(list(site_pages(book)), {**documents, **theme}, name=NAME, notice=NOTICE)


def site_pages(book: Book) -> Iterator[SitePage]:
    """Every page, in the order of the menu."""
    topics = book.workspace.records.topics
    adopted = [(entry.policy, entry.adoption, entry.comparison) for entry in book.adopted]
    models = [(model, model.ref in book.collations) for model in book.models]
    yield SitePage(HOME, home_page(adopted, models, book.positions, topics), nav_title="Home")
    yield SitePage(POSITIONS, positions_page(book.positions, topics), nav_title="Positions")
    yield from _school_pages(book)
    yield from _model_pages(book)
    yield SitePage(HOW_TO_READ, guide_page(), nav_title="How to read")


def run_mkdocs(build: Path, root: Path) -> None:
    """Builds `build/site` from `build/site_src`; the last good site stays if it fails. Raises RenderError."""
    if not (root / "mkdocs.yml").is_file():
        _inherit_from(build, find_site_settings(root))
    fresh = build / "site.new"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
        str(build / "mkdocs.yml"),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with paths we made
            [*command, "--site-dir", str(fresh)], capture_output=True, text=True, timeout=MKDOCS_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"the site took more than {MKDOCS_SECONDS} seconds", mend="build fewer pages") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        mend = "mend mkdocs.yml or the template named here"
        raise RenderError("\n".join(["mkdocs could not build the site:", *said[-8:]]), where="mkdocs.yml", mend=mend)
    _swap(fresh, build / "site")


def serve_site(build: Path, address: str) -> None:
    """Serves `build/site_src` on an address of this machine until it is stopped."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--config-file",
        str(build / "mkdocs.yml"),
        "--dev-addr",
        address,
    ]
    subprocess.run(command, check=False)  # noqa: S603 - our own program


def _swap(fresh: Path, site: Path) -> None:
    old = site.with_name("site.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.replace(old)
    fresh.replace(site)
    shutil.rmtree(old, ignore_errors=True)


def _inherit_from(build: Path, settings: Path) -> None:
    """A workspace without a mkdocs.yml of its own takes the one that comes with the package."""
    shutil.copyfile(settings, build / "site-settings.yml")
    config = build / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("../mkdocs.yml", "site-settings.yml"), encoding="utf-8"
    )


def _school_pages(book: Book) -> Iterator[SitePage]:
    for entry in book.adopted:
        section = ("Schools", entry.policy.owner)
        title = entry.policy.model.title
        page = adoption_page(entry.policy, entry.adoption, entry.comparison)
        yield SitePage(policy_page_path(entry.adoption), page, section, title)
        beside = _titled(side_by_side_page(entry.comparison), f"{title}: beside the model")
        yield SitePage(side_by_side_path(entry.adoption), beside, section, "Beside the model", searchable=False)


def _model_pages(book: Book) -> Iterator[SitePage]:
    names = book.workspace.records
    for model in book.models:
        section = ("Models", model.title)
        adopters = [(entry.adoption, entry.policy.owner) for entry in book.adopters_of(model.ref)]
        page = model_page(book.workspace.model(model.ref), names.versions_of(model.id), adopters)
        yield SitePage(model_page_path(model), page, section, f"Version {model.version}")
        if model.ref in book.collations:
            matrix = matrix_page(book.collations[model.ref], f"{model.title}: all adoptions")
            yield SitePage(matrix_path(model), matrix, section, f"Adoptions of {model.version}", searchable=False)
        if model.ref in book.version_changes:
            changes = _titled(
                side_by_side_page(book.version_changes[model.ref]), f"{model.title}: changes in {model.version}"
            )
            title = f"Changes in {model.version}"
            yield SitePage(version_changes_path(model), changes, section, title, searchable=False)


def _titled(page: Page, title: str) -> Page:
    return Page(title, page.blocks, page.language, page.subject, landscape=page.landscape)
