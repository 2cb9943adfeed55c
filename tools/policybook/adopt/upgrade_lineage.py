"""What happens to clauses that came, went, were split or joined, or now apply to other schools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.adopt.lineage import Entry, Group
from policybook.adopt.school_view import NOT_RECORDED, SchoolView
from policybook.adopt.upgrade_clause import chosen_text
from policybook.adopt.upgrade_place import nearest_place, placed
from policybook.domain.adoption import Tailoring, TailoringKind
from policybook.domain.upgrade import Option, RecordEdit, Step

_OWN_KINDS: tuple[TailoringKind, ...] = ("substitute", "move", "omit")


def find_new_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """A clause that the school did not have before: adopted or left out by a person, never in silence."""
    entry = group.new[0]
    if entry.is_part:
        yield Step("take-new", "applies", "A new heading; each section under it is asked about on its own.")
    elif entry.clause.id not in view.new.shown:
        yield Step("keep", "none", "New, and not for schools of your kind, or not with your values.")
    elif not view.is_in_force(group):
        yield Step("stays-omitted", "none", "New, in a section that you left out; it is left out with it.")
    else:
        yield _adopt_or_omit(entry, "New: take it, or leave it out.")


def find_shown_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """A clause that both versions have, but only one of them for this school."""
    entry = group.new[0]
    if not view.was_shown(group):
        if view.is_shown(group) and view.is_in_force(group):
            yield _adopt_or_omit(entry, "The model had this already; it now applies to you.")
        else:
            yield Step("keep", "none", "It does not apply to your school.")
    elif view.is_omitted(group) and view.is_shown(group):
        yield _adopt_or_omit(entry, "It moved out of a section that you left out. Take it, or leave it out by itself.")
    elif view.is_omitted(group):
        yield Step("stays-omitted", "none", "You left this out, and it no longer applies to you.")
    else:
        keep = _keep_as_own(view, group.old[0])
        drop = RecordEdit(drop=_recorded(view, group), unchoose=(entry.clause.id,))
        options = (Option("new", "Let it go.", drop), *keep)
        yield Step("now-hidden", "decide", "After the changes this no longer applies to you.", options=options)


def find_withdrawn_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """A clause that the publisher withdrew."""
    old = group.old[0]
    recorded = _recorded(view, group)
    name = old.clause.id
    if old.is_part and recorded:
        drop = Option("new", "Let it go.", RecordEdit(drop=recorded))
        why = "You reworded this heading, and the model withdrew it."
        yield Step("withdrawn-reworded", "both-changed", why, options=(drop,))
    elif old.is_part:
        yield Step("withdrawn", "applies", "The model no longer has this heading; each section of it is asked about.")
    elif view.is_omitted(group) or not view.was_shown(group):
        if recorded:
            why = "You did not have this, and it was withdrawn. What you recorded about it is no longer needed."
            yield Step("note-dropped", "applies", why, RecordEdit(drop=recorded, unchoose=(name,)))
        else:
            yield Step("keep", "none", "You did not have this, and it was withdrawn.")
    else:
        own = view.tailoring("substitute", name)
        drop = Option("new", "Let it go.", RecordEdit(drop=recorded, unchoose=(name,)))
        options = (drop, *_keep_as_own(view, old))
        if own:
            why = "You reworded this, and the model withdrew it."
            yield Step("withdrawn-reworded", "both-changed", why, options=options)
        else:
            yield Step("withdrawn", "decide", "The model withdrew this.", options=options)


def find_split_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """A clause that the publisher split, or several that it joined."""
    happened = _what_happened(group)
    recorded = _recorded(view, group)
    if not view.is_in_force(group) and (view.is_omitted(group) or not view.was_shown(group)) and not recorded:
        yield Step("stays-omitted", "none", f"{happened} You did not have it, and that stays so.")
        return
    if not recorded and not any(entry.clause.id in view.adoption.choices for entry in group.old):
        follow = Option("new", "Take the new sections.")
        yield Step("follow-lineage", "decide", f"{happened} Please confirm.", options=(follow,))
        return
    unchoose = tuple(entry.clause.id for entry in group.old)
    options = (
        Option("new", "Take the model’s new wording; yours goes.", RecordEdit(drop=recorded, unchoose=unchoose)),
        *_keep_over_split(view, group, recorded, unchoose),
    )
    triage = view.tailorings.keys() & {("substitute", entry.clause.id) for entry in group.old}
    yield Step("lineage", "both-changed" if triage else "decide", f"{happened} You had made it your own.",
               options=options)  # fmt: skip


def _what_happened(group: Group) -> str:
    if len(group.old) > 1 and len(group.new) > 1:
        return f"The model made {len(group.new)} sections out of {len(group.old)}."
    if len(group.new) > 1:
        return f"The model split this section into {len(group.new)}."
    return f"The model joined {len(group.old)} sections into one."


def _adopt_or_omit(entry: Entry, why: str) -> Step:
    new = entry.clause
    take = Option("new", "Take it.", text=new.text)
    if new.tailoring != "free":
        return Step("new-clause", "must-follow", f"{why} It may not be left out.", options=(take,))
    leave = RecordEdit(put=(Tailoring("omit", new.id, NOT_RECORDED),))
    return Step("new-clause", "decide", why, options=(take, Option("ours", "Leave it out.", leave)))


def _recorded(view: SchoolView, group: Group) -> tuple[tuple[TailoringKind, str], ...]:
    """The school's departures from the clauses of a group."""
    known = (entry.clause.id for entry in (*group.old, *group.new))
    names = dict.fromkeys(name for one in known for name in (one, view.new_id(one)))
    return tuple((kind, name) for name in names for kind in _OWN_KINDS if (kind, name) in view.tailorings)


