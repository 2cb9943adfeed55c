"""Ids of a page: the anchors its blocks name, and ids for headings that name none."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from policybook.domain.error import RenderError
from policybook.domain.inline import plain
from policybook.domain.page import Contents, Heading, Page, PageBreak, Table

# Ids that begin with an underscore are the site theme's own: a clause called `__config` could take over its settings.
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_OWN = "pb-"


def find_anchors(page: Page) -> frozenset[str]:
    """The ids that links to this page may name. Raises RenderError for an id that is unsafe or stands there twice."""
    anchors = Counter(_named(page))
    for anchor, count in anchors.items():
        if not _ANCHOR.fullmatch(anchor) or anchor.startswith(_OWN):
            raise RenderError(
                f"{anchor!r} cannot be an address on a page",
                where=page.title,
                mend="use letters, digits, full stops, colons and hyphens, beginning with a letter or digit",
            )
        if count > 1:
            raise RenderError(
                f"{anchor!r} stands there {count} times, so a link to it has no one place to go",
                where=page.title,
                mend="give every clause of a page its own id",
            )
    return frozenset(anchors)


def heading_ids(page: Page) -> tuple[str, ...]:
    """An id for every heading of the page in order: its anchor, or one made from its words that nothing else has."""
    taken = set(find_anchors(page))
    return tuple(block.anchor or _free_id(block, taken) for block in page.blocks if isinstance(block, Heading))


def _named(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if isinstance(block, Table):
            yield from (anchor for anchor in block.anchors if anchor)
        elif not isinstance(block, Contents | PageBreak) and block.anchor:
            yield block.anchor


def _free_id(heading: Heading, taken: set[str]) -> str:
    words = unicodedata.normalize("NFKD", plain(heading.runs)).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", words)[:60].strip("-")
    stem = f"{_OWN}{slug or 'heading'}"
    found, count = stem, 1
    while found in taken:
        count += 1
        found = f"{stem}-{count}"
    taken.add(found)
    return found
