"""An edited copy of a model's draft -> the draft as its drafter now wants it, and each change that makes it so.

What the copy did not show (withdrawn clauses, what came into the draft after the copy was made) stays where it is. A
clause keeps its id wherever it goes within its part. What has no place in a draft is handed back, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policybook.adopt.draft_piece import find_draft_pieces, source_words
from policybook.adopt.redraft_blank import read_blanks_table
from policybook.adopt.redraft_clause import kind_of_line, reword, set_line, without_piece
from policybook.adopt.redraft_move import find_moves, rename_strays
from policybook.adopt.redraft_tree import Branch, Tree
from policybook.adopt.redraft_words import source_of_plain
from policybook.domain.draft_copy import DraftCopy, DraftHistory, ReadGuide, ReadPiece, clause_of
from policybook.domain.inline import plain
from policybook.domain.model import Clause, ModelVersion, Part
from policybook.domain.taken import CLASS_WORDS, Taken, TakenKind, Unplaced
from policybook.text.inline import parse_inline

_ASK = "settle which of the two holds, and make a new copy"
_STALE = "this was changed in the draft too since the copy was made"


@dataclass(frozen=True, slots=True)
class Redraft:
    """The draft as the copy has it, the changes that lead to it, and what could not be taken."""

    model: ModelVersion
    changes: tuple[Taken, ...]
    unplaced: tuple[Unplaced, ...]


def redraft(
    model: ModelVersion, copy: DraftCopy, history: DraftHistory, authors: Mapping[str, tuple[str, ...]]
) -> Redraft:
    """The draft with all that the copy changes. `authors` go by clause, blank, or the place of what was added."""
    work = _Work(model, copy, history, authors)
    work.read_blanks()
    work.grow()
    work.read_words()
    work.read_lines()
    work.tell_new()
    work.drop_gone()
    return work.finish()


class _Work:
    def __init__(
        self, model: ModelVersion, copy: DraftCopy, history: DraftHistory, authors: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.model, self.copy, self.history, self.authors = model, copy, history, authors
        self.parameters = dict(model.parameters)
        self.pieces = {piece.id: piece for piece in find_draft_pieces(model)}
        self.found = {clause_of(piece.id) for piece in copy.pieces if piece.id}
        self.gone = {clause_of(name) for name in copy.gone if clause_of(name) not in self.found}
        self.tree = Tree(model, history.released)
        self.changes: list[Taken] = []
        self.unplaced: list[Unplaced] = []

    def read_blanks(self) -> None:
        self.parameters, changes, unplaced = read_blanks_table(self.model, self.copy)
        self.changes += [replace(one, by=self.authors.get(one.clause, ())) for one in changes]
        self.unplaced += unplaced

    def grow(self) -> None:
        """The tree of what the copy shows, with the headings that it lost where clauses of theirs still stand."""
        pieces = list(self._with_headings(self.copy.pieces))
        first = next((i for i, piece in enumerate(pieces) if _is_part(piece, self.model)), 0)
        self.tree.grow([*pieces[first : first + 1], *pieces[:first], *pieces[first + 1 :]])
        self.branches = self.tree.branches()

    def read_words(self) -> None:
        for piece in self.copy.pieces:
            branch = self.branches.get(piece.key)
            if piece.id is None or piece.is_kept or branch is None:
                continue
            if piece.is_stale:
                self._leave(piece, _STALE, _ASK)
            elif branch.part is not None:
                self._set_heading(branch, branch.part, piece)
            elif branch.clause is not None:
                try:
                    self._set(branch, "words", reword(branch.clause, piece))
                except ValueError as error:
                    self._leave(piece, str(error), "mend it in the copy, and take it again")
        for name in sorted(self.copy.gone):
            if (branch := self.branches.get(clause_of(name))) is not None and name in self.pieces:
                clause = branch.clause
                if clause is not None and clause.id in self.found:
                    self._set(branch, "words", without_piece(clause, name))

    def read_lines(self) -> None:
        """The lines about clauses: those that are gone, those that were edited, and those that were added."""
        for name in sorted(self.copy.gone):
            branch = self.branches.get(clause_of(name))
            if branch is not None and branch.clause is not None and name not in self.pieces and "#" in name:
                self._set(branch, "setting", without_piece(branch.clause, name))
        for guide in self.copy.guides:
            branch = self._branch_of(guide)
            if guide.is_kept:
                continue
            if guide.is_stale or branch is None or branch.clause is None:
                why = _STALE if guide.is_stale else "no section stands where this line says what holds for it"
                self.unplaced.append(Unplaced(guide.text, why, _ASK if guide.is_stale else "put it above the section",
                                              guide.place))  # fmt: skip
                continue
            try:
                self._set(branch, "setting", set_line(branch.clause, guide, self.parameters), guide.place)
            except ValueError as error:
                self.unplaced.append(Unplaced(guide.text, str(error), "mend the line", guide.place, branch.id))

    def tell_new(self) -> None:
        for branch in self.branches.values():
            if branch.read is not None:
                words = branch.read.text
                by = self.authors.get(branch.read.place, ())
                self.changes.append(Taken("add", branch.id, "", "", words, by=by, remark=_where(branch)))

    def drop_gone(self) -> None:
        """What the copy did not show goes back to its place; what was deleted is withdrawn, or forgotten."""
        for part in self.model.parts:
            if part.id not in self.branches:
                self._put_part_back(part)
        for part in self.model.parts:
            self._put_back(part.clauses, (part.id,), is_told=False)

    def finish(self) -> Redraft:
        self._tell_moves()
        self._tell_empty_parts()
        names = rename_strays(self.tree.parts, self.history.released, {clause.id for clause in self.model.walk()})
        for old, new in names.items():
            remark = f"it is now {new}" + (f", and says that it takes the place of {old}"
                                           if old in self.history.released else "")  # fmt: skip
            self.changes = [
                replace(one, remark="; ".join(filter(None, (one.remark, remark)))) if one.clause == old else one
                for one in self.changes
            ]
        parts = tuple(_built_part(branch) for branch in self.tree.parts)
        made = replace(self.model, parts=parts, parameters=self.parameters)
        order = {name: index for index, name in enumerate([*self.model.parameters, *self.branches])}
        ordered = sorted(self.changes, key=lambda one: (one.kind != "blank", order.get(one.clause, len(order))))
        return Redraft(_referring(made, names), tuple(ordered), tuple(self.unplaced))

    def _with_headings(self, pieces: Sequence[ReadPiece]) -> Iterator[ReadPiece]:
        parts = {clause.id: part for part in self.model.parts for top in part.clauses for clause in top.walk()}
        there = {piece.id for piece in pieces}
        for piece in pieces:
            part = parts.get(piece.key)
            if part is not None and part.id not in there and part.id in self.gone:
                there.add(part.id)
                why, mend = "the heading was taken out, but sections of its part are still there", "take them out too"
                self.unplaced.append(Unplaced(plain(parse_inline(part.heading)), why, mend, clause=part.id))
                yield ReadPiece(part.id, part.heading, kind="heading", level=1, is_kept=True)
            yield piece

    def _set_heading(self, branch: Branch, part: Part, piece: ReadPiece) -> None:
        before = plain(parse_inline(part.heading))
        branch.part = replace(part, heading=source_of_plain(piece.text))
        self._tell("words", branch.id, before, piece.text)

    def _set(self, branch: Branch, kind: TakenKind, clause: Clause, place: str = "") -> None:
        before = branch.clause
        if before is None or clause == before:
            return
        branch.clause = clause
        if branch.read is not None:
            return
        was, now = _told(before, kind), _told(clause, kind)
        held = next((one for one in self.changes if (one.kind, one.clause) == (kind, branch.id)), None)
        if held is not None:
            self.changes.remove(held)
            was = held.before
        by = self.authors.get(place, ())
        self._tell(kind, branch.id, was, now, by)

    def _tell(self, kind: TakenKind, name: str, before: str, after: str, by: tuple[str, ...] = ()) -> None:
        piece = self.pieces.get(name) or next((one for one in self.pieces.values() if one.clause == name), None)
        authors = tuple(dict.fromkeys((*by, *self.authors.get(name, ()))))
        number = (piece.number or "") if piece else ""
        remark = "only bold, italics or a link" if kind == "words" and before == after else ""
        self.changes.append(Taken(kind, name, number, before, after, by=authors, remark=remark))

    def _leave(self, piece: ReadPiece, why: str, mend: str) -> None:
        self.unplaced.append(Unplaced(piece.text, why, mend, piece.place, piece.key if piece.id else ""))

    def _branch_of(self, guide: ReadGuide) -> Branch | None:
        """The clause that a line is about: by its id, else the one above a further choice, the one below any other."""
        if guide.id is not None:
            return self.branches.get(clause_of(guide.id))
        new = {branch.read.place: branch for branch in self.branches.values() if branch.read is not None}
        if kind_of_line(guide.text) == "choice":
            near = reversed(self.copy.pieces[: guide.after])
        else:
            near = iter(self.copy.pieces[guide.after :])
        piece = next(near, None)
        return None if piece is None else self.branches.get(piece.key) if piece.id else new.get(piece.place)

    def _put_part_back(self, part: Part) -> None:
        """A part that the copy did not show, or whose clauses are on record although all were taken out."""
        kept = [clause.id for top in part.clauses for clause in top.walk() if self._is_kept(clause)]
        is_gone = part.id in self.gone
        if is_gone:
            kind: TakenKind = "withdraw" if kept else "remove"
            self._tell(kind, part.id, plain(parse_inline(part.heading)), "")
        if is_gone and not kept:
            return
        order = [one.id for one in self.model.parts]
        before = [index for index, one in enumerate(self.tree.parts) if one.id in order[: order.index(part.id)]]
        branch = Branch(part.id, part=part)
        self.tree.parts.insert(max(before, default=-1) + 1, branch)
        self.branches[part.id] = branch

    def _is_kept(self, clause: Clause) -> bool:
        return clause.id not in self.found and (clause.id not in self.gone or clause.id in self.history.released)

    def _put_back(self, clauses: Sequence[Clause], parents: tuple[str, ...], *, is_told: bool) -> None:
        for index, clause in enumerate(clauses):
            is_gone = clause.id in self.gone
            if is_gone:
                kind: TakenKind = "withdraw" if clause.id in self.history.released else "remove"
                if not is_told:
                    self._tell(kind, clause.id, self._words(clause), "")
            if self._is_kept(clause):
                kept = replace(clause, withdrawn=self.history.version) if is_gone and not clause.withdrawn else clause
                before = [one.id for one in clauses[:index][::-1]]
                branch = Branch(clause.id, kept)
                self.branches[clause.id] = branch
                self.tree.put_back(branch, before, parents)
            self._put_back(clause.clauses, (clause.id, *parents), is_told=False)

    def _words(self, clause: Clause) -> str:
        return "\n".join(one.text for one in self.pieces.values() if one.clause == clause.id)

    def _tell_empty_parts(self) -> None:
        for branch in self.tree.parts:
            is_shown = any(child.clause and child.clause.withdrawn is None for child in branch.children)
            if branch.part is not None and not is_shown and (branch.read is not None or branch.id in self.found):
                why = "a part without sections is not printed"
                heading = plain(parse_inline(branch.part.heading))
                self.unplaced.append(Unplaced(heading, why, "put a section below its heading", clause=branch.id))

    def _tell_moves(self) -> None:
        for name, where in find_moves(self.model, self.tree.parts, self.found):
            branch = self.branches[name]
            heading = plain(parse_inline(branch.part.heading)) if branch.part else ""
            self._tell("move", name, self._words(branch.clause) if branch.clause else heading, where)


def _is_part(piece: ReadPiece, model: ModelVersion) -> bool:
    return any(piece.id == part.id for part in model.parts) or (
        piece.id is None and piece.level == 1 and piece.kind == "heading"
    )


def _where(branch: Branch) -> str:
    """What a reader should know of a clause that was added."""
    if branch.part is not None:
        return "an appendix" if branch.part.kind == "schedule" else "a part"
    marker = branch.clause.marker if branch.clause else None
    return "printed without a number" if marker == "none" else ""


def _told(clause: Clause, kind: TakenKind) -> str:
    if kind == "words":
        rows = [" | ".join(row) for row in (clause.head, *clause.rows) if row]
        fields = [f"{one.label}: {one.type}" for one in clause.fields]
        words = [plain(parse_inline(source_words(clause))), *rows, *fields, plain(parse_inline(clause.closing))]
        return "\n".join(filter(None, words))
    when = clause.when
    condition = [f"only for {', '.join(when.school)}"] if when and when.school else []
    condition += [f"only where {when.parameter} is {when.value}"] if when and when.parameter else []
    said = [
        CLASS_WORDS[clause.tailoring],
        f"topics {', '.join(clause.topics)}" if clause.topics else "",
        *condition,
        f"defines {', '.join(clause.defines)}" if clause.defines else "",
        f"takes the place of {', '.join(clause.supersedes)}" if clause.supersedes else "",
        f"note: {clause.note}" if clause.note else "",
        f"source: {clause.source}" if clause.source else "",
        f"permission: {clause.permission}" if clause.permission else "",
        *(f"or: {one.text}" for one in clause.choices[1:]),
    ]
    return "; ".join(filter(None, said))


def _built_part(branch: Branch) -> Part:
    part = branch.part
    if part is None:
        raise ValueError("a part stands at the top")
    return replace(part, clauses=tuple(_built(child) for child in branch.children))


def _built(branch: Branch) -> Clause:
    if branch.clause is None:
        raise ValueError("parts stand at the top")
    return replace(branch.clause, clauses=tuple(_built(child) for child in branch.children))


def _referring(model: ModelVersion, names: Mapping[str, str]) -> ModelVersion:
    """The model with clause ids replaced where others name them: in the text, and in what the publisher tells."""
    if not names:
        return model

    def text(words: str) -> str:
        for old, new in names.items():
            words = words.replace(f"{{{{ clause:{old} }}}}", f"{{{{ clause:{new} }}}}")
        return words

    def clause(one: Clause) -> Clause:
        return replace(
            one, text=text(one.text), closing=text(one.closing),
            choices=tuple(replace(choice, text=text(choice.text)) for choice in one.choices),
            rows=tuple(tuple(map(text, row)) for row in one.rows), clauses=tuple(map(clause, one.clauses)),
        )  # fmt: skip

    changes = tuple(
        replace(entry, clauses=tuple(names.get(name, name) for name in entry.clauses)) for entry in model.changes
    )
    parts = tuple(replace(part, clauses=tuple(map(clause, part.clauses))) for part in model.parts)
    return replace(model, parts=parts, changes=changes)
