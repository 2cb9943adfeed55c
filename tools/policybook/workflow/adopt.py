"""A school adopts a model: with the values it gives, or as its own document already has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.adopt import effective_values, resolve
from policybook.adopt.infer import Inference, infer_adoption
from policybook.adopt.infer_value import StatedValue
from policybook.check.adoption import find_adoption_problems
from policybook.domain.adoption import Adoption, School
from policybook.domain.consultation import consultation_of
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.finding import Finding
from policybook.domain.inline import plain
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.domain.page import Callout, Table
from policybook.domain.source import SourceDocument
from policybook.domain.workspace import Workspace
from policybook.intake import read_document
from policybook.intake.draft_name import SaidNames, names_in
from policybook.intake.suggest import find_stated
from policybook.report.policy import front_matter
from policybook.store import find_workspace
from policybook.store.adopted import print_adoption, print_lock
from policybook.store.school_file import print_school
from policybook.store.together import FileWrite, write_together
from policybook.text.answer import describe_allowed, parse_answer
from policybook.text.base import base_words
from policybook.text.near import did_you_mean
from policybook.text.sentence import split_sentences
from policybook.text.slug import slug_of
from policybook.text.value import print_value
from policybook.workflow.chain import read_records
from policybook.workflow.school_columns import read_kind

_CLAUSE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class AdoptedValue:
    """One parameter: the model's value and the school's, as they print; `is_needed` where neither has one.

    `used_in` is then the first sentence of the model that has the blank, empty where none prints it.
    """

    parameter: Parameter
    models: str
    schools: str
    is_needed: bool
    used_in: str = ""


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
    is_new_school: bool = False

    def consultation(self) -> str:
        """`3 values, 2 choices, 1 departure: consult before adopting`."""
        return consultation_of(self.model, self.adoption).in_words()


def plan_adoption(
    school: str, ref: str, start: Path, given: Mapping[str, str], file: Path | None = None, reasons: Sequence[str] = ()
) -> PlannedAdoption:
    """The adoption of `publisher/policy` (its newest version) or `publisher/policy@version`; nothing is written.

    `given` are values as words, by parameter; they count before what a document says. `reasons` are for the departures
    found in it: `CLAUSE=TEXT` for one, TEXT for all others. Raises UnknownReference for a
    school, model or parameter that is not there, Refused where there is such an adoption already or a value will not
    do, UnreadableDocument for the file.
    """
    root = find_workspace(start)
    records, _ = read_records(root)
    model, document = _find_model(records, ref), read_document(file) if file else None
    body = _find_school(records, school, document)
    policy = model.id.rpartition("/")[2]
    folder = _folder(root, school, policy)
    if (folder / "adoption.yaml").exists():
        mend = "to move it to another version, use `policybook upgrade`"
        raise Refused(f"{school} has adopted {policy} already", where=f"{school}/{policy}", mend=mend)
    values = {name: _read_value(model, name, words) for name, words in given.items()}
    inference = infer_from(document, model, body, policy) if document else None
    is_new = school not in records.schools
    if inference and is_new:
        body, inference = _with_roles(model, body, inference)
        records = replace(records, schools={**records.schools, school: body})
    bare = Adoption(school, policy, model.id, model.version)
    adoption = inference.adoption if inference else bare
    adoption = _with_reasons(replace(adoption, values=adoption.values | values), reasons)
    findings = tuple(entry for entry in find_adoption_problems(adoption, records) if entry.code != "decision.none")
    return PlannedAdoption(root, model, body, adoption, _value_rows(model, adoption, body), findings, inference, is_new)


def infer_from(document: SourceDocument, model: ModelVersion, school: School, policy: str) -> Inference:
    """The adoption that a school's document is, with the ages, hours and the like that its own wordings state."""
    stated = [
        [
            StatedValue(kind, value, sentence)
            for sentence in split_sentences(clause.text)
            for kind, value in find_stated(sentence)
        ]
        for clause in document.clauses
    ]
    return infer_adoption(model, document.clauses, school, policy, stated, _printed_above(model, school))


def _printed_above(model: ModelVersion, school: School) -> frozenset[str]:
    """What our own documents print above the text: names, the notice, what the publisher changed."""
    above = {model.title, school.name}
    for block in front_matter(resolve(model, Adoption(school.id, "", model.id, model.version), school)):
        if isinstance(block, Callout):
            above.add(f"{block.label}. {plain(block.runs)}")
        elif isinstance(block, Table):
            above |= {block.caption, *block.head}
            above |= {plain(runs) for row in block.rows for cell in row for runs in cell.paragraphs}
    return frozenset(" ".join(words.split()) for words in above)


def write_adoption(planned: PlannedAdoption) -> tuple[Path, ...]:
    """Writes `adoption.yaml` and `lock.yaml`, and the record of a new school, in one step: all or none."""
    lock, adoption = adoption_writes(planned.root, planned.model, planned.adoption)
    file = planned.root / "clauses" / "schools" / f"{planned.school.id}.yaml"
    school = [FileWrite(file, print_school(planned.school))] if planned.is_new_school else []
    write_together([*school, lock, adoption])
    return (adoption.file, lock.file, *(write.file for write in school))


