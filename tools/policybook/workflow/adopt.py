"""A school adopts a model: with the values it gives, or as its own document already has it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policybook.adopt import effective_values
from policybook.adopt.infer import Inference, infer_adoption
from policybook.check.adoption import find_adoption_problems
from policybook.domain.adoption import Adoption, School
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.domain.workspace import Workspace
from policybook.intake import read_document
from policybook.store import find_workspace, read_workspace
from policybook.store.adopted import print_adoption, print_lock
from policybook.store.together import FileWrite, write_together
from policybook.text.number import parse_number
from policybook.text.value import parse_value, print_value


@dataclass(frozen=True, slots=True)
class AdoptedValue:
    """One parameter: the model's value and the school's, as they print; `is_needed` where neither has one."""

    parameter: Parameter
    models: str
    schools: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class PlannedAdoption:
    """An adoption ready to be written: its values beside the model's, findings, and what was inferred, if anything."""

    root: Path
    model: ModelVersion
    school: School
    adoption: Adoption
    values: tuple[AdoptedValue, ...]
    findings: tuple[Finding, ...]
    inference: Inference | None = None

    def consultation(self) -> str:
        """`3 values, 2 choices, 1 departure: consult before adopting`."""
        beyond = [finding for finding in self.findings if finding.code == "tailoring.beyond-class"]
        counts = (
            _count(len(self.adoption.values), "value"),
            _count(len(self.adoption.choices), "choice"),
            _count(len(self.adoption.tailorings), "departure"),
        )
        consult = f"; {_count(len(beyond), 'departure')} not allowed by the model: consult before adopting"
        return ", ".join(counts) + (consult if beyond else "")


def plan_adoption(
    school: str, ref: str, start: Path, given: Mapping[str, str], file: Path | None = None
) -> PlannedAdoption:
    """The adoption of `publisher/policy` (its newest version) or `publisher/policy@version`; nothing is written.

    `given` are values as words, by parameter; they count before what a document says. Raises UnknownReference for a
    school, model or parameter that is not there, Refused where there is such an adoption already or a value will not
    do, UnreadableDocument for the file.
    """
    root = find_workspace(start)
    records, _ = read_workspace(root)
    model, body = _find_model(records, ref), _find_school(records, school)
    policy = model.id.rpartition("/")[2]
    folder = _folder(root, school, policy)
    if (folder / "adoption.yaml").exists():
        mend = "to move it to another version, use `policybook upgrade`"
        raise Refused(f"{school} has adopted {policy} already", where=f"{school}/{policy}", mend=mend)
    values = {name: _read_value(model, name, words) for name, words in given.items()}
    inference = infer_adoption(model, read_document(file).clauses, body, policy) if file else None
    bare = Adoption(school, policy, model.id, model.version)
    adoption = inference.adoption if inference else bare
    adoption = replace(adoption, values=adoption.values | values)
    findings = tuple(entry for entry in find_adoption_problems(adoption, records) if entry.code != "decision.none")
    return PlannedAdoption(root, model, body, adoption, _value_rows(model, adoption, body), findings, inference)


def write_adoption(planned: PlannedAdoption) -> tuple[Path, Path]:
    """Writes `adoption.yaml` and `lock.yaml` in one step; both or neither."""
    folder = _folder(planned.root, planned.adoption.school, planned.adoption.policy)
    words = {part.id: part.heading for part in planned.model.parts}
    words |= {clause.id: clause.text or " / ".join(c.text for c in clause.choices) for clause in planned.model.walk()}
    bases = {entry.clause: words[entry.clause] for entry in planned.adoption.tailorings if entry.clause in words}
    lock = FileWrite(folder / "lock.yaml", print_lock(planned.adoption, bases))
    adoption = FileWrite(folder / "adoption.yaml", print_adoption(planned.adoption))
    write_together([lock, adoption])
    return adoption.file, lock.file


def _folder(root: Path, school: str, policy: str) -> Path:
    return root / "clauses" / "adoptions" / school / policy


def _find_model(records: Workspace, ref: str) -> ModelVersion:
    name, _, version = ref.partition("@")
    versions = [entry for entry in records.versions_of(name) if entry.ref not in records.broken]
    wanted = [entry for entry in versions if entry.version == version] if version else versions[-1:]
    if not wanted:
        known = ", ".join(sorted(entry.ref for entry in records.models.values())) or "none yet"
        raise UnknownReference(f"there is no model '{ref}'", where=ref, mend=f"there are: {known}")
    return wanted[0]


def _find_school(records: Workspace, school: str) -> School:
    if school not in records.schools:
        mend = f"write its record, clauses/schools/{school}.yaml, with id, name and kind"
        raise UnknownReference(f"there is no school '{school}'", where=school, mend=mend)
    return records.schools[school]


def _read_value(model: ModelVersion, name: str, words: str) -> Value:
    """The value that somebody typed. Raises UnknownReference or Refused."""
    parameter = model.parameters.get(name)
    if parameter is None:
        known = ", ".join(model.parameters) or "it has none"
        raise UnknownReference(f"there is no parameter '{name}' in {model.ref}", where=name, mend=f"known: {known}")
    try:
        return parse_value(parameter, _typed(parameter, words.strip()))
    except ValueError as error:
        raise Refused(f"'{words}' will not do: it {error}", where=name, mend=parameter.label) from error


def _typed(parameter: Parameter, words: str) -> object:
    if parameter.type in ("integer", "age"):
        number = parse_number(words)
        return words if number is None else number
    if parameter.type == "boolean":
        return {"true": True, "yes": True, "false": False, "no": False}.get(words.lower(), words)
    if parameter.type == "list":
        return [entry.strip() for entry in words.split(",") if entry.strip()]
    if parameter.type == "date":
        with suppress(ValueError):
            return date.fromisoformat(words)
    return words


def _value_rows(model: ModelVersion, adoption: Adoption, school: School) -> tuple[AdoptedValue, ...]:
    values = effective_values(model, adoption, school)
    return tuple(
        AdoptedValue(
            parameter,
            _shown(parameter, parameter.default),
            _shown(parameter, values[name]),
            values[name] is None and parameter.type != "boolean",
        )
        for name, parameter in model.parameters.items()
    )


def _shown(parameter: Parameter, value: Value) -> str:
    return "–" if value is None else print_value(parameter.type, value)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
