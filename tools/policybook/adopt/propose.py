"""An edited copy of a school's policy -> the adoption that prints it, and each change that makes it so.

Only what differs from what was printed is looked at: an edit that fits the model's own words is a value or one of the
choices, any other is the school's wording; what is left is omitted, added or moved. What has no place in a record is
handed back as such, never dropped. Reasons come from people or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from policybook.adopt.infer_place import PlacedStep
from policybook.adopt.propose_clause import take_edits
from policybook.adopt.propose_draft import Answers, Draft, ReadClause
from policybook.adopt.propose_order import CannotPlace, order_steps, order_without_moves, place_step
from policybook.adopt.propose_words import unstyled, write_clause
from policybook.adopt.resolve import resolve
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.consultation import consultation_of
from policybook.domain.model import ClauseKind
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.domain.taken import Taken, Unplaced
from policybook.text.similar import longest_increasing
from policybook.text.slug import slug_of_words

__all__ = ["Answers", "Proposal", "ReadClause", "propose"]
_ORDER = "the order of the sections"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The adoption as the copy has it, the changes that lead to it, and what could not be taken."""

    adoption: Adoption
    changes: tuple[Taken, ...]
    unplaced: tuple[Unplaced, ...]


def propose(policy: ResolvedPolicy, read: Sequence[ReadClause], gone: Sequence[str], answers: Answers) -> Proposal:
    """What an edited copy of a school's policy changes; `gone` are the ids that were printed and are not in it.

    `policy` is the text of an adoption today, which must have a school.
    """
    draft = Draft(policy, answers)
    take_edits(draft, read)
    _omit(draft, {name for name in gone if name in draft.today})
    _place(draft, read)
    _check(draft, read)
    beyond = {entry.clause for entry in consultation_of(policy.model, draft.after).beyond if not entry.consulted}
    changes = (replace(c, is_beyond=c.clause in beyond and c.kind in ("substitute", "omit")) for c in draft.changes)
    place = _places(draft, read)
    ordered = sorted(changes, key=lambda change: (change.kind != "value", place.get(change.clause, len(place))))
    return Proposal(draft.after, tuple(ordered), tuple(draft.unplaced))


def _places(draft: Draft, read: Sequence[ReadClause]) -> dict[str, int]:
    """Where each clause stands for a reader: in today's text, and an addition behind what it follows."""
    order = [clause.id for clause in draft.policy.clauses]
    before = ""
    for entry in read:
        name = entry.id or _made_of(draft, entry)
        if name not in draft.today and before in order:
            order.insert(order.index(before) + 1, name)
        before = name
    return {name: index for index, name in enumerate(order)}


def _made_of(draft: Draft, entry: ReadClause) -> str:
    return next((one.clause for one in draft.changes if one.kind == "insert" and one.after == entry.text), "")


def _omit(draft: Draft, gone: set[str]) -> None:
    parents = {child.id: clause.id for clause in draft.models.values() for child in clause.clauses}
    for clause in draft.policy.clauses:
        own = draft.own(clause.id)
        if clause.id not in gone or parents.get(clause.id) in gone:
            continue
        if own is not None and own.kind == "insert":
            draft.drop(own)
            draft.tell("restore", clause.id, clause.text, "", "")
        elif clause.id not in draft.models:
            _leave_gone(draft, clause, gone)
        else:
            reason = draft.reason(clause.id)
            for entry in [one for one in draft.after.tailorings if one.clause == clause.id]:
                draft.drop(entry)
            draft.add(Tailoring("omit", clause.id, reason or ""))
            draft.tell("omit", clause.id, clause.text, "", reason)


def _leave_gone(draft: Draft, clause: ResolvedClause, gone: set[str]) -> None:
    """A heading of a part, or words after a list, go only with what they belong to."""
    stays = any(one.part == clause.id and one.id not in gone for one in draft.policy.clauses)
    if clause.id.removesuffix(".closing") in gone - {clause.id} or (clause.depth == 0 and not stays):
        return
    why = "it was taken out, but what belongs to it is still there"
    mend = "take its sections out as well, or leave it in"
    draft.unplaced.append(Unplaced(clause.text, why, mend, clause=clause.id))


def _place(draft: Draft, read: Sequence[ReadClause]) -> None:
    """Adds what the school added and moves what it moved, behind what stands before it in the copy."""
    made: dict[str, tuple[Tailoring, ReadClause]] = {}
    sequence: list[str] = []
    for entry in read:
        if entry.id is not None:
            sequence += [entry.id] if entry.id in draft.today else []
        elif entry.kind in ("table", "form"):
            draft.leave(entry, f"a school's record cannot add a {entry.kind}", "add it as words, or as a document")
        else:
            name = _new_id(draft, entry.text, made)
            made[name] = (_insert(draft, name, entry), entry)
            sequence.append(name)
    for step in _steps(draft, sequence, {name: insert for name, (insert, _) in made.items()}):
        if step.clause in made:
            insert, entry = made[step.clause]
            draft.after = place_step(draft.after, step, insert, insert.reason)
            authors = draft.authors(entry.key)
            draft.changes.append(Taken("insert", step.clause, "", "", entry.text, insert.reason or None, authors))
        else:
            _move(draft, step)


