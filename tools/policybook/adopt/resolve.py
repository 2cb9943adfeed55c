"""Model + adoption -> the text in force, each clause knowing where its words came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policybook.adopt.fill import Filler
from policybook.adopt.number import marker_of, number_clauses
from policybook.adopt.tailor import Node, tailored_parts
from policybook.adopt.value import SCHOOL_PARAMETERS, effective_values
from policybook.domain.adoption import Adoption, School
from policybook.domain.inline import Run
from policybook.domain.model import Clause, ModelVersion
from policybook.domain.resolved import Origin, ResolvedClause, ResolvedPolicy


def resolve(model: ModelVersion, adoption: Adoption, school: School) -> ResolvedPolicy:
    """A school's text in force. With no tailoring and no value it has exactly the model's clauses."""
    return _resolve(model, adoption, school)


def resolve_model(model: ModelVersion) -> ResolvedPolicy:
    """The model on its own: default values, school names blank, the clauses of every kind of school."""
    return _resolve(model, None, None)


def _resolve(model: ModelVersion, adoption: Adoption | None, school: School | None) -> ResolvedPolicy:
    values = effective_values(model, adoption, school)
    tailorings = adoption.tailorings if adoption else ()
    parts = tailored_parts(model, tailorings, school.kind if school else None, values)
    numbers = number_clauses(parts, model.numbering)
    filler = Filler(model.parameters, values, clause_names(parts, numbers))
    printer = _Printer(model, adoption, numbers, filler)
    clauses = tuple(clause for part in parts for clause in printer.print_part(part))
    omitted = tuple(entry for entry in tailorings if entry.kind == "omit")
    return ResolvedPolicy(model, clauses, values, adoption, school, omitted)


def clause_names(parts: list[Node], numbers: dict[str, str]) -> dict[str, str]:
    """What a reference to a clause prints: its number, else the heading that it is or stands under."""
    names: dict[str, str] = {}
    for part in parts:
        heading = part.part.heading if part.part else ""
        for node in part.walk():
            if node.clause and node.clause.kind == "heading":
                heading = node.clause.text
            number = numbers.get(node.id, "")
            names[node.id] = number if number and not number.startswith("(") else f"“{heading}”"
    return names


@dataclass(frozen=True, slots=True)
class _Printer:
    model: ModelVersion
    adoption: Adoption | None
    numbers: dict[str, str]
    filler: Filler

    def print_part(self, node: Node) -> Iterator[ResolvedClause]:
        heading = node.part.heading if node.part else ""
        if node.origin == "substituted" and node.tailoring:
            heading = node.tailoring.text
        number, runs = self.numbers.get(node.id), self.filler.fill(heading)
        yield ResolvedClause(node.id, "heading", 0, number, "none", runs, node.id, node.origin, node.tailoring)
        for child in node.children:
            yield from self._print_clause(child, 1, node.id)

    def _print_clause(self, node: Node, depth: int, part: str) -> Iterator[ResolvedClause]:
        clause = node.clause
        if clause is None:
            return
        runs = self.filler.fill(self._words(node, clause))
        cells = tuple(tuple(self.filler.fill(cell) for cell in row) for row in (clause.head, *clause.rows) if row)
        yield ResolvedClause(
            id=clause.id,
            kind=clause.kind,
            depth=depth,
            number=self.numbers.get(clause.id),
            marker=marker_of(clause, self.model.numbering),
            runs=runs,
            part=part,
            origin=self._origin(node, clause, (runs, *(cell for row in cells for cell in row))),
            tailoring=node.tailoring,
            topics=clause.topics,
            defines=clause.defines,
            note=clause.note,
            head=cells[0] if clause.head else (),
            rows=cells[1:] if clause.head else cells,
            fields=clause.fields,
            source=clause.source,
            supersedes=clause.supersedes,
        )
        for child in node.children:
            yield from self._print_clause(child, depth + 1, part)
        if clause.closing:
            closing = self.filler.fill(clause.closing)
            yield ResolvedClause(f"{clause.id}.closing", "paragraph", depth, None, "none", closing, part)

    def _words(self, node: Node, clause: Clause) -> str:
        if node.origin == "substituted" and node.tailoring:
            return node.tailoring.text
        if clause.choices:
            chosen = self.adoption.choices.get(clause.id) if self.adoption else None
            return next((choice.text for choice in clause.choices if choice.id == chosen), clause.choices[0].text)
        return clause.text

    def _origin(self, node: Node, clause: Clause, texts: tuple[tuple[Run, ...], ...]) -> Origin:
        """Whose words these are; a value counts as the school's only where it differs from the model's."""
        if node.origin != "model" or self.adoption is None:
            return node.origin
        chosen = self.adoption.choices.get(clause.id)
        if clause.choices and chosen and chosen != clause.choices[0].id:
            return "choice"
        used = {run.parameter for runs in texts for run in runs if run.parameter}
        return "values" if any(self._is_own_value(name) for name in used) else "model"

    def _is_own_value(self, name: str) -> bool:
        if name in SCHOOL_PARAMETERS:
            return False
        return self.filler.values.get(name) != self.model.parameters[name].default
