"""The small Markdown subset of clause words: bold, italic, links by allowed scheme. HTML is off and stays words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from policybook.domain.inline import Run

ALLOWED_SCHEMES = ("https:", "http:", "mailto:")
_MARKUP = re.compile(r"[*_\[\\]")
_ALL_BOLD = re.compile(r"\*\*([^*_\[\]\\\s](?:[^*_\[\]\\]*[^*_\[\]\\\s])?)\*\*")


def parse_inline(text: str) -> tuple[Run, ...]:
    """The runs of a clause's words; line breaks and repeated spaces become one space.

    A link of another scheme than https, http or mailto is not a link: its source stays as words.
    """
    text = " ".join(text.split())
    if not _MARKUP.search(text):
        return (Run(text),) if text else ()
    if bold := _ALL_BOLD.fullmatch(text):  # most headings; the parser would say the same for ten times the time
        return (Run(bold[1], bold=True),)
    (inline,) = _parser().parseInline(text)
    return tuple(_join(_read_runs(inline.children or [])))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    parser.validateLink = lambda url: url.strip().lower().startswith(ALLOWED_SCHEMES)  # type: ignore[method-assign]
    return parser


def _read_runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    link: str | None = None
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            link = str(token.attrs["href"])
        elif token.type == "link_close":
            link = None
        elif token.content:
            yield Run(token.content, bold=bold > 0, italic=italic > 0, link=link)


def _join(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one style as one run; the parser parts words at every character that could have been markup."""
    held: Run | None = None
    for run in runs:
        if held and (held.bold, held.italic, held.link) == (run.bold, run.italic, run.link):
            held = Run(held.text + run.text, held.bold, held.italic, held.link)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