def _steps(draft: Draft, sequence: Sequence[str], made: Mapping[str, Tailoring]) -> tuple[PlacedStep, ...]:
    """The moves and inserts; where the school's earlier additions stand in the way, these are put anew as well."""
    own = {entry.clause for entry in draft.before.tailorings if entry.kind == "insert"} & set(sequence)
    try:
        steps = order_steps(draft.policy, sequence, made, ())
        if not own or _order_after(draft, steps, made, sequence) == list(sequence):
            return steps
        return order_steps(draft.policy, sequence, made, own)
    except CannotPlace:
        _leave_order(draft, "words after a list cannot stand before its end", "move the whole list")
        return order_steps(draft.policy, order_without_moves(draft.policy, sequence, made), made, ())


def _order_after(
    draft: Draft, steps: Sequence[PlacedStep], made: Mapping[str, Tailoring], sequence: Sequence[str]
) -> list[str]:
    """The order in which the clauses of the copy would be printed."""
    after = draft.after
    for step in steps:
        after = place_step(after, step, made.get(step.clause), "")
    wanted = set(sequence)
    return [one.id for one in resolve(draft.policy.model, after, draft.school).clauses if one.id in wanted]


def _move(draft: Draft, step: PlacedStep) -> None:
    """A clause in another place; one that was moved or added before keeps the reason that it has."""
    recorded = [one for one in draft.before.tailorings if one.clause == step.clause and one.kind in ("move", "insert")]
    reason = draft.answers.reasons.get(step.clause) or (recorded[0].reason if recorded else draft.reason(step.clause))
    draft.after = place_step(draft.after, step, None, reason or "")
    before = draft.today.get(step.after or step.into or "")
    where = f"after “{before.text[:60]}”" if before else "further on"
    draft.tell("move", step.clause, draft.today[step.clause].text, where, reason)


def _insert(draft: Draft, name: str, entry: ReadClause) -> Tailoring:
    is_heading = entry.kind == "heading"
    kind: ClauseKind = entry.kind if entry.kind in ("heading", "item") else "paragraph"
    text = write_clause(unstyled(entry.runs) if is_heading else entry.runs, "", ())
    marker = None if is_heading else entry.marker
    return Tailoring("insert", name, draft.reason(entry.key) or "", text, clause_kind=kind, marker=marker)


def _new_id(draft: Draft, text: str, made: dict[str, tuple[Tailoring, ReadClause]]) -> str:
    stem = f"{draft.school.id}.{slug_of_words(text) or 'section'}"
    taken = {*draft.today, *made, *draft.models, *(entry.clause for entry in draft.before.tailorings)}
    name, count = stem, 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}"
    return name


def _check(draft: Draft, read: Sequence[ReadClause]) -> None:
    """Prints the policy with all the changes: what would not come out as the copy has it is told."""
    printed = {one.id: one for one in resolve(draft.policy.model, draft.after, draft.school).clauses}
    reworded = {e.clause for e in draft.after.tailorings if e.kind == "substitute" and e not in draft.before.tailorings}
    for entry in read:
        if entry.id in reworded & printed.keys() and " ".join(printed[entry.id].text.split()) != entry.text:
            draft.leave(entry, "it would not be printed word for word as in the copy", "look at it in adoption.yaml")
        elif entry.id in draft.today and entry.id not in printed:
            draft.leave(
                entry, "with these changes it is no longer printed", "see whether it is wanted without the rest"
            )
    if moved := _moved_parts(list(printed.values()), read):
        for part in moved:
            why, mend = (
                "a school's record cannot move a whole part",
                "move its sections one by one, or ask the publisher",
            )
            draft.unplaced.append(Unplaced(part.text, why, mend, clause=part.id))
        return
    order = [name for name in printed if any(one.id == name for one in read)]
    if order != [one.id for one in read if one.id in printed] and all(one.words != _ORDER for one in draft.unplaced):
        _leave_order(draft, "they would not stand in the order of the copy", "move one thing at a time")


def _moved_parts(printed: Sequence[ResolvedClause], read: Sequence[ReadClause]) -> list[ResolvedClause]:
    """The headings of parts that stand in another order in the copy, as few as explain it."""
    places = {entry.id: place for place, entry in enumerate(read) if entry.id}
    parts = [one for one in printed if one.depth == 0 and one.id in places]
    kept = {index for index, _ in longest_increasing((index, places[one.id]) for index, one in enumerate(parts))}
    return [one for index, one in enumerate(parts) if index not in kept]


def _leave_order(draft: Draft, why: str, mend: str) -> None:
    draft.unplaced.append(Unplaced(_ORDER, why, mend))
