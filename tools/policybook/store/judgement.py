"""`clauses/judgements.yaml`: what people said of changes and of positions, one line each, oldest first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.finding import Finding
from policybook.domain.judgement import Confirmed, Judged, Judgements
from policybook.store.append import Plain, append_entry, edit_bytes
from policybook.store.editor import schema_line
from policybook.store.schema import File, Id, Line, Record
from policybook.store.together import FileWrite, write_together
from policybook.store.validate import read_record

FILE = Path("clauses") / "judgements.yaml"
_HEAD = f"""\
{schema_line("judgements")}schema: 1
# What people said of changes (`policybook judge`) and of positions (`policybook confirm`), oldest first.
# Each line is bound to the words that the person saw (exact-v1): once they change, it has lapsed, and we say so.
"""
Fingerprint = Annotated[str, Field(pattern=r"^exact-v1:[0-9a-f]{64}$")]


class JudgedRecord(Record):
    """A person's word on a change."""

    a: Line
    b: Line
    section: Line
    substance: bool
    by: Line
    on: date
    note: str = ""
    words_a: Fingerprint
    words_b: Fingerprint


class ConfirmedRecord(Record):
    """A person's answer to what a text says on a topic; no `says` is "not stated"."""

    topic: Id
    text: Line
    says: Line | None = None
    by: Line
    on: date
    note: str = ""
    words: Fingerprint


class JudgementsFile(File):
    """`clauses/judgements.yaml`."""

    changes: Annotated[list[JudgedRecord], Field(default_factory=list)]
    positions: Annotated[list[ConfirmedRecord], Field(default_factory=list)]


def read_judgements(root: Path) -> Judgements:
    """What people said; nothing where there is no such file. Raises BrokenWorkspace with what is wrong with it."""
    found, findings = _read(root)
    if findings:
        raise BrokenWorkspace(findings)
    return found


def find_judgement_problems(root: Path) -> tuple[Finding, ...]:
    """What is wrong with the file."""
    return _read(root)[1]


def write_judged(root: Path, judged: Judged) -> None:
    """Adds a person's word on a change. Raises Refused where the file is laid out in a way that cannot be added to."""
    entry: dict[str, Plain] = {
        "a": judged.refs[0], "b": judged.refs[1], "section": judged.clause, "substance": judged.of_substance,
        "by": judged.by, "on": judged.on, "note": judged.note or None,
        "words_a": judged.words[0], "words_b": judged.words[1],
    }  # fmt: skip
    _append(root, "changes", entry)


def write_confirmed(root: Path, confirmed: Confirmed) -> None:
    """Adds a person's answer on a topic. Raises Refused where the file cannot be added to."""
    entry: dict[str, Plain] = {
        "topic": confirmed.topic, "text": confirmed.ref, "says": confirmed.answer, "by": confirmed.by,
        "on": confirmed.on, "note": confirmed.note or None, "words": confirmed.words,
    }  # fmt: skip
    _append(root, "positions", entry)


def _append(root: Path, key: str, entry: dict[str, Plain]) -> None:
    file = root / FILE
    read_judgements(root)  # nothing is added to a file that cannot be read
    raw = file.read_bytes() if file.exists() else _HEAD.encode()
    told = {name: value for name, value in entry.items() if value is not None}
    try:
        content = edit_bytes(raw, lambda text: append_entry(text, key, told))
    except ValueError as error:
        raise Refused(f"nothing can be added: {error}", where=FILE.as_posix(), mend="lay the list out anew") from error
    write_together([FileWrite(file, content, raw if file.exists() else None)])


def _read(root: Path) -> tuple[Judgements, tuple[Finding, ...]]:
    file = root / FILE
    if not file.is_file():
        return Judgements(), ()
    record, yaml = read_record(file, root, JudgementsFile)
    if record is None:
        return Judgements(), tuple(yaml.findings)
    return Judgements(tuple(map(_judged, record.changes)), tuple(map(_confirmed, record.positions))), ()


def _judged(record: JudgedRecord) -> Judged:
    words = record.words_a, record.words_b
    return Judged(
        (record.a, record.b), record.section, words, record.substance, record.by, record.on, record.note
    )  # fmt: skip


def _confirmed(record: ConfirmedRecord) -> Confirmed:
    return Confirmed(record.topic, record.text, record.says, record.words, record.by, record.on, record.note)
