"""Two versions of a model: which clause became which, and what the publisher did to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policybook.domain.model import Clause, ModelVersion, Parameter, Part
from policybook.domain.upgrade import ModelChange
from policybook.text.merge import says_the_same
from policybook.text.placeholder import find_placeholders


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause that is there in one version; `parent` is a clause or part ("" for a part), `index` its place there."""

    clause: Clause
    parent: str
    index: int
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of two versions that answer each other: one and one, or none or several on a side."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    changes: tuple[ModelChange, ...]

    @property
    def clause(self) -> str:
        """The id in the new version, or in the old one where the clause is gone."""
        return (self.new or self.old)[0].clause.id

    @property
    def is_pair(self) -> bool:
        """Whether one clause answers one."""
        return len(self.old) == len(self.new) == 1


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """What a new version does to an old one, clause by clause, in reading order; gone clauses stand where they stood.

    `old_entries` and `new_entries` hold the clauses that are there, parts included; `successors` maps an id of the old
    version to those of the new one, and `renamed` the ids that only changed their name.
    """

    old: ModelVersion
    new: ModelVersion
    groups: tuple[Group, ...]
    old_entries: dict[str, Entry]
    new_entries: dict[str, Entry]
    successors: dict[str, tuple[str, ...]]
    renamed: dict[str, str]
    moved: frozenset[str]


def compare_versions(chain: Sequence[ModelVersion]) -> ModelDifference:
    """What the last of a chain of versions, each superseding the one before, does to the first.

    The versions between are needed for lineage alone: A that became B that became C. A clause counts as the same if
    its id is, or if it names the earlier one under `supersedes`.
    """
    old, new = chain[0], chain[-1]
    before, after = _entries(old), _entries(new)
    origins = _origins(chain)
    sets = _connected(before, after, origins)
    renamed = {
        left[0]: right[0]
        for left, right in sets
        if len(left) == len(right) == 1 and left[0] != right[0]
    }  # fmt: skip
    moved = frozenset(_find_moved(before, after, {**{name: name for name in before}, **renamed}, origins))
    reader = _ChangeReader(old, new, moved)
    groups = tuple(
        Group(lefts := tuple(before[n] for n in left), rights := tuple(after[n] for n in right),
              reader.changes(lefts, rights))
        for left, right in sets
    )  # fmt: skip
    successors = {name: right for left, right in sets for name in left}
    return ModelDifference(old, new, groups, before, after, successors, renamed, moved)


def clause_texts(clause: Clause) -> Iterator[str]:
    """Every text of a clause that may hold blanks, children excepted."""
    yield from (clause.text, clause.closing, *clause.head, *(cell for row in clause.rows for cell in row))
    yield from (choice.text for choice in clause.choices)


def parameters_of(clause: Clause) -> frozenset[str]:
    """The parameters that a clause's words or condition use."""
    used = {blank.name for text in clause_texts(clause) for blank in find_placeholders(text) if not blank.is_clause}
    if clause.when and clause.when.parameter:
        used.add(clause.when.parameter)
    return frozenset(used)


def _entries(model: ModelVersion) -> dict[str, Entry]:
    """The clauses that are there, in reading order; nothing below a withdrawn clause is."""
    entries: dict[str, Entry] = {}
    for index, part in enumerate(model.parts):
        entries[part.id] = Entry(_heading(part), "", index, is_part=True)
        entries |= _children(part.clauses, part.id)
    return entries


def _children(clauses: tuple[Clause, ...], parent: str) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for index, clause in enumerate(clauses):
        if clause.withdrawn is None:
            entries[clause.id] = Entry(clause, parent, index)
            entries |= _children(clause.clauses, clause.id)
    return entries


def _heading(part: Part) -> Clause:
    return Clause(part.id, kind="heading", text=part.heading, place=part.place)


def _origins(chain: Sequence[ModelVersion]) -> dict[str, set[str]]:
    """For each clause of the last version, the clauses of the first that it comes from."""
    first = _entries(chain[0])
    known: dict[str, set[str]] = {name: {name} for name in first}
    for model in chain[1:]:
        found: dict[str, set[str]] = {}
        for name, entry in _entries(model).items():
            sources: set[str] = set()
            for former in (name, *entry.clause.supersedes):
                # One that was gone in between and is back, or that an older version had, counts as what it was.
                sources |= known.get(former, {former} if former in first else set())
            found[name] = sources
        known = found
    return known


