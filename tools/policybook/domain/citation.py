"""The dated list of laws, guidance, titles and platforms that a policy may cite in a form that is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

CitationKind = Literal["law", "guidance", "title", "platform"]


@dataclass(frozen=True, slots=True)
class DatedCitation:
    """What is cited, and today's answer.

    `cited` are plain phrases, compared word by word without regard to capitals; a text that also has one of `unless` is
    right. `edition` is the year of the edition in force: earlier years beside the title are out of date. `checked` is
    the day on which the entry was last held against its source; from `doubtful_from` on it may be out of date itself.
    """

    id: str
    kind: CitationKind
    cited: tuple[str, ...]
    today: str
    source: str
    checked: date
    verified: bool = True
    unless: tuple[str, ...] = ()
    edition: int | None = None
    doubtful_from: date | None = None
