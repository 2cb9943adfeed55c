"""What happens to where a clause stands: the publisher's moves, a school's moves, and a school's own additions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.adopt.lineage import Entry, Group
from policybook.adopt.school_view import SchoolView
from policybook.adopt.upgrade_clause import find_reference_steps
from policybook.domain.adoption import Tailoring
from policybook.domain.upgrade import ClauseOutcome, Option, RecordEdit, Step
from policybook.text.similar import WordCode, similarity
from policybook.text.word import comparable_words

MUCH_THE_SAME = 0.75
"""Share of common words from which the model's new words count as saying much the same as a school's addition."""


def find_place_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """The steps for the place of a clause that the school has not left out."""
    name = group.new[0].clause.id
    move = view.tailoring("move", name)
    if move is None:
        if "moved" in group.changes:
            yield Step("follows-move", "applies", "The model moved this, and it moves in your policy too.")
        return
    drop = RecordEdit(drop=(("move", name),))
    if "tightened" in group.changes:
        yield Step("models-place", "applies", "It may no longer be changed, so it stands where the model has it.", drop)
    elif _is_there(view.difference.new_entries, group.new[0], move) and not _was_there(view, group, move):
        yield Step("move-dropped", "already-yours", "The model now has it where you had moved it.", drop)
    elif "moved" in group.changes:
        yield _both_moved(drop) if _has_place(view, move) else _place_gone(view, move)
    elif not _has_place(view, move):
        yield _place_gone(view, move)
    else:
        yield from _follow(view, move)
        if "reworded" in group.changes:
            yield Step("keeps-place", "none", "It stays where you moved it.")


def find_resting_place_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """The steps for a move of a clause that is left out or not for this school: kept while it means something."""
    move = view.tailoring("move", group.new[0].clause.id)
    if move is None:
        return
    again = placed(view, move)
    if again is None:
        why = "The place that you had moved it to is gone; the move is no longer recorded."
        yield Step("note-dropped", "applies", why, RecordEdit(drop=(("move", move.clause),)))
    elif again != move:
        yield from _follow(view, move)


def placed(view: SchoolView, entry: Tailoring) -> Tailoring | None:
    """A move or an addition with the place that it has in the new version; None where that is gone."""
    if not _has_place(view, entry):
        return None
    target = anchor(entry)
    kept = view.difference.successors.get(target, ())
    if target in view.difference.new_entries or not kept:
        return entry
    return replace(entry, after=kept[-1] if entry.after else None, into=kept[-1] if entry.into else None)


def insert_outcome(view: SchoolView, insert: Tailoring) -> ClauseOutcome:
    """What happens to a school's own addition."""
    steps = tuple(_insert_steps(view, insert)) or (Step("keep", "none", "Your addition stays."),)
    said = next((step for step in steps if step.kind == "model-now-says"), None)
    ours = _much_the_same(view, insert) if said else None
    return ClauseOutcome(
        clause=insert.clause,
        number=view.new.numbers.get(insert.clause),
        changes=("unchanged",),
        state="inserted",
        steps=steps,
        model_new=view.new.words(ours.clause) if ours else "",
        yours=view.old.plain(insert.text),
        proposed="" if any(step.is_open for step in steps) else view.new.plain(insert.text),
    )


def anchor(tailoring: Tailoring) -> str:
    """The clause or part that a move or an addition hangs on."""
    return tailoring.after or tailoring.into or ""


def nearest_place(view: SchoolView, clause: str) -> dict[str, str | None]:
    """Where words that stood at a gone clause can stand: after the nearest clause before it that is still there, in
    the same section if there is one, else first in that section, else in the first part."""
    entry = view.difference.old_entries.get(view.old_id(clause))
    while entry:
        for name in reversed(_earlier_siblings(view, entry)):
            kept = view.difference.successors.get(name, ())
            if kept and kept[-1] in view.new.in_force:
                return {"after": kept[-1], "into": None}
        parent = view.difference.successors.get(entry.parent, ())
        if parent and parent[-1] in view.new.in_force:
            return {"after": None, "into": parent[-1]}
        entry = view.difference.old_entries.get(entry.parent)
    return {"after": None, "into": view.difference.new.parts[0].id if view.difference.new.parts else None}


def _earlier_siblings(view: SchoolView, entry: Entry) -> list[str]:
    if entry.is_part:
        return []
    others = [other for other in view.difference.old_entries.values() if other.parent == entry.parent]
    return [other.clause.id for other in others if other.index < entry.index]


