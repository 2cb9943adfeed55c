"""Runs as HTML: every word escaped, only checked addresses as links, marks said in words as well as shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from policybook.domain.inline import Mark, Run

LinkResolver = Callable[[str], str | None]
"""Turns a run's link into an address to print, or None to print the words without a link. Never sees `#anchor`."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)
_RELATIVE = re.compile(r"(?![/.]*/{2})(?!/)[A-Za-z0-9._/~%-]+(?:#[A-Za-z0-9._:-]+)?")
_SPACES = re.compile(r"\s+")
# U+202E turned text round in print, and STX and ETX are what Python-Markdown marks its own stash with:
# controls are dropped, direction controls are shown (test_html: direction controls are shown).
_CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x061C, 0xFEFF))
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_DIRECTIONS = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_SHOWN = {**_CONTROLS, **_INVISIBLE, **_SURROGATES, **_DIRECTIONS, 0x2028: "\n", 0x2029: "\n"}
_MARKED: dict[Mark, tuple[str, str]] = {"inserted": ("ins", "added: "), "deleted": ("del", "deleted: ")}


def clean_words(text: str) -> str:
    """The text without control characters; characters that turn the direction of writing are shown by their code."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


def escape_words(text: str) -> str:
    """Text for HTML, in content and in quoted attributes alike, on one line: a line break becomes `<br>`."""
    return html.escape(clean_words(text)).replace("\n", "<br>")


def escape_attribute(text: str) -> str:
    """Text for a quoted attribute or a title, on one line."""
    return html.escape(_SPACES.sub(" ", clean_words(text)).strip())


@dataclass(frozen=True, slots=True)
class Inline:
    """How the runs of one page are printed.

    `anchors` are the ids there are on the page, `resolve` answers for all links that lead elsewhere, and `escape` turns
    words and addresses into text that the place they stand in cannot take for markup.
    """

    resolve: LinkResolver
    anchors: frozenset[str]
    escape: Callable[[str], str] = escape_words

    def address(self, link: str) -> str | None:
        """The address to print, or None where the link leads nowhere or its scheme is not allowed."""
        if link.startswith("#"):
            return link if link[1:] in self.anchors else None
        found = self.resolve(link)
        return found if found is not None and is_safe_address(found) else None


def keep_address(link: str) -> str | None:
    """A resolver for a page on its own: web and mail addresses stay, all else is printed as plain words."""
    return link if _ADDRESS.fullmatch(link) else None


def is_safe_address(address: str) -> bool:
    """Whether an address is http, https, mailto, or relative to the page with no scheme."""
    return bool(_ADDRESS.fullmatch(address) or _RELATIVE.fullmatch(address))


def hidden_words(text: str) -> str:
    """Our own words (never a document's) for those who hear the page; `text` keeps its spaces."""
    return f'<span class="pb-hidden">{html.escape(text)}</span>'


def print_runs(runs: Iterable[Run], inline: Inline) -> str:
    """Runs as HTML. Neighbours that are added (or deleted) together stand in one `<ins>` (or `<del>`)."""
    parts = []
    for mark, group in groupby(runs, key=lambda run: run.mark):
        inner = "".join(_print_run(run, inline) for run in group)
        parts.append(_print_marked(mark, inner))
    return "".join(parts)


def _print_marked(mark: Mark, inner: str) -> str:
    if mark not in _MARKED or not inner:
        return inner
    tag, word = _MARKED[mark]
    return f"<{tag}>{hidden_words(word)}{inner}</{tag}>"


def _print_run(run: Run, inline: Inline) -> str:
    words = inline.escape(run.text)
    if not words:
        return ""
    if run.blank:
        words = f'<span class="pb-blank">{hidden_words("to be filled in: ")}{words}</span>'
    elif run.parameter:
        words = f'<span class="pb-value">{words}</span>'
    if run.italic:
        words = f"<em>{words}</em>"
    if run.bold:
        words = f"<strong>{words}</strong>"
    address = inline.address(run.link) if run.link else None
    return _print_link(address, words, inline) if address else words


def _print_link(address: str, words: str, inline: Inline) -> str:
    # An internal site's address is nobody's business: never sent along to where a link leads.
    rel = ' rel="noreferrer"' if _ADDRESS.fullmatch(address) else ""
    return f'<a href="{inline.escape(address)}"{rel}>{words}</a>'
