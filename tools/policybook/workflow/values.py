"""The values of a school's policies, asked for in a sheet and read back from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policybook.adopt import effective_values
from policybook.check.adoption import find_adoption_problems
from policybook.domain.adoption import Adoption
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.domain.finding import Finding, Place
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.domain.question import AnsweredValue, ValueQuestion
from policybook.domain.workspace import Workspace
from policybook.intake.sheet import BadCell, Cell, SheetRow, read_sheets
from policybook.intake.sheet_table import SheetTable, find_table, folded_heading
from policybook.store import find_workspace
from policybook.store.append import edit_bytes, require_adoption
from policybook.store.together import FileWrite, write_together
from policybook.store.upgraded import print_upgraded
from policybook.text.answer import describe_allowed, parse_answer, print_answer
from policybook.text.value import print_value
from policybook.workflow.chain import read_records

_KEYS = {"your answer": "answer", "as sent": "sent", "record": "record", "name": "name", "what is asked": "asked"}


@dataclass(frozen=True, slots=True)
class ValuesPlan:
    """What a returned sheet would write. `findings` with a `sheet.` error: nothing may be written."""

    root: Path
    answers: tuple[AnsweredValue, ...]
    findings: tuple[Finding, ...]
    writes: tuple[FileWrite, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it can be written: what else `check` says of the adoptions stops nothing."""
        return not any(entry.severity == "error" and entry.code.startswith("sheet.") for entry in self.findings)


def ask_values(refs: Sequence[str], start: Path) -> tuple[ValueQuestion, ...]:
    """The questions of the policies named: `school/policy`, or a school for all that it has adopted.

    Raises UnknownReference where there is none such, or where its model is not there.
    """
    records, _ = read_records(find_workspace(start))
    adoptions = dict.fromkeys(ref for named in refs for ref in _refs(records, named))
    questions = tuple(question for ref in adoptions for question in _questions(records, records.adoptions[ref]))
    if not questions:
        raise Refused("nothing is asked: the models of these policies have no values", where=", ".join(refs))
    return questions


def plan_values(file: Path, start: Path) -> ValuesPlan:
    """What a sheet of `ask_values` says now that it came back; nothing is written.

    An answer that the school did not touch leaves the record as it is, so that a sheet can come back late. Every
    mistake is a finding whose line is the row. Raises UnreadableDocument for the file, Refused where it is not ours.
    """
    root = find_workspace(start)
    records, _ = read_records(root)
    table = find_table(read_sheets(file), _key_of, ("answer", "record", "name"))
    if table is None:
        mend = "name a sheet that `policybook values --to xlsx` made, with all its columns"
        raise Refused("it has no columns “Your answer”, “Record” and “Name”", where=file.name, mend=mend)
    reader = _Reader(file.name, table, records)
    reader.read()
    plan = ValuesPlan(root, tuple(reader.answers), tuple(reader.findings))
    if not plan.is_good:
        return plan
    findings = tuple(finding for entry in reader.after.values() for finding in find_adoption_problems(entry, records))
    return replace(plan, findings=(*plan.findings, *findings), writes=tuple(_writes(root, records, reader.after)))


def write_values(plan: ValuesPlan) -> None:
    """Writes the values of all adoptions, or none. Raises BrokenWorkspace where the sheet has a mistake."""
    if not plan.is_good:
        raise BrokenWorkspace(plan.findings)
    write_together(plan.writes)


def _refs(records: Workspace, named: str) -> list[str]:
    found = [ref for ref in records.adoptions if ref == named or ref.partition("/")[0] == named]
    if not found:
        known = ", ".join(sorted(records.adoptions)) or "none yet"
        raise UnknownReference(f"there is no adoption '{named}'", where=named, mend=f"there are: {known}")
    return sorted(found)


def _questions(records: Workspace, adoption: Adoption) -> Iterator[ValueQuestion]:
    model = records.model_of(adoption)
    if model is None or adoption.school not in records.schools:
        mend = "mend what `policybook check` says of it"
        raise UnknownReference("its model or its school is not there", where=adoption.ref, mend=mend)
    school = records.schools[adoption.school]
    now, fallback = effective_values(model, adoption, school), effective_values(model, None, school)
    for name, parameter in model.parameters.items():
        options = parameter.options or (("yes", "no") if parameter.type == "boolean" else ())
        held = fallback[name]
        yield ValueQuestion(
            ref=adoption.ref,
            school=school.name,
            policy=model.title,
            parameter=parameter,
            models="nothing yet" if held is None else print_value(parameter.type, held),
            allowed="nothing: it is fixed for all who adopt this policy"
            if parameter.fixed
            else describe_allowed(parameter),
            answer=None if now[name] == held else print_answer(parameter, now[name]),
            options=options,
            is_settled=parameter.fixed,
        )


