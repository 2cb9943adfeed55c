"""What an edited copy of a document that we built would change in the record, and what of it has no place there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from policybook.domain.finding import Finding
from policybook.domain.model import Tailorable

TakenKind = Literal[
    "value", "choice", "substitute", "omit", "insert", "move", "restore",
    "blank", "words", "setting", "add", "withdraw", "remove",
]  # fmt: skip
"""The first row is of a school's record, the second (and `move`) of a model's draft."""
VALUES_HEAD = ("What is asked", "The model says", "Ours", "What may be said")
CHOICES_HEAD = ("Section", "What may be chosen", "Ours")
"""By these heads the tables of a tailoring copy are known again, whatever program saved it."""
GUIDE_SIGN = "▸"
"""Begins every line of a tailoring copy that is about a section and no part of it."""
CLASS_WORDS: dict[Tailorable, str] = {
    "fixed": "Fixed wording",
    "fill-in": "Values only",
    "choice": "One of the choices",
    "free": "Free wording",
}


def sent_mark(label: str, answer: str) -> str:
    """The name of the bookmark in a row of those tables: from it a copy that comes back late still says what was sent.

    It names the row and the answer that stood in it when the copy was made, spacing and case aside.
    """
    words = " ".join(f"{label}\n{answer}".casefold().split())
    return f"sent.{hashlib.sha256(words.encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Taken:
    """One change to be recorded.

    `clause` is a clause id, of a `value` the name of the parameter; `number` is how a reader finds it. `before` and
    `after` are the words as printed. `reason` is None where one is needed and nobody gave it. `by` are those who wrote
    it, as the file names them. `is_beyond`: the model does not allow it without consultation. `remark` tells what else
    follows. `restore` drops a departure: the model's own words hold again.
    """

    kind: TakenKind
    clause: str
    number: str = ""
    before: str = ""
    after: str = ""
    reason: str | None = ""
    by: tuple[str, ...] = ()
    is_beyond: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words of the copy that were not taken: what they are, why, and what a person can do about it."""

    words: str
    why: str
    mend: str
    place: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class TakeReport:
    """What became of a copy that came back, for a person: `written` are the files written, none where nothing was.

    `consultation` counts values, choices and departures of the whole record; `saved_by` saved the file last, as it
    says of itself. `is_draft`: it is a copy of a model's draft, whose changes need no reason.
    """

    file: str
    ref: str
    owner: str
    changes: tuple[Taken, ...]
    unplaced: tuple[Unplaced, ...]
    findings: tuple[Finding, ...]
    consultation: str = ""
    saved_by: str = ""
    is_new: bool = False
    written: tuple[str, ...] = ()
    is_draft: bool = False
