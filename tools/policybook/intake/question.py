"""What a document leaves open and only a person can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policybook.domain.finding import Finding, Place
from policybook.domain.source import Proposal
from policybook.intake.review import understand_review


def find_questions(name: str, metadata: Mapping[str, str], proposals: Sequence[Proposal]) -> Iterator[Finding]:
    """A finding for each review date with two meanings, and for each blank, choice or advice left in the text.

    In a model blanks are meant; a school's policy that still has them was never finished. Codes: `review.unclear`,
    `blank.left`, `choice.left`, `advice.left`.
    """
    for label, said in metadata.items():
        review = understand_review(said) if "review" in label.lower() else None
        if review and review.unclear:
            message = f"{label}: “{review.unclear}” may mean {review.readings}"
            mend = "ask whoever wrote it, and write the number of years"
            yield Finding("warning", "review.unclear", Place(name), message, mend)
    for found in proposals:
        message = f"{found.place}: {_SAID[found.kind]} “{_short(found.text)}” ({found.why})"
        yield Finding("note", f"{found.kind}.left", Place(name), message, _MEND[found.kind])


_SAID = {"blank": "a blank was left:", "choice": "a choice was left open:", "advice": "words for the adopter:"}
_MEND = {
    "blank": "in a school's policy fill it in; in a model it becomes a parameter",
    "choice": "in a school's policy keep one; in a model it becomes a choice",
    "advice": "in a school's policy follow it and take it out; in a model it becomes a note",
}


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
