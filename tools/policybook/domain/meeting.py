"""A meeting that decides on policies: its agenda, and what is put before it of each policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policybook.domain.adoption import Decision, Tailoring
from policybook.domain.comparison import Comparison
from policybook.domain.model import Amendment
from policybook.domain.redline import Redline
from policybook.domain.resolved import ResolvedPolicy

Take = Literal["discuss", "together"]
"""How a meeting takes an item: talked over on its own, or decided in one vote with others like it."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One policy on an agenda; `policy` is `school/policy`. What is left empty, the program proposes.

    `item` is its number on the agenda, `since` a REF of the words that the members know (else those approved last),
    `ask`, `resolution` and `minute` are the clerk's own words, `review` the next review to be resolved.
    """

    policy: str
    item: str = ""
    take: Take | None = None
    since: str = ""
    ask: str = ""
    resolution: str = ""
    minute: str = ""
    effective: date | None = None
    review: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting is asked to decide; `body` and `on` may be open where no meeting is called yet."""

    items: tuple[AgendaItem, ...]
    body: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingDecision:
    """What a meeting decided on one policy; `next_review` is empty to leave it as it is.

    `amendments` are the words that the body changed before it approved, each a departure from the model.
    """

    policy: str
    decision: Decision
    next_review: str = ""
    amendments: tuple[Tailoring, ...] = ()


@dataclass(frozen=True, slots=True)
class OthersCount:
    """How the other schools with the same model stand, in counts that point at none of them.

    `adopters` is their number, 0 where they are too few to be told. `changed` says for a clause how many of them
    changed or left it out; None is fewer than five, -1 that fewer than five kept it. `answers` are, topic by topic
    (label, what we say), the answers of others that may be told, the commonest first; "" is not stated.
    """

    adopters: int = 0
    changed: dict[str, int | None] = field(default_factory=dict)
    answers: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class SignAgain:
    """Whether staff sign the policy anew, in whose judgement, and the ids of the clauses that say why.

    `answer` is None where the policy has no form to sign.
    """

    answer: bool | None
    judged_by: Literal["publisher", "program"] = "program"
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackItem:
    """All that a meeting is shown of one policy.

    `known` says in words what the proposed text is compared with; `is_first` that no decision on its words is kept.
    `amendments` are (version, change) of each model version since, `beyond` the ids of tailored clauses that the model
    does not leave to schools, `not_ready` what must be done before the meeting can decide, in sentences.
    """

    agenda: AgendaItem
    take: Take
    policy: ResolvedPolicy
    known: str
    is_first: bool
    comparison: Comparison
    redline: Redline
    amendments: tuple[tuple[str, Amendment], ...] = ()
    others: OthersCount = OthersCount()
    sign_again: SignAgain = SignAgain(None)
    beyond: tuple[str, ...] = ()
    not_ready: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The governors' pack of one meeting."""

    agenda: Agenda
    items: tuple[PackItem, ...]
