"""Checks of an adoption against its model and its school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policybook.check.model import SCHOOL_NAMES, clause_texts
from policybook.check.text import find_text_problems, nearest
from policybook.domain.adoption import APPROVING, Adoption, School, Tailoring, value_in_force
from policybook.domain.finding import Finding, Severity
from policybook.domain.model import Clause, ModelVersion
from policybook.domain.workspace import Workspace
from policybook.text.placeholder import find_placeholders
from policybook.text.value import parse_value


def find_adoption_problems(adoption: Adoption, workspace: Workspace) -> Iterator[Finding]:
    """What is wrong or unusual with one adoption."""
    school = workspace.schools.get(adoption.school)
    model = workspace.model_of(adoption)
    if school is None and adoption.school not in workspace.broken:
        message = f"there is no school '{adoption.school}'"
        mend = f"write clauses/schools/{adoption.school}.yaml{nearest(adoption.school, workspace.schools)}"
        yield Finding("error", "school.unknown", adoption.place_of("school"), message, mend)
    if model is None:
        yield from _unknown_model(adoption, workspace)
        return
    if model.ref in workspace.broken:
        return
    check = _AdoptionCheck(adoption, model, school)
    yield from check.find_value_problems()
    yield from check.find_choice_problems()
    for tailoring in adoption.tailorings:
        yield from check.find_tailoring_problems(tailoring)
    yield from check.find_decision_problems()


def _unknown_model(adoption: Adoption, workspace: Workspace) -> Iterator[Finding]:
    ref = f"{adoption.model}@{adoption.version}"
    if ref in workspace.broken:
        return
    versions = [model.version for model in workspace.versions_of(adoption.model)]
    place = adoption.place_of("version" if versions else "model")
    if versions:
        message = f"model {adoption.model} has no version '{adoption.version}'"
        mend = f"pin one of {', '.join(versions)}"
    else:
        message = f"there is no model '{adoption.model}'"
        mend = f"name one that is there{nearest(adoption.model, [model.id for model in workspace.models.values()])}"
    yield Finding("error", "model.unknown", place, message, mend)


@dataclass(frozen=True, slots=True)
class _AdoptionCheck:
    adoption: Adoption
    model: ModelVersion
    school: School | None

    def find_value_problems(self) -> Iterator[Finding]:
        for name, value in self.adoption.values.items():
            place = self.adoption.place_of(f"values.{name}")
            parameter = self.model.parameters.get(name)
            if parameter is None:
                message = f"there is no parameter '{name}' in {self.model.ref}"
                mend = f"take the value out{nearest(name, self.model.parameters)}"
                yield Finding("error", "value.unknown", place, message, mend)
                continue
            try:
                parse_value(parameter, value)
            except ValueError as error:
                message = f"the value of '{name}' {error}; it is {value!r}"
                yield Finding("error", "value.outside", place, message, f"'{name}' is: {parameter.label}")
        yield from self._find_blanks()

    def _find_blanks(self) -> Iterator[Finding]:
        omitted = {entry.clause for entry in self.adoption.tailorings if entry.kind in ("omit", "substitute")}
        printed = [clause for clause in self.model.walk() if clause.withdrawn is None and clause.id not in omitted]
        used = {name.name for clause in printed for text in clause_texts(clause) for name in find_placeholders(text)}
        for name, parameter in self.model.parameters.items():
            given = value_in_force(parameter, self.adoption, self.school)
            if given is None and name in used and parameter.type != "boolean":
                severity: Severity = "error" if parameter.required else "warning"
                message = f"'{name}' has no value: the policy prints the blank “[{parameter.label}]”"
                mend = f"give it under `values:` ({parameter.type})"
                yield Finding(severity, "value.missing", self.adoption.place_of("values"), message, mend)

    def find_choice_problems(self) -> Iterator[Finding]:
        choices = {clause.id: [choice.id for choice in clause.choices] for clause in self.model.walk()}
        for name, chosen in self.adoption.choices.items():
            place = self.adoption.place_of(f"choices.{name}")
            if not choices.get(name):
                message = f"'{name}' offers no choice in {self.model.ref}"
                mend = f"take it out{nearest(name, [known for known, options in choices.items() if options])}"
                yield Finding("error", "choice.unknown", place, message, mend)
            elif chosen not in choices[name]:
                message = f"'{name}' has no choice '{chosen}'"
                yield Finding("error", "choice.unknown", place, message, f"{' or '.join(choices[name])}")

    def find_tailoring_problems(self, tailoring: Tailoring) -> Iterator[Finding]:
        clauses = {clause.id: clause for clause in self.model.walk() if clause.withdrawn is None}
        if tailoring.kind == "insert":
            yield from self._find_insert_problems(tailoring, clauses)
        elif tailoring.kind == "substitute" and tailoring.clause in {part.id for part in self.model.parts}:
            pass  # the school's own heading
        elif tailoring.clause not in clauses:
            yield self._unknown_clause(tailoring, tailoring.clause)
            return
        else:
            yield from _find_class_problems(tailoring, clauses[tailoring.clause])
        if tailoring.kind in ("insert", "move"):
            yield from self._find_target_problems(tailoring, clauses)
        if tailoring.kind in ("substitute", "insert"):
            yield from self._find_words_problems(tailoring, clauses)
        same = Counter((entry.kind, entry.clause) for entry in self.adoption.tailorings)
        if same[tailoring.kind, tailoring.clause] > 1:
            message = f"'{tailoring.clause}' has more than one {tailoring.kind}"
            yield Finding("error", "tailoring.doubled", tailoring.place, message, "keep one of them")

    def _find_insert_problems(self, tailoring: Tailoring, clauses: dict[str, Clause]) -> Iterator[Finding]:
        if not tailoring.clause.startswith(f"{self.adoption.school}."):
            message = f"an inserted clause carries the school's name; '{tailoring.clause}' does not"
            mend = f"call it '{self.adoption.school}.{tailoring.clause.rpartition('.')[2]}'"
            yield Finding("error", "tailoring.foreign-id", tailoring.place, message, mend)
        elif tailoring.clause in clauses:
            message = f"'{tailoring.clause}' is already a clause of the model"
            yield Finding("error", "id.doubled", tailoring.place, message, "give the insert another id")

    def _find_target_problems(self, tailoring: Tailoring, clauses: dict[str, Clause]) -> Iterator[Finding]:
        inserted = {entry.clause for entry in self.adoption.tailorings if entry.kind == "insert"}
        known = {*clauses, *inserted, *(part.id for part in self.model.parts)}
        target = tailoring.after or tailoring.into
        if target is None or (tailoring.after and tailoring.into):
            message = f"the {tailoring.kind} of '{tailoring.clause}' must say where, in one way"
            mend = "add `after:` a clause, or `into:` a clause or part"
            yield Finding("error", "tailoring.no-place", tailoring.place, message, mend)
        elif target not in known:
            yield self._unknown_clause(tailoring, target)

    def _find_words_problems(self, tailoring: Tailoring, clauses: dict[str, Clause]) -> Iterator[Finding]:
        if not any(text.strip() for text in tailoring.texts):
            message = f"the {tailoring.kind} of '{tailoring.clause}' has no words"
            yield Finding("error", "tailoring.empty", tailoring.place, message, "add `text:`, or use `omit:`")
        names = (*self.model.parameters, *SCHOOL_NAMES)
        known = {*clauses, *(part.id for part in self.model.parts)}
        for text in tailoring.texts:
            yield from find_text_problems(text, tailoring.place, names, known)

    def _unknown_clause(self, tailoring: Tailoring, name: str) -> Finding:
        message = f"there is no clause '{name}' in {self.model.ref}"
        successors = [clause.id for clause in self.model.walk() if name in clause.supersedes]
        withdrawn = any(clause.id == name for clause in self.model.walk())
        mend = "it was withdrawn; take this departure out" if withdrawn else "name a clause that is there"
        mend += nearest(name, [clause.id for clause in self.model.walk() if clause.withdrawn is None])
        if successors:
            mend = f"it is now {' and '.join(successors)}"
        return Finding("error", "tailoring.unknown-clause", tailoring.place, message, mend)

    def find_decision_problems(self) -> Iterator[Finding]:
        if not any(decision.outcome in APPROVING for decision in self.adoption.decisions):
            message = f"{self.adoption.ref} has not been approved"
            mend = "record the decision under `decisions:` once it is taken; until then it is a draft"
            yield Finding("warning", "decision.none", self.adoption.place_of("decisions"), message, mend)


def _find_class_problems(tailoring: Tailoring, clause: Clause) -> Iterator[Finding]:
    """A departure that the model's class of the clause does not allow needs consultation before adoption."""
    if clause.tailoring == "free" or tailoring.kind == "move":
        return
    allowed = {"fixed": "may not be changed", "fill-in": "takes values only", "choice": "offers choices only"}
    message = f"'{clause.id}' {allowed[clause.tailoring]}, and this adoption has its own {tailoring.kind} of it"
    if tailoring.consulted:
        on = tailoring.consulted.on.isoformat()
        message += f" (consulted: {tailoring.consulted.with_whom}, {on})"
        yield Finding("note", "tailoring.beyond-class", tailoring.place, message, "nothing, if that is right")
    else:
        mend = "consult first and record it as `consulted: {with: …, on: …}`, or take the departure out"
        yield Finding("error", "tailoring.beyond-class", tailoring.place, message, mend)
