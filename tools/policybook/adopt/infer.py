"""A school's own document + a model -> the adoption that gives the document back, word for word and in order.

The model's text is a pattern: what stands in its blanks are the values, what does not fit it is a tailoring. Nothing
is made up: the reason of every tailoring is `not recorded (inherited)`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policybook.adopt.infer_part import find_heads
from policybook.adopt.infer_place import CannotPlace, Skeleton, place_clauses, skeleton_of
from policybook.adopt.infer_printed import as_modelled
from policybook.adopt.infer_sure import Confidence, confidences
from policybook.adopt.infer_told import find_told
from policybook.adopt.infer_value import (
    SCHOOL_LABELS,
    Capture,
    Pattern,
    StatedValue,
    pattern_of,
    read_blanks,
    read_stated,
    vote,
)
from policybook.adopt.infer_written import escaped, written
from policybook.adopt.resolve import resolve
from policybook.adopt.value import effective_values
from policybook.domain.adoption import INHERITED, Adoption, School, Tailoring, TailoringKind
from policybook.domain.inline import plain
from policybook.domain.model import Clause, ModelVersion, Part, Value
from policybook.domain.source import SourceClause
from policybook.text.align import Passage, align
from policybook.text.person import without_persons

SHORTEST_PATTERN = 12
"""Characters that a pattern must have outside its blanks to count as found by itself."""
LIKE_ENOUGH = 0.4
"""How alike a clause in other words must be for the values in it to be taken for those of the model's blanks."""
SURELY_THERE = 0.6
"""How alike a clause must be to the model's for its condition to be taken for held."""
MOST = 0.6
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Inference:
    """An adoption read out of a document.

    `confidence`, from 0 to 1, of each tailoring by kind and clause; `names` are the school's names as the document has
    them and `found` every value that it states, the model's own included. `front` are the document's title and notice
    where they are the model's: they are printed above the text. `differences` are words that resolving the adoption
    does not give back (none: it is exact).
    """

    adoption: Adoption
    confidence: dict[tuple[TailoringKind, str], float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    found: dict[str, Value] = field(default_factory=dict)
    front: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


def infer_adoption(
    model: ModelVersion,
    clauses: Sequence[SourceClause],
    school: School,
    policy: str = "",
    stated: Sequence[Sequence[StatedValue]] = (),
    above: Collection[str] = (),
) -> Inference:
    """The adoption that resolves to a document's clauses, in their words and order.

    `stated` are the values that stand in the words of each clause, where they are known: a clause in other words than
    the model's still says what its blank holds. `above` are words that are printed above the text. A document of a
    single clause cannot be recorded: it is among the differences.
    """
    by_place = {(clause.place, clause.text): one for clause, one in zip(clauses, stated, strict=False)}
    told = as_modelled(model, [clause for clause in clauses if clause.text.strip()], dict(_patterns(model)))
    values = [by_place.get((clause.place, clause.text), ()) for clause in told]
    found = _Matcher(model, told, school, values).match()
    front = _front_of(model, found, above)
    adoption = Adoption(
        school=school.id,
        policy=policy or model.id.rpartition("/")[2],
        model=model.id,
        version=model.version,
        values=found.values,
        choices=found.choices,
    )
    inferred = _Builder(model, school, adoption, _without_front(found, len(front))).build()
    return replace(inferred, front=front)


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


def _front_of(model: ModelVersion, found: _Match, above: Collection[str]) -> tuple[str, ...]:
    """The clauses at the beginning that have no answer and whose words are printed above the text anyway."""
    front: list[str] = []
    notice = _spaced(model.notice)
    for index, clause in enumerate(found.document):
        words = _spaced(clause.text)
        is_title = words in above or words.casefold() == _spaced(model.title).casefold()
        if index in found.clause_at or not (is_title or notice.startswith(words)):
            break
        notice = notice if is_title else notice[len(words) :].lstrip()
        front.append(words)
    return tuple(front)


def _without_front(found: _Match, count: int) -> _Match:
    clause_at = {index - count: name for index, name in found.clause_at.items()}
    return replace(found, document=found.document[count:], clause_at=clause_at)


class _Matcher:
    def __init__(
        self,
        model: ModelVersion,
        document: tuple[SourceClause, ...],
        school: School,
        stated: Sequence[Sequence[StatedValue]],
    ) -> None:
        self.model, self.document, self.school, self.stated = model, document, school, stated
        self.words = [_spaced(clause.text) for clause in document]
        self.patterns = dict(_patterns(model))
        shown = replace(model, parts=tuple(_without_conditions(part) for part in model.parts))
        nothing = Adoption(school.id, "", model.id, model.version)
        self.printed = resolve(shown, nothing, school).clauses
        self.shown = {clause.id: _spaced(clause.text) for clause in self.printed}

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
        found, choices = self._read(clause_at, confidence)
        own = effective_values(self.model, None, self.school)
        names = {name: str(found[name]) for name in SCHOOL_LABELS if _is_name(found.get(name))}
        found = {name: found[name] for name in self.model.parameters if name in found}
        values = {name: value for name, value in found.items() if value != own[name]}
        return _Match(self.document, clause_at, confidence, values, choices, names, found)

    def _certain_pairs(self) -> dict[int, str]:
        """Clauses of the document that fit the pattern of exactly one clause of the model, and it only them."""
        fits = [
            (index, clause.id)
            for clause in self.printed
            for index in self._fitting([pattern for _, pattern in self.patterns[clause.id] if _is_telling(pattern)])
        ]
        by_index, by_name = Counter(index for index, _ in fits), Counter(name for _, name in fits)
        return {index: name for index, name in fits if by_index[index] == 1 and by_name[name] == 1}

    def _fitting(self, patterns: Sequence[Pattern]) -> Iterator[int]:
        """The clauses of the document that fit one of the patterns; only those that hold its longest words are read."""
        telling = [(max((e for e in p if isinstance(e, str)), key=len), p) for p in patterns]
        for index, words in enumerate(self.words):
            if any(piece in words and read_blanks(p, words, self.model) is not None for piece, p in telling):
                yield index

    def _read(self, clause_at: dict[int, str], confidence: dict[str, float]) -> tuple[dict[str, Value], dict[str, str]]:
        """The values that the document states, and the choices that are not the model's own."""
        captures: list[Capture] = []
        loose: list[Capture] = []
        choices: dict[str, str] = {}
        for index, name in sorted(clause_at.items()):
            for position, (choice, pattern) in enumerate(self.patterns[name]):
                capture = read_blanks(pattern, self.words[index], self.model)
                if capture is not None and (_has_words(pattern) or self.words[index] == self.shown[name]):
                    captures.append(capture)
                    if position:
                        choices[name] = choice
                    break
            else:
                if index < len(self.stated) and confidence[name] >= LIKE_ENOUGH:
                    loose.append(read_stated(self.patterns[name][0][1], self.stated[index], self.model))
        preferred = effective_values(self.model, None, self.school)
        voted = vote(loose, preferred) | vote(captures, preferred)
        told = find_told(self.model, [one for clause in self.stated for one in clause], voted)
        voted |= vote([told], preferred)
        sure = {name for name in clause_at.values() if confidence[name] >= SURELY_THERE}
        return voted | self._read_conditions(sure), choices

    def _read_conditions(self, found: set[str]) -> dict[str, Value]:
        """Parameters that are only true or false, by which of the clauses that hang on them are there.

        That none is there says something only of a document that has most of the model's clauses.
        """
        has_most = len(found) >= MOST * len(self.printed)
        hanging: dict[str, dict[bool, list[str]]] = {}
        for clause in self.model.walk():
            if clause.when and clause.when.parameter and isinstance(clause.when.value, bool):
                hanging.setdefault(clause.when.parameter, {}).setdefault(clause.when.value, []).append(clause.id)
        values: dict[str, Value] = {}
        for name, sides in hanging.items():
            there = {value: sum(clause in found for clause in clauses) for value, clauses in sides.items()}
            if any(there.values()):
                values[name] = max(there, key=lambda value: there[value])
            elif len(there) == 1 and has_most:
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
        self.printed: list[str] = []
        self.plain_only = {clause.id for clause in model.walk() if clause.head or clause.rows or clause.fields}
        # A part whose clauses are all hidden is not printed, but takes inserts and moves.
        self.shown = {clause.id for clause in resolve(model, adoption, school).clauses} | self.skeleton.parts

    def build(self) -> Inference:
        sequence, tailorings = self._plan()
        while self._mend(sequence, tailorings):
            sequence, tailorings = self._plan()
        adoption = replace(self.adoption, tailorings=tailorings)
        confidence = self._confidence(sequence, tailorings)
        differences = tuple(self._differences())
        return Inference(adoption, confidence, self.found.names, self.found.found, differences=differences)

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
        order = [part.id for part in self.model.parts if part.id not in self.broken]
        heads = find_heads(self.found.document, matched, self.skeleton, order)
        if not heads:
            return {}
        named = {index: name for index, name in matched.items() if name not in self.skeleton.parts} | heads
        taken: set[str] = set(self.shown)
        return {named.get(index) or self._new_id(index, taken): index for index in range(len(self.texts))}

    def _omitted(self, sequence: dict[str, int]) -> Iterator[str]:
        """What the model would print and the document does not have; with a clause go those below it."""
        for clause in self.model.walk():
            parent = self.skeleton.parent[clause.id]
            is_kept_above = parent in self.skeleton.parts or parent in sequence
            if clause.id in self.shown and clause.id not in sequence and is_kept_above:
                yield clause.id

    def _insert(self, name: str, index: int, after: str | None, into: str | None) -> Tailoring:
        clause = self.found.document[index]
        if clause.rows and not clause.fields:
            rows = tuple(tuple(escaped(_spaced(cell)) for cell in row) for row in clause.rows if any(row))
            head, rows = (rows[0], rows[1:]) if any(clause.rows[0]) else ((), rows)
            words = escaped(_spaced(plain(clause.runs)))
            return Tailoring("insert", name, INHERITED, words, after, into, "table", head=head, rows=rows)
        kind = clause.kind if clause.kind in ("heading", "item") else "paragraph"
        marker = None if kind == "heading" else clause.marker
        text = written(clause.runs, self.texts[index])
        return Tailoring("insert", name, INHERITED, text, after, into, kind, marker)

    def _new_id(self, index: int, taken: set[str]) -> str:
        words = _NO_WORD.sub("-", without_persons(self.texts[index]).casefold()).strip("-").split("-")[:4]
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
        self.printed = list(texts.values())
        before = (len(self.own), len(self.broken))
        for name, index in sequence.items():
            if name not in self.shown or texts.get(name) == self.texts[index]:
                continue
            is_closing = name.endswith(".closing") and name.removesuffix(".closing") in self.skeleton.closing
            if is_closing or name in self.plain_only or name in self.own or name not in texts:
                self.own.pop(name, None)
                self._break(name.removesuffix(".closing") if is_closing else name)
            else:
                self.own[name] = written(self.found.document[index].runs, self.texts[index])
        return (len(self.own), len(self.broken)) != before

    def _confidence(self, sequence: dict[str, int], tailorings: tuple[Tailoring, ...]) -> Confidence:
        models = {part.id: part.heading for part in self.model.parts}
        models |= {clause.id: _whole_text(clause, clause.text) for clause in self.model.walk()}
        own = {name: self.texts[index] for name, index in sequence.items()}
        return confidences(tailorings, models, own, self.found.confidence)

    def _differences(self) -> Iterator[str]:
        if self.printed != self.texts:
            left = Counter(self.texts) - Counter(self.printed)
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


def _is_name(value: Value) -> bool:
    """Whether it may be a school's name: "the school" in its place is none."""
    return isinstance(value, str) and any(map(str.isupper, value))


def _is_telling(pattern: Pattern) -> bool:
    return sum(len(piece) for piece in pattern if isinstance(piece, str)) >= SHORTEST_PATTERN


def _has_words(pattern: Pattern) -> bool:
    """Whether anything stands around the blanks: a blank alone would take any words for its value."""
    return any(any(sign.isalnum() for sign in piece) for piece in pattern if isinstance(piece, str)) or not pattern


def _spaced(text: str) -> str:
    return " ".join(text.split())
