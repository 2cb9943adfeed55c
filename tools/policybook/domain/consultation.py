"""What a council's HR team asks of an adoption: how much is filled in, what departs, and what needs consultation."""

from __future__ import annotations

from dataclasses import dataclass

from policybook.domain.adoption import Adoption, Consultation, TailoringKind
from policybook.domain.model import ModelVersion, Tailorable


@dataclass(frozen=True, slots=True)
class BeyondModel:
    """A departure that the model's class of the clause does not allow. `consulted` is None until it is recorded."""

    clause: str
    kind: TailoringKind
    allowed: Tailorable
    reason: str
    consulted: Consultation | None


@dataclass(frozen=True, slots=True)
class ConsultationList:
    """Counts of one adoption, and its departures beyond what the model allows."""

    values: int
    choices: int
    departures: int
    beyond: tuple[BeyondModel, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a departure needs consultation that nobody has recorded."""
        return any(entry.consulted is None for entry in self.beyond)

    def in_words(self) -> str:
        """`3 values, 2 choices, 1 departure: consult before adopting`."""
        said = f"{_count(self.values, 'value')}, {_count(self.choices, 'choice')}, "
        said += _count(self.departures, "departure")
        if not self.beyond:
            return said
        if len(self.beyond) < self.departures:
            said += f", {len(self.beyond)} of them not allowed by the model"
        return f"{said}: {'consult before adopting' if self.is_open else 'consulted'}"


def consultation_of(model: ModelVersion, adoption: Adoption) -> ConsultationList:
    """The counts and the list of an adoption of this model. A move is never beyond the model: its words stay."""
    classes = {clause.id: clause.tailoring for clause in model.walk() if clause.withdrawn is None}
    beyond = tuple(
        BeyondModel(entry.clause, entry.kind, classes[entry.clause], entry.reason, entry.consulted)
        for entry in adoption.tailorings
        if entry.kind in ("substitute", "omit") and classes.get(entry.clause, "free") != "free"
    )
    return ConsultationList(len(adoption.values), len(adoption.choices), len(adoption.tailorings), beyond)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