def _keep_as_own(view: SchoolView, old: Entry) -> tuple[Option, ...]:
    """The answer that keeps a gone clause as the school's own addition; there is none for a table or a form."""
    clause = old.clause
    if clause.rows or clause.fields:
        return ()
    new_id = view.new_id(clause.id)
    own = view.tailoring("substitute", new_id)
    text = view.without_gone(own.text if own else chosen_text(view, clause, new_id))
    place = nearest_place(view, clause.id)
    insert = Tailoring(
        "insert", _free_name(view, clause.id), own.reason if own else NOT_RECORDED, text,
        after=place["after"], into=place["into"], clause_kind=clause.kind, marker=clause.marker,
    )  # fmt: skip
    drops = _recorded(view, Group((old,), (), ("withdrawn",)))
    edit = RecordEdit(drop=drops, put=(insert,), unchoose=(new_id,))
    return (Option("ours", "Keep it as your own section.", edit, text),)


def _keep_over_split(
    view: SchoolView, group: Group, recorded: tuple[tuple[TailoringKind, str], ...], unchoose: tuple[str, ...]
) -> tuple[Option, ...]:
    """The answer that keeps what the school has: its words on the first of the new clauses, the others left out."""
    first, *others = (entry.clause.id for entry in group.new)
    kept = [entry for entry in group.old if entry.clause.id in view.old.in_force]
    if not kept:
        left_out = tuple(_omission(view, group, entry.clause.id) for entry in group.new)
        return (Option("ours", "Leave all of it out.", RecordEdit(recorded, left_out, unchoose=unchoose)),)
    if any(entry.clause.rows or entry.clause.fields for entry in (*kept, *group.new)):
        return ()
    words = [view.tailoring("substitute", entry.clause.id) for entry in kept]
    pieces = [own.text if own else chosen_text(view, entry.clause, entry.clause.id)
              for own, entry in zip(words, kept, strict=True)]  # fmt: skip
    text = view.without_gone(" ".join(pieces))
    reason = next((own.reason for own in words if own), NOT_RECORDED)
    put = [Tailoring("substitute", first, reason, text), *(_omission(view, group, name) for name in others)]
    move = next((found for e in kept if (found := view.tailoring("move", e.clause.id))), None)
    move = placed(view, move) if move else None
    if move:
        put.append(replace(move, clause=first))
    edit = RecordEdit(recorded, tuple(put), unchoose=unchoose)
    return (Option("ours", "Keep your wording in place of all of it.", edit, text),)


def _omission(view: SchoolView, group: Group, name: str) -> Tailoring:
    reasons = (found.reason for e in group.old if (found := view.tailoring("omit", e.clause.id)))
    return Tailoring("omit", name, next(reasons, NOT_RECORDED))


def _free_name(view: SchoolView, clause: str) -> str:
    """An id for a school's own section that nothing has yet; it carries the school's name."""
    name = f"{view.adoption.school}.{clause.replace('.', '-')}"
    taken = {used for _, used in view.tailorings} | view.difference.new_entries.keys()
    number = 2
    while name in taken:
        name = f"{view.adoption.school}.{clause.replace('.', '-')}-{number}"
        number += 1
    return name
