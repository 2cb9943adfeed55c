"""Links between the pages of a site: where they lead, and which lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Callout, Heading, Page, Paragraph, Table
from policybook.render.html_words import keep_address

_PAGE, _FILE = "page:", "file:"
_SHOWN_AT_ONCE = 10


def resolve_from(path: str) -> Callable[[str], str | None]:
    """A resolver for the page at `path`: `page:` and `file:` links become relative addresses, web addresses stay."""

    def resolve(link: str) -> str | None:
        if link.startswith(_PAGE):
            target, mark, anchor = link.removeprefix(_PAGE).partition("#")
            return _relative(target.removesuffix(".md") + ".html", path) + mark + anchor
        if link.startswith(_FILE):
            return _relative(link.removeprefix(_FILE), path)
        return keep_address(link)

    return resolve


def find_links(page: Page) -> tuple[str, ...]:
    """Every address on a page once, in reading order."""
    return tuple(dict.fromkeys(run.link for run in _find_runs(page) if run.link))


def check_links(
    links: Mapping[str, Sequence[str]], anchors: Mapping[str, frozenset[str]], files: Collection[str]
) -> None:
    """Raises RenderError naming both ends of each of `links` (by their page) that leads to no page, anchor or file."""
    there = frozenset(files)
    dead = [
        f"{path} links to {link!r}"
        for path, found in links.items()
        for link in found
        if not _leads_somewhere(link, anchors, there)
    ]
    if not dead:
        return
    rest = f" … and {len(dead) - _SHOWN_AT_ONCE} more" if len(dead) > _SHOWN_AT_ONCE else ""
    raise RenderError(
        f"{'; '.join(dead[:_SHOWN_AT_ONCE])}{rest}, which is not there",
        where="site",
        mend="add the page, anchor or file, or print the words without a link",
    )


def _relative(target: str, path: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path) or ".")


def _leads_somewhere(link: str, anchors: Mapping[str, frozenset[str]], files: frozenset[str]) -> bool:
    if link.startswith(_PAGE):
        target, _, anchor = link.removeprefix(_PAGE).partition("#")
        return target in anchors and (not anchor or anchor in anchors[target])
    return link.removeprefix(_FILE) in files if link.startswith(_FILE) else True


def _find_runs(page: Page) -> Iterator[Run]:
    for block in page.blocks:
        if isinstance(block, Heading | Paragraph | Callout):
            yield from block.runs
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    for runs in cell.paragraphs:
                        yield from runs