def _insert_steps(view: SchoolView, insert: Tailoring) -> Iterator[Step]:
    target = anchor(insert)
    drop = Option("new", "Drop your addition.", RecordEdit(drop=(("insert", insert.clause),)))
    if _has_place(view, insert):
        yield from _follow(view, insert)
    else:
        place = nearest_place(view, target)
        again = RecordEdit(put=(replace(insert, after=place["after"], into=place["into"]),))
        keep = Option("ours", f"Keep it, {_says_where(view, place)}.", again, insert.text)
        yield Step("anchor-gone", "decide", "The section that your addition stood at is gone.", options=(drop, keep))
    if _much_the_same(view, insert):
        keep = Option("ours", "Keep your addition beside it.", text=insert.text)
        why = "The model now says much the same as your addition."
        yield Step("model-now-says", "decide", why, options=(drop, keep))
    yield from find_reference_steps(view, insert)


def _follow(view: SchoolView, entry: Tailoring) -> Iterator[Step]:
    """What a move or an addition does when what it hangs on changed its name or place, or was split or joined."""
    target = anchor(entry)
    if target in view.difference.new_entries:
        if target in view.difference.moved:
            yield Step("anchor-moved", "applies", "The section that it hangs on moved, and it goes with it.")
        return
    again = placed(view, entry)
    if again and again != entry:
        why = "The section that it hangs on was split or joined; it hangs on the last of what came of it."
        yield Step("anchor-moved", "applies", why, RecordEdit(put=(again,)))


def _has_place(view: SchoolView, entry: Tailoring) -> bool:
    """Whether what a move or an addition hangs on, or what came of it, is there for this school."""
    target = anchor(entry)
    kept = view.difference.successors.get(view.old_id(target), (target,))
    parts = {part.id for part in view.difference.new.parts}
    own = {clause for kind, clause in view.tailorings if kind == "insert"}
    was_hidden = view.old_id(target) in view.difference.old_entries and view.old_id(target) not in view.old.shown
    is_there = any(name in view.new.shown or name in parts for name in kept)
    return is_there or target in own or (was_hidden and any(name in view.difference.new_entries for name in kept))


def _was_there(view: SchoolView, group: Group, move: Tailoring) -> bool:
    """Whether it stood there already in the old version, so that the move never moved anything."""
    before = replace(
        move,
        after=view.old_id(move.after) if move.after else None,
        into=view.old_id(move.into) if move.into else None,
    )
    return _is_there(view.difference.old_entries, group.old[0], before)


def _is_there(entries: dict[str, Entry], entry: Entry, move: Tailoring) -> bool:
    """Whether a version has a clause just where the school moved it."""
    if move.into:
        return entry.parent == move.into and entry.index == 0
    before = [o.clause.id for o in entries.values() if o.parent == entry.parent and o.index < entry.index]
    return before[-1] == move.after if before else entry.parent == move.after


def _both_moved(drop: RecordEdit) -> Step:
    options = (Option("new", "Put it where the model has it.", drop), Option("ours", "Leave it where you have it."))
    return Step(
        "both-moved", "both-changed", "You moved this, and so did the model, to another place.", options=options
    )


def _place_gone(view: SchoolView, move: Tailoring) -> Step:
    place = nearest_place(view, anchor(move))
    again = RecordEdit(put=(replace(move, after=place["after"], into=place["into"]),))
    return Step(
        "place-gone",
        "decide",
        "The place that you had moved it to is gone.",
        options=(
            Option("new", "Put it where the model has it.", RecordEdit(drop=(("move", move.clause),))),
            Option("ours", f"Move it {_says_where(view, place)}.", again),
        ),
    )


def _says_where(view: SchoolView, place: dict[str, str | None]) -> str:
    name = place["after"] or place["into"] or ""
    entry = view.difference.new_entries.get(name)
    words = " ".join(view.new.plain(entry.clause.text).split()[:8]) if entry else name
    number = view.new.numbers.get(name)
    return f"{'after' if place['after'] else 'first under'} {f'{number} ' if number else ''}“{words} …”"


def _much_the_same(view: SchoolView, insert: Tailoring) -> Entry | None:
    """The new or reworded clause of the model that says much the same as an addition, if there is one."""
    code = WordCode()
    own = code.encode(comparable_words(view.old.plain(insert.text)))
    best: tuple[float, Entry] | None = None
    for group in view.difference.groups:
        if {"new", "reworded", "split", "joined"} & set(group.changes):
            for entry in group.new:
                likeness = similarity(own, code.encode(comparable_words(view.new.plain(entry.clause.text))))
                if own and likeness >= MUCH_THE_SAME and (best is None or likeness > best[0]):
                    best = (likeness, entry)
    return best[1] if best else None
