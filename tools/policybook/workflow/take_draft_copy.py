"""The paragraphs, lines and rows of an edited draft beside those that were printed: which is which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policybook.adopt.draft_piece import find_draft_pieces, find_guide_lines
from policybook.adopt.redraft_clause import kind_of_line
from policybook.domain.draft_copy import (
    HOW_HEAD,
    DraftCopy,
    DraftPiece,
    GuideLine,
    ReadBlank,
    ReadGuide,
    ReadPiece,
    clause_of,
)
from policybook.domain.inline import Run, plain
from policybook.domain.model import ModelVersion
from policybook.domain.page import Callout, Contents, Heading, Page, Paragraph, Table
from policybook.domain.source import SetAside, SourceClause
from policybook.domain.taken import Unplaced
from policybook.intake.alteration import PrintedClause, find_alterations
from policybook.intake.returned_comment import Remark
from policybook.intake.returned_draft import ReturnedDraft, ReturnedGuide
from policybook.render.docx_run import bookmark_names
from policybook.render.paper import anchors_of
from policybook.report.draft_copy import blank_mark, draft_fingerprint
from policybook.text.blank_row import print_blank
from policybook.text.fingerprint import match_fingerprint
from policybook.text.placeholder import split_placeholders
from policybook.text.word import comparable_words

_COPY = re.compile(r"_Copy_\d+$")


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A copy of a draft, told apart; `found` is the share of the printed pieces that it still has.

    `authors` go by clause, blank or place; `remarks` by the clause that they are about, empty where that is not known.
    """

    copy: DraftCopy
    found: float
    unplaced: tuple[Unplaced, ...]
    authors: dict[str, tuple[str, ...]]
    remarks: tuple[tuple[str, Remark], ...]


def find_draft_copy(returned: ReturnedDraft, model: ModelVersion, page: Page) -> FoundDraft:
    """What stands where in a copy of a draft; `page` is the copy as it would be printed today."""
    return _Finder(returned, model, page).find()


