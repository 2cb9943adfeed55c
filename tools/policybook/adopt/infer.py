"""A school's own document + a model -> the adoption that gives the document back, word for word and in order.

The model's text is a pattern: what stands in its blanks are the values, what does not fit it is a tailoring. Nothing
is made up: the reason of every tailoring is `not recorded (inherited)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policybook.adopt.infer_place import CannotPlace, Skeleton, kept_in_order, place_clauses, skeleton_of
from policybook.adopt.infer_value import SCHOOL_LABELS, Capture, Pattern, pattern_of, read_blanks, vote
from policybook.adopt.resolve import resolve
from policybook.adopt.value import effective_values
from policybook.domain.adoption import Adoption, School, Tailoring, TailoringKind
from policybook.domain.inline import Run, plain
from policybook.domain.model import Clause, ModelVersion, Part, Value
from policybook.domain.source import SourceClause
from policybook.text.align import Passage, align
from policybook.text.inline import parse_inline
from policybook.text.similar import WordCode, similarity
from policybook.text.word import comparable_words

INHERITED = "not recorded (inherited)"
SHORTEST_PATTERN = 12
"""Characters that a pattern must have outside its blanks to count as found by itself."""
_SIGN = re.compile(r"([\\*_\[\]])")
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Inference:
    """An adoption read out of a document.

    `confidence`, from 0 to 1, of each tailoring by kind and clause; `names` are the school's names as the document has
    them and `found` every value that it states, the model's own included; `differences` are words that resolving the
    adoption does not give back (none: it is exact).
    """

    adoption: Adoption
    confidence: dict[tuple[TailoringKind, str], float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    found: dict[str, Value] = field(default_factory=dict)
    differences: tuple[str, ...] = ()


def infer_adoption(model: ModelVersion, clauses: Sequence[SourceClause], school: School, policy: str = "") -> Inference:
    """The adoption that resolves to a document's clauses, in their words and order.

    What stands before the document's first part cannot be recorded and is among the differences.
    """
    found = _Matcher(model, tuple(clause for clause in clauses if clause.text.strip()), school).match()
    adoption = Adoption(
        school=school.id,
        policy=policy or model.id.rpartition("/")[2],
        model=model.id,
        version=model.version,
        values=found.values,
        choices=found.choices,
    )
    return _Builder(model, school, adoption, found).build()


@dataclass(slots=True)
class _Match:
    """Which clause of the model each clause of the document is (by index), and what its blanks hold."""

    document: tuple[SourceClause, ...]
    clause_at: dict[int, str]
    confidence: dict[str, float]
    values: dict[str, Value]
    choices: dict[str, str]
    names: dict[str, str]
    found: dict[str, Value]


class _Matcher:
    def __init__(self, model: ModelVersion, document: tuple[SourceClause, ...], school: School) -> None:
        self.model, self.document, self.school = model, document, school
        self.words = [_spaced(clause.text) for clause in document]
        self.patterns = dict(_patterns(model))
        shown = replace(model, parts=tuple(_without_conditions(part) for part in model.parts))
        nothing = Adoption(school.id, "", model.id, model.version)
        self.printed = resolve(shown, nothing, school).clauses

    def match(self) -> _Match:
        certain = self._certain_pairs()
        left = [Passage(clause.text, clause.id, clause.kind == "heading") for clause in self.printed]
        right = [
            Passage(clause.text, certain.get(index), clause.kind == "heading")
            for index, clause in enumerate(self.document)
        ]
        clause_at: dict[int, str] = {}
        confidence: dict[str, float] = {}
        for pair in align(left, right):
            if pair.left and pair.right:
                index = max(pair.right, key=lambda entry: len(self.words[entry]))
                name = max((self.printed[entry] for entry in pair.left), key=lambda entry: len(entry.text)).id
                clause_at[index], confidence[name] = name, pair.confidence
        found, choices = self._read(clause_at)
        own = effective_values(self.model, None, self.school)
        names = {name: str(found[name]) for name in SCHOOL_LABELS if found.get(name)}
        found = {name: found[name] for name in self.model.parameters if name in found}
        values = {name: value for name, value in found.items() if value != own[name]}
        return _Match(self.document, clause_at, confidence, values, choices, names, found)

    def _certain_pairs(self) -> dict[int, str]:
        """Clauses of the document that fit the pattern of exactly one clause of the model, and it only them."""
        fits = [
            (index, clause.id)
            for clause in self.printed
            for index, words in enumerate(self.words)
            if any(
                _is_telling(p) and read_blanks(p, words, self.model) is not None for _, p in self.patterns[clause.id]
            )
        ]
        by_index, by_name = Counter(index for index, _ in fits), Counter(name for _, name in fits)
        return {index: name for index, name in fits if by_index[index] == 1 and by_name[name] == 1}

    def _read(self, clause_at: dict[int, str]) -> tuple[dict[str, Value], dict[str, str]]:
        """The values that the document states, and the choices that are not the model's own."""
        captures: list[Capture] = []
        choices: dict[str, str] = {}
        for index, name in sorted(clause_at.items()):
            for position, (choice, pattern) in enumerate(self.patterns[name]):
                capture = read_blanks(pattern, self.words[index], self.model)
                if capture is not None:
                    captures.append(capture)
                    if position:
                        choices[name] = choice
                    break
        voted = vote(captures, effective_values(self.model, None, self.school))
        return voted | self._read_conditions(set(clause_at.values())), choices

    def _read_conditions(self, found: set[str]) -> dict[str, Value]:
        """Parameters that are only true or false, by which of the clauses that hang on them are there."""
        hanging: dict[str, dict[bool, list[str]]] = {}
        for clause in self.model.walk():
            if clause.when and clause.when.parameter and isinstance(clause.when.value, bool):
                hanging.setdefault(clause.when.parameter, {}).setdefault(clause.when.value, []).append(clause.id)
        values: dict[str, Value] = {}
        for name, sides in hanging.items():
            there = {value: sum(clause in found for clause in clauses) for value, clauses in sides.items()}
            if any(there.values()):
                values[name] = max(there, key=lambda value: there[value])
            elif len(there) == 1:
                values[name] = not next(iter(there))
        return values


