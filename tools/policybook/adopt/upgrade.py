"""Old version, new version, adoption -> a plan: what happens to each clause, and what only a person can decide.

The table of outcomes (docs/reference/upgrade.md) has no silent cell: every clause of either version and every addition
of the school has one outcome, and no word of the school's goes without one that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from policybook.adopt.base import Base
from policybook.adopt.lineage import Group, ModelDifference, compare_versions
from policybook.adopt.school_view import SchoolView, apply_edit, view_school
from policybook.adopt.upgrade_clause import base_text, chosen_text, find_word_steps, omitted_steps
from policybook.adopt.upgrade_lineage import (
    find_new_steps,
    find_shown_steps,
    find_split_steps,
    find_withdrawn_steps,
)
from policybook.adopt.upgrade_place import anchor, find_place_steps, find_resting_place_steps, insert_outcome
from policybook.adopt.upgrade_value import find_homeless_values, find_value_steps, home_of_parameters
from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.model import Clause, ModelVersion
from policybook.domain.upgrade import ClauseOutcome, Step, UpgradePlan

KEEP = Step("keep", "none", "Nothing changes.")


def plan_upgrade(chain: Sequence[ModelVersion], adoption: Adoption, school: School) -> UpgradePlan:
    """What an upgrade from the first to the last of a chain of versions would do to one adoption.

    The adoption is pinned to the first; each version supersedes the one before. With one version, or where nothing
    changed, the proposed adoption is the adoption. For many schools, use `compare_versions` once and `plan_school`.
    """
    return plan_school(compare_versions(chain), adoption, school)


def plan_school(
    difference: ModelDifference, adoption: Adoption, school: School, bases: Mapping[str, Base] | None = None
) -> UpgradePlan:
    """The plan of one school's adoption; `bases` by clause id, where own wordings were made against other words."""
    view = view_school(difference, adoption, school, bases)
    outcomes = tuple(_outcomes(view))
    proposed = replace(view.adoption, version=difference.new.version)
    for outcome in outcomes:
        for step in outcome.steps:
            if not step.is_open:
                proposed = apply_edit(proposed, step.edit)
    renamed = tuple(sorted(difference.renamed.items()))
    return UpgradePlan(adoption, proposed, school.name, difference.new.title, outcomes, renamed)


def _outcomes(view: SchoolView) -> Iterator[ClauseOutcome]:
    groups = view.difference.groups
    homes = home_of_parameters(view, groups)
    waiting = {entry.clause: entry for entry in view.adoption.tailorings if entry.kind == "insert"}
    for group in groups:
        yield _outcome(view, group, homes)
        names = [entry.clause.id for entry in (*group.new, *group.old)]
        yield from _inserts_at(view, names, waiting)
    yield from (insert_outcome(view, entry) for entry in waiting.values())
    yield from find_homeless_values(view, homes)


def _inserts_at(view: SchoolView, names: list[str], waiting: dict[str, Tailoring]) -> Iterator[ClauseOutcome]:
    """The outcomes of the additions that hang on these clauses, and of those that hang on them in turn."""
    for entry in [entry for entry in waiting.values() if anchor(entry) in names]:
        del waiting[entry.clause]
        yield insert_outcome(view, entry)
        yield from _inserts_at(view, [entry.clause], waiting)


def _outcome(view: SchoolView, group: Group, homes: dict[str, Group]) -> ClauseOutcome:
    steps = tuple(_steps(view, group, homes)) or (KEEP,)
    outcome = ClauseOutcome(
        clause=group.clause,
        number=_number(view, group),
        part=_part(view, group),
        changes=group.changes,
        state=view.state(group),
        steps=steps,
        formerly=tuple(entry.clause.id for entry in group.old),
        now=tuple(entry.clause.id for entry in group.new),
    )
    return outcome if steps == (KEEP,) and group.changes == ("unchanged",) else _with_words(view, group, outcome)


