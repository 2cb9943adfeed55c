"""What a meeting decided, read from a spreadsheet that the clerk filled in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policybook.domain.adoption import Decision, Outcome, Tailoring
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.finding import Finding, Place
from policybook.domain.meeting import MeetingDecision
from policybook.intake.sheet import BadCell, Cell, SheetRow, read_sheets
from policybook.intake.sheet_table import SheetTable, find_table, folded_heading
from policybook.report.meeting import COLUMNS
from policybook.report.word import OUTCOME_WORDS

_NEEDED = ("policy", "outcome", "decided by", "date")
_OUTCOMES: dict[str, Outcome] = {folded_heading(words): outcome for outcome, words in OUTCOME_WORDS.items()} | {
    folded_heading(outcome): outcome for outcome in OUTCOME_WORDS
}


def read_meeting_sheet(file: Path) -> list[MeetingDecision]:
    """Every decision of a sheet whose headings are those of `report.meeting.COLUMNS`, in any order.

    A row without an outcome is passed over, unless it amends a section of the policy above. Raises UnreadableDocument
    for the file, Refused where it holds no decision, BrokenWorkspace with a finding for every row that will not do.
    """
    known = {folded_heading(words) for words in COLUMNS}
    table = find_table(read_sheets(file), lambda words: w if (w := folded_heading(words)) in known else None, _NEEDED)
    if table is None:
        mend = f"give it the columns {', '.join(COLUMNS)}; `policybook decide AGENDA.yaml --to xlsx` makes such a sheet"
        raise Refused("it has no list of decisions", where=file.name, mend=mend)
    reader = _Reader(file.name, table)
    for row in table.rows:
        reader.read(row)
    if reader.findings:
        raise BrokenWorkspace(tuple(reader.findings))
    if not reader.found:
        raise Refused("no decision stands in this sheet", where=file.name, mend="pick an outcome for a policy")
    return list(reader.found.values())


@dataclass(slots=True)
class _Reader:
    """Reads the rows; who decided and when is remembered for the rows below."""

    file: str
    table: SheetTable
    findings: list[Finding] = field(default_factory=list)
    found: dict[str, MeetingDecision] = field(default_factory=dict)
    body: str = ""
    on: date | None = None

    def read(self, row: SheetRow) -> None:
        cells = self.table.cells(row)
        for key, cell in cells.items():
            if isinstance(cell, BadCell):
                self._report(row, f"“{self.table.heading(key)}” {cell.why}", "write plain words or a date")
        said = {key: _words(cell) for key, cell in cells.items()}
        self.body = said["decided by"] or self.body
        self.on = self._date(row, said, "date") or self.on
        if not said["policy"] and not said["outcome"]:
            return
        outcome = _OUTCOMES.get(folded_heading(said["outcome"]))
        if said["outcome"] and outcome is None:
            self._report(row, f"“{said['outcome']}” is no outcome", f"pick one of {', '.join(OUTCOME_WORDS.values())}")
        elif outcome and said["policy"] in self.found:
            self._report(row, f"{said['policy']} stands twice", "keep one; a second amended section needs no outcome")
        elif outcome:
            self._decide(row, said, outcome)
        elif said.get("amended section") and said["policy"] in self.found:
            self._amend(said)

    def _decide(self, row: SheetRow, said: dict[str, str], outcome: Outcome) -> None:
        if not said["policy"] or not self.body or self.on is None:
            self._report(row, "a decision needs a policy, who decided, and a date", "fill in those columns")
            return
        effective = self._date(row, said, "in force from")
        decision = Decision(outcome, self.body, self.on, said.get("minute", ""), effective,
                            delegation=said.get("delegation", ""))  # fmt: skip
        self.found[said["policy"]] = MeetingDecision(said["policy"], decision, said.get("next review", ""))
        if said.get("amended section"):
            self._amend(said)

    def _amend(self, said: dict[str, str]) -> None:
        """Other words for a section, or none: then it is left out."""
        words = said.get("amended words", "")
        entry = Tailoring("substitute" if words else "omit", said["amended section"], said.get("reason", ""), words)
        before = self.found[said["policy"]]
        self.found[said["policy"]] = replace(before, amendments=(*before.amendments, entry))

    def _date(self, row: SheetRow, said: dict[str, str], key: str) -> date | None:
        words = said.get(key, "")
        try:
            return date.fromisoformat(words) if words else None
        except ValueError:
            self._report(row, f"“{words}” is no date", "write it as 2026-11-19")
            return None

    def _report(self, row: SheetRow, message: str, mend: str) -> None:
        place = Place(self.file, row.number)
        self.findings.append(Finding("error", "sheet.cell", place, f"row {row.number}: {message}", mend))


def _words(cell: Cell) -> str:
    if cell is None or isinstance(cell, BadCell):
        return ""
    return cell.isoformat() if isinstance(cell, date) else " ".join(str(cell).split())