def _connected(
    before: dict[str, Entry], after: dict[str, Entry], origins: dict[str, set[str]]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The sets of old and new ids that belong together, in the order of the new version, gone ones after their
    neighbour before."""
    places = {name: index for index, name in enumerate(before)}
    targets: dict[str, list[str]] = {name: [] for name in before}
    for name, sources in origins.items():
        for source in sources:
            targets[source].append(name)
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    seen: set[str] = set()
    for name in after:
        if name not in seen:
            lefts, rights = _reach(name, origins, targets)
            seen |= rights
            found.append((tuple(sorted(lefts, key=places.__getitem__)), tuple(n for n in after if n in rights)))
    for index, name in enumerate(before):
        if not targets[name]:
            _insert_after(found, list(before)[:index], ((name,), ()))
    return found


def _reach(name: str, origins: dict[str, set[str]], targets: dict[str, list[str]]) -> tuple[set[str], set[str]]:
    lefts: set[str] = set()
    rights = {name}
    waiting = [name]
    while waiting:
        for left in origins[waiting.pop()] - lefts:
            lefts.add(left)
            more = set(targets[left]) - rights
            rights |= more
            waiting += more
    return lefts, rights


def _insert_after(
    found: list[tuple[tuple[str, ...], tuple[str, ...]]],
    earlier: list[str],
    entry: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    """Puts a gone clause after what stood before it; what stood before it may be gone itself, and is then there."""
    place = next((i for i, (left, _) in enumerate(found) if earlier and earlier[-1] in left), -1)
    found.insert(place + 1, entry)


def _find_moved(
    before: dict[str, Entry], after: dict[str, Entry], names: dict[str, str], origins: dict[str, set[str]]
) -> Iterator[str]:
    """The ids (of the new version) of clauses with another parent, or out of the longest run that kept its order."""
    families: dict[str, list[tuple[int, int, str]]] = {}
    for left, entry in before.items():
        other = after.get(names[left])
        if other is None:
            continue
        same_parent = entry.parent == other.parent or entry.parent in origins.get(other.parent, ())
        if not same_parent:
            yield names[left]
            continue
        families.setdefault(other.parent, []).append((entry.index, other.index, names[left]))
    for family in families.values():
        family.sort()
        kept = _longest_run([place for _, place, _ in family])
        yield from (name for position, (_, _, name) in enumerate(family) if position not in kept)


def _longest_run(places: list[int]) -> set[int]:
    """The positions of the longest increasing run (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, place in enumerate(places):
        pile = bisect_left(tails, place)
        previous.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [place]
        ends[pile : pile + 1] = [position]
    run: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        run.add(position)
        position = previous[position]
    return run


@dataclass(frozen=True, slots=True)
class _ChangeReader:
    old: ModelVersion
    new: ModelVersion
    moved: frozenset[str]

    def changes(self, lefts: tuple[Entry, ...], rights: tuple[Entry, ...]) -> tuple[ModelChange, ...]:
        if not lefts:
            return ("new",)
        if not rights:
            return ("withdrawn",)
        if len(rights) > 1:
            return ("split",)
        if len(lefts) > 1:
            return ("joined",)
        return tuple(self._pair(lefts[0].clause, rights[0].clause)) or ("unchanged",)

    def _pair(self, old: Clause, new: Clause) -> Iterator[ModelChange]:
        if old.id != new.id:
            yield "renamed"
        words = says_the_same(old.text, new.text) and says_the_same(old.closing, new.closing)
        if not words or (old.kind, old.marker) != (new.kind, new.marker):
            yield "reworded"
        if (old.head, old.rows, old.fields) != (new.head, new.rows, new.fields):
            yield "table"
        if old.choices != new.choices:
            yield "choice"
        if old.when != new.when:
            yield "condition"
        if old.tailoring != new.tailoring and new.tailoring != "free":
            yield "tightened"
        if new.id in self.moved:
            yield "moved"
        names = parameters_of(old) | parameters_of(new)
        pairs = [(self.old.parameters.get(name), self.new.parameters.get(name)) for name in sorted(names)]
        if any(left and right and left.default != right.default for left, right in pairs):
            yield "default"
        if any(_limits(left) != _limits(right) for left, right in pairs):
            yield "parameter"


def _limits(parameter: Parameter | None) -> object:
    if parameter is None:
        return None
    return (parameter.type, parameter.minimum, parameter.maximum, parameter.options, parameter.required)
