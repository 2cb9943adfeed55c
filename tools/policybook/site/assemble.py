"""Page trees in, the files and the configuration of a site out; nothing is read from or written to the disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policybook.domain.error import RenderError
from policybook.domain.page import Page
from policybook.render.html_anchor import find_anchors
from policybook.render.markdown import write_markdown
from policybook.site.config import print_config
from policybook.site.link import check_links, resolve_from

THEME_FOLDER = "assets/policybook"
"""Where the top `mkdocs.yml` looks for the files of `templates/default/site/`; callers hand them in as downloads."""
THEME_FILES = tuple(
    f"{THEME_FOLDER}/{name}"
    for name in (
        "policies.css", "policies.js", "site.css", "site.js", "iframe-worker.js",
        "any-two.js", "diff-match-patch.js", "diff-match-patch.LICENSE.txt",
    )
)  # fmt: skip
# A name that begins with a full stop is left out by mkdocs without a word, as is a top folder called templates.
_PATH = re.compile(r"(?!templates/)[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_PAGE_PATH = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*\.md")
_READ_AS_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of a site.

    `path` is relative to the site, with forward slashes (`schools/severn-valley/staff-ict.md`); `section` are the
    menu's groups from the top; `nav_title` is the menu's line, None for a page that no menu names. An unsearchable page
    is left out of the search index.
    """

    path: str
    page: Page
    section: tuple[str, ...] = ()
    nav_title: str | None = None
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """`files` by path relative to `build/site_src`, and `config`, the text of `build/mkdocs.yml`."""

    files: dict[str, bytes]
    config: str


def assemble_site(
    pages: Sequence[SitePage],
    downloads: Mapping[str, bytes],
    *,
    name: str,
    notice: str,
    inherit: str = "../mkdocs.yml",
    site_dir: str = "site",
) -> SiteFiles:
    """The source files of a site called `name`, with `notice` at the foot of every page.

    `downloads` are files to stand beside the pages, by path: documents, and the theme's files (`THEME_FILES`). Menu
    groups and lines keep the order of `pages`; `inherit` and `site_dir` are relative to the configuration. Raises
    RenderError, before anything is made, for a path that is unsafe or taken twice, a missing theme file, and links that
    lead nowhere (both ends named).
    """
    _check_paths([page.path for page in pages], list(downloads))
    by_path = {page.path: page.page for page in pages}
    check_links(by_path, {path: find_anchors(page) for path, page in by_path.items()}, list(downloads))
    written = {
        page.path: write_markdown(page.page, resolve_from(page.path), searchable=page.searchable).encode()
        for page in pages
    }
    lines = [(page.section, page.nav_title, page.path) for page in pages if page.nav_title is not None]
    config = print_config(lines, name=name, notice=notice, inherit=inherit, site_dir=site_dir)
    return SiteFiles(files={**written, **downloads}, config=config)


def _check_paths(pages: list[str], files: list[str]) -> None:
    for path in pages:
        if not _PAGE_PATH.fullmatch(path) or not _PATH.fullmatch(path) or path.endswith("readme.md"):
            _refuse(path, "cannot be a page's path", "use small letters, digits, hyphens and .md, not readme.md")
    for path in files:
        if not _PATH.fullmatch(path) or path.lower().endswith(_READ_AS_PAGES):
            _refuse(path, "cannot be a file's path in a site", "use letters, digits, hyphens; .md is for pages")
    _check_doubles([*(path.removesuffix(".md") + ".html" for path in pages), *files])
    for path in THEME_FILES:
        if path not in files:
            _refuse(path, "is missing from the site's files", "hand in the files of templates/default/site")
    if "index.md" not in pages:
        _refuse("index.md", "is missing: a site needs a first page", "add a page with this path")


def _check_doubles(paths: Iterable[str]) -> None:
    """Folders on Windows and macOS do not tell `A.html` from `a.html`."""
    seen: set[str] = set()
    for path in paths:
        if path.casefold() in seen:
            _refuse(path, "would be written twice", "give each page and file its own path, whatever the letters' case")
        seen.add(path.casefold())


def _refuse(path: str, what: str, mend: str) -> None:
    raise RenderError(f"{path!r} {what}", where="site", mend=mend)
