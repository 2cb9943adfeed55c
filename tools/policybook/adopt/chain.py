"""A trust's decided edition as the model that its academies adopt."""

from __future__ import annotations

from dataclasses import replace

from policybook.adopt.resolve import resolve
from policybook.adopt.tailor import Node, offered_parts
from policybook.domain.adoption import Adoption, School
from policybook.domain.edition import Edition
from policybook.domain.model import Choice, Clause, ModelVersion, Parameter, Part, Publisher, Tailorable
from policybook.text.decided import exact_of

CLASSES: tuple[Tailorable, ...] = ("free", "choice", "fill-in", "fixed")
"""What a clause allows, from the loosest to the strictest."""


def stricter(one: Tailorable, other: Tailorable | None) -> Tailorable:
    """The stricter of two classes: whatever a trust says, a clause never becomes looser."""
    return one if other is None else max(one, other, key=CLASSES.index)


def holds_words(edition: Edition, model: ModelVersion, adoption: Adoption, school: School) -> bool:
    """Whether model and adoption give, for this school, the very words and values that the edition was decided on."""
    return exact_of(resolve(model, adoption, school)) == edition.exact


def given_values(model: ModelVersion, adoption: Adoption, school: School) -> Adoption:
    """The adoption with what the school says for all its policies among its own values, for a record that is whole."""
    own = {name: school.values[key] for name, entry in model.parameters.items() if (key := school.key_of(entry))}
    return replace(adoption, values={**own, **adoption.values})


def offer_edition(
    edition: Edition, model: ModelVersion, adoption: Adoption, school: School, supersedes: str | None = None
) -> ModelVersion:
    """The model that the school offers with an edition, to be adopted as `school/policy@edition`.

    `model` is the one that the school adopted and `adoption` its record at the time. Its own words, sections and places
    are the model's here; its values are the defaults, its choices come first. What was fixed stays fixed, all the way
    down, and what the school tightened is tightened. Roles, names and hidden sections are for each adopter to fill.
    """
    return ModelVersion(
        id=adoption.ref,
        version=edition.name,
        title=edition.title,
        publisher=Publisher(school.id, school.name, school.kind),
        issued=edition.decision.on,
        parts=tuple(_part(node, adoption) for node in offered_parts(model, adoption.tailorings)),
        parameters={name: _parameter(entry, adoption) for name, entry in model.parameters.items()},
        language=edition.language,
        supersedes=supersedes,
        review=model.review,
        publish=edition.publish,
        numbering=model.numbering,
        notice=edition.notice,
        place=adoption.place,
        rests_on=model.ref,
    )


def _parameter(parameter: Parameter, adoption: Adoption) -> Parameter:
    if parameter.fixed:
        return parameter
    default = adoption.values.get(parameter.name, parameter.default)
    return replace(parameter, default=default, fixed=parameter.name in adoption.fixed_values)


def _part(node: Node, adoption: Adoption) -> Part:
    assert node.part is not None  # noqa: S101  the parts stand at the top
    own = node.tailoring if node.origin == "substituted" else None
    clauses = tuple(_clause(child, adoption) for child in node.children)
    return replace(node.part, heading=own.text if own else node.part.heading, clauses=clauses)


def _clause(node: Node, adoption: Adoption) -> Clause:
    clause = node.clause
    assert clause is not None  # noqa: S101  only the parts have none
    text, choices = clause.text, _chosen_first(clause, adoption)
    if node.origin == "substituted" and node.tailoring:
        text, choices = node.tailoring.text, ()
    allowed = stricter(clause.tailoring, adoption.tighten.get(clause.id))
    if choices and allowed != "choice":
        text, choices = choices[0].text, ()
    if allowed == "choice" and not choices:
        allowed = "fill-in"  # nothing is left to choose from
    below = tuple(_clause(child, adoption) for child in node.children)
    return replace(clause, text=text, choices=choices, tailoring=allowed, clauses=below)


def _chosen_first(clause: Clause, adoption: Adoption) -> tuple[Choice, ...]:
    chosen = adoption.choices.get(clause.id)
    return tuple(sorted(clause.choices, key=lambda choice: choice.id != chosen))
