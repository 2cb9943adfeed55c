"""An e-mail address whose link goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.finding import Finding, Place
from policybook.text.inline import parse_inline


def find_link_problems(text: str, place: Place) -> Iterator[Finding]:
    """E-mail addresses whose link leads to another address, as when a link is typed over in a word processor."""
    if "](" not in text:
        return
    for run in parse_inline(text):
        shown = run.text.strip().removeprefix("mailto:").casefold()
        if run.link is None or "@" not in shown or " " in shown:
            continue
        target = run.link.partition(":")[2].partition("?")[0].casefold()
        if target != shown:
            message = f"the address '{run.text.strip()}' links to '{run.link}'"
            yield Finding("warning", "link.elsewhere", place, message, "let the link and the words name one address")
