"""A page tree as HTML: a body for other pages to hold, or a whole page that needs nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from string import Template

from policybook.domain.error import RenderError
from policybook.domain.page import Heading, Page
from policybook.render.html_anchor import heading_ids
from policybook.render.html_block import heading_level, page_classes, page_inline, print_heading_words, print_pieces
from policybook.render.html_words import Inline, LinkResolver, escape_attribute, escape_words, keep_address

_ASSET = re.compile(r'<link rel="stylesheet" href="([^"]+)">|<script src="([^"]+)"></script>')
_NONE = "'none'"
_HELD_BACK = "default-src 'none'; base-uri 'none'; form-action 'none'"


def write_html(page: Page, *, resolve_link: LinkResolver) -> str:
    """The page as one HTML element, title included, every word of it escaped.

    `resolve_link` is asked for every link but those to this page; None prints the words alone, as does an address that
    is neither http, https, mailto nor relative. Raises RenderError where ids of the page are unsafe or doubled.
    """
    inline = page_inline(page, resolve_link)
    names = iter(heading_ids(page))
    pieces = [
        _print_heading(piece, next(names), inline) if isinstance(piece, Heading) else piece
        for piece in print_pieces(page, resolve_link)
    ]
    body = "\n".join(pieces)
    return (
        f'<div class="{page_classes(page)}" lang="{escape_attribute(page.language)}">\n'
        f"{_print_running('header', page.header)}<h1>{escape_words(page.title)}</h1>\n{print_subject(page)}{body}\n"
        f"{_print_running('footer', page.footer)}</div>\n"
    )


def write_standalone_html(page: Page, template: Path) -> str:
    """The page as a whole HTML document that opens from a folder and asks for nothing outside itself.

    `template` is a folder with a `page.html`, in which `$title`, `$language`, `$facts`, `$security` and `$body` are
    filled in and style sheets and scripts beside it (or in a folder beside its own) are written into the page. Raises
    RenderError where the template cannot be read or filled in.
    """
    skeleton = _read(template / "page.html")
    assets = {found.group(0): _inline(found, template) for found in _ASSET.finditer(skeleton)}
    blanks = {f"asset_{index}": inlined for index, inlined in enumerate(assets.values())}
    for index, tag in enumerate(assets):
        skeleton = skeleton.replace(tag, f"${{asset_{index}}}")
    try:
        return Template(skeleton).substitute(
            blanks,
            title=escape_attribute(page.title),
            language=escape_attribute(page.language),
            facts="".join(_print_fact(name, value) for name, value in page.properties),
            security=escape_attribute(_security_policy(list(assets.values()))),
            body=write_html(page, resolve_link=keep_address),
        )
    except (KeyError, ValueError) as error:
        raise RenderError(
            f"the template holds a blank that nothing fills: {error}",
            where=str(template / "page.html"),
            mend="write $$ for a dollar sign; the blanks are $title, $language, $facts, $security and $body",
        ) from error


def print_subject(page: Page) -> str:
    """What stands under the title, as a paragraph; nothing where the page has none."""
    return f'<p class="pb-subject">{escape_words(page.subject)}</p>\n' if page.subject else ""


def _print_heading(heading: Heading, name: str, inline: Inline) -> str:
    """A heading with its id; one without any words keeps only its place, for links to find."""
    words, level = print_heading_words(heading, inline), heading_level(heading)
    return f'<h{level} id="{name}">{words}</h{level}>' if words else f'<div id="{name}"></div>'


def _print_running(place: str, words: str) -> str:
    return f'<p class="pb-running pb-{place}">{escape_words(words)}</p>\n' if words else ""


def _print_fact(name: str, value: str) -> str:
    return f'<meta name="{escape_attribute(name)}" content="{escape_attribute(value)}">\n'


def _inline(found: re.Match[str], template: Path) -> str:
    style, script = found.groups()
    path = (template / (style or script)).resolve()
    if not path.is_relative_to(template.resolve().parent):
        raise RenderError(
            f"{style or script!r} lies outside the templates",
            where=str(template / "page.html"),
            mend="keep style sheets and scripts in the template's folder or in one beside it",
        )
    text = _read(path)
    return f"<style>{text}</style>" if style else f"<script>{text}</script>"


def _security_policy(assets: list[str]) -> str:
    """Only the template's own scripts and styles may run: words that slipped through would still be inert."""
    styles = " ".join(_hash(asset) for asset in assets if asset.startswith("<style>"))
    scripts = " ".join(_hash(asset) for asset in assets if asset.startswith("<script>"))
    # Column widths are style attributes, which only 'unsafe-hashes' or this lets through; styles cannot fetch anything.
    allowed = f"script-src {scripts or _NONE}; style-src-elem {styles or _NONE}; style-src-attr 'unsafe-inline'"
    return f"{_HELD_BACK}; {allowed}"


def _hash(asset: str) -> str:
    inner = asset[asset.index(">") + 1 : asset.rindex("<")]
    return f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(
            "the template cannot be read", where=str(path), mend="restore it from the package's templates/default"
        ) from error
