"""The table of blanks of an edited draft: rows changed, added and taken out."""

from __future__ import annotations

from policybook.domain.draft_copy import DraftCopy
from policybook.domain.model import ModelVersion, Parameter
from policybook.domain.taken import Taken, Unplaced
from policybook.text.blank_row import parse_blank, print_blank
from policybook.text.placeholder import find_placeholders

_STALE = "this blank was changed in the draft too since the copy was made"


def read_blanks_table(model: ModelVersion, copy: DraftCopy) -> tuple[dict[str, Parameter], list[Taken], list[Unplaced]]:
    """The blanks as the copy has them, what changed, and what is not understood; their order is that of the draft."""
    made = dict(model.parameters)
    changes: list[Taken] = []
    unplaced: list[Unplaced] = []
    for row in (row for row in copy.blanks if not row.is_kept and any(row.cells)):
        words = " | ".join(row.cells)
        name = " ".join(row.cells[0].split())
        before = model.parameters.get(name)
        if row.is_stale:
            unplaced.append(Unplaced(words, _STALE, "settle which of the two holds, and make a new copy", row.place))
            continue
        try:
            made[name] = parse_blank(row.cells, before)
        except ValueError as error:
            unplaced.append(Unplaced(words, str(error), "mend the row, and take the copy again", row.place, name))
            continue
        if made[name] != before:
            was = " | ".join(filter(None, print_blank(before))) if before else ""
            changes.append(
                Taken("blank", name, made[name].label, was, " | ".join(filter(None, print_blank(made[name]))))
            )
    used = _used(copy)
    for name in (name for name in model.parameters if f"blank {name}" in copy.gone):
        words = " | ".join(filter(None, print_blank(made[name])))
        if name in used:
            why = "its row was taken out, but the text still has this blank"
            unplaced.append(Unplaced(words, why, "take it out of the text too", clause=name))
        else:
            del made[name]
            changes.append(Taken("blank", name, model.parameters[name].label, words, "taken out"))
    return made, changes, unplaced


def _used(copy: DraftCopy) -> set[str]:
    """The blanks that stand anywhere in the copy."""
    texts = [*(piece.text for piece in copy.pieces), *(guide.text for guide in copy.guides)]
    names = {blank.name for text in texts for blank in find_placeholders(text)}
    return names | {
        word.strip(".;·") for guide in copy.guides for word in guide.text.split()
    }  # conditions name them bare