class _Builder:
    """Turns matches into tailorings, resolves them, and mends what does not come out as the document has it."""

    def __init__(self, model: ModelVersion, school: School, adoption: Adoption, found: _Match) -> None:
        self.model, self.school, self.adoption, self.found = model, school, adoption, found
        self.skeleton: Skeleton = skeleton_of(model)
        self.texts = [_spaced(clause.text) for clause in found.document]
        self.own: dict[str, str] = {}
        self.broken: set[str] = set()
        self.plain_only = {clause.id for clause in model.walk() if clause.head or clause.rows or clause.fields}
        # A part whose clauses are all hidden is not printed, but takes inserts and moves.
        self.shown = {clause.id for clause in resolve(model, adoption, school).clauses} | self.skeleton.parts

    def build(self) -> Inference:
        sequence, tailorings = self._plan()
        while self._mend(sequence, tailorings):
            sequence, tailorings = self._plan()
        adoption = replace(self.adoption, tailorings=tailorings)
        confidence = {(entry.kind, entry.clause): self.found.confidence.get(entry.clause, 1.0) for entry in tailorings}
        differences = tuple(self._differences(adoption))
        return Inference(adoption, confidence, self.found.names, self.found.found, differences)

    def _plan(self) -> tuple[dict[str, int], tuple[Tailoring, ...]]:
        """The clauses in the document's order, by id with their index in it, and the tailorings that make them so."""
        while True:
            sequence = self._sequence()
            inserts = frozenset(sequence) - self.shown
            try:
                steps = place_clauses(self.skeleton, list(sequence), inserts)
            except CannotPlace as error:
                self._break(error.clause)
                continue
            break
        moves = [Tailoring("move", s.clause, INHERITED, after=s.after, into=s.into) for s in steps if s.kind == "move"]
        added = [self._insert(s.clause, sequence[s.clause], s.after, s.into) for s in steps if s.kind == "insert"]
        own = [Tailoring("substitute", name, INHERITED, self.own[name]) for name in sequence if name in self.own]
        gone = [Tailoring("omit", name, INHERITED) for name in self._omitted(sequence)]
        return sequence, (*own, *moves, *added, *gone)

    def _sequence(self) -> dict[str, int]:
        matched = {index: name for index, name in self.found.clause_at.items() if name in self.shown - self.broken}
        closings = {f"{name}.closing" for name in self.skeleton.closing}
        for index, name in list(matched.items()):
            other = name.removesuffix(".closing") if name in closings else f"{name}.closing"
            if (name in closings or other in closings) and other not in matched.values():
                del matched[index]
        parts = self._usable_parts(matched)
        matched = {i: name for i, name in matched.items() if name not in self.skeleton.parts or i in parts}
        if not parts:
            return {}
        taken: set[str] = set(self.shown)
        return {matched.get(index) or self._new_id(index, taken): index for index in range(min(parts), len(self.texts))}

    def _usable_parts(self, matched: dict[int, str]) -> set[int]:
        """The headings of parts that keep the model's order and have something under them."""
        order = [part.id for part in self.model.parts]
        heads = sorted(index for index, name in matched.items() if name in self.skeleton.parts)
        kept = [heads[place] for place in kept_in_order([order.index(matched[index]) for index in heads])]
        return {index for index, after in pairwise([*kept, len(self.texts)]) if after > index + 1}

    def _omitted(self, sequence: dict[str, int]) -> Iterator[str]:
        """What the model would print and the document does not have; with a clause go those below it."""
        for clause in self.model.walk():
            parent = self.skeleton.parent[clause.id]
            is_kept_above = parent in self.skeleton.parts or parent in sequence
            if clause.id in self.shown and clause.id not in sequence and is_kept_above:
                yield clause.id

    def _insert(self, name: str, index: int, after: str | None, into: str | None) -> Tailoring:
        clause = self.found.document[index]
        kind = clause.kind if clause.kind in ("heading", "item") else "paragraph"
        marker = None if kind == "heading" else clause.marker
        text = _written(clause.runs, self.texts[index])
        return Tailoring("insert", name, INHERITED, text, after, into, kind, marker)

    def _new_id(self, index: int, taken: set[str]) -> str:
        words = _NO_WORD.sub("-", self.texts[index].casefold()).strip("-").split("-")[:4]
        stem = f"{self.school.id}.{'-'.join(words)[:40].strip('-') or 'clause'}"
        name, count = stem, 1
        while name in taken or name in self.found.clause_at.values():
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        return name

    def _break(self, clause: str) -> None:
        self.broken |= {clause, f"{clause}.closing"}

    def _mend(self, sequence: dict[str, int], tailorings: tuple[Tailoring, ...]) -> bool:
        """Records own words for every clause that does not come out right; whether anything was to be mended."""
        policy = resolve(self.model, replace(self.adoption, tailorings=tailorings), self.school)
        texts = {clause.id: _spaced(clause.text) for clause in policy.clauses}
        before = (len(self.own), len(self.broken))
        for name, index in sequence.items():
            if name not in self.shown or texts.get(name) == self.texts[index]:
                continue
            is_closing = name.endswith(".closing") and name.removesuffix(".closing") in self.skeleton.closing
            if is_closing or name in self.plain_only or name in self.own or name not in texts:
                self.own.pop(name, None)
                self._break(name.removesuffix(".closing") if is_closing else name)
            else:
                self.own[name] = _written(self.found.document[index].runs, self.texts[index])
        return (len(self.own), len(self.broken)) != before

    def _confidence(
        self, sequence: dict[str, int], tailorings: tuple[Tailoring, ...]
    ) -> Iterator[tuple[tuple[TailoringKind, str], float]]:
        """Of a substitute or move, how alike the words are; of an insert or omission, how unlike all left over are."""
        code = WordCode()
        alone = {entry.clause for entry in tailorings if entry.kind in ("insert", "omit")}
        gone = {name: code.encode(comparable_words(text)) for name, text in self._texts() if name in alone}
        added = {name: code.encode(comparable_words(self.texts[sequence[name]])) for name in alone if name in sequence}
        for entry in tailorings:
            others, words = (added, gone) if entry.kind == "omit" else (gone, added)
            if entry.clause not in alone:
                yield (entry.kind, entry.clause), self.found.confidence.get(entry.clause, 1.0)
            elif entry.clause in words:
                alike = [similarity(words[entry.clause], other) for other in others.values()]
                yield (entry.kind, entry.clause), round(1.0 - max(alike, default=0.0), 3)

    def _texts(self) -> Iterator[tuple[str, str]]:
        return ((clause.id, _whole_text(clause, clause.text)) for clause in self.model.walk())

    def _differences(self, adoption: Adoption) -> Iterator[str]:
        printed = [_spaced(clause.text) for clause in resolve(self.model, adoption, self.school).clauses]
        if printed != self.texts:
            left = Counter(self.texts) - Counter(printed)
            yield from left or ["the order of the sections"]


