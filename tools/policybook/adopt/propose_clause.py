"""One edited clause after another: is it a value, one of the choices, the model's words again, or the school's own?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policybook.adopt.infer_value import Capture, pattern_of, read_blanks
from policybook.adopt.propose_draft import Draft, ReadClause
from policybook.adopt.propose_words import unstyled, write_clause
from policybook.adopt.value import SCHOOL_PARAMETERS, effective_values
from policybook.domain.adoption import Tailoring
from policybook.domain.model import Value
from policybook.domain.resolved import ResolvedClause
from policybook.domain.taken import Taken
from policybook.text.edit import word_edits
from policybook.text.value import print_value

_WORDY = ("text", "role", "organisation", "list")
"""Types whose values are any words: an edit of such a blank is a value only where no other section prints it."""
Wishes = dict[str, list[tuple[ReadClause, Value]]]


def take_edits(draft: Draft, read: Sequence[ReadClause]) -> None:
    """Records what the edited clauses say, and the values and choices of the tables."""
    reader = _Reader(draft, read)
    for entry in read:
        if entry.id and entry.is_edited:
            reader.read_edit(entry.id, entry)
    reader.settle_values()
    for name, choice in draft.answers.choices.items():
        reader.choose(name, choice)


class _Reader:
    def __init__(self, draft: Draft, read: Sequence[ReadClause]) -> None:
        self.draft, self.read = draft, read
        self.model = draft.policy.model
        self.held = effective_values(self.model, None, draft.school)
        self.wishes: Wishes = {}

    def read_edit(self, name: str, entry: ReadClause) -> None:
        if name not in self.draft.today or entry.sent is None:
            why = "this section was changed in the record too since the copy was made"
            self.draft.leave(entry, why, "settle which wording holds, and make a new copy")
            return
        capture = self._capture(self._template(name), entry)
        if capture is not None and self._is_value(name, capture):
            self._wish(entry, capture)
            return
        for choice, text in self._others(name):
            capture = self._capture(text, entry)
            if capture is not None:
                self._take_back(name, entry)
                self._wish(entry, capture)
                if choice:
                    self.choose(name, choice)
                return
        self._reword(name, entry)

    def settle_values(self) -> None:
        """One value for each parameter, from the table or from the words; where they clash nothing is taken."""
        told = self.draft.answers.values
        for name, wished in self.wishes.items():
            said = {value for _, value in wished}
            if self.model.parameters[name].fixed:
                self._refuse(wished, "this value is fixed for all who adopt the policy")
            elif name in told:
                held = self.held[name] if told[name] is None else told[name]
                self._refuse([pair for pair in wished if pair[1] != held], "the table of values says something else")
            elif len(said) > 1:
                self._refuse(wished, "two sections say different things for one value")
            else:
                self._set_value(name, said.pop(), wished)
        for name, value in told.items():
            self._set_value(name, value, ())

    def choose(self, name: str, choice: str) -> None:
        """Records a choice; the model's own needs no entry."""
        draft = self.draft
        options = draft.models[name].choices
        now = draft.after.choices.get(name) or options[0].id
        if choice == now:
            return
        kept = {key: said for key, said in draft.after.choices.items() if key != name}
        draft.after = replace(draft.after, choices=kept if choice == options[0].id else {**kept, name: choice})
        words = {one.id: one.text for one in options}
        draft.tell("choice", name, words[now], words[choice], "")

    def _template(self, name: str) -> str:
        """The words of the record that the clause prints today."""
        own = self.draft.own(name)
        return own.text if own else self._models(name)

    def _models(self, name: str) -> str:
        owner = self.draft.models.get(name.removesuffix(".closing"))
        clause = self.draft.models.get(name)
        if clause is None:
            heading = next((part.heading for part in self.model.parts if part.id == name), "")
            return heading or (owner.closing if owner else "")
        chosen = self.draft.before.choices.get(name)
        choices = clause.choices
        return next((one.text for one in choices if one.id == chosen), choices[0].text) if choices else clause.text

    def _others(self, name: str) -> Iterator[tuple[str, str]]:
        """What the clause may say without a departure: another of the choices, or the model's words again."""
        own, clause = self.draft.own(name), self.draft.models.get(name)
        if own is not None and own.kind == "insert":
            return
        if clause is not None and clause.choices:
            yield from ((one.id, one.text) for one in clause.choices)
        elif own is not None:
            yield "", self._models(name)

    def _capture(self, text: str, entry: ReadClause) -> Capture | None:
        """What stands in the blanks, where the clause has these words round them."""
        clause = self.draft.models.get(entry.id or "")
        if clause is not None and (clause.rows or clause.fields):
            rows = (" | ".join(row) for row in (clause.head, *clause.rows) if row)
            text = " ".join([text, *rows, *(f"{one.label}:" for one in clause.fields)])
        pattern = pattern_of(" ".join(text.split()))
        has_words = any(isinstance(piece, str) and any(map(str.isalnum, piece)) for piece in pattern)
        return read_blanks(pattern, entry.text, self.model) if has_words else None

    def _is_value(self, name: str, capture: Capture) -> bool:
        for blank, values in capture.items():
            parameter = self.model.parameters.get(blank)
            is_wordy = parameter is None or parameter.type in _WORDY
            if is_wordy and self.draft.policy.values.get(blank) not in values and self._also_printed(blank, name):
                return False
        return True

    def _also_printed(self, blank: str, besides: str = "") -> list[ResolvedClause]:
        """The clauses that print a value and were not edited."""
        edited = {entry.id for entry in self.read if entry.is_edited} | {besides}
        return [one for one in self.draft.policy.clauses if one.id not in edited and blank in _blanks_of(one)]

    def _wish(self, entry: ReadClause, capture: Capture) -> None:
        for name, values in capture.items():
            if self.draft.policy.values.get(name) in values:
                continue
            if name in SCHOOL_PARAMETERS:
                why = "the name of the school stands in its own record, not in the policy"
                self.draft.leave(entry, why, f"change it in clauses/schools/{self.draft.school.id}.yaml")
            else:
                self.wishes.setdefault(name, []).append((entry, values[0]))

    def _refuse(self, wished: Sequence[tuple[ReadClause, Value]], why: str) -> None:
        for entry, _ in wished:
            self.draft.leave(entry, why, "make the copy say one thing, or give this section words of its own")

    def _set_value(self, name: str, value: Value, wished: Sequence[tuple[ReadClause, Value]]) -> None:
        """Sets a value; None, or what holds without an entry, takes it out of the record."""
        draft, parameter = self.draft, self.model.parameters[name]
        now, then = draft.policy.values.get(name), self.held[name] if value is None else value
        if now == then:
            return
        values = {key: said for key, said in draft.after.values.items() if key != name}
        draft.after = replace(draft.after, values=values if then == self.held[name] else {**values, name: then})
        before, after = ("nothing" if one is None else print_value(parameter.type, one) for one in (now, then))
        also = self._also_printed(name) if wished else []
        where = ", ".join(one.number or f"“{one.text[:40]}”" for one in also)
        authors = draft.authors(name, *(entry.key for entry, _ in wished))
        remark = f"this changes {where} too" if also else ""
        draft.changes.append(Taken("value", name, parameter.label, before, after, by=authors, remark=remark))

    def _take_back(self, name: str, entry: ReadClause) -> None:
        own = self.draft.own(name)
        if own is not None:
            self.draft.drop(own)
            self.draft.tell("restore", name, self.draft.today[name].text, entry.text, "")

    def _reword(self, name: str, entry: ReadClause) -> None:
        draft, own, clause = self.draft, self.draft.own(name), self.draft.models.get(name)
        is_closing = clause is None and name.endswith(".closing") and own is None
        if is_closing or (own is None and clause is not None and (clause.rows or clause.fields)):
            self._leave_fixed(name, entry, "the words after a list" if is_closing else "a table or form")
            return
        runs = unstyled(entry.runs) if entry.kind == "heading" else entry.runs
        text = write_clause(runs, self._template(name), entry.sent or ())
        reason = draft.answers.reasons.get(name) or (own.reason if own else draft.reason(name))
        if own is not None:
            draft.change(own, replace(own, text=text, reason=reason or own.reason))
        else:
            draft.add(Tailoring("substitute", name, reason or "", text))
        kind = own.kind if own is not None else "substitute"
        draft.tell(kind, name, draft.today[name].text, entry.text, reason)

    def _leave_fixed(self, name: str, entry: ReadClause, what: str) -> None:
        """What a record has no place for: it is told what is new in it."""
        before = " ".join(self.draft.today[name].text.split())
        new = [
            f"“{text.strip()}”" for sign, text in word_edits(before, entry.text) if sign == "insert" and text.strip()
        ]
        why = f"a school's record cannot reword {what}" + (f": new is {', '.join(new)}" if new else "")
        self.draft.leave(entry, why, "ask the publisher, or take it out and add a section in your own words")


def _blanks_of(clause: ResolvedClause) -> set[str]:
    cells = (run for row in (clause.head, *clause.rows) for cell in row for run in cell)
    return {run.parameter for run in (*clause.runs, *cells) if run.parameter}
