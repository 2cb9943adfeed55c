"""Page trees in, the files and the configuration of a site out; nothing is read from or written to the disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from policybook.domain.error import RenderError
from policybook.domain.page import Page
from policybook.render.html_anchor import find_anchors
from policybook.render.markdown import write_markdown
from policybook.site.config import NavLine, print_config
from policybook.site.link import check_links, find_links, resolve_from

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
class LaterPage:
    """A page like the others that is drawn only where it has to be: `key` stands for all that `draw` goes by."""

    path: str
    key: str
    draw: Callable[[], Page]
    section: tuple[str, ...] = ()
    nav_title: str | None = None
    searchable: bool = True

    @property
    def page(self) -> Page:
        """The page, drawn anew."""
        return self.draw()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is kept of a page once it was written: its key ("" where it has none), hash, anchors and links."""

    key: str
    sha256: str
    anchors: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """`pages` by path relative to `build/site_src`, and `config`, the text of `build/mkdocs.yml`.

    `facts` are of all pages by path, also of those that were known and so are not among `pages`.
    """

    pages: dict[str, bytes]
    config: str
    facts: dict[str, PageFacts]


def assemble_site(
    pages: Iterable[SitePage | LaterPage],
    files: Collection[str],
    *,
    name: str,
    notice: str,
    inherit: str = "../mkdocs.yml",
    site_dir: str = "site",
    known: Mapping[str, PageFacts] | None = None,
    site_url: str | None = None,
) -> SiteFiles:
    """The pages and the configuration of a site called `name`, with `notice` at the foot of every page.

    `files` are the paths of what will stand beside the pages: documents, and the theme's files (`THEME_FILES`). `pages`
    are gone through once, and none is held when the next is taken. Menu groups and lines keep their order; `inherit`
    and `site_dir` are relative to the configuration, which says `site_url` where it is not None. A page whose key is
    that of its `known` facts is not drawn. Raises RenderError for a path that is unsafe or taken twice, a missing theme
    file, and links that lead nowhere (both ends named).
    """
    paths: list[str] = []
    lines: list[NavLine] = []
    written: dict[str, bytes] = {}
    facts: dict[str, PageFacts] = {}
    for entry in pages:
        path, key = entry.path, entry.key if isinstance(entry, LaterPage) else ""
        paths.append(path)
        there = known.get(path) if known and key else None
        if there and there.key == key:
            facts[path] = there
        else:
            facts[path], written[path] = _write(entry, key)
        if entry.nav_title is not None:
            lines.append((entry.section, entry.nav_title, path))
    _check_paths(paths, files)
    check_links({path: of.links for path, of in facts.items()}, {path: of.anchors for path, of in facts.items()}, files)
    config = print_config(lines, name=name, notice=notice, inherit=inherit, site_dir=site_dir, site_url=site_url)
    return SiteFiles(written, config, facts)


def _write(entry: SitePage | LaterPage, key: str) -> tuple[PageFacts, bytes]:
    page = entry.page
    content = write_markdown(page, resolve_from(entry.path), searchable=entry.searchable).encode()
    return PageFacts(key, hashlib.sha256(content).hexdigest(), find_anchors(page), find_links(page)), content


def _check_paths(pages: list[str], files: Collection[str]) -> None:
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
