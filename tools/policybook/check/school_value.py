"""Checks of what one school says across all its policies: values given once, and the same answer everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policybook.check.model import clause_texts
from policybook.domain.adoption import Adoption, School, value_in_force
from policybook.domain.finding import Finding, Place, Severity
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.domain.workspace import Workspace
from policybook.text.placeholder import find_placeholders
from policybook.text.value import parse_value, print_value


def find_school_value_problems(workspace: Workspace) -> Iterator[Finding]:
    """Values of a school's record that do not fit, or that none of its policies uses; and answers that differ."""
    uses = {ref: _uses_of(model) for ref, model in workspace.adoptable.items() if ref not in workspace.broken}
    policies: dict[str, list[tuple[Adoption, ModelVersion]]] = {}
    for ref in sorted(workspace.adoptions):
        adoption, model = workspace.adoptions[ref], workspace.model_of(workspace.adoptions[ref])
        if model is not None and model.ref in uses:
            policies.setdefault(adoption.school, []).append((adoption, model))
    for name in sorted(workspace.schools):
        school, own = workspace.schools[name], policies.get(name, [])
        if school.values:
            yield from _find_misfits(school, own, workspace)
        if len(own) > 1:
            yield from _find_disagreements(school, own, uses)


def _find_misfits(school: School, own: list[tuple[Adoption, ModelVersion]], workspace: Workspace) -> Iterator[Finding]:
    spoken_of: set[str] = set()
    for adoption, model in own:
        for parameter in model.parameters.values():
            key = school.key_of(parameter)
            if key is None:
                continue
            spoken_of.add(key)
            try:
                parse_value(parameter, school.values[key])
            except ValueError as error:
                message = f"the value of '{key}' {error} in {adoption.ref}; it is {school.values[key]!r}"
                mend = f"'{parameter.name}' is: {parameter.label}; a policy may have a value of its own"
                yield Finding("error", "value.outside", school.place_of(f"values.{key}"), message, mend)
    if any(ref.startswith(f"{school.id}/") for ref in workspace.broken):
        return  # the policy that uses it may be the one that cannot be read
    for key in school.values.keys() - spoken_of:
        message = f"no policy of {school.name} has a parameter or a topic '{key}'"
        mend = "take it out, or give it the name of the parameter or of its topic"
        yield Finding("warning", "value.unused", school.place_of(f"values.{key}"), message, mend)


@dataclass(frozen=True, slots=True)
class _Answer:
    parameter: Parameter
    value: Value
    ref: str
    place: Place

    @property
    def words(self) -> str:
        return print_value(self.parameter.type, self.value)


def _find_disagreements(
    school: School, own: list[tuple[Adoption, ModelVersion]], uses: dict[str, dict[str, set[str]]]
) -> Iterator[Finding]:
    """Two answers of one school to one question: on a topic whoever set them, for a name where the school set them."""
    answers: dict[tuple[Severity, str], list[_Answer]] = {}
    for adoption, model in own:
        for question, answer in _answers(adoption, model, school, uses[model.ref]):
            answers.setdefault(question, []).append(answer)
    for (severity, subject), given in answers.items():
        for other in given[1:]:
            if other.words.casefold() != given[0].words.casefold():
                message = f"{school.name} says two things on {subject}: {given[0].words} in {given[0].ref}, "
                message += f"{other.words} in {other.ref}"
                mend = f"give it once, under `values:` of {school.place.path}; or leave it if the rules are to differ"
                yield Finding(severity, "value.disagrees", other.place, message, mend)


def _answers(
    adoption: Adoption, model: ModelVersion, school: School, uses: dict[str, set[str]]
) -> Iterator[tuple[tuple[Severity, str], _Answer]]:
    gone = {entry.clause for entry in adoption.tailorings if entry.kind in ("omit", "substitute")}
    printed = {name for clause, names in uses.items() if clause not in gone for name in names}
    for name, parameter in model.parameters.items():
        value = value_in_force(parameter, adoption, school)
        if value is None or name not in printed or parameter.detail:
            continue
        answer = _Answer(parameter, value, adoption.ref, adoption.place_of(f"values.{name}"))
        if parameter.topic:
            yield ("warning", f"the topic '{parameter.topic}'"), answer
        elif name in adoption.values:
            yield ("note", f"'{name}'"), answer


def _uses_of(model: ModelVersion) -> dict[str, set[str]]:
    """The parameters that the words of each clause use, or that its condition asks for."""
    found: dict[str, set[str]] = {}
    for clause in model.walk():
        names = {blank.name for text in clause_texts(clause) for blank in find_placeholders(text)}
        if clause.when and clause.when.parameter:
            names.add(clause.when.parameter)
        found[clause.id] = names
    return found
