"""What happens to the words of one clause that both versions have: wording, choices, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.adopt.lineage import Group
from policybook.adopt.school_view import SchoolView
from policybook.domain.adoption import Tailoring, TailoringKind
from policybook.domain.model import Choice, Clause
from policybook.domain.upgrade import Option, RecordEdit, Step
from policybook.text.merge import Merge, merge_texts, says_the_same

NEW_WORDS = "Take the model’s new wording; yours goes."
OWN_WORDS = "Keep your wording as it is."


def find_word_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """The steps for the words of a clause that the school has not left out."""
    old, new = group.old[0].clause, group.new[0].clause
    own = view.tailoring("substitute", new.id)
    if "table" in group.changes:
        yield _table_step(new, own, _table_difference(old, new))
    if own:
        yield from _own_words(view, group, own)
    elif "choice" in group.changes:
        yield from _choice(view, old, new)
    elif "reworded" in group.changes:
        yield Step("take-new", "applies", "The model’s wording changed; you had it as it was, and get the new one.")
    elif "tightened" in group.changes:
        yield Step("take-new", "applies", "You had the model’s wording, which may no longer be changed.")


def omitted_steps(view: SchoolView, group: Group) -> Iterator[Step]:
    """The steps for a clause that the school left out, by itself or with the section it belongs to."""
    new = group.new[0].clause
    if "tightened" in group.changes:
        drops: tuple[tuple[TailoringKind, str], ...] = tuple(("omit", name) for name in _omitted_by(view, new.id))
        yield Step(
            "must-follow",
            "must-follow",
            "You left this out. It may no longer be left out.",
            options=(
                Option("new", "Put it back in the model’s wording.", RecordEdit(drop=drops), new.text),
                Option("ours", "Leave it out all the same: consult first, and record with whom and when."),
            ),
        )
    elif set(group.changes) & {"reworded", "table", "choice"}:
        yield Step("stays-omitted", "none", "You left this out, and it stays out. The model’s wording changed.")
    else:
        yield Step("stays-omitted", "none", "You left this out, and it stays out.")


def own_words_option(view: SchoolView, new: Clause, text: str, says: str = OWN_WORDS) -> Option:
    """The answer that keeps the words a school has, as its own wording of a clause."""
    own = view.tailoring("substitute", new.id)
    kept = replace(own, text=text) if own else Tailoring("substitute", new.id, "not recorded", text)
    return Option("ours", says, RecordEdit(put=(kept,)), text)


def chosen_text(view: SchoolView, old: Clause, new_id: str) -> str:
    """The model's words that the school had, or that its own wording was made against."""
    if not old.choices:
        return old.text
    chosen = view.adoption.choices.get(new_id)
    return next((choice.text for choice in old.choices if choice.id == chosen), old.choices[0].text)


def base_text(view: SchoolView, old: Clause, new_id: str) -> str:
    """The model's words that a school's own wording of a clause was made against."""
    return view.bases[new_id].words if new_id in view.bases else chosen_text(view, old, new_id)


def _with_base(view: SchoolView, new: Clause, own: Tailoring, step: Step, theirs: str) -> Step:
    """The step saying what the base was; a wording that would go on the strength of a mere likeness is asked about."""
    base = view.bases.get(new.id)
    if base is None:
        return step
    step = replace(step, why=f"{step.why} {base.says}")
    if not base.is_placed or step.is_open:
        return step
    if not step.edit.drop:
        return replace(step, to_review=True)
    options = (Option("new", NEW_WORDS, step.edit, theirs), own_words_option(view, new, own.text))
    return Step("both-reworded", "both-changed", step.why, options=options)


