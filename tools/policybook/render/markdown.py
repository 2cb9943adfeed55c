"""A page tree as one Markdown page of the site.

Headings are Markdown, so that the site's table of contents and search know them; all else is escaped HTML, one line a
piece, so that no word of a clause is ever read as Markdown. Headings need `attr_list` for their lasting ids: their own
words reach it as character references only (test_markdown: words that look like attributes stay words).
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

from policybook.domain.page import Contents, Heading, Page
from policybook.render.html import print_subject
from policybook.render.html_anchor import heading_ids
from policybook.render.html_block import heading_level, page_classes, page_inline, print_heading_words, print_pieces
from policybook.render.html_words import Inline, LinkResolver, clean_words, escape_attribute, escape_words

_SPACES = re.compile(r"\s+")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ,;\u00a0-\U0010ffff]")
_REFERENCE = re.compile(r"&[#\w]+;?")
_TITLE_ID = "pb-title"


def write_markdown(page: Page, resolve_link: LinkResolver, *, searchable: bool = True) -> str:
    """The page as Markdown with front matter, for mkdocs or Zensical with the extensions `attr_list` and `toc`.

    Links are treated as in `write_html`. The contents list is left out, since the site shows its own. Raises
    RenderError where ids of the page are unsafe or doubled.
    """
    inline = replace(page_inline(page, resolve_link), escape=_escape)
    names = iter(heading_ids(page))
    shown = _without_contents(page)
    lines = [
        _print_front_matter(page, searchable),
        f"# {_escape(page.title).strip() or 'Untitled'} {{: #{_TITLE_ID}{_language(page)} }}",
    ]
    if page.subject:
        lines.append(_wrap(print_subject(page).strip(), page))
    lines += (
        _print_heading(piece, next(names), inline, page) if isinstance(piece, Heading) else _wrap(piece, page)
        for piece in print_pieces(shown, resolve_link)
    )
    if page.footer:
        lines.append(_wrap(f'<p class="pb-running pb-footer">{escape_words(page.footer)}</p>', page))
    return "\n\n".join(lines) + "\n"


def escape_site_title(text: str) -> str:
    """A title for the site's menus and front matter, which the theme prints now raw, now unescaped, now escaped again.

    No escaping holds in all three, so the signs that open a tag or an attribute are replaced by ones that look alike.
    """
    plain = _SPACES.sub(" ", clean_words(text)).strip().translate({ord("<"): "‹", ord(">"): "›", ord('"'): "”"})
    return _REFERENCE.sub(_disarm, plain) or "Untitled"


def _disarm(found: re.Match[str]) -> str:
    """`&lt;` would become a sign again when unescaped; `R&D` would not, and stays."""
    text = found.group()
    return text if html.unescape(text) == text else f"＆{text[1:]}"


def _without_contents(page: Page) -> Page:
    return replace(page, blocks=tuple(block for block in page.blocks if not isinstance(block, Contents)))


def _print_front_matter(page: Page, searchable: bool) -> str:
    facts: dict[str, object] = {"title": escape_site_title(page.title)}
    if page.landscape:
        facts["hide"] = ["toc"]
    if not searchable:
        facts["search"] = {"exclude": True}
    # JSON in double quotes is YAML that holds no surprises: no tag, anchor, date or truth value is read into words.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join(["---", *lines, "---"])


def _print_heading(heading: Heading, name: str, inline: Inline, page: Page) -> str:
    words = print_heading_words(heading, inline)
    if not words:
        return f'<div id="{escape_attribute(name)}"></div>'
    return f"{'#' * heading_level(heading)} {words} {{: #{name}{_language(page)} }}"


def _escape(text: str) -> str:
    """Text as character references wherever Markdown, `attr_list` or HTML could see a sign of theirs."""
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found.group())};", _SPACES.sub(" ", clean_words(text)))


def _language(page: Page) -> str:
    """The theme says `en`; only a page in another language has to say so on every heading."""
    return "" if page.language.startswith("en") else f' lang="{escape_attribute(page.language)}"'


def _wrap(inner: str, page: Page) -> str:
    return f'<div class="{page_classes(page)}" lang="{escape_attribute(page.language)}">{inner}</div>'
