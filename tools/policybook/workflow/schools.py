"""Schools from a spreadsheet that somebody has already: read whole, told whole, written whole or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from policybook.domain.adoption import School
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.finding import Finding, Place
from policybook.domain.model import SchoolKind, Value
from policybook.domain.question import SchoolRow
from policybook.domain.workspace import Workspace
from policybook.intake.sheet import BadCell, Cell, SheetRow, read_sheets
from policybook.intake.sheet_table import SheetTable, find_tables
from policybook.store import find_workspace, read_workspace
from policybook.store.school_file import print_school, update_school
from policybook.store.together import FileWrite, write_together
from policybook.text.answer import describe_allowed, parse_answer
from policybook.text.slug import slug_of
from policybook.workflow.school_columns import HEADINGS, Known, is_person, known_columns, read_kind

_APART = re.compile(r"\s*[;|\n]\s*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class SchoolsImport:
    """What an import of schools would write. `findings` with an error: nothing may be written."""

    root: Path
    rows: tuple[SchoolRow, ...]
    findings: tuple[Finding, ...]
    writes: tuple[FileWrite, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it can be written."""
        return not any(finding.severity == "error" for finding in self.findings)


def plan_schools(file: Path, start: Path, kind: SchoolKind | None = None) -> SchoolsImport:
    """What a spreadsheet (XLSX or CSV) says of schools, beside the records that are there; nothing is written.

    `kind` is that of new schools of which the sheet says none. Every mistake is a finding whose line is the row.
    Raises UnreadableDocument for the file, Refused where no heading says which column holds the names.
    """
    root = find_workspace(start)
    records, _ = read_workspace(root)
    known = known_columns(records)
    tables = list(find_tables(read_sheets(file), known.key_of, ("name",)))
    table = tables[0] if tables else _refuse(file)
    reader = _Reader(file.name, table, known, records, kind)
    rows = tuple(reader.read())
    unread = (_unread(file, table, other) for other in tables[1:])
    findings = (*unread, *reader.find_column_problems(), *reader.findings)
    plan = SchoolsImport(root, rows, findings)
    return replace(plan, writes=tuple(_writes(root, rows))) if plan.is_good else plan


def write_schools(plan: SchoolsImport) -> None:
    """Writes the records of all schools, or none. Raises BrokenWorkspace where the sheet has a mistake."""
    if not plan.is_good:
        raise BrokenWorkspace(plan.findings)
    write_together(plan.writes)


def _refuse(file: Path) -> SheetTable:
    mend = f"head the column with the names of the schools `Name`, or one of: {', '.join(HEADINGS['name'])}"
    raise Refused("no sheet has a column with the names of schools", where=file.name, mend=mend)


def _unread(file: Path, table: SheetTable, other: SheetTable) -> Finding:
    message = f"the sheet “{other.name}” has a list of schools as well; only “{table.name}” is read"
    mend = "import it from a file of its own, or put both lists into one sheet; if it is not meant for here, nothing"
    return Finding("warning", "sheet.unread", Place(file.name), message, mend)


def _writes(root: Path, rows: tuple[SchoolRow, ...]) -> Iterator[FileWrite]:
    for row in rows:
        file = root / "clauses" / "schools" / f"{row.school.id}.yaml"
        if row.before is None:
            yield FileWrite(file, print_school(row.school))
        elif row.changes:
            raw = file.read_bytes()
            yield FileWrite(file, update_school(raw, row.before, row.school), raw)


