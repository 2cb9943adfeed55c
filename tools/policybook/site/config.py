"""The site's configuration: what mkdocs and Zensical both read, with every page of the menu named."""

from __future__ import annotations

import json
from collections.abc import Iterable

from policybook.render.markdown import escape_site_title

NavLine = tuple[tuple[str, ...], str, str]
"""A line of the menu: the groups it stands in, its title, the path of its page."""
Nav = list[dict[str, "str | Nav"]]


def print_config(
    lines: Iterable[NavLine],
    *,
    name: str,
    notice: str,
    inherit: str = "../mkdocs.yml",
    site_dir: str = "site",
    site_url: str | None = None,
) -> str:
    """The text of a site's `mkdocs.yml`: paths are relative to that file, and all else comes from `inherit`.

    Pages that the menu does not name are meant to be out of it, so neither program warns of them.
    """
    facts: dict[str, object] = {
        "INHERIT": inherit,
        "site_name": escape_site_title(name),
        "docs_dir": "site_src",
        "site_dir": site_dir,
        "copyright": escape_site_title(notice) if notice else "",
        # One broad pattern: a pattern a page would make mkdocs try each on every file.
        "not_in_nav": "*\n",
        "nav": _nest(lines),
    }
    if site_url is not None:
        facts["site_url"] = site_url
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())


def _nest(lines: Iterable[NavLine]) -> Nav:
    """Groups stand where their first page stands; pages of one group stand together."""
    top: Nav = []
    groups: dict[tuple[str, ...], Nav] = {(): top}
    for section, title, path in lines:
        for depth in range(1, len(section) + 1):
            if section[:depth] not in groups:
                inner: Nav = []
                groups[section[:depth]] = inner
                groups[section[: depth - 1]].append({escape_site_title(section[depth - 1]): inner})
        groups[section].append({escape_site_title(title): path})
    return top
