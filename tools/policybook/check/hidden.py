"""References to what a condition hides from a school: they would print an id in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.index import ModelIndex
from policybook.domain.adoption import Adoption, School, value_in_force
from policybook.domain.finding import Finding, Place
from policybook.domain.model import Clause, Condition, ModelVersion
from policybook.text.placeholder import find_placeholders


def find_hidden_references(
    adoption: Adoption, model: ModelVersion, school: School | None, index: ModelIndex
) -> Iterator[Finding]:
    """References in the words that a school prints to a section that `when:` hides from it."""
    conditional = [clause for clause in index.clauses.values() if clause.when]
    if not conditional or not (index.referred or any("clause:" in text for text in _own_texts(adoption))):
        return
    values = {name: value_in_force(parameter, adoption, school) for name, parameter in model.parameters.items()}
    kind = school.kind if school else None
    hidden: dict[str, Clause] = {}
    for clause in conditional:
        if clause.when and not clause.when.holds(kind, values):
            hidden |= dict.fromkeys(index.below[clause.id], clause)
    if not hidden:
        return
    not_printed = hidden.keys() | {
        name for entry in adoption.tailorings if entry.kind in ("omit", "substitute")
        for name in (index.below.get(entry.clause, ()) if entry.kind == "omit" else (entry.clause,))
    }  # fmt: skip
    for name in hidden:
        for user in sorted(index.referred.get(name, frozenset()) - not_printed):
            mend = f"substitute '{user}' with words that do not refer to it, or ask the publisher to mend the model"
            yield _finding(user, name, hidden[name], _place(adoption, hidden[name].when), mend)
    for entry in adoption.tailorings:
        for found in (found for text in entry.texts for found in find_placeholders(text)):
            if found.is_clause and found.name in hidden:
                mend = "name a section that is there"
                yield _finding(entry.clause, found.name, hidden[found.name], entry.place, mend)


def _own_texts(adoption: Adoption) -> Iterator[str]:
    return (text for entry in adoption.tailorings for text in entry.texts)


def _place(adoption: Adoption, when: Condition | None) -> Place:
    return adoption.place_of(f"values.{when.parameter}" if when and when.parameter else "school")


def _finding(user: str, name: str, hidden: Clause, place: Place, mend: str) -> Finding:
    when = hidden.when
    why = f"'{when.parameter}' here" if when and when.parameter else "the kind of school this is"
    message = f"'{user}' refers to '{name}', which is hidden because of {why}"
    return Finding("error", "reference.hidden", place, message, mend)
