"""What a decision binds: the rule, without the names and details that are only administration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from policybook.domain.adoption import APPROVING, Adoption, Decision, PolicyRecord
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.text.fingerprint import exact_fingerprint


def exact_of(policy: ResolvedPolicy) -> str:
    """The fingerprint that a decision binds: content, order, structure and values of the rule.

    The school's names and every value marked a detail count by their place only, so that a new headteacher or telephone
    number leaves the approval standing. Spacing, printed numbers, clause ids and the model's version do not count.
    """
    parameters = policy.model.parameters
    rules = {
        name: policy.values.get(name)
        for name, parameter in parameters.items()
        if not parameter.detail and policy.values.get(name) is not None
    }
    return exact_fingerprint([policy.model.title, rules, *(_bound(entry, policy.model) for entry in policy.clauses)])


def shown_of(policy: ResolvedPolicy) -> str:
    """The fingerprint of what a reader saw: as `exact_of`, with names and details as they were printed."""
    return exact_fingerprint([policy.model.title, policy.owner, *(_bound(entry, None) for entry in policy.clauses)])


def standing_approval(adoption: PolicyRecord) -> Decision | None:
    """The approval taken last (on one day: the one recorded last), or None; also None once it was withdrawn."""
    last = None
    for decision in sorted(adoption.decisions, key=lambda entry: entry.on):
        if decision.outcome in APPROVING:
            last = decision
        elif decision.outcome == "withdrawn":
            last = None
    return last


def recorded_edition(adoption: Adoption) -> str | None:
    """The edition that last recorded names and details under the approval that stands, None where nothing is frozen."""
    approval = standing_approval(adoption)
    if approval is None or approval.exact is None:
        return None
    issued = (*APPROVING, "administrative")
    same = [entry for entry in adoption.decisions if entry.exact == approval.exact and entry.outcome in issued]
    return max(same, key=lambda entry: (entry.on, same.index(entry))).edition


def is_void(policy: ResolvedPolicy) -> bool:
    """Whether the words differ from those approved; False where nothing is approved or no words were bound."""
    approval = standing_approval(policy.adoption) if policy.adoption else None
    return bool(approval and approval.exact and approval.exact != exact_of(policy))


def _bound(clause: ResolvedClause, model: ModelVersion | None) -> list[object]:
    """The clause as plain data; with a model, what is a name or a detail there stands for itself only."""
    return [
        clause.kind,
        clause.depth,
        clause.marker,
        _words(clause.runs, model),
        [[_words(cell, model) for cell in row] for row in (clause.head, *clause.rows)],
        [[field.label, field.type] for field in clause.fields],
        clause.source,
    ]


def _words(runs: Iterable[Run], model: ModelVersion | None) -> list[object]:
    """Neighbouring runs of one style are one: whether words came from a blank or were typed is no difference."""
    pieces = [piece for run in runs for piece in _pieces(run, model)]
    grouped = groupby(pieces, key=lambda piece: piece[1:])
    return [[" ".join("".join(piece[0] for piece in same).split()), *style] for style, same in grouped]


def _pieces(run: Run, model: ModelVersion | None) -> Iterator[tuple[str, bool, bool, str, str]]:
    name = ""
    if model and run.parameter:
        parameter = model.parameters.get(run.parameter)  # None: the school's own name, which no model declares
        name = run.parameter if parameter is None or parameter.detail or run.blank else ""
    yield ("" if name else run.text, run.bold, run.italic, run.link or "", name)