def adoption_writes(root: Path, model: ModelVersion, adoption: Adoption) -> tuple[FileWrite, FileWrite]:
    """`lock.yaml` and `adoption.yaml` of a new adoption, the one that makes the other count last."""
    folder = _folder(root, adoption.school, adoption.policy)
    words = base_words(model)
    bases = {entry.clause: words[entry.clause] for entry in adoption.tailorings if entry.clause in words}
    content = print_adoption(adoption, is_edition=bool(model.rests_on))
    return FileWrite(folder / "lock.yaml", print_lock(adoption, bases)), FileWrite(folder / "adoption.yaml", content)


def _folder(root: Path, school: str, policy: str) -> Path:
    return root / "clauses" / "adoptions" / school / policy


def _find_model(records: Workspace, ref: str) -> ModelVersion:
    name, _, version = ref.partition("@")
    versions = [entry for entry in records.versions_of(name) if entry.ref not in records.broken]
    wanted = [entry for entry in versions if entry.version == version] if version else versions[-1:]
    if not wanted:
        known = ", ".join(sorted(records.adoptable)) or "none yet"
        raise UnknownReference(f"there is no model '{ref}'", where=ref, mend=f"there are: {known}")
    return wanted[0]


def _find_school(records: Workspace, school: str, document: SourceDocument | None) -> School:
    """The school's record; where there is none, what the school's own document says of it."""
    if school in records.schools:
        return records.schools[school]
    said = names_in(document) if document else SaidNames()
    name = said.school
    if not name or slug_of(school) != school or school in records.broken:
        near = did_you_mean(school, records.schools)
        record = f"write its record, clauses/schools/{school}.yaml, with id, name and kind; `schools import` does it"
        mend = f"{near} Else {record}" if near else record
        raise UnknownReference(f"there is no school '{school}'", where=school, mend=mend)
    return School(school, name, read_kind(name) or "school", said.short or name)


def _with_roles(model: ModelVersion, school: School, inference: Inference) -> tuple[School, Inference]:
    """The titles that the document uses become the new school's record, for all its policies."""
    values = inference.adoption.values
    roles = {name: value for name, value in values.items() if model.parameters[name].type == "role"}
    kept = {name: value for name, value in values.items() if name not in roles}
    titles = {name: value for name, value in roles.items() if isinstance(value, str)}
    adoption = replace(inference.adoption, values=kept | {n: v for n, v in roles.items() if n not in titles})
    return replace(school, roles=titles), replace(inference, adoption=adoption)


def _read_value(model: ModelVersion, name: str, words: str) -> Value:
    """The value that somebody typed. Raises UnknownReference or Refused."""
    parameter = model.parameters.get(name)
    if parameter is None:
        known = ", ".join(model.parameters) or "it has none"
        raise UnknownReference(f"there is no parameter '{name}' in {model.ref}", where=name, mend=f"known: {known}")
    if parameter.fixed:
        what = f"{model.publisher.name} has fixed this value for all who adopt its policy"
        raise Refused(what, where=name, mend=f"leave it at {_shown(parameter, parameter.default)}")
    return read_answer(parameter, words)


def _with_reasons(adoption: Adoption, reasons: Sequence[str]) -> Adoption:
    """The departures with the reasons that somebody gave; the others keep the honest one."""
    if reasons and not adoption.tailorings:
        raise Refused("there is no departure that a reason could be for", mend="leave --reason out")
    clauses = {entry.clause for entry in adoption.tailorings}
    own: dict[str, str] = {}
    for words in reasons:
        clause, sign, text = (piece.strip() for piece in words.partition("="))
        if not (sign and _CLAUSE.fullmatch(clause)):
            clause, text = "", words.strip()
        if clause and clause not in clauses:
            raise UnknownReference("there is no departure from this clause", where=clause, mend="see it with --dry-run")
        if not text or clause in own:
            raise Refused(f"'{words}' is no reason, or a second one", mend="write --reason TEXT, or CLAUSE=TEXT")
        own[clause] = text
    told = (replace(entry, reason=own.get(entry.clause, own.get("", entry.reason))) for entry in adoption.tailorings)
    return replace(adoption, tailorings=tuple(told))


def read_answer(parameter: Parameter, words: str) -> Value:
    """The value that somebody typed for a parameter. Raises Refused saying what would do."""
    try:
        return parse_answer(parameter, words)
    except ValueError as error:
        mend = f"{parameter.label}: {describe_allowed(parameter)}"
        raise Refused(f"'{words}' will not do: it {error}", where=parameter.name, mend=mend) from error


def _value_rows(model: ModelVersion, adoption: Adoption, school: School) -> tuple[AdoptedValue, ...]:
    values = effective_values(model, adoption, school)
    return tuple(_value_row(model, parameter, values[name], school) for name, parameter in model.parameters.items())


def _value_row(model: ModelVersion, parameter: Parameter, value: Value, school: School) -> AdoptedValue:
    is_needed = value is None and parameter.type != "boolean"
    used_in = _used_in(model, parameter, school) if is_needed else ""
    return AdoptedValue(parameter, _shown(parameter, parameter.default), _shown(parameter, value), is_needed, used_in)


def _used_in(model: ModelVersion, parameter: Parameter, school: School) -> str:
    printed = resolve(model, Adoption(school.id, "", model.id, model.version), school)
    sentences = (sentence for clause in printed.clauses for sentence in split_sentences(clause.text))
    return next((sentence.strip() for sentence in sentences if f"[{parameter.label}]" in sentence), "")


def _shown(parameter: Parameter, value: Value) -> str:
    return "–" if value is None else print_value(parameter.type, value)