def _steps(view: SchoolView, group: Group, homes: dict[str, Group]) -> Iterator[Step]:
    if not group.old:
        yield from find_new_steps(view, group)
    elif not group.new:
        yield from find_withdrawn_steps(view, group)
    elif not group.is_pair:
        yield from find_split_steps(view, group)
        yield from find_value_steps(view, group, homes)
    else:
        yield from _pair_steps(view, group, homes)


def _pair_steps(view: SchoolView, group: Group, homes: dict[str, Group]) -> Iterator[Step]:
    if "renamed" in group.changes and view.state(group) not in ("as-is", "value"):
        yield Step("renamed", "applies", "The section has another name in the files; your record follows.")
    if group.new[0].is_part:
        yield from _heading_steps(view, group)
    elif not (view.was_shown(group) and view.is_shown(group)) or view.is_omitted(group) == view.is_in_force(group):
        yield from find_shown_steps(view, group)
        yield from find_resting_place_steps(view, group)
    elif view.is_omitted(group):
        if set(group.changes) - {"unchanged", "renamed"}:
            yield from omitted_steps(view, group)
        yield from find_resting_place_steps(view, group)
    else:
        yield from find_word_steps(view, group)
        yield from find_place_steps(view, group)
        yield from find_value_steps(view, group, homes)


def _heading_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    if view.tailoring("substitute", group.new[0].clause.id):
        yield from find_word_steps(view, group)
    elif "reworded" in group.changes:
        yield Step("take-new", "applies", "The heading changed.")
    if "moved" in group.changes:
        yield Step("follows-move", "applies", "The model moved this part, and it moves in your policy too.")


def _with_words(view: SchoolView, group: Group, outcome: ClauseOutcome) -> ClauseOutcome:
    """The outcome with the words of both versions, the school's, and those proposed."""
    old = "\n".join(view.old.words(entry.clause, _base(view, entry.clause)) for entry in group.old)
    new = "\n".join(view.new.words(entry.clause, _chosen(view, entry.clause.id, old=False)) for entry in group.new)
    yours = "\n".join(filter(None, (_own_words(view, entry.clause.id) for entry in group.old)))
    return replace(outcome, model_old=old, model_new=new, yours=yours, proposed=_proposed(view, group, outcome, new))


def _base(view: SchoolView, clause: Clause) -> str:
    return base_text(view, clause, view.new_id(clause.id))


def _chosen(view: SchoolView, name: str, *, old: bool) -> str:
    entries = view.difference.old_entries if old else view.difference.new_entries
    return chosen_text(view, entries[name].clause, view.new_id(name) if old else name)


def _own_words(view: SchoolView, name: str) -> str:
    """What the school has for a clause of the old version; nothing where it has left it out.

    Its own wording is told even where the section around it is left out: no word goes unnamed.
    """
    entry = view.difference.old_entries[name]
    own = view.tailoring("substitute", view.new_id(name))
    if not entry.is_part and name not in view.old.in_force and own is None:
        return ""
    return view.old.words(entry.clause, own.text if own else _chosen(view, name, old=True))


def _proposed(view: SchoolView, group: Group, outcome: ClauseOutcome, new: str) -> str:
    """The words that would stand after the upgrade; none where a person decides or the clause is out."""
    if outcome.is_open or not view.is_in_force(group):
        return ""
    name = group.new[0].clause.id
    own = view.tailoring("substitute", name)
    if own is None or any(("substitute", name) in step.edit.drop for step in outcome.steps):
        return new
    put = [entry for step in outcome.steps for entry in step.edit.put if entry.kind == "substitute"]
    return view.new.words(group.new[0].clause, (put or [own])[-1].text)


def _number(view: SchoolView, group: Group) -> str | None:
    side, entries = (view.new, group.new) if group.new else (view.old, group.old)
    return next((number for entry in entries if (number := side.numbers.get(entry.clause.id))), None)


def _part(view: SchoolView, group: Group) -> str:
    """The heading of the part that the clause stands in."""
    side, entries, known = (
        (view.new, group.new, view.difference.new_entries)
        if group.new
        else (view.old, group.old, view.difference.old_entries)
    )
    entry = entries[0]
    while not entry.is_part:
        entry = known[entry.parent]
    return side.plain(entry.clause.text)