class _Finder:
    def __init__(self, returned: ReturnedDraft, model: ModelVersion, page: Page) -> None:
        self.returned, self.model, self.page = returned, model, page
        self.pieces = {piece.id: piece for piece in find_draft_pieces(model)}
        printed = {piece.clause for piece in self.pieces.values()}
        clauses = [clause for clause in model.walk() if clause.id in printed]
        self.lines = {line.id: line for clause in clauses for line in find_guide_lines(clause, model)}
        names = bookmark_names(anchors_of(page))
        self.sent = {one.id: one.match for one in returned.mark.clauses} or dict(page.clauses)
        self.bookmarks = {name: anchor for anchor, name in names.items()}
        self.bookmarks |= {one.bookmark: one.id for one in returned.mark.clauses if one.bookmark}
        self.names = names | {one.id: one.bookmark for one in returned.mark.clauses if one.bookmark}
        self.is_today = returned.mark.told.get("draft") == draft_fingerprint(model)
        self.unplaced: list[Unplaced] = []

    def find(self) -> FoundDraft:
        printed = [self._printed(name) for name in self.sent if "#" not in name or name in self.pieces]
        start = self._start({entry.bookmark for entry in printed if entry.bookmark})
        altered = find_alterations(printed, self.returned.clauses[start:])
        places = {name: start + span.start for name, span in altered.places}
        first = min(places.values(), default=0)
        pieces: list[ReadPiece] = []
        counts = [0] * (first + 1)
        for found in self._read_pieces(places, first):
            pieces += found
            counts.append(len(pieces))
        guides = list(self._read_guides(pieces, counts))
        blanks = list(self._read_blanks())
        gone = {name for name in self.sent if name in self.pieces} - {piece.id for piece in pieces}
        gone |= {name for name in self.sent if name in self.lines} - {guide.id for guide in guides}
        gone |= self._gone_blanks(blanks)
        self.unplaced += self._front(first)
        remarks = tuple((self._about(remark), remark) for remark in self.returned.remarks)
        copy = DraftCopy(pieces, guides, blanks, frozenset(gone))
        authors = self._authors(copy, remarks)
        return FoundDraft(copy, len(places) / max(len(printed), 1), tuple(self.unplaced), authors, remarks)

    def _start(self, names: set[str]) -> int:
        clauses = enumerate(self.returned.clauses)
        return next((index for index, clause in clauses if names.intersection(map(_bare, clause.bookmarks))), 0)

    def _printed(self, name: str) -> PrintedClause:
        today = self.pieces.get(name)
        words = today.text if today and match_fingerprint(today.text) == self.sent[name] else ""
        return PrintedClause(name, self.sent[name], self.names.get(name, ""), words)

    def _read_pieces(self, places: dict[str, int], first: int) -> Iterator[list[ReadPiece]]:
        """The pieces of each paragraph or table from the first that is ours."""
        at: dict[int, list[str]] = {}
        for name, index in places.items():
            at.setdefault(index, []).append(name)
        for index, clause in enumerate(self.returned.clauses[first:], first):
            names = at.get(index, [])
            known = [name for name in names if name in self.pieces]
            if len(names) > 1:
                why = "these sections were run into one paragraph; they stay apart in the draft"
                self.unplaced.append(Unplaced(clause.text, why, "part them, or take one of them out", clause.place))
                yield [self._known(name, clause, is_joined=True) for name in known]
            elif known:
                yield [self._known(known[0], clause)]
            elif names:
                why, mend = "this section is no longer in the draft", "add it anew, or make a new copy"
                self.unplaced.append(Unplaced(clause.text, why, mend, clause.place, clause_of(names[0])))
                yield []
            else:
                yield [_added(clause)]

    def _known(self, name: str, clause: SourceClause, *, is_joined: bool = False) -> ReadPiece:
        today = self.pieces[name]
        text = clause.text if clause.rows else _spaced(_without_number(clause.text, today))
        runs = clause.runs if self.returned.mark.clauses else _plain_blanks(clause.runs)
        is_kept, is_stale = self._state(name, text, today.text)
        is_sent = self.sent.get(name) == match_fingerprint(today.text)
        has_style = is_sent and bool(self.returned.mark.clauses) and not clause.rows and today.kind != "heading"
        is_kept = is_joined or (is_kept and (not has_style or _same_style(runs, today)))
        return ReadPiece(name, text, runs, clause.rows, today.kind, today.marker, 0, clause.place, is_kept, is_stale)

    def _state(self, name: str, text: str, today: str) -> tuple[bool, bool]:
        """Whether words are those that were printed, and whether the draft has others today."""
        match = self.sent.get(name, match_fingerprint(today))
        if self.is_today or match == match_fingerprint(today):
            return text == today, False
        is_kept = match_fingerprint(text) == match or text == today
        return is_kept, not is_kept

    def _read_guides(self, pieces: Sequence[ReadPiece], counts: Sequence[int]) -> Iterator[ReadGuide]:
        """The lines about clauses: known by bookmark first, then by what they stand at, then by their words."""
        free = dict(self.lines)
        told: list[tuple[ReturnedGuide, str | None]] = []
        for guide in self.returned.guides:
            name = next((self.bookmarks[_bare(one)] for one in guide.bookmarks if _bare(one) in self.bookmarks), None)
            told.append((guide, name if name in self.sent and (name in free or name not in self.lines) else None))
            free.pop(name or "", None)
        near: dict[str, str] = {}
        for guide, known in told:
            name = known or self._line_at(guide, pieces, counts[guide.after], free)
            if name:
                near[guide.place] = name
                free.pop(name, None)
        for guide, _ in told:
            name = near.get(guide.place) or next((one for one, line in free.items() if line.line == guide.text), None)
            free.pop(name or "", None)
            after = counts[guide.after]
            if name is None or name not in self.lines:
                yield ReadGuide(None, guide.text, guide.runs, after, guide.place)
                continue
            is_kept, is_stale = self._state(name, guide.text, _spaced(self.lines[name].line))
            yield ReadGuide(name, guide.text, guide.runs, after, guide.place, is_kept, is_stale)

    def _line_at(
        self, guide: ReturnedGuide, pieces: Sequence[ReadPiece], after: int, free: Mapping[str, GuideLine]
    ) -> str | None:
        """The line that was printed where this one stands; of several choices the one with its words."""
        kind = kind_of_line(guide.text)
        beside = pieces[after - 1 : after] if kind == "choice" else pieces[after : after + 1]
        lines = [name for name in free for one in beside if one.id and name.startswith(f"{one.key}#{kind}")]
        return next((name for name in lines if free[name].line == guide.text), lines[0] if lines else None)

    def _read_blanks(self) -> Iterator[ReadBlank]:
        today = {name: print_blank(entry) for name, entry in self.model.parameters.items()}
        for row in self.returned.blanks or ():
            cells = tuple(" ".join(cell.split()) for cell in row)
            now = today.get(cells[0])
            is_kept = now == cells or blank_mark(cells) in self._sent_blanks()
            is_stale = bool(now) and not self.is_today and blank_mark(now or ()) not in self._sent_blanks()
            yield ReadBlank(cells, self.returned.blanks_place, is_kept, is_stale and not is_kept)

    def _sent_blanks(self) -> frozenset[str]:
        return frozenset(_bare(name) for name in self.returned.sent)

    def _gone_blanks(self, blanks: list[ReadBlank]) -> set[str]:
        if self.returned.blanks is None:
            if self.model.parameters:
                why, mend = "the table of blanks is not there any more", "nothing was changed; edit it in a new copy"
                self.unplaced.append(Unplaced("Blanks that schools fill in", why, mend))
            return set()
        there = {row.cells[0] for row in blanks}
        lost = [name for name in self.model.parameters if name not in there]
        if self.is_today:
            return {f"blank {name}" for name in lost}
        why = "its row is not there, but the draft was changed since the copy was made"
        self.unplaced += [
            Unplaced(name, why, "take it out in a new copy, if it shall go", clause=name) for name in lost
        ]
        return set()

    def _front(self, first: int) -> Iterator[Unplaced]:
        printed = set(_page_words(self.page))
        pieces: tuple[SourceClause | SetAside, ...] = (*self.returned.clauses[:first], *self.returned.aside)
        for piece in pieces:
            is_ours = isinstance(piece, SourceClause) and piece.rows[:1] == (HOW_HEAD,)
            for line in piece.text.splitlines():
                if is_ours and line.partition(" | ")[0] in printed:
                    continue  # an older program may have explained it in other words
                words = _spaced(re.sub(r"\s*Page \d+ of \d+$", "", line))
                if words and words not in printed and not all(one in printed for one in words.split(" | ")):
                    said = f"it was read as a {piece.why}" if isinstance(piece, SetAside) else "above the first part"
                    yield Unplaced(words, said, "put it into a section", piece.place)

    def _about(self, remark: Remark) -> str:
        for name in remark.bookmarks:
            if found := self.bookmarks.get(_bare(name)):
                return clause_of(found)
        if remark.row in self.model.parameters:
            return remark.row
        anchor = comparable_words(remark.anchor)
        return next((one.place for one in self.returned.clauses if anchor and comparable_words(one.text) == anchor), "")

    def _authors(self, copy: DraftCopy, remarks: tuple[tuple[str, Remark], ...]) -> dict[str, tuple[str, ...]]:
        by_place: dict[str, list[str]] = {}
        for change in self.returned.changes:
            by_place.setdefault(change.place, []).append(change.by)
        said: list[tuple[str, str]] = []
        places = [(one.id, one.place) for one in copy.pieces] + [(one.id, one.place) for one in copy.guides]
        for known, place in places:
            keys = (clause_of(known), place) if known else (place,)
            said += [(key, by) for key in keys for by in by_place.get(place, ())]
        for name in copy.gone & self.pieces.keys():
            words = self.pieces[name].text
            said += [(clause_of(name), one.by) for one in self.returned.changes if one.text and one.text in words]
        said += [(key, remark.by) for key, remark in remarks if key and remark.by]
        return {key: tuple(dict.fromkeys(by for other, by in said if other == key and by)) for key, _ in said}


