"""Moving an adoption to a newer model version: what happens to each clause, and what only a person can decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policybook.domain.adoption import Adoption, Tailoring, TailoringKind
from policybook.domain.model import Value

ModelChange = Literal[
    "unchanged", "reworded", "default", "moved", "withdrawn", "split", "joined", "renamed",
    "choice", "condition", "table", "new", "tightened", "parameter",
]  # fmt: skip
"""What the publisher did to a clause. `tightened`: now fixed, or else no longer free; `parameter`: a blank of it went,
came, or has other limits; `default`: the publisher fills a blank in another way."""
SchoolState = Literal["as-is", "value", "choice", "substituted", "omitted", "moved", "inserted"]
"""What a school had done with the clause; of several the weightiest: left out, reworded, moved, chosen, filled in."""
Triage = Literal["none", "applies", "already-yours", "decide", "both-changed", "must-follow"]
TRIAGES: tuple[Triage, ...] = ("must-follow", "both-changed", "decide", "applies", "already-yours", "none")
"""The weightiest first. The first three wait for a person, and nothing of them is applied before."""
OPEN: tuple[Triage, ...] = ("must-follow", "both-changed", "decide")
Take = Literal["new", "ours", "merged"]

StepKind = Literal[
    "keep", "take-new", "merged", "both-reworded", "stays-omitted", "keeps-place", "keeps-value", "rule-changes",
    "decided-elsewhere", "detail-changes", "value-gone", "value-outside", "blank", "follows-move", "both-moved",
    "place-gone", "withdrawn", "withdrawn-reworded", "note-dropped", "renamed", "follow-lineage", "lineage",
    "choice-gone", "now-hidden", "table-clash", "table-changed", "new-clause", "must-follow", "models-place",
    "value-dropped", "tailoring-dropped", "choice-dropped", "move-dropped", "reference-gone", "anchor-moved",
    "anchor-gone", "model-now-says",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """A change of an adoption: tailorings dropped and put (one of the same kind and clause gives way), values and
    choices set and unset."""

    drop: tuple[tuple[TailoringKind, str], ...] = ()
    put: tuple[Tailoring, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    unset: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    unchoose: tuple[str, ...] = ()


NO_EDIT = RecordEdit()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a person may give: what it means in words, what it does to the record, the text it leads to."""

    take: Take
    says: str
    edit: RecordEdit = NO_EDIT
    text: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a clause. With `options` it is open: a person decides, and `edit` is empty.

    Several open steps of one clause are decided together; one that has a single answer is confirmed with any.
    """

    kind: StepKind
    triage: Triage
    why: str
    edit: RecordEdit = NO_EDIT
    options: tuple[Option, ...] = ()
    to_review: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return self.triage in OPEN


@dataclass(frozen=True, slots=True)
class ClauseOutcome:
    """What an upgrade does to one clause. Every clause of either version and every insert has exactly one.

    `clause` is its id in the new version, or in the old one where it is gone; `now` and `formerly` are the ids in the
    new and the old version, several for a split or a join, none for a new or a withdrawn clause. A value of a blank
    that no clause holds any longer has an outcome of its own, called `parameter:NAME`. Words are plain, with the
    school's values filled in; `number` is as printed and `part` the heading above, of the new version where the clause
    is there.
    """

    clause: str
    number: str | None
    changes: tuple[ModelChange, ...]
    state: SchoolState
    steps: tuple[Step, ...]
    model_old: str = ""
    model_new: str = ""
    yours: str = ""
    proposed: str = ""
    part: str = ""
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()

    @property
    def triage(self) -> Triage:
        """The weightiest of its steps."""
        return min((step.triage for step in self.steps), key=TRIAGES.index)

    @property
    def is_open(self) -> bool:
        """Whether any of its steps waits for a person."""
        return any(step.is_open for step in self.steps)

    @property
    def to_review(self) -> bool:
        """Whether a person should read what was put together."""
        return any(step.to_review for step in self.steps)

    def takes(self) -> tuple[Take, ...]:
        """The answers that a person may give: those that every open step with a choice of answers offers."""
        open_steps = [{option.take for option in step.options} for step in self.steps if step.is_open]
        offered = [takes for takes in open_steps if len(takes) > 1] or open_steps
        order: tuple[Take, ...] = ("new", "ours", "merged")
        return tuple(take for take in order if offered and all(take in takes for takes in offered))


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What an upgrade of one adoption would do; nothing is written.

    `proposed` is the adoption on the new version with everything applied that applies cleanly. What is open stands in
    it as it was, so it may be written only when no outcome is open. `renamed` are ids (old, new) replaced throughout.
    `unlabelled` is the version that the record names where nobody knows its words: `adoption` is then on the nearest
    known one.
    """

    adoption: Adoption
    proposed: Adoption
    school_name: str
    title: str
    outcomes: tuple[ClauseOutcome, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    unlabelled: str = ""

    @property
    def ref(self) -> str:
        """`school/policy`."""
        return self.adoption.ref

    @property
    def model_ref(self) -> str:
        """`publisher/policy@version` that the plan leads to."""
        return f"{self.proposed.model}@{self.proposed.version}"

    def open(self) -> tuple[ClauseOutcome, ...]:
        """The outcomes that wait for a person."""
        return tuple(outcome for outcome in self.outcomes if outcome.is_open)

    def summary(self) -> dict[Triage, int]:
        """How many clauses of each kind, the weightiest first."""
        counts = dict.fromkeys(TRIAGES, 0)
        for outcome in self.outcomes:
            counts[outcome.triage] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Settlement:
    """A person's decision on one clause of a plan; `reason` is recorded with a departure that it makes."""

    clause: str
    take: Take
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An adoption for which there is no plan, and why in words."""

    ref: str
    model_ref: str
    why: str


@dataclass(frozen=True, slots=True)
class UpgradeTriage:
    """The plans of many schools, in the order of their refs, and the adoptions that need none or can have none."""

    plans: tuple[UpgradePlan, ...]
    passed_over: tuple[PassedOver, ...] = ()

    def is_open(self) -> bool:
        """Whether anything waits for a person."""
        return any(plan.open() for plan in self.plans)
