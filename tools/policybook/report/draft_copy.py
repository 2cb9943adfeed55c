"""The draft copy: a model's draft to be edited in Word by its drafter and taken back, with all that is set for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from policybook.adopt.draft_piece import find_draft_pieces, find_guide_lines
from policybook.domain.draft_copy import BLANKS_HEAD, DRAFT_STATUS, HOW_HEAD, OR_SIGN, DraftPiece, GuideLine
from policybook.domain.inline import Run
from policybook.domain.model import Clause, ModelVersion, Topic
from policybook.domain.page import Block, Callout, Contents, Heading, Page, PageBreak, Paragraph, Table
from policybook.domain.taken import GUIDE_SIGN, sent_mark
from policybook.report.word import cell, runs
from policybook.text.blank_row import print_blank
from policybook.text.fingerprint import exact_fingerprint, match_fingerprint
from policybook.text.inline import parse_inline
from policybook.text.placeholder import Placeholder, split_placeholders

_HOW = (
    ("Words", "Change them where they stand, with tracked changes or without. Comments come back with your name."),
    ("A new section", "Begin a new paragraph or bullet where it belongs. A new part begins with the style Heading 1."),
    ("Move or take out", "Cut and paste whole paragraphs, or delete them. What schools have already stays on record as "
     "withdrawn."),
    ("Blanks", "{{ name }} in the text is filled in by each school. You can type one anywhere; what it asks, what the "
     "model says and what is allowed stand in the table below. Add a row for a new one."),
    (f"Lines with {GUIDE_SIGN}", "They say what holds for the section below them and are never printed. Change the "
     f"words, copy a line to another section, or type one that begins with {GUIDE_SIGN} or with >"),
    ("What schools may change", "Fixed wording · Values only · One of the choices · Free wording (where there is no "
     "line, it is free)"),
    ("Also in such a line", "Topics: past-pupils · Only for: school; academy; trust; federation; service · "
     "Only where: name is yes · Defines: term"),
    ("Notes and choices", f"{GUIDE_SIGN} Note to schools. Your words. A further choice stands below the first: "
     f"{GUIDE_SIGN} {OR_SIGN}. Its words."),
    ("Numbers", "They are made anew; leave them alone."),
)  # fmt: skip
_TONES = {"note": "note", "source": "note", "permission": "note", "settings": "", "choice": "choice"}


def draft_page(model: ModelVersion, topics: Mapping[str, Topic]) -> Page:
    """A model's draft with its blanks as blanks, for `take` to read again.

    `properties` hold the fingerprint of the draft; `clauses` that of every piece and of every line about a clause.
    """
    pieces = tuple(find_draft_pieces(model))
    guides = {clause.id: tuple(find_guide_lines(clause, model)) for clause in model.walk()}
    clauses = {clause.id: clause for clause in model.walk()}
    body = tuple(_in_order(pieces, guides))
    blocks = tuple(_block(one) if isinstance(one, DraftPiece) else _guide(one, clauses[one.clause]) for one in body)
    return Page(
        title=model.title,
        subject=model.publisher.name,
        blocks=(*_front(model, topics), Contents(), PageBreak(), *blocks),
        language=model.language,
        header=f"{model.publisher.name} · {model.title}",
        footer="Draft to edit",
        properties=(("policy", model.ref), ("model", model.ref), ("version", model.version), ("status", DRAFT_STATUS),
                    ("draft", draft_fingerprint(model))),
        clauses=tuple((one.id, match_fingerprint(one.text if isinstance(one, DraftPiece) else one.line))
                      for one in body),
    )  # fmt: skip


def draft_fingerprint(model: ModelVersion) -> str:
    """The fingerprint of all that a drafter may edit, wherever its files are."""
    pieces = tuple(find_draft_pieces(model))
    lines = [line for clause in model.walk() for line in find_guide_lines(clause, model)]
    blanks = [print_blank(entry) for entry in model.parameters.values()]
    return exact_fingerprint([repr(pieces), repr(lines), repr(blanks)])


def blank_mark(cells: Iterable[str]) -> str:
    """The bookmark of a row of the table of blanks: from it a copy that comes back says what was sent."""
    name, *rest = cells
    return sent_mark(name, " | ".join(rest))


def _front(model: ModelVersion, topics: Mapping[str, Topic]) -> Iterator[Block]:
    how = tuple((cell(label, heading=True), cell(said)) for label, said in _HOW)
    yield Table("How to edit this draft", HOW_HEAD, how, (0.24, 0.76))
    rows = [print_blank(entry) for entry in model.parameters.values()]
    marks = tuple(blank_mark(row) for row in rows)
    cells = tuple(tuple(cell(words, heading=index == 0) for index, words in enumerate(row)) for row in rows)
    empty = (tuple(cell("") for _ in BLANKS_HEAD),)
    yield Table("Blanks that schools fill in", BLANKS_HEAD, cells or empty, (0.27, 0.19, 0.15, 0.15, 0.13, 0.11), marks)
    if topics:
        named = tuple((cell(name, heading=True), cell(topic.label)) for name, topic in topics.items())
        yield Table("Topics that sections can be about", ("Name", "What it is about"), named, (0.3, 0.7))


def _in_order(
    pieces: Iterable[DraftPiece], guides: Mapping[str, tuple[GuideLine, ...]]
) -> Iterator[DraftPiece | GuideLine]:
    """The pieces, each clause below the lines about it and above its further choices."""
    told: set[str] = set()
    for piece in pieces:
        lines = guides.get(piece.clause, ()) if piece.clause not in told else ()
        told.add(piece.clause)
        yield from (line for line in lines if line.label != OR_SIGN)
        yield piece
        yield from (line for line in lines if line.label == OR_SIGN)


def _guide(line: GuideLine, clause: Clause) -> Callout:
    tone = _TONES[line.id.partition("#")[2].partition("-")[0]] or clause.tailoring
    chosen = next((one for one in clause.choices if line.id.endswith(f"#choice-{one.id}")), None)
    words = parse_inline(chosen.text) if chosen else runs(line.text)
    return Callout(f"{GUIDE_SIGN} {line.label}", _shown(words), line.id, tone)


def _block(piece: DraftPiece) -> Block:
    words = _shown(piece.runs)
    if piece.part == "heading" or piece.kind == "heading":
        return Heading(words, piece.depth + 1, piece.number, piece.id)
    if piece.rows:
        head, rows = (piece.rows[0], piece.rows[1:]) if piece.has_head else ((), piece.rows)
        cells = tuple(tuple(cell(*_shown(runs(one))) for one in row) for row in rows)
        return Table("", head, cells, anchors=(piece.id, *(None for _ in cells[1:])))
    return Paragraph(words, piece.marker, piece.number, max(piece.depth - 1, 0), piece.id)


def _shown(words: Iterable[Run]) -> tuple[Run, ...]:
    """The words with their blanks set off."""
    return tuple(_run(run, piece) for run in words for piece in split_placeholders(run.text))


def _run(run: Run, piece: str | Placeholder) -> Run:
    if isinstance(piece, str):
        return replace(run, text=piece)
    return replace(run, text=piece.source, parameter=piece.name, blank=True)
