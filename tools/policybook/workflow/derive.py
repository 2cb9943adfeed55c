"""The model that adopters share: common words, differing values as proposed parameters, departures as adoptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from policybook.domain.draft import ModelDraft
from policybook.domain.inline import Run
from policybook.domain.model import Clause, ModelVersion, Parameter, Part, Publisher
from policybook.domain.source import SourceClause, SourceDocument
from policybook.intake.draft import draft_model
from policybook.intake.draft_clause import SURE_ENOUGH
from policybook.intake.draft_name import names_in
from policybook.intake.name import name_parameter
from policybook.intake.suggest import find_values
from policybook.text.align import Passage
from policybook.text.align_many import Row, align_many
from policybook.text.slot import Slot, find_slots, middle_of, parts_between

_FIRST_SIGN = 0xE100
"""Private letters that stand for a slot while the draft is made, so that no rule of the draft takes them for words."""
_LAST_SIGN = 0xF8FF


@dataclass(slots=True)
class _Slots:
    """The slots met so far: by their sign the parameter and how it prints, by their fillers the parameter."""

    names: set[str] = field(default_factory=set)
    by_fillers: dict[tuple[tuple[int, str], ...], str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(_FIRST_SIGN, _LAST_SIGN)))

    def sign(self, before: str, after: str, slot: Slot) -> str | None:
        """A private letter for a slot; None where there are no more."""
        number = next(self.numbers, None)
        if number is None:
            return None
        letter = chr(number)
        self.signs[letter] = self._placeholder(before, after, slot)
        return letter

    def remarks(self) -> Iterator[str]:
        """Each parameter that was proposed because adopters differ, with what they have."""
        for fillers, name in self.by_fillers.items():
            said = Counter(words for _, words in fillers).most_common()
            listed = ", ".join(f"“{words}” ({times})" for words, times in said)
            yield f"'{name}' is proposed because adopters differ: {listed}; give it a better name, or take it out"

    def _placeholder(self, before: str, after: str, slot: Slot) -> str:
        key = tuple(sorted(slot.fillers.items()))
        if key in self.by_fillers:
            return self.by_fillers[key]
        small = tuple((index, words[:1].lower() + words[1:]) for index, words in key)
        if small in self.by_fillers and all(words[:1].isupper() for _, words in key):
            return f"{self.by_fillers[small]} | capital"
        near = " ".join(before.split()[-4:]) or " ".join(after.split()[:4])
        name = name_parameter(near, "words", self.names)
        default = Counter(slot.fillers.values()).most_common(1)[0][0]
        label = f"Words {'after' if before.strip() else 'before'} “{near}”"
        self.parameters[name] = Parameter(name, "text", label[:200], default)
        self.by_fillers[key] = name
        return name


def derive_model(documents: Sequence[SourceDocument], model_id: str, version: str, publisher: Publisher) -> ModelDraft:
    """The draft of a model from the documents of those who adopted it: what more than half of them have.

    A clause has the words of the document that is most like the others there. Where they differ in a few words that
    make no rule, those become a parameter; ages, hours and the like become typed ones, as in every import. The value is
    the one that most have. The draft is a proposal: only its publisher knows what was the model.
    """
    said = [names_in(document) for document in documents]
    school, short = _common(one.school for one in said), _common(one.short for one in said)
    texts = [
        [_named(clause, {own.school: school, own.short: short}) for clause in document.clauses]
        for document, own in zip(documents, said, strict=True)
    ]
    rows = align_many([[_passage(clause) for clause in clauses] for clauses in texts])
    shared = [row for row in rows if len(row) > 1 and len(row) * 2 > len(documents)]
    slots = _Slots()
    chosen = [_common_clause(row, texts, slots, school) for row in shared]
    made = draft_model(_document(documents, chosen, school), model_id, version, publisher)
    model = _with_parameters(made.model, slots)
    left = len(rows) - len(shared)
    remarks = [f"clauses that half of the documents or fewer have, kept as their departures: {left}"] if left else []
    return replace(made, model=model, remarks=(*made.remarks, *slots.remarks(), *remarks))


def _common(words: Iterator[str]) -> str:
    found = Counter(" ".join(entry.split()) for entry in words if entry.strip())
    return found.most_common(1)[0][0] if found else ""


def _named(clause: SourceClause, names: Mapping[str, str]) -> SourceClause:
    """The clause with one school's names in place of each document's own, so that names are no difference."""
    for own, common in names.items():
        if own and common and own != common:
            whole = re.compile(rf"(?<!\w){re.escape(own)}(?!\w)")
            runs = tuple(replace(run, text=whole.sub(common, run.text)) for run in clause.runs)
            rows = tuple(tuple(whole.sub(common, cell) for cell in row) for row in clause.rows)
            clause = replace(clause, runs=runs, rows=rows)
    return clause


def _passage(clause: SourceClause) -> Passage:
    return Passage(clause.text, is_heading=clause.kind == "heading")


def _common_clause(row: Row, texts: Sequence[Sequence[SourceClause]], slots: _Slots, school: str) -> SourceClause:
    """The clause most like the others, with a sign in place of each slot; the shape of the one that was found first."""
    owners = list(row)
    clauses = [texts[owner][row[owner]] for owner in owners]
    words = [" ".join(clause.text.split()) for clause in clauses]
    middle = middle_of(words)
    chosen = replace(clauses[middle], level=clauses[0].level, kind=clauses[0].kind, marker=clauses[0].marker)
    if chosen.rows or chosen.fields or clauses[0].rows or clauses[0].fields or chosen.kind == "heading":
        return clauses[middle]
    found = [
        replace(slot, fillers={owners[index]: filler for index, filler in slot.fillers.items()})
        for slot in find_slots(words, middle)
        if not _is_found_anyway(words[middle], slot, school)
    ]
    if not found:
        return chosen
    pieces = parts_between(words[middle], found)
    signs = [
        slots.sign(words[middle][: slot.start], words[middle][slot.end :], slot) for index, slot in enumerate(found)
    ]
    shown = [sign or words[middle][slot.start : slot.end] for sign, slot in zip(signs, found, strict=True)]
    text = "".join(piece + sign for piece, sign in zip(pieces, [*shown, ""], strict=True))
    return replace(chosen, runs=(Run(text),))


def _is_found_anyway(words: str, slot: Slot, school: str) -> bool:
    """Whether the import makes a typed parameter of it by itself: an age, hours, a role, the name of the school."""
    return any(
        entry.start <= slot.start and slot.end <= entry.end and entry.confidence >= SURE_ENOUGH
        for entry in find_values(words, school)
    )


def _document(documents: Sequence[SourceDocument], clauses: Sequence[SourceClause], school: str) -> SourceDocument:
    titles = Counter(title for document in documents if (title := document.metadata.get("title")))
    metadata = {"title": titles.most_common(1)[0][0]} if titles else {}  # may name a school: its drafter sees that
    if school:
        metadata["organisation"] = school
    return SourceDocument(documents[0].name, tuple(clauses), metadata)


def _with_parameters(model: ModelVersion, slots: _Slots) -> ModelVersion:
    """The model with the placeholders of the slots in place of their signs."""
    taken = {name: f"{name}_{next(n for n in count(2) if f'{name}_{n}' not in model.parameters)}"
             for name in slots.parameters if name in model.parameters}  # fmt: skip
    placeholders = {}
    for sign, written in slots.signs.items():
        name, _, rest = written.partition(" ")
        placeholders[sign] = f"{{{{ {taken.get(name, name)}{f' {rest}' if rest else ''} }}}}"
    parts = tuple(_part(part, placeholders) for part in model.parts)
    used = {name: replace(entry, name=taken.get(name, name)) for name, entry in slots.parameters.items()}
    proposed = {entry.name: entry for entry in used.values()}
    return replace(model, parts=parts, parameters={**model.parameters, **proposed}, notice=_filled(model.notice, slots))


def _filled(text: str, slots: _Slots) -> str:
    """Words that take no parameters, with what most adopters say."""
    for sign, written in slots.signs.items():
        text = text.replace(sign, str(slots.parameters[written.partition(" ")[0]].default))
    return text


def _part(part: Part, placeholders: Mapping[str, str]) -> Part:
    return replace(part, clauses=tuple(_clause(clause, placeholders) for clause in part.clauses))


def _clause(clause: Clause, placeholders: Mapping[str, str]) -> Clause:
    texts = {"text": clause.text, "closing": clause.closing, "note": clause.note}
    for sign, written in placeholders.items():
        texts = {key: text.replace(sign, written) for key, text in texts.items()}
    choices = tuple(
        replace(choice, text="".join(placeholders.get(letter, letter) for letter in choice.text))
        for choice in clause.choices
    )
    children = tuple(_clause(child, placeholders) for child in clause.clauses)
    return replace(clause, **texts, choices=choices, clauses=children)  # type: ignore[arg-type]
