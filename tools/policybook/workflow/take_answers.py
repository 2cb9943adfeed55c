"""What a person said beside the text of a copy: values and choices in its tables, comments as reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policybook.adopt.propose import Answers
from policybook.domain.adoption import Adoption
from policybook.domain.error import Refused
from policybook.domain.finding import Finding, Place
from policybook.domain.model import Value
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.taken import Taken, Unplaced, sent_mark
from policybook.intake.returned import AnswerRow, Returned
from policybook.intake.returned_comment import Remark
from policybook.report.tailoring_copy import choice_labels, choice_letter, shown_choice, shown_value, value_labels
from policybook.text.answer import describe_allowed, parse_answer
from policybook.workflow.take_clause import Copy

_COPY = re.compile(r"_Copy_\d+$")
_CLAUSE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """Reasons and authors by clause id (or the place of what was added), and the reason of all others."""

    reasons: dict[str, str]
    authors: dict[str, tuple[str, ...]]
    otherwise: str | None
    remarks: tuple[tuple[str, Remark], ...] = ()

    def unused(self, changes: Sequence[Taken], adoption: Adoption) -> Iterator[Unplaced]:
        """The comments on what was not changed: they are told, as no record has a place for them."""
        reasons = " ".join(f"{change.reason or ''} {change.remark}" for change in changes)
        reasons += " ".join(entry.reason for entry in adoption.tailorings)
        for key, remark in self.remarks:
            if remark.text not in reasons:
                by = f" by {remark.by}" if remark.by else ""
                why = f"a comment{by} on words that stay as they are"
                yield Unplaced(remark.text, why, "answer it, or change the section that it is about", clause=key)


def table_answers(returned: Returned, policy: ResolvedPolicy) -> tuple[Answers, list[Finding]]:
    """What was changed in the tables, and an error for each cell that will not do."""
    reader = _Reader(Place(returned.name, 0), policy)
    for row in returned.values:
        reader.read_value(row)
    for row in returned.choices:
        reader.read_choice(row)
    return Answers(reader.values, reader.choices), reader.findings


class _Reader:
    """Reads the rows of the two tables; a row that nobody touched says nothing, whatever the record says today."""

    def __init__(self, place: Place, policy: ResolvedPolicy) -> None:
        self.place, self.policy = place, policy
        self.parameters = {_folded(label): entry for label, entry in value_labels(policy).items()}
        self.clauses = {_folded(label): entry for label, entry in choice_labels(policy).items()}
        self.values: dict[str, Value] = {}
        self.choices: dict[str, str] = {}
        self.findings: list[Finding] = []

    def read_value(self, row: AnswerRow) -> None:
        parameter = self.parameters.get(_folded(row.label))
        if parameter is None:
            self._report_unknown(row, "values")
        elif self._is_changed(row, shown_value(parameter, self.policy)):
            try:
                value = parse_answer(parameter, row.answer)
            except ValueError:
                mend = f"allowed: {describe_allowed(parameter).partition(', with ')[0]}"
                self._report("take.value", f"“{row.answer}” will not do for “{parameter.label}”", mend)
                return
            if parameter.fixed:
                what = f"“{parameter.label}” is fixed for all who adopt this policy"
                self._report("take.value", what, "leave it as it is")
            else:
                self.values[parameter.name] = value

    def read_choice(self, row: AnswerRow) -> None:
        clause = self.clauses.get(_folded(row.label))
        if clause is None:
            self._report_unknown(row, "choices")
        elif row.answer and self._is_changed(row, shown_choice(clause, self.policy)):
            letters = {_folded(choice_letter(index)): one.id for index, one in enumerate(clause.choices)}
            chosen = letters.get(_folded(row.answer).strip(".()"))
            if chosen:
                self.choices[clause.id] = chosen
            else:
                what = f"“{row.answer}” is none of the choices of section {row.label}"
                self._report("take.value", what, f"say one of {', '.join(letters).upper()}")

    def _is_changed(self, row: AnswerRow, today: str) -> bool:
        if row.is_touched is False or _folded(row.answer) == _folded(today):
            return False
        if row.sent and not row.sent & {sent_mark(row.label, today), sent_mark(row.label, "")}:
            what = f"“{row.label}” was changed in the record too since the copy was made, to “{today}”"
            self._report("take.value", what, "settle which of the two holds, and make a new copy")
            return False
        return True

    def _report_unknown(self, row: AnswerRow, table: str) -> None:
        what = f"the row “{row.label}” of the table of {table} is none of this policy's (“{row.answer}”)"
        self._report("take.row", what, "give the row its first words back, or take it out")

    def _report(self, code: str, what: str, mend: str) -> None:
        self.findings.append(Finding("error", code, self.place, what, mend))


def reasons_of(copy: Copy, returned: Returned, policy: ResolvedPolicy, given: Sequence[str]) -> Told:
    """Who says why: comments by the section or row that they hang on, and what was said on the command line."""
    remarks = tuple((_key_of(remark, copy, policy), remark) for remark in returned.remarks)
    reasons: dict[str, str] = {}
    authors: dict[str, tuple[str, ...]] = {}
    for entry in copy.read:
        authors[entry.key] = returned.authors_at(entry.place)
    words = {clause.id: clause.text for clause in policy.clauses}
    for name in copy.gone:
        authors[name] = returned.authors_of_deletion(words.get(name, ""))
    for key, remark in remarks:
        if key:
            reasons[key] = "; ".join(filter(None, (reasons.get(key), remark.text)))
            authors[key] = tuple(dict.fromkeys((*authors.get(key, ()), *filter(None, (remark.by,)))))
    said, otherwise = _given(given)
    return Told({**reasons, **said}, authors, otherwise, remarks)


def _key_of(remark: Remark, copy: Copy, policy: ResolvedPolicy) -> str:
    """The clause, parameter or added place that a comment is about; empty where that cannot be told."""
    for name in remark.bookmarks:
        if clause := copy.bookmarks.get(_COPY.sub("", name)):
            return clause
    if remark.row:
        row = _folded(remark.row)
        values = {_folded(label): one.name for label, one in value_labels(policy).items()}
        choices = {_folded(label): one.id for label, one in choice_labels(policy).items()}
        if found := values.get(row) or choices.get(row):
            return found
    anchor = _folded(remark.anchor)
    return next((one.key for one in copy.read if anchor and _folded(one.text) == anchor), "")


def _given(given: Sequence[str]) -> tuple[dict[str, str], str | None]:
    reasons: dict[str, str] = {}
    otherwise: str | None = None
    for words in given:
        clause, sign, text = (piece.strip() for piece in words.partition("="))
        if sign and _CLAUSE.fullmatch(clause) and text:
            reasons[clause] = text
        elif words.strip() and otherwise is None:
            otherwise = words.strip()
        else:
            raise Refused(f"'{words}' is no reason, or a second one", mend="write --reason TEXT, or CLAUSE=TEXT")
    return reasons, otherwise


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