class _Reader:
    """Reads the rows of one list and gathers what is wrong with them."""

    def __init__(self, file: str, table: SheetTable, known: Known, records: Workspace, kind: SchoolKind | None) -> None:
        self.file, self.table, self.known, self.records, self.kind = file, table, known, records, kind
        self.findings: list[Finding] = []
        self.publishers = {model.publisher.id for model in records.models.values()}
        self.by_name = {_same(entry.name): entry.id for entry in records.schools.values()}
        named = (self._text(row, "name") for row in table.rows)
        self.doubled = {name for name, count in Counter(map(_same, filter(None, named))).items() if count > 1}

    def find_column_problems(self) -> Iterator[Finding]:
        place = Place(self.file)
        for column in self.table.columns:
            if column.key is None:
                mend = "nothing, if it is not meant for here; for a role's title head it `role: NAME`, for a value"
                mend += " with the name or the question of the value"
                yield Finding("note", "sheet.column", place, f"the column “{column.words}” is not read", mend)
        for column in self.table.doubled():
            message = f"the column “{column.words}” means the same as another one"
            yield Finding("error", "sheet.column", place, message, "keep one of the two")

    def read(self) -> Iterator[SchoolRow]:
        seen: dict[str, int] = {}
        for row in self.table.rows:
            told = len(self.findings)
            made = self._school(row)
            if made is None or len(self.findings) > told:
                continue
            if made.school.id in seen:
                message = f"this is the school of row {seen[made.school.id]} again ({made.school.id})"
                self._report(row, "sheet.row", message, "keep one row for each school; two schools need two ids")
                continue
            seen[made.school.id] = row.number
            yield made

    def _school(self, row: SheetRow) -> SchoolRow | None:
        cells = self.table.cells(row)
        for key, cell in cells.items():
            if isinstance(cell, BadCell):
                self._report(row, "sheet.cell", f"“{self.table.heading(key)}” {cell.why}", "mend the cell")
        name = self._text(row, "name")
        if not name:
            if not isinstance(cells["name"], BadCell):
                self._report(row, "sheet.row", "the row names no school", "give it a name, or empty the row")
            return None
        before = self._before(row, name)
        kind = self._kind(row, before)
        school_id = before.id if before else self._new_id(row, name, kind)
        if kind is None or school_id is None:
            return None
        after = self._filled(row, before or School(school_id, name, kind), name, kind)
        return SchoolRow(row.number, after, before, tuple(_changes(before, after)))

    def _filled(self, row: SheetRow, school: School, name: str, kind: SchoolKind) -> School:
        """The record with what the row says; an empty cell leaves what is there."""
        cells = self.table.cells(row)
        aliases = [words for words in _APART.split(self._text(row, "aliases")) if words and words not in school.aliases]
        old_short = "" if school.short_name == school.name else school.short_name
        return replace(
            school,
            name=name,
            kind=kind,
            short_name=self._text(row, "short_name") or old_short or name,
            aliases=(*school.aliases, *dict.fromkeys(aliases)),
            roles=school.roles | dict(self._roles(row, cells)),
            values=school.values | dict(self._values(row, cells)),
        )

    def _before(self, row: SheetRow, name: str) -> School | None:
        """The record of the school, by its id or else its name; a made id alone never decides that two are one."""
        said = self._text(row, "id")
        if said:
            return self.records.schools.get(said)
        if _same(name) in self.doubled:
            return self.records.schools.get(slug_of(name, self._text(row, "town")))
        return self.records.schools.get(self.by_name.get(_same(name), ""))

    def _new_id(self, row: SheetRow, name: str, kind: SchoolKind | None) -> str | None:
        said, town = self._text(row, "id"), self._text(row, "town")
        if said:
            if _ID.fullmatch(said) and slug_of(said) == said:
                return said
            mend = "use lower-case letters, digits and single hyphens, 60 at most, or leave it empty"
            self._report(row, "sheet.cell", f"“{said}” cannot be an id", mend)
            return None
        is_doubled = _same(name) in self.doubled
        if is_doubled and not town:
            message = f"more than one row has the name “{name}”"
            self._report(row, "sheet.row", message, "add a column `Town` or `ID` that tells them apart")
            return None
        made = slug_of(name, town) if is_doubled else slug_of(name)
        if made in self.publishers and kind != "trust":
            made = f"{made}-school"
        if made in self.records.schools:
            message = f"“{name}” would be called '{made}', and so is “{self.records.schools[made].name}”"
            self._report(
                row, "sheet.row", message, "add a column `ID`: with that id if they are one school, else another"
            )
            return None
        if not made or made in self.records.broken:
            mend = "give it an id" if not made else f"mend clauses/schools/{made}.yaml first"
            self._report(row, "sheet.row", f"no id can be made from the name “{name}”", mend)
            return None
        return made

    def _kind(self, row: SheetRow, before: School | None) -> SchoolKind | None:
        words = self._text(row, "kind")
        kind = read_kind(words) if words else (before.kind if before else self.kind)
        if kind is None:
            said = f"“{words}” is no kind of school that is known" if words else "the row says no kind of school"
            mend = "write school, academy, trust, federation or service; --kind gives it for all rows without one"
            self._report(row, "sheet.cell", said, mend)
        return kind

    def _roles(self, row: SheetRow, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
        for key in cells:
            if key.startswith("role:") and (title := self._text(row, key)):
                if is_person(title):
                    mend = "write the title of the role, such as headteacher or head of school"
                    self._report(row, "sheet.cell", f"“{title}” in “{self.table.heading(key)}” is a person", mend)
                yield key.removeprefix("role:"), title

    def _values(self, row: SheetRow, cells: Mapping[str, Cell]) -> Iterator[tuple[str, Value]]:
        for key, cell in cells.items():
            name = key.removeprefix("value:")
            if name == key or cell is None or isinstance(cell, BadCell):
                continue
            allowed = ""
            for parameter in self.known.parameters_of(name):
                try:
                    yield name, parse_answer(parameter, cell)
                    break
                except ValueError:
                    allowed = describe_allowed(parameter)
            else:
                message = f"“{cell}” in “{self.table.heading(key)}” will not do"
                self._report(row, "sheet.cell", message, f"allowed: {allowed}")

    def _text(self, row: SheetRow, key: str) -> str:
        cell = self.table.cells(row).get(key)
        return "" if cell is None or isinstance(cell, BadCell) else str(cell).strip()

    def _report(self, row: SheetRow, code: str, message: str, mend: str) -> None:
        self.findings.append(Finding("error", code, Place(self.file, row.number), f"row {row.number}: {message}", mend))


def _changes(before: School | None, after: School) -> Iterator[str]:
    if before is None:
        return
    for label, old, new in (
        ("name", before.name, after.name),
        ("short name", before.short_name, after.short_name),
        ("kind", before.kind, after.kind),
        ("also known as", ", ".join(before.aliases), ", ".join(after.aliases)),
    ):
        if old != new:
            yield f"{label}: {old or '–'} -> {new}"
    old_said, new_said = {**before.roles, **before.values}, {**after.roles, **after.values}
    for name, value in new_said.items():
        if old_said.get(name) != value:
            yield f"{name}: {old_said.get(name, '–')} -> {value}"


def _same(name: str) -> str:
    """A name for finding it again: no difference of case, signs or spaces."""
    return slug_of(name)