def _own_words(view: SchoolView, group: Group, own: Tailoring) -> Iterator[Step]:
    old, new = group.old[0].clause, group.new[0].clause
    base, theirs = base_text(view, old, new.id), chosen_text(view, new, new.id)
    step = None
    if not says_the_same(base, theirs):
        step = _reworded_step(view, group, own, base, theirs)
    elif "tightened" in group.changes:
        step = _must_follow(view, new, own, theirs)
    elif set(group.changes) & {"reworded", "choice"}:
        step = Step("keep", "applies", "Your wording stands. What changed around it comes from the model.")
    if step:
        yield _with_base(view, new, own, step, theirs)
    if step is None or not step.edit.drop:
        put = step.edit.put if step else ()
        yield from find_reference_steps(view, put[0] if put else own)


def _reworded_step(view: SchoolView, group: Group, own: Tailoring, base: str, theirs: str) -> Step:
    new = group.new[0].clause
    if _agree(view, own.text, theirs):
        why = "The model now says what you already say. Your departure is no longer one."
        return Step("tailoring-dropped", "already-yours", why, RecordEdit(drop=(("substitute", new.id),)))
    if "tightened" in group.changes:
        return _must_follow(view, new, own, theirs)
    if "choice" in group.changes and not _has_choice(view, new):
        return _clash(view, new, own, theirs, "The choice that your wording stands for is gone.")
    return _merge_step(view, new, own, merge_texts(base, own.text, theirs), theirs)


def find_reference_steps(view: SchoolView, own: Tailoring) -> Iterator[Step]:
    """Open steps for blanks in a school's own words that the new version no longer has."""
    gone = view.gone_references(own.text)
    if gone:
        names = ", ".join(f"“{view.old.plain(blank.source)}”" for blank in gone)
        words = view.without_gone(own.text)
        yield Step(
            "reference-gone",
            "decide",
            f"Your wording fills in {names} from a blank that the model no longer has.",
            options=(
                Option("new", "Drop your wording.", RecordEdit(drop=((own.kind, own.clause),))),
                Option("ours", "Keep your wording, with those words written out.",
                       RecordEdit(put=(replace(own, text=words),)), words),
            ),
        )  # fmt: skip


def _agree(view: SchoolView, own: str, theirs: str) -> bool:
    """Whether the school says what the new version says, as written or once the blanks are filled in."""
    return says_the_same(own, theirs) or says_the_same(view.old.plain(own), view.new.plain(theirs))


def _merge_step(view: SchoolView, new: Clause, own: Tailoring, merged: Merge, theirs: str) -> Step:
    drop = RecordEdit(drop=(("substitute", new.id),))
    if not merged.is_clean:
        return _clash(view, new, own, theirs, "You and the model both changed the same words.", merged.text)
    if says_the_same(merged.text, theirs):
        why = "The model now has everything that you had changed. Your departure is no longer one."
        return Step("tailoring-dropped", "already-yours", why, drop)
    why = "Your changes and the model’s do not touch each other, and were put together. Please review."
    edit = RecordEdit(put=(replace(own, text=merged.text),))
    return Step("merged", "applies", why, edit, to_review=True)


def _clash(view: SchoolView, new: Clause, own: Tailoring, theirs: str, why: str, suggested: str = "") -> Step:
    options = [
        Option("new", NEW_WORDS, RecordEdit(drop=(("substitute", new.id),)), theirs),
        own_words_option(view, new, own.text),
    ]
    if suggested:
        put = RecordEdit(put=(replace(own, text=suggested),))
        options.append(Option("merged", "Take both together as suggested. Please review.", put, suggested))
    return Step("both-reworded", "both-changed", why, options=tuple(options), to_review=bool(suggested))


def _must_follow(view: SchoolView, new: Clause, own: Tailoring, theirs: str) -> Step:
    rule = {
        "fixed": "may no longer be changed",
        "fill-in": "now takes values only",
        "choice": "now offers choices only",
    }
    says = "Keep your wording all the same: consult first, and record with whom and when."
    return Step(
        "must-follow",
        "must-follow",
        f"You have your own wording here. The section {rule[new.tailoring]}.",
        options=(
            Option("new", NEW_WORDS, RecordEdit(drop=(("substitute", new.id),)), theirs),
            own_words_option(view, new, own.text, says),
        ),
    )