def _patterns(model: ModelVersion) -> Iterator[tuple[str, list[tuple[str, Pattern]]]]:
    """By part, clause and closing: the id of each choice (or nothing) and its pattern."""
    for part in model.parts:
        yield part.id, [("", pattern_of(part.heading))]
    for clause in model.walk():
        texts = [(choice.id, choice.text) for choice in clause.choices] or [("", clause.text)]
        yield clause.id, [(choice, pattern_of(_whole_text(clause, text))) for choice, text in texts]
        yield f"{clause.id}.closing", [("", pattern_of(clause.closing))]


def _whole_text(clause: Clause, text: str) -> str:
    """The words of a clause with the cells of its table and the labels of its form, as `ResolvedClause.text` has."""
    rows = (" | ".join(row) for row in (clause.head, *clause.rows) if row)
    return " ".join([text, *rows, *(f"{entry.label}:" for entry in clause.fields)])


def _without_conditions(part: Part) -> Part:
    """The part with every clause that some value of a parameter would show."""
    return replace(part, clauses=tuple(_shown_always(clause) for clause in part.clauses))


def _shown_always(clause: Clause) -> Clause:
    when = replace(clause.when, parameter=None, value=None) if clause.when else None
    return replace(clause, when=when, clauses=tuple(_shown_always(child) for child in clause.clauses))


def _is_telling(pattern: Pattern) -> bool:
    return sum(len(piece) for piece in pattern if isinstance(piece, str)) >= SHORTEST_PATTERN


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _written(runs: Iterable[Run], text: str) -> str:
    """Words as clause YAML: with their markup where that reads back, else with every sign of markup escaped."""
    marked = "".join(_marked(run) for run in runs)
    return marked if _spaced(plain(parse_inline(marked))) == text else _SIGN.sub(r"\\\1", text)


def _marked(run: Run) -> str:
    words = _SIGN.sub(r"\\\1", run.text)
    if run.bold or run.italic:
        signs = "*" * (2 * run.bold + run.italic)
        words = f"{signs}{words}{signs}"
    return f"[{words}]({run.link})" if run.link else words
