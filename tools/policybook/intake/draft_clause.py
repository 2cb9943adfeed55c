"""One clause of a received document as a clause of a model draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from policybook.domain.draft import ProposedParameter
from policybook.domain.inline import Run
from policybook.domain.model import Choice, Clause, ClauseKind, Marker, ModelVersion, Parameter
from policybook.domain.source import Proposal, SourceClause
from policybook.intake.blank import find_blanks_of
from policybook.intake.choice import Alternatives
from policybook.intake.definition import defined_term, is_note
from policybook.intake.draft_name import SaidNames, spelt
from policybook.intake.markup import mark_up
from policybook.intake.name import name_parameter, words_of_name
from policybook.intake.number import is_decimal
from policybook.intake.outline import PartOutline
from policybook.intake.suggest import SCHOOL_NAME, SHORT_NAME, filter_for, find_values, parse_words
from policybook.text.placeholder import find_placeholders

Numbering = Literal["decimal", "none"]
SURE_ENOUGH = 0.7
NOT_RECORDED = "not recorded"
_SHORT = {"duration": "period", "time-range": "hours", "organisation": "provider"}
_DETAILS = ("role", "organisation", "email", "telephone")


class ClauseWriter:
    """Turns clauses into those of a model, and gathers the parameters that it meets on the way.

    A parameter of the edition before keeps its name where it has the same type and value.
    """

    def __init__(self, said: SaidNames, numbering: Numbering, base: ModelVersion | None) -> None:
        self._said = said
        self._numbering = numbering
        self._known = dict(base.parameters) if base else {}
        self._names = {*self._known, "school_name", "school_short_name"}
        self._parameters: dict[str, Parameter] = {}
        self._used: set[str] = set()
        self.proposals: list[ProposedParameter] = []

    def used_parameters(self) -> dict[str, Parameter]:
        """The parameters that stand in the words, in the order in which they were met."""
        return {name: self._parameters[name] for name in self._parameters if name in self._used}

    def heading(self, part: PartOutline, part_id: str) -> str:
        """The heading of a part as clause words; where parts are not numbered, the number of a single one stays."""
        number = part.heading.number if part.heading and self._numbering == "none" else None
        return self._words((Run(f"{number} {part.title}" if number else part.title),), part_id, is_heading=True)

    def choice(self, found: Alternatives, clause_id: str) -> Clause:
        """Clauses of which the adopter keeps one, as one clause without children."""
        self.proposals.append(ProposedParameter(found.proposal(), clause_id, clause_id))
        texts = [self._words(option.runs, clause_id) for option in found.options]
        names = _choice_names([option.text for option in found.options])
        choices = tuple(Choice(name, text) for name, text in zip(names, texts, strict=True))
        source = found.options[0]
        return Clause(clause_id, source.kind, marker=self._marker(source), tailoring="choice", choices=choices)

    def clause(self, source: SourceClause, clause_id: str, outsider: str, kept: Clause | None) -> Clause:
        """The clause without children; `kept` is the clause of the edition before whose words are the same."""
        if kept and not any(placeholder.is_clause for text in _texts(kept) for placeholder in find_placeholders(text)):
            return self._again(kept)
        if outsider:
            return self._attachment(source, clause_id, outsider)
        choices = self._choices(source, clause_id)
        rows = tuple(tuple(self._words((Run(cell),), clause_id) for cell in row) for row in source.rows)
        term = defined_term(source)
        return Clause(
            id=clause_id,
            kind="note" if is_note(source) else source.kind,
            defines=(term,) if term else (),
            text="" if choices else self._words(source.runs, clause_id),
            marker=self._marker(source),
            tailoring="choice" if choices else "free",
            choices=choices,
            note=_note(source),
            head=rows[0] if rows and any(rows[0]) else (),
            rows=rows[1:],
            fields=source.fields,
        )

    def _again(self, kept: Clause) -> Clause:
        for text in _texts(kept):
            for placeholder in find_placeholders(text):
                if placeholder.name in self._known:
                    self._parameters.setdefault(placeholder.name, self._known[placeholder.name])
                    self._used.add(placeholder.name)
        if kept.when and kept.when.parameter in self._known:
            self._parameters.setdefault(kept.when.parameter, self._known[kept.when.parameter])
            self._used.add(kept.when.parameter)
        return replace(kept, clauses=(), withdrawn=None)

    def _attachment(self, source: SourceClause, clause_id: str, outsider: str) -> Clause:
        """Words of somebody else: as they are, without parameters, and not to be tailored."""
        kind: ClauseKind = "attachment" if source.kind in ("paragraph", "item") else source.kind
        rows = tuple(tuple(mark_up((Run(cell),), {}) for cell in row) for row in source.rows)
        bullet: Marker | None = "bullet" if source.kind == "item" and source.marker == "bullet" else None
        return Clause(
            id=clause_id,
            kind=kind,
            text=mark_up(source.runs, {}),
            marker=bullet or self._marker(source),
            tailoring="fixed",
            head=rows[0] if rows and any(rows[0]) else (),
            rows=rows[1:],
            fields=source.fields,
            source=outsider,
            permission=NOT_RECORDED,
        )

    def _marker(self, source: SourceClause) -> Marker | None:
        """What stands before the clause, where it is not what its kind has anyway."""
        if source.marker == "letter" or is_note(source):
            return "letter" if source.marker == "letter" else None
        if source.kind == "item" and source.marker == "none":
            return "none"
        if is_decimal(source.number) and self._numbering == "decimal":
            return None if source.kind == "paragraph" else "number"
        if source.kind == "paragraph" and self._numbering == "decimal":
            return "none"
        return "number" if source.kind == "item" and source.number else None

    def _choices(self, source: SourceClause, clause_id: str) -> tuple[Choice, ...]:
        """The alternatives of a clause with exactly one choice in it, each as the whole clause would read."""
        found = [entry for entry in find_blanks_of(source.text, source.place) if entry.kind == "choice"]
        if len(found) != 1 or source.rows or source.fields or not all(found[0].options):
            return ()
        (choice,) = found
        self.proposals.append(ProposedParameter(choice, clause_id, clause_id))
        texts = [source.text[: choice.start] + option + source.text[choice.end :] for option in choice.options]
        options = [self._words((Run(text),), clause_id) for text in texts]
        return tuple(Choice(name, text) for name, text in zip(_choice_names(choice.options), options, strict=True))

    def _words(self, runs: tuple[Run, ...], clause_id: str, *, is_heading: bool = False) -> str:
        text = "".join(run.text for run in runs)
        spans: dict[tuple[int, int], str] = {}
        for found in self._found(text):
            is_kept = is_heading and found.label not in (SCHOOL_NAME, SHORT_NAME)
            placeholder = None if is_kept else self._placeholder(found)
            if placeholder is None or not any(_holds(runs, found)):
                placeholder = None
            else:
                spans[found.start, found.end] = placeholder
                self._used.add(placeholder.partition(" ")[0])
            if found.kind != "choice":
                name = placeholder.partition(" ")[0] if placeholder else None
                self.proposals.append(ProposedParameter(found, name, clause_id))
        return mark_up(runs, spans)

    def _found(self, text: str) -> list[Proposal]:
        """The blanks and values of a text, none inside another."""
        blanks = list(find_blanks_of(text))
        values = [
            found
            for found in find_values(text, self._said.school, short_name=self._said.short)
            if not any(found.start < blank.end and blank.start < found.end for blank in blanks)
        ]
        return sorted([*blanks, *values], key=lambda found: found.start)

    def _placeholder(self, found: Proposal) -> str | None:
        """What stands between the braces, or None where it is not sure enough or would not print the same words."""
        if found.confidence < SURE_ENOUGH or found.kind in ("choice", "advice"):
            return None
        if found.label in (SCHOOL_NAME, SHORT_NAME):
            return "school_name" if found.label == SCHOOL_NAME else "school_short_name"
        if found.kind == "blank":
            return self._blank(found)
        value = parse_words(found.type, found.text)
        if found.type == "role":
            value = self._said.title(found.text)
            if spelt(found.text) != value:
                return None  # the same person under another spelling: its words stay, and a remark says so
        parameter = self._parameter(found, value)
        shown = filter_for(found.type, parameter.default, found.text)
        if shown is None:
            return None
        return f"{parameter.name} | {shown}" if shown else parameter.name

    def _blank(self, found: Proposal) -> str:
        lower = found.label.lower()
        if "school" in lower and "name" in lower:
            return "school_name"
        label = found.text[1:-1].strip() if found.text.startswith("[") and found.text[1:-1].strip() else found.label
        for name, parameter in {**self._known, **self._parameters}.items():
            if parameter.label == label and parameter.default is None:
                self._parameters.setdefault(name, parameter)
                return name
        name = name_parameter(found.label.removeprefix("Blank after"), found.type.replace("-", "_"), self._names)
        kind = "text" if found.type in ("time-range", "choice") else found.type
        self._parameters[name] = Parameter(name, kind, label, detail=kind in _DETAILS)
        return name

    def _parameter(self, found: Proposal, value: object) -> Parameter:
        for name, parameter in {**self._known, **self._parameters}.items():
            if parameter.type == found.type and parameter.default == value:
                return self._parameters.setdefault(name, parameter)
        short = _SHORT.get(found.type, found.type)
        around = found.text if found.type == "role" else found.label.partition("“")[2].partition(found.text)[0]
        around = "" if found.type in ("organisation", "email", "telephone") else around
        name = name_parameter(around, short, self._names) if around or short else short
        if found.type == "role":
            self._names.discard(name)
            name = "_".join(words_of_name(found.text.replace(" teacher", "teacher").replace(" Teacher", "teacher")))
            name = name if name not in self._names else name_parameter(found.text, short, self._names)
            self._names.add(name)
        label = found.text[:1].upper() + found.text[1:] if found.type == "role" else found.label
        parameter = Parameter(name, found.type, label, value, detail=found.type in _DETAILS)  # type: ignore[arg-type]
        self._parameters[name] = parameter
        return parameter


def _choice_names(options: Sequence[str]) -> list[str]:
    """A name for each alternative from the words that only it has, so that they tell them apart."""
    listed = [words_of_name(option) for option in options]
    names: list[str] = []
    for words in listed:
        own = [word for word in words if sum(word in other for other in listed) == 1]
        name = "-".join((own or words)[:3])[:60].strip("-") or "option"
        names.append(name if name not in names else f"{name}-{len(names) + 1}")
    return names


def _holds(runs: tuple[Run, ...], found: Proposal) -> list[bool]:
    """For each run, whether the stretch lies in it and not in a link, whose words must stay."""
    held, start = [], 0
    for run in runs:
        held.append(start <= found.start and found.end <= start + len(run.text) and run.link is None)
        start += len(run.text)
    return held


def _note(source: SourceClause) -> str:
    """What the source said to the adopter by its colour."""
    if not source.coloured:
        return ""
    words = "; ".join(f"“{stretch}”" for stretch in source.coloured if len(stretch) < len(source.text) - 2)
    return f"Printed in colour in the document: adapt or delete {words or 'this clause'}."


def _texts(clause: Clause) -> tuple[str, ...]:
    cells = (cell for row in (clause.head, *clause.rows) for cell in row)
    return (clause.text, clause.closing, *(choice.text for choice in clause.choices), *cells)