def _has_choice(view: SchoolView, new: Clause) -> bool:
    chosen = view.adoption.choices.get(new.id)
    return bool(new.choices) and (chosen is None or any(choice.id == chosen for choice in new.choices))


def _choice(view: SchoolView, old: Clause, new: Clause) -> Iterator[Step]:
    had = chosen_text(view, old, new.id)
    chosen = view.adoption.choices.get(new.id)
    kept = chosen or (old.choices[0].id if old.choices else None)
    offered = {choice.id: choice for choice in new.choices}
    default = new.choices[0] if new.choices else Choice("", new.text)
    if chosen and chosen == default.id != (old.choices[0].id if old.choices else ""):
        why = "What you chose is now what the model offers first. Your choice need not be recorded."
        yield Step("choice-dropped", "already-yours", why, RecordEdit(unchoose=(new.id,)))
    elif kept == default.id or (chosen and chosen in offered):
        text = offered[kept].text if kept in offered else default.text
        if not says_the_same(had, text):
            yield Step("take-new", "applies", "The wording of your choice changed, and you get the new one.")
    elif says_the_same(had, default.text):
        edit = RecordEdit(unchoose=(new.id,)) if chosen else RecordEdit()
        yield Step("choice-dropped", "already-yours", "You already have what the model now offers first.", edit)
    else:
        yield _choice_gone(view, new, had, offered, kept)


def _choice_gone(view: SchoolView, new: Clause, had: str, offered: dict[str, Choice], kept: str | None) -> Step:
    same = next((choice.id for choice in offered.values() if says_the_same(choice.text, had)), None)
    still = kept if kept in offered else same
    first = new.choices[0].text if new.choices else new.text
    take_new = Option("new", "Take what the model now offers first.", RecordEdit(unchoose=(new.id,)), first)
    if still:
        why = "The model now offers something else first. What you have is still on offer."
        keep = Option("ours", "Stay with what you have.", RecordEdit(choices=((new.id, still),)), offered[still].text)
    else:
        why = "What you have is no longer among the choices."
        keep = own_words_option(view, new, had, "Keep what you have as your own wording; it may need consultation.")
        keep = replace(keep, edit=replace(keep.edit, unchoose=(new.id,)))
    return Step("choice-gone", "decide", why, options=(take_new, keep))


def _table_step(new: Clause, own: Tailoring | None, changed: str) -> Step:
    noun = "form" if new.kind == "form" else "table"
    if own is None:
        return Step("table-changed", "applies", f"The {noun} changed: {changed}.")
    return Step(
        "table-clash",
        "both-changed",
        f"You reworded what stands above the {noun}, and the {noun} itself changed: {changed}.",
        options=(
            Option(
                "new",
                f"Take the new {noun} and the model’s wording above it.",
                RecordEdit(drop=(("substitute", new.id),)),
            ),
            Option("ours", f"Take the new {noun} under your wording.", text=own.text),
        ),
    )


def _table_difference(old: Clause, new: Clause) -> str:
    """Which rows or lines came and went, in words."""
    before = [*old.head, *(" | ".join(row) for row in old.rows), *(field.label for field in old.fields)]
    after = [*new.head, *(" | ".join(row) for row in new.rows), *(field.label for field in new.fields)]
    added = [row for row in after if row not in before]
    gone = [row for row in before if row not in after]
    told = [f"{word} “{'”, “'.join(rows)}”" for word, rows in (("new", added), ("gone", gone)) if rows]
    return "; ".join(told) or "in another order"


def _omitted_by(view: SchoolView, clause: str) -> list[str]:
    """The clauses whose omission takes this one away: itself, and the sections around it."""
    found: list[str] = []
    entry = view.difference.new_entries.get(clause)
    while entry:
        if view.tailoring("omit", entry.clause.id):
            found.append(entry.clause.id)
        entry = view.difference.new_entries.get(entry.parent)
    return found
