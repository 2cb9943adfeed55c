"""Blanks, alternatives and advice to the adopter that nobody filled in, chose from or took out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from policybook.check.passage import Passage
from policybook.domain.finding import Finding, Severity
from policybook.domain.source import Proposal

BlankFinder = Callable[[str], Iterable[Proposal]]
"""The blanks of one text, as `intake` finds them; handed in, because rooms beside each other never meet."""
SURE = 0.7
"""From this confidence on a blank is told of as a warning, below it as a note."""
WHAT = {"blank": "a blank was left", "choice": "alternatives were left", "advice": "advice to the adopter was left"}
MEND = {
    "blank": "fill it in; in a model, make it a parameter",
    "choice": "keep one; in a model, make it `tailoring: choice`",
    "advice": "follow it and take it out; in a model, make it a `note:`",
}


def find_blank_problems(passages: Iterable[Passage], find_blanks: BlankFinder) -> Iterator[Finding]:
    """What a school's own words, or a model's, still leave open."""
    for passage in passages:
        for found in find_blanks(passage.words):
            if found.kind in WHAT:
                severity: Severity = "warning" if found.confidence >= SURE else "note"
                message = f"{WHAT[found.kind]} here: “{_shown(found.text)}”"
                yield Finding(severity, f"{found.kind}.left", passage.place, message, MEND[found.kind])


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
