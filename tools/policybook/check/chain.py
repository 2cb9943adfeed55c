"""Checks between the records of several schools: chains of adoption, names, schools that one record serves."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.text import nearest
from policybook.domain.adoption import Adoption, PolicyRecord
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.workspace import Workspace

CLASSES = ("free", "choice", "fill-in", "fixed")
"""What a clause allows, from the loosest to the strictest."""


def find_chain_problems(workspace: Workspace) -> Iterator[Finding]:
    """What is wrong between records: names, circles of adoption, what a trust fixes, and whom a record serves."""
    yield from _find_shared_names(workspace)
    yield from _find_circles(workspace)
    for ref in sorted(workspace.adoptions):
        adoption, model = workspace.adoptions[ref], workspace.model_of(workspace.adoptions[ref])
        if model is not None and model.ref not in workspace.broken:
            yield from _find_tightening_problems(adoption, model)
            yield from _find_fixed_values(adoption, model, workspace)
    yield from _find_covering_problems(workspace)


def circle_of(adoption: Adoption, workspace: Workspace) -> tuple[str, ...]:
    """The policies that adopt each other in a circle, from this one round to it again; empty where they do not."""
    seen = [adoption.ref]
    at: Adoption | None = adoption
    while at is not None and at.model_ref not in workspace.models:
        at = workspace.adoptions.get(at.model)
        if at is not None and at.ref in seen:
            return (*seen, at.ref) if at.ref == adoption.ref else ()
        if at is not None:
            seen.append(at.ref)
    return ()


def _find_shared_names(workspace: Workspace) -> Iterator[Finding]:
    """One id is one body: a REF such as `oak/mail` must not be read in two ways."""
    publishers = {model.publisher.id: model for model in workspace.models.values()}
    for name in sorted(publishers.keys() & workspace.schools.keys()):
        publisher, school = publishers[name].publisher, workspace.schools[name]
        if publisher.name != school.name:
            message = f"'{name}' is both the publisher {publisher.name} and the school {school.name}"
            mend = "give one of the two another id, or both the same name where they are one body"
            yield Finding("warning", "name.shared", school.place, message, mend)
    published = {model.id for model in workspace.models.values()}
    for ref in sorted(workspace.adoptions):
        adoption = workspace.adoptions[ref]
        is_edition = adoption.model_ref not in workspace.models and adoption.model in workspace.adoptions
        if is_edition and adoption.model in published:
            message = f"'{adoption.model}' is both a model of a publisher and a policy of a school"
            mend = "give one of the two another name; a policy that others adopt has its own"
            yield Finding("error", "name.ambiguous", adoption.place_of("model"), message, mend)


def _find_circles(workspace: Workspace) -> Iterator[Finding]:
    for ref in sorted(workspace.adoptions):
        circle = circle_of(workspace.adoptions[ref], workspace)
        if circle:
            message = f"policies adopt each other in a circle: {' -> '.join(circle)}"
            mend = "let one of them adopt a publisher's model"
            yield Finding("error", "chain.circle", workspace.adoptions[ref].place_of("model"), message, mend)


def _find_tightening_problems(adoption: Adoption, model: ModelVersion) -> Iterator[Finding]:
    clauses = {clause.id: clause.tailoring for clause in model.walk() if clause.withdrawn is None}
    offering = {clause.id for clause in model.walk() if clause.choices}
    clauses |= {entry.clause: "free" for entry in adoption.tailorings if entry.kind == "insert"}
    for name, wanted in adoption.tighten.items():
        place = adoption.place_of(f"tighten.{name}")
        if name not in clauses:
            message = f"`tighten:` names clause '{name}', which is not in this policy"
            yield Finding("error", "tighten.unknown-clause", place, message, f"name a clause{nearest(name, clauses)}")
        elif CLASSES.index(wanted) < CLASSES.index(clauses[name]):
            message = f"'{name}' is {clauses[name]} in {model.ref}; nobody further down can make it {wanted}"
            yield Finding("error", "tighten.looser", place, message, "take the entry out, or name a stricter class")
        elif wanted == "choice" and name not in offering:
            message = f"'{name}' offers no choices, so nobody further down can have any"
            yield Finding("error", "choice.unclear", place, message, "say fill-in (values only) or fixed")
    for name in adoption.fixed_values:
        if name not in model.parameters:
            message = f"`fixed_values:` names parameter '{name}', which is not in {model.ref}"
            mend = f"name a parameter{nearest(name, model.parameters)}"
            yield Finding("error", "value.unknown", adoption.place_of("fixed_values"), message, mend)


def _find_fixed_values(adoption: Adoption, model: ModelVersion, workspace: Workspace) -> Iterator[Finding]:
    """A value of its own where a trust has fixed it for all who adopt its policy."""
    school = workspace.schools.get(adoption.school)
    for name, parameter in model.parameters.items():
        if not parameter.fixed:
            continue
        mend = "take the value out, or ask the trust"
        if name in adoption.values and adoption.values[name] != parameter.default:
            message = f"{model.publisher.name} has fixed '{name}' at {parameter.default!r} for all who adopt its policy"
            yield Finding("error", "value.fixed", adoption.place_of(f"values.{name}"), message, mend)
        key = school.key_of(parameter) if school else None
        if school and key and name not in adoption.values and school.values[key] != parameter.default:
            message = f"'{key}' does not hold in {adoption.ref}: {model.publisher.name} has fixed it at "
            message += f"{parameter.default!r}"
            yield Finding("warning", "value.fixed", school.place_of(f"values.{key}"), message, mend)


def _find_covering_problems(workspace: Workspace) -> Iterator[Finding]:
    records: dict[str, PolicyRecord] = {**workspace.adoptions, **workspace.home_grown}
    covering: dict[tuple[str, str], str] = {}
    for ref in sorted(records):
        record = records[ref]
        for index, school in enumerate(record.covers):
            place = record.place_of(f"covers.{index}")
            own = _own_record(school, record, records)
            before = covering.setdefault((school, record.policy), ref)
            if school not in workspace.schools and school not in workspace.broken:
                mend = f"write clauses/schools/{school}.yaml{nearest(school, workspace.schools)}"
                yield Finding("error", "covers.unknown", place, f"there is no school '{school}'", mend)
            elif before != ref or school in (record.school, *record.covers[:index]):
                by = f"by {before} already" if before != ref else "by this record already"
                message = f"'{school}' is served for {record.policy} {by}"
                yield Finding("error", "covers.twice", place, message, "take it out of one of the two")
            elif own:
                message = f"'{school}' has a record of its own for the same policy, {own}"
                mend = "take the school out here, or remove its own record"
                yield Finding("error", "covers.own", place, message, mend)


def _own_record(school: str, record: PolicyRecord, records: dict[str, PolicyRecord]) -> str | None:
    """The school's own record of the same policy: of the same name, or an adoption of the same model."""
    if f"{school}/{record.policy}" in records:
        return f"{school}/{record.policy}"
    if not isinstance(record, Adoption):
        return None
    same = (other for other in records.values() if isinstance(other, Adoption) and other.model == record.model)
    return next((other.ref for other in same if other.school == school), None)
