"""Checks of a model version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policybook.check.text import find_text_problems, nearest
from policybook.domain.finding import Finding, Place
from policybook.domain.model import Clause, ModelVersion
from policybook.domain.workspace import Workspace
from policybook.text.placeholder import find_placeholders
from policybook.text.value import parse_value

SCHOOL_NAMES = ("school_name", "school_short_name")


def find_model_problems(model: ModelVersion, workspace: Workspace) -> Iterator[Finding]:
    """What is wrong with one model version."""
    check = _ModelCheck(model, workspace)
    yield from check.find_version_problems()
    yield from check.find_parameter_problems()
    yield from check.find_id_problems()
    for clause in model.walk():
        if clause.withdrawn is None:
            yield from check.find_clause_problems(clause)
    yield from check.find_amendment_problems()


def clause_texts(clause: Clause) -> tuple[str, ...]:
    """Every text of a clause that is printed."""
    return (
        clause.text,
        clause.closing,
        *(choice.text for choice in clause.choices),
        *clause.head,
        *(cell for row in clause.rows for cell in row),
    )


@dataclass(frozen=True, slots=True)
class _ModelCheck:
    model: ModelVersion
    workspace: Workspace

    def find_version_problems(self) -> Iterator[Finding]:
        before = self.model.supersedes
        known = [entry.version for entry in self.workspace.models.values() if entry.id == self.model.id]
        if before and before not in known:
            message = f"supersedes version '{before}', which is not in the workspace"
            mend = f"add that version, or name one that is there ({', '.join(sorted(known))})"
            yield Finding("warning", "version.unknown", self.model.place, message, mend)
        circle = self._circle()
        if circle:
            message = f"versions supersede each other in a circle: {' → '.join(circle)}"
            yield Finding("error", "version.circle", self.model.place, message, "name the version before this one")

    def _circle(self) -> list[str]:
        """The versions from this one along `supersedes` back to it; empty where the chain does not come back."""
        supersedes = {
            entry.version: entry.supersedes for entry in self.workspace.models.values() if entry.id == self.model.id
        }
        way = [self.model.version]
        at = self.model.supersedes
        while at and at not in way:
            way.append(at)
            at = supersedes.get(at)
        return [*way, at] if at == self.model.version else []

    def find_parameter_problems(self) -> Iterator[Finding]:
        used = {name for clause in self.model.walk() for name in self._parameters_of(clause)}
        for name, parameter in self.model.parameters.items():
            if name in SCHOOL_NAMES:
                message = f"'{name}' always comes from the school's record"
                yield Finding("error", "parameter.reserved", parameter.place, message, "give it another name")
            elif name not in used:
                message = f"parameter '{name}' is declared but never used"
                mend = f"use it as `{{{{ {name} }}}}` in a clause, or take it out"
                yield Finding("warning", "parameter.unused", parameter.place, message, mend)
            if parameter.topic and parameter.topic not in self.workspace.topics:
                yield self._unknown_topic(parameter.topic, parameter.place)
            try:
                parse_value(parameter, parameter.default)
            except ValueError as error:
                message = f"the default of '{name}' {error}"
                mend = "mend the default, or the type and limits"
                yield Finding("error", "parameter.default", parameter.place, message, mend)

    def find_id_problems(self) -> Iterator[Finding]:
        counts = Counter(clause.id for clause in self.model.walk())
        for part in self.model.parts:
            for top in part.clauses:
                for clause in top.walk():
                    if counts[clause.id] > 1:
                        message = f"clause id '{clause.id}' stands {counts[clause.id]} times"
                        yield Finding("error", "id.doubled", clause.place, message, "give each clause an id of its own")
                    if not clause.id.startswith(f"{part.id}."):
                        message = f"clause id '{clause.id}' does not begin with that of its part"
                        mend = f"call it '{part.id}.{clause.id.rpartition('.')[2]}'"
                        yield Finding("error", "id.misplaced", clause.place, message, mend)

    def find_clause_problems(self, clause: Clause) -> Iterator[Finding]:
        ids = (
            {other.id for other in self.model.walk() if other.withdrawn is None} if "clause:" in str(clause) else set()
        )
        ids |= {part.id for part in self.model.parts}
        for text in clause_texts(clause):
            yield from find_text_problems(text, clause.place, (*self.model.parameters, *SCHOOL_NAMES), ids)
        for topic in clause.topics:
            if topic not in self.workspace.topics:
                yield self._unknown_topic(topic, clause.place)
        if (clause.tailoring == "choice") != bool(clause.choices) or len(clause.choices) == 1:
            message = f"'{clause.id}' must have `tailoring: choice` and two or more `choices:`, or neither"
            yield Finding("error", "choice.unclear", clause.place, message, "mend one of the two")
        if clause.when and clause.when.parameter and clause.when.parameter not in self.model.parameters:
            message = f"depends on parameter '{clause.when.parameter}', which is not declared"
            mend = f"declare it{nearest(clause.when.parameter, self.model.parameters)}"
            yield Finding("error", "parameter.undeclared", clause.place, message, mend)
        if not any(clause_texts(clause)) and not clause.fields:
            mend = "write its text, or mark it `withdrawn:`"
            yield Finding("error", "clause.empty", clause.place, f"clause '{clause.id}' has no words", mend)
        if clause.kind == "table" and not clause.head:
            message = f"table '{clause.id}' has no head row, so a screen reader cannot name its columns"
            yield Finding("warning", "table.no-head", clause.place, message, "add `head:` with a word for each column")

    def find_amendment_problems(self) -> Iterator[Finding]:
        ids = {clause.id for clause in self.model.walk()}
        for change in self.model.changes:
            for name in change.clauses:
                if name not in ids:
                    message = f"`changes:` names clause '{name}', which is not in this version"
                    mend = f"name a clause of this version{nearest(name, ids)}"
                    yield Finding("error", "amendment.unknown-clause", self.model.place, message, mend)

    def _parameters_of(self, clause: Clause) -> Iterator[str]:
        for text in clause_texts(clause):
            yield from (placeholder.name for placeholder in find_placeholders(text) if not placeholder.is_clause)
        if clause.when and clause.when.parameter:
            yield clause.when.parameter

    def _unknown_topic(self, topic: str, place: Place) -> Finding:
        mend = f"add it to clauses/topics.yaml{nearest(topic, self.workspace.topics)}"
        return Finding("error", "topic.unknown", place, f"topic '{topic}' is not known", mend)