def _added(clause: SourceClause) -> ReadPiece:
    marker = "number" if clause.number and clause.marker == "none" else clause.marker
    text = clause.text if clause.rows else _spaced(clause.text)
    return ReadPiece(None, text, clause.runs, clause.rows, clause.kind, marker, clause.level, clause.place)


def _without_number(text: str, piece: DraftPiece) -> str:
    """The words without a number that another program turned into words."""
    number = piece.number or ""
    return text[len(number) :].lstrip(". \t") if number and text.startswith((f"{number} ", f"{number}\t")) else text


def _same_style(runs: Sequence[Run], piece: DraftPiece) -> bool:
    return _letters(runs) == _letters(piece.runs)


def _letters(runs: Sequence[Run]) -> list[tuple[str, bool, bool]]:
    return [(sign, run.bold, run.italic) for run in runs for sign in run.text if not sign.isspace()]


def _plain_blanks(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with each blank in the style of what stands before it: some programs take its colour for bold."""
    letters = [replace(run, text=sign) for run in runs for sign in run.text]
    at = 0
    for piece in split_placeholders(plain(runs)):
        length = len(piece if isinstance(piece, str) else piece.source)
        near = letters[at - 1] if at else letters[at + length] if at + length < len(letters) else Run("")
        if not isinstance(piece, str):
            letters[at : at + length] = [replace(near, text=one.text) for one in letters[at : at + length]]
        at += length
    return tuple(letters)


def _page_words(page: Page) -> Iterator[str]:
    yield from (page.title, page.subject, page.header, page.footer)
    for block in page.blocks:
        match block:
            case Heading() | Paragraph():
                yield _spaced(plain(block.runs))
            case Callout():
                yield _spaced(f"{block.label}. {plain(block.runs)}")
            case Contents():
                yield block.title
            case Table():
                yield from (block.caption, *block.head)
                yield from (_spaced(" ".join(map(plain, cell.paragraphs))) for row in block.rows for cell in row)


def _bare(name: str) -> str:
    return _COPY.sub("", name)


def _spaced(text: str) -> str:
    return " ".join(text.split())