def _key_of(heading: str) -> str | None:
    return _KEYS.get(folded_heading(heading))


def _writes(root: Path, records: Workspace, after: Mapping[str, Adoption]) -> Iterator[FileWrite]:
    for ref, adoption in after.items():
        before = records.adoptions[ref]
        if adoption.values == before.values:
            continue
        file = root / "clauses" / "adoptions" / ref / "adoption.yaml"
        raw = file.read_bytes()
        content = edit_bytes(raw, lambda text, old=before, new=adoption: print_upgraded(text, old, new, {}))  # type: ignore[misc]
        require_adoption(content, ref)
        yield FileWrite(file, content, raw)


@dataclass(slots=True)
class _Reader:
    """Reads the answers and gathers what is wrong with them; `after` are the adoptions that they lead to."""

    file: str
    table: SheetTable
    records: Workspace
    answers: list[AnsweredValue] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    after: dict[str, Adoption] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self) -> None:
        for row in self.table.rows:
            cells = self.table.cells(row)
            ref, name = str(cells["record"] or ""), str(cells["name"] or "")
            adoption = self.records.adoptions.get(ref)
            model = self.records.model_of(adoption) if adoption else None
            if adoption is None or model is None:
                self._report(row, "sheet.row", f"there is no policy “{ref}”", "ask for a new sheet, or remove the row")
            elif name not in model.parameters or model.parameters[name].fixed:
                message = f"{ref} does not ask for “{name}”, or no longer"
                self._report(row, "sheet.row", message, "ask for a new sheet, or remove the row")
            elif (ref, name) in self.rows:
                message = f"this is the question of row {self.rows[ref, name]} again"
                self._report(row, "sheet.row", message, "keep one of the two")
            else:
                self.rows[ref, name] = row.number
                self._read_answer(row, cells, adoption, model, name)

    def _read_answer(
        self, row: SheetRow, cells: Mapping[str, Cell], adoption: Adoption, model: ModelVersion, name: str
    ) -> None:
        parameter, answer = model.parameters[name], cells["answer"]
        if isinstance(answer, BadCell):
            self._report(
                row, "sheet.cell", f"“{parameter.label}” {answer.why}", f"allowed: {describe_allowed(parameter)}"
            )
            return
        try:
            value = parse_answer(parameter, answer)
        except ValueError:
            message = f"“{answer}” will not do for “{parameter.label}”"
            self._report(row, "sheet.cell", message, f"allowed: {describe_allowed(parameter)}")
            return
        if "sent" in cells and _typed(answer) == _typed(cells["sent"]):
            return  # not touched
        school = self.records.schools.get(adoption.school)
        held, before = (effective_values(model, entry, school)[name] for entry in (None, adoption))
        value, current = (None if entry == held else entry for entry in (value, before))
        is_other = "sent" in cells and _typed(cells["sent"]) != _typed(print_answer(parameter, current))
        if is_other and value != current:
            message = (
                f"“{parameter.label}” was changed here too since the sheet was sent, to {_shown(parameter, before)}"
            )
            self._report(row, "sheet.cell", message, "settle which of the two holds, and ask with a new sheet")
        elif value != current:
            self._take(adoption.ref, parameter, value, AnsweredValue(
                adoption.ref, parameter.label, _shown(parameter, before),
                _shown(parameter, held if value is None else value), value is None,
            ))  # fmt: skip

    def _take(self, ref: str, parameter: Parameter, value: Value, said: AnsweredValue) -> None:
        """Sets the value; None takes it out, so that the model's holds, or that of the school's record."""
        adoption = self.after.get(ref, self.records.adoptions[ref])
        values = dict(adoption.values)
        if value is None:
            values.pop(parameter.name, None)
        else:
            values[parameter.name] = value
        self.after[ref] = replace(adoption, values=values)
        self.answers.append(said)

    def _report(self, row: SheetRow, code: str, message: str, mend: str) -> None:
        self.findings.append(Finding("error", code, Place(self.file, row.number), f"row {row.number}: {message}", mend))


def _shown(parameter: Parameter, value: Value) -> str:
    return "nothing" if value is None else print_value(parameter.type, value)


def _typed(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
