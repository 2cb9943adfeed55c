"""The order of an edited draft as a tree of parts and clauses: nothing that the copy did not show is lost."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policybook.adopt.number import marker_of
from policybook.adopt.redraft_words import source_of, source_of_plain
from policybook.domain.draft_copy import ReadPiece, clause_of
from policybook.domain.model import Clause, ModelVersion, Part
from policybook.text.slug import slug_of_words


@dataclass(slots=True, eq=False)
class Branch:
    """A part (it has no clause) or a clause of the tree being put together; `read` is what it was made from, if new."""

    id: str
    clause: Clause | None = None
    part: Part | None = None
    children: list[Branch] = field(default_factory=list)
    read: ReadPiece | None = None
    is_closed: bool = False

    def walk(self) -> Iterator[Branch]:
        """This branch and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """Grows from the pieces of a copy in their order; a clause stands as deep as it stood in the draft."""

    def __init__(self, model: ModelVersion, taken_ids: Container[str]) -> None:
        self.model = model
        self.parts: list[Branch] = []
        self._taken = taken_ids
        self._made: set[str] = set()
        self._known = {part.id: part for part in model.parts}
        self._clauses = {clause.id: clause for clause in model.walk()}
        self._depths = dict(_depths(model))
        self._stack: list[Branch] = []

    def grow(self, pieces: Sequence[ReadPiece]) -> None:
        """Adds all pieces."""
        there: dict[str, Branch] = {}
        for piece in pieces:
            name = clause_of(piece.id) if piece.id else ""
            if name in there:
                self._go_on(there[name], piece)
            elif name in self._known:
                there[name] = self._open(Branch(name, part=self._known[name]))
            elif name:
                there[name] = self._place(Branch(name, self._clauses[name]), self._depths[name])
            elif piece.kind == "heading" and piece.level <= 1:
                self._open(self._new_part(piece))
            else:
                self._place(self._new_clause(piece), self._depth_of(piece))

    def branches(self) -> dict[str, Branch]:
        """Every branch by its id."""
        return {branch.id: branch for part in self.parts for branch in part.walk()}

    def put_back(self, branch: Branch, before: Sequence[str], parents: Sequence[str]) -> None:
        """Adds a branch that the copy did not show: behind the nearest of `before`, else into the first of `parents`.

        `before` are the clauses that stood before it under the same parent, nearest first; `parents` lead up to its
        part. Only places in its own part will do.
        """
        home = next((part for part in self.parts if part.id == parents[-1]), None)
        if home is None:
            return
        holders = {child.id: (holder, index) for holder in home.walk() for index, child in enumerate(holder.children)}
        for name in before:
            if name in holders:
                holder, index = holders[name]
                holder.children.insert(index + 1, branch)
                return
        inside = {holder.id: holder for holder in home.walk()}
        next(inside[name] for name in parents if name in inside).children.insert(0, branch)

    def _open(self, part: Branch) -> Branch:
        self.parts.append(part)
        self._stack = [part]
        return part

    def _place(self, branch: Branch, depth: int) -> Branch:
        depth = max(1, min(depth, len(self._stack)))
        self._stack[depth - 1].children.append(branch)
        self._stack = [*self._stack[:depth], branch]
        return branch

    def _go_on(self, branch: Branch, piece: ReadPiece) -> None:
        """A table or the end of a list, which belong to a clause that stands already."""
        if (piece.id or "").endswith(".closing"):
            branch.is_closed = True
            if branch in self._stack:
                self._stack = self._stack[: self._stack.index(branch) + 1]

    def _depth_of(self, piece: ReadPiece) -> int:
        """How deep what was added stands: a bullet under the paragraph before it, a paragraph beside that one."""
        depth = len(self._stack) - 1
        last = self._stack[-1]
        if depth == 0 or piece.kind == "heading":
            return 1
        if piece.kind == "item":
            is_beside = last.is_closed or (last.clause is not None and last.clause.kind == "item")
            return depth if is_beside else depth + 1
        while depth > 1 and (clause := self._stack[depth].clause) is not None and clause.kind == "item":
            depth -= 1
        clause = self._stack[depth].clause
        return depth + 1 if clause is not None and clause.kind == "heading" and clause.clauses else depth

    def _new_part(self, piece: ReadPiece) -> Branch:
        last = self._stack[0].part if self._stack else None
        name = self._new_id(slug_of_words(piece.text, 9) or "part")
        return Branch(name, part=Part(name, source_of_plain(piece.text), last.kind if last else "part"), read=piece)

    def _new_clause(self, piece: ReadPiece) -> Branch:
        words = slug_of_words(piece.text) or "section"
        name = self._new_id(f"{self._stack[0].id}.{words}")
        clause = Clause(name, piece.kind)
        if piece.rows:
            head, *rows = (tuple(map(source_of_plain, row)) for row in piece.rows)
            return Branch(name, replace(clause, head=head, rows=tuple(rows)), read=piece)
        text = source_of_plain(piece.text) if piece.kind == "heading" else source_of(piece.runs)
        default = marker_of(clause, self.model.numbering)
        marker = None if piece.kind == "heading" or piece.marker == default else piece.marker
        return Branch(name, replace(clause, text=text, marker=marker), read=piece)

    def _new_id(self, stem: str) -> str:
        name, count = stem, 1
        while name in self._taken or name in self._made or name in self._clauses or name in self._known:
            count += 1
            name = f"{stem}-{count}"
        self._made.add(name)
        return name


def _depths(model: ModelVersion) -> Iterator[tuple[str, int]]:
    def walk(clauses: Sequence[Clause], depth: int) -> Iterator[tuple[str, int]]:
        for clause in clauses:
            yield clause.id, depth
            yield from walk(clause.clauses, depth + 1)

    for part in model.parts:
        yield from walk(part.clauses, 1)
