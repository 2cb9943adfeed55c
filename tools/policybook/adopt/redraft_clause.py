"""What a drafter changed in one clause: its words, its table or form, and the lines about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policybook.adopt.draft_piece import FIELD_WORDS, source_words
from policybook.adopt.redraft_words import source_of, source_rows
from policybook.domain.draft_copy import OR_SIGN, ReadGuide, ReadPiece
from policybook.domain.inline import Run
from policybook.domain.model import Choice, Clause, FieldType, FormField, Parameter
from policybook.text.draft_line import parse_settings
from policybook.text.slug import slug_of_words

_LABELS = {"note to schools": "note", "note": "note", "source": "source", "permission": "permission"}
_LABEL = re.compile(r"([A-Za-z ]{2,20})[.:]\s*")
_FIELD_TYPES: dict[str, FieldType] = {words: kind for kind, words in FIELD_WORDS.items()}
_FIELD_TYPES |= {"tick": "tick", "tick box": "tick", "text": "line", "": "line"}


def reword(clause: Clause, piece: ReadPiece) -> Clause:
    """The clause with the words, rows or fields of a piece of it. Raises ValueError with what is not understood."""
    if (piece.id or "").endswith("#rows"):
        rows = source_rows(piece.rows, (clause.head, *clause.rows) if clause.head else clause.rows)
        return replace(clause, head=rows[0], rows=rows[1:]) if clause.head else replace(clause, rows=rows)
    if (piece.id or "").endswith("#fields"):
        return replace(clause, fields=tuple(_field(row) for row in piece.rows[1:]))
    if (piece.id or "").endswith(".closing"):
        return replace(clause, closing=source_of(piece.runs, clause.closing))
    before = source_words(clause)
    is_heading = clause.kind == "heading" and piece.text == before
    return with_words(clause, before if is_heading else source_of(piece.runs, before))


def with_words(clause: Clause, words: str) -> Clause:
    """The clause with other words, which are those of its first choice where it has choices."""
    if not clause.choices:
        return replace(clause, text=words)
    return replace(clause, choices=(replace(clause.choices[0], text=words), *clause.choices[1:]))


def without_piece(clause: Clause, piece: str) -> Clause:
    """The clause without a piece, or without a line about it, that was taken out."""
    name, _, what = piece.partition("#")
    if not what:
        return replace(clause, closing="") if name.endswith(".closing") else with_words(clause, "")
    if what == "settings":
        return replace(clause, tailoring="free", topics=(), defines=(), supersedes=(), when=None)
    if what == "rows":
        return replace(clause, head=(), rows=())
    if what == "fields":
        return replace(clause, fields=())
    if what.startswith("choice-"):
        return replace(clause, choices=tuple(c for c in clause.choices if c.id != what.removeprefix("choice-")))
    return _with_remark(clause, what, "")


def set_line(clause: Clause, guide: ReadGuide, parameters: Mapping[str, Parameter]) -> Clause:
    """The clause as a line about it says. Raises ValueError with what is not understood, and what would do."""
    match = _LABEL.match(guide.text)
    label = match[1].strip().casefold() if match else ""
    if match and label == OR_SIGN.casefold():
        return _with_choice(clause, guide, source_of(_cut(guide.runs, match.end())))
    if match and label in _LABELS:
        return _with_remark(clause, _LABELS[label], guide.text[match.end() :])
    return parse_settings(guide.text, clause, dict(parameters), is_whole=guide.id is not None)


def kind_of_line(text: str) -> str:
    """What a line about a clause says: `choice`, `note`, `source`, `permission` or `settings`.

    A further choice stands below the first, any other line above its clause.
    """
    match = _LABEL.match(text)
    label = match[1].strip().casefold() if match else ""
    return "choice" if label == OR_SIGN.casefold() else _LABELS.get(label, "settings")


def _with_remark(clause: Clause, what: str, words: str) -> Clause:
    """The clause with another note, source or permission."""
    if what == "note":
        return replace(clause, note=words)
    return replace(clause, source=words) if what == "source" else replace(clause, permission=words)


def _with_choice(clause: Clause, guide: ReadGuide, words: str) -> Clause:
    """The clause with one more choice, or with other words for one that it has."""
    known = (guide.id or "").partition("#choice-")[2]
    if known:
        choices = tuple(replace(one, text=words) if one.id == known else one for one in clause.choices)
        return replace(clause, choices=choices)
    first = clause.choices or (Choice(_choice_id(clause.text, ()), clause.text),)
    added = Choice(_choice_id(words, first), words)
    return replace(clause, text="", choices=(*first, added), tailoring="choice")


def _choice_id(words: str, there: Sequence[Choice]) -> str:
    stem = slug_of_words(words, 3) or "choice"
    taken = {one.id for one in there}
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 99))) if name not in taken)


def _cut(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """The runs without their first characters; runs of spaces were one space where these were counted."""
    kept: list[Run] = []
    for run in runs:
        text = run.text[length:]
        length = max(0, length - len(run.text))
        kept += [replace(run, text=text)] if text else []
    return tuple(kept)


def _field(row: tuple[str, ...]) -> FormField:
    label, kind = ((*row, "", ""))[:2]
    found = _FIELD_TYPES.get(" ".join(kind.split()).casefold())
    if found is None or not label.strip():
        raise ValueError(f"“{label} | {kind}” is no line of a form; its kind is {', '.join(FIELD_WORDS.values())}")
    return FormField(" ".join(label.split()), found)
