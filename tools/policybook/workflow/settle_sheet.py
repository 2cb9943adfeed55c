"""Decisions on upgrades that came back in a spreadsheet: of one school or of many, half filled in or whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policybook.domain.error import PolicybookError, Refused
from policybook.domain.finding import Finding, Place
from policybook.domain.upgrade import Settlement, Take
from policybook.domain.workspace import Workspace
from policybook.intake.sheet import BadCell, Cell, SheetRow, read_sheets
from policybook.intake.sheet_table import SheetTable, find_table, folded_heading
from policybook.report.upgrade import DECISION_COLUMNS
from policybook.store import find_workspace
from policybook.store.plan_file import PlanFile
from policybook.workflow.settle import Settling, settle_in_workspace
from policybook.workflow.upgrade import UNLABELLED
from policybook.workflow.workspace import read_sound_records

_KEYS = dict(
    zip(map(folded_heading, DECISION_COLUMNS), ("take", "reason", "ref", "clause", "model", "made_from"), strict=True)
)
_TAKES: dict[str, Take] = {"new": "new", "ours": "ours", "merged": "merged"}


@dataclass(frozen=True, slots=True)
class SettleSheet:
    """What a sheet decides, an upgrade a record; with `findings` nothing may be written. `empty` rows still wait."""

    settlings: tuple[Settling, ...]
    findings: tuple[Finding, ...]
    empty: int


def read_settle_sheet(file: Path, start: Path, ref: str | None = None) -> SettleSheet:
    """The decisions of a sheet that `policybook upgrade --to xlsx` made; of one record alone where `ref` names it.

    Every mistake is a finding whose line is the row. Raises UnreadableDocument for the file, Refused where it is not
    ours or says nothing of `ref`, BrokenWorkspace.
    """
    root = find_workspace(start)
    table = find_table(read_sheets(file), lambda words: _KEYS.get(folded_heading(words)), tuple(_KEYS.values()))
    if table is None:
        mend = "name a sheet that `policybook upgrade --to xlsx` made, with all its columns"
        raise Refused("it has no sheet with a column “Your decision”", where=file.name, mend=mend)
    reader = _Reader(file.name, table, read_sound_records(root, UNLABELLED), root, ref)
    reader.read()
    if ref and not reader.empty and not reader.findings and not reader.settlings:
        raise Refused("the sheet has no row of it", where=ref, mend="leave the name out to take all that it holds")
    return SettleSheet(tuple(reader.settlings), tuple(reader.findings), reader.empty)


@dataclass(frozen=True, slots=True)
class _Given:
    row: SheetRow
    settlement: Settlement


@dataclass(slots=True)
class _Reader:
    """Reads the rows and gathers what is wrong with them."""

    file: str
    table: SheetTable
    records: Workspace
    root: Path
    only: str | None
    findings: list[Finding] = field(default_factory=list)
    settlings: list[Settling] = field(default_factory=list)
    empty: int = 0

    def read(self) -> None:
        groups: dict[tuple[str, str, str], list[_Given]] = {}
        for row in self.table.rows:
            cells = {key: _words(cell) for key, cell in self.table.cells(row).items()}
            if self.only and cells["ref"] != self.only:
                continue
            given = self._given(row, cells)
            if given:
                groups.setdefault((cells["ref"], cells["model"], cells["made_from"]), []).append(given)
        for (ref, model, made_from), rows in groups.items():
            self._settle(ref, PlanFile(model, made_from, ()), rows)

    def _given(self, row: SheetRow, cells: dict[str, str]) -> _Given | None:
        take = cells["take"].casefold()
        if not take:
            self.empty += 1
            return None
        if take not in _TAKES:
            self._report(row, "sheet.cell", f"“{cells['take']}” is no decision", "pick new, ours or merged")
            return None
        return _Given(row, Settlement(cells["clause"], _TAKES[take], cells["reason"]))

    def _settle(self, ref: str, filled: PlanFile, rows: list[_Given]) -> None:
        """One record: first whether the sheet is still about it, then every row on its own, so that all are told."""
        try:
            begun = settle_in_workspace(self.records, self.root, ref, filled.model_ref, (), filled)
        except PolicybookError as error:
            self._report(rows[0].row, "sheet.row", f"{ref}: {error.what}", error.mend)
            return
        before = len(self.findings)
        open_now = {outcome.clause: outcome for outcome in begun.plan.open()}
        seen: dict[str, int] = {}
        for given in rows:
            clause, take = given.settlement.clause, given.settlement.take
            if clause in seen:
                message = f"this is the section of row {seen[clause]} again"
                self._report(given.row, "sheet.row", message, "keep one of the two")
            elif clause not in open_now:
                message = f"nothing waits for a decision at “{clause}”"
                self._report(given.row, "sheet.row", message, "leave the columns on the right as they were sent")
            elif take not in open_now[clause].takes():
                offered = " or ".join(open_now[clause].takes())
                self._report(given.row, "sheet.cell", f"“{take}” is not offered here", f"pick {offered}")
            seen.setdefault(clause, given.row.number)
        if len(self.findings) == before:
            decided = [given.settlement for given in rows]
            made = settle_in_workspace(self.records, self.root, ref, filled.model_ref, decided, filled)
            self.settlings.append(made)

    def _report(self, row: SheetRow, code: str, message: str, mend: str) -> None:
        self.findings.append(Finding("error", code, Place(self.file, row.number), f"row {row.number}: {message}", mend))


def _words(cell: Cell) -> str:
    return "" if cell is None else f"({cell.why})" if isinstance(cell, BadCell) else " ".join(str(cell).split())
