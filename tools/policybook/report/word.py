"""The users' words for what the program knows, and small builders of page trees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policybook.domain.adoption import Decision, Outcome, PolicyRecord
from policybook.domain.inline import Run
from policybook.domain.page import Cell, Paragraph
from policybook.domain.resolved import ResolvedPolicy

ORIGIN_WORDS = {
    "values": "our value",
    "choice": "our choice",
    "substituted": "our wording",
    "inserted": "our addition",
    "moved": "moved by us",
}
NOT_STATED = "not stated"
OUTCOME_WORDS: dict[Outcome, str] = {
    "approved": "Approved",
    "approved-with-amendments": "Approved with amendments",
    "deferred": "Deferred",
    "rejected": "Rejected",
    "chairs-action": "Approved by chair’s action",
    "administrative": "Details brought up to date",
    "withdrawn": "Withdrawn",
}


def runs(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """One run of plain words, or none."""
    return (Run(text, bold=bold, italic=italic),) if text else ()


def paragraph(*pieces: Run | str) -> Paragraph:
    """A paragraph at the margin."""
    return Paragraph(tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces))


def bullet(*pieces: Run | str) -> Paragraph:
    """A bullet."""
    return Paragraph(tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces), marker="bullet")


def cell(*pieces: Run | str, tone: str = "", heading: bool = False) -> Cell:
    """A cell of one paragraph."""
    content = tuple(Run(piece) if isinstance(piece, str) else piece for piece in pieces if piece)
    return Cell((content,) if content else (), tone=tone, heading=heading)


def lines_cell(lines: Iterable[tuple[Run, ...]], *, tone: str = "", heading: bool = False) -> Cell:
    """A cell of several paragraphs."""
    return Cell(tuple(lines), tone=tone, heading=heading)


def print_date(day: date) -> str:
    """`21 November 2024`."""
    return f"{day.day} {day:%B %Y}"


def last_decision(adoption: PolicyRecord) -> Decision | None:
    """The decision taken last (on one day: the one recorded last), or None."""
    return max(reversed(adoption.decisions), key=lambda decision: decision.on, default=None)


def next_review(adoption: PolicyRecord) -> str:
    """When the next review is due, for a person; "not recorded" is an honest answer."""
    try:
        return print_date(date.fromisoformat(adoption.next_review))
    except ValueError:
        return adoption.next_review or "not recorded"


MOST_NAMED = 3


def school_and_others(policy: ResolvedPolicy) -> str:
    """The school, and the others that its policy serves: by name where they are few, else how many."""
    if not policy.serves:
        return policy.owner
    if len(policy.serves) <= MOST_NAMED:
        return f"{policy.owner}, and for {', '.join(policy.serves)}"
    return f"{policy.owner}, and for {len(policy.serves)} other schools"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 change`, `2 changes`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
