"""Checked file records into domain records, each with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policybook.domain.adoption import Adoption, Consultation, Decision, HomeGrown, School, Tailoring, TailoringKind
from policybook.domain.finding import NOWHERE, Place
from policybook.domain.model import (
    Amendment,
    Choice,
    Clause,
    Condition,
    FormField,
    ModelVersion,
    Parameter,
    Part,
    Publisher,
    Topic,
    Value,
)
from policybook.store.schema import (
    AdoptionFile,
    ClauseRecord,
    ConditionRecord,
    DecisionRecord,
    ParameterRecord,
    PartFile,
    PolicyFile,
    RawValue,
    SchoolFile,
    TailoringRecord,
    TopicRecord,
)
from policybook.store.yaml_file import Location, YamlFile

KINDS: tuple[TailoringKind, ...] = ("substitute", "omit", "insert", "move")


def to_topic(name: str, record: TopicRecord) -> Topic:
    """A subject that models share."""
    return Topic(name, record.label, record.question, record.answer, record.says, tuple(record.cues))


def to_model(record: PolicyFile, parts: list[Part], yaml: YamlFile) -> ModelVersion:
    """A model version with its parts in the order of `parts:`."""
    order = {part: index for index, part in enumerate(record.parts)}
    return ModelVersion(
        id=record.id,
        version=record.version,
        title=record.title,
        publisher=Publisher(record.id.partition("/")[0], record.publisher.name, record.publisher.kind),
        issued=record.issued,
        parts=tuple(sorted((part for part in parts if part.id in order), key=lambda part: order[part.id])),
        parameters={name: _to_parameter(name, entry, yaml) for name, entry in record.parameters.items()},
        language=record.language,
        supersedes=record.supersedes,
        review=record.review.every if record.review else "",
        publish=record.publish,
        numbering=record.numbering,
        notice=" ".join(record.notice.split()),
        changes=tuple(
            Amendment(tuple(entry.clauses), entry.summary, entry.substance, entry.sign_again, entry.law or "")
            for entry in record.changes
        ),
        place=yaml.place(),
    )


def to_part(record: PartFile, yaml: YamlFile) -> Part:
    """A part with its clauses."""
    clauses = tuple(_to_clause(entry, yaml, ("clauses", index)) for index, entry in enumerate(record.clauses))
    return Part(record.id, record.heading, record.kind, clauses, yaml.place(("id",)))


def to_school(record: SchoolFile, yaml: YamlFile) -> School:
    """A school's record."""
    return School(
        id=record.id,
        name=record.name,
        kind=record.kind,
        short_name=record.short_name or record.name,
        aliases=tuple(record.aliases),
        roles=dict(record.roles),
        place=yaml.place(),
        values={name: to_value(value) for name, value in record.values.items()},
        places=_places(yaml),
        template=record.branding.template if record.branding else "",
    )


def to_adoption(record: AdoptionFile, policy: str, yaml: YamlFile) -> Adoption:
    """One school's record of one policy; `policy` is the name of its folder."""
    model, _, edition = record.model.partition("@")
    return Adoption(
        school=record.school,
        policy=policy,
        model=model,
        version=edition or record.version or "",
        values={name: to_value(value) for name, value in record.values.items()},
        choices=dict(record.choices),
        tailorings=tuple(
            replace(told, reason=record.reasons.get(told.reason, told.reason))
            for index, entry in enumerate(record.tailorings)
            for told in (to_tailoring(entry, yaml.place(("tailorings", index))),)
        ),
        decisions=tuple(to_decision(entry) for entry in record.decisions),
        next_review=_next_review(record),
        publish=record.publish,
        covers=tuple(record.covers),
        place=yaml.place(),
        places=_places(yaml),
        tighten=dict(record.tighten),
        fixed_values=tuple(record.fixed_values),
    )


def to_home_grown(record: AdoptionFile, policy: str, yaml: YamlFile) -> HomeGrown:
    """A policy without a model; `policy` is the name of its folder, and its title where it is given none."""
    return HomeGrown(
        school=record.school,
        policy=policy,
        title=record.title or policy.replace("-", " ").capitalize(),
        file=record.file,
        owner=record.owner,
        decisions=tuple(to_decision(entry) for entry in record.decisions),
        next_review=_next_review(record),
        publish=record.publish,
        covers=tuple(record.covers),
        place=yaml.place(),
        places=_places(yaml),
    )


_TOLD = ("values", "choices", "tighten", "covers", "fixed_values")


def _places(yaml: YamlFile) -> dict[str, Place]:
    """The places of the keys at the top, and of each value, choice and school served."""
    told = (location for location in yaml.lines if len(location) == 1 or location[0] in _TOLD)
    return {".".join(map(str, location)): yaml.place(location) for location in told}


def to_decision(record: DecisionRecord) -> Decision:
    """What a body decided."""
    return Decision(
        outcome=record.outcome,
        body=record.body,
        on=record.on,
        minute=record.minute,
        effective=record.effective,
        edition=record.edition,
        exact=record.exact,
        delegation=record.delegation,
        published=record.published,
    )


def to_tailoring(record: TailoringRecord, place: Place = NOWHERE) -> Tailoring:
    """One departure. Which of the four it is was checked while reading; were there several, the first counts."""
    kind = next(kind for kind in KINDS if getattr(record, kind))
    consulted = record.consulted
    return Tailoring(
        kind=kind,
        clause=getattr(record, kind),
        reason=record.reason,
        text=record.text,
        after=record.after,
        into=record.into,
        clause_kind=record.kind,
        marker=record.marker,
        consulted=Consultation(consulted.with_, consulted.on) if consulted else None,
        place=place,
        head=tuple(record.head),
        rows=tuple(map(tuple, record.rows)),
    )


def to_value(raw: RawValue) -> Value:
    """A value as written, lists as tuples."""
    return tuple(raw) if isinstance(raw, list) else raw


def _to_parameter(name: str, record: ParameterRecord, yaml: YamlFile) -> Parameter:
    return Parameter(
        name=name,
        type=record.type,
        label=record.label,
        default=to_value(record.default),
        minimum=record.minimum,
        maximum=record.maximum,
        options=tuple(record.options),
        topic=record.topic,
        detail=record.detail,
        required=record.required,
        place=yaml.place(("parameters", name)),
    )


def _to_clause(record: ClauseRecord, yaml: YamlFile, location: Location) -> Clause:
    return Clause(
        id=record.id,
        kind=record.kind,
        text=record.text,
        marker=record.marker,
        tailoring=record.tailoring,
        choices=tuple(Choice(entry.id, entry.text) for entry in record.choices),
        topics=tuple(record.topics),
        defines=tuple(record.defines),
        note=record.note,
        when=_to_condition(record.when),
        clauses=tuple(
            _to_clause(entry, yaml, (*location, "clauses", index)) for index, entry in enumerate(record.clauses)
        ),
        closing=record.closing,
        head=tuple(record.head),
        rows=tuple(tuple(row) for row in record.rows),
        fields=tuple(FormField(entry.label, entry.type) for entry in record.fields),
        source=record.source,
        permission=record.permission,
        supersedes=tuple(record.supersedes),
        withdrawn=record.withdrawn,
        place=yaml.place((*location, "id")),
    )


def _to_condition(record: ConditionRecord | None) -> Condition | None:
    if record is None:
        return None
    return Condition(tuple(record.school), record.parameter, to_value(record.is_))


def _next_review(record: AdoptionFile) -> str:
    if record.review is None:
        return ""
    due = record.review.next
    return due.isoformat() if isinstance(due, date) else due
