"""What `check` found before, by what it looked at: bytes that are known are not parsed or checked again.

Only `check` uses it. Documents and decisions are made from the files themselves, whatever a memory says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policybook.domain.error import WorkspaceError
from policybook.domain.finding import Finding, Place
from policybook.store.write import write_atomically
from policybook.store.yaml_file import Location, YamlFile

FORMAT = 1
_DAY = "$day"


@dataclass(slots=True)
class Memory:
    """Files by the SHA-256 of their bytes, and findings by that of all they follow from; safe to delete at any time.

    `program` stands for the code that reads and checks: what another one kept is not used. Nothing is written but the
    entries that this run used, so that the file does not grow.
    """

    file: Path
    program: str
    _known: dict[str, Any] = field(default_factory=dict)
    _used: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, file: Path, program: str) -> Memory:
        """What was kept in a file; a missing, cut or foreign one is an empty memory."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            data = json.loads(file.read_bytes())
            if data["format"] == FORMAT and data["program"] == program:
                return cls(file, program, dict(data["entries"]))
        return cls(file, program)

    def recall(self, content: bytes, path: str) -> YamlFile | None:
        """The file with these bytes as it was read before, or None."""
        name = hashlib.sha256(content).hexdigest()
        with suppress(TypeError, ValueError, KeyError):
            data, lines, plain = self._known[name]
            read = YamlFile(path, _with_days(data), _lines(lines), {_location(key) for key in plain})
            self._used[name] = self._known[name]
            return read
        return None

    def keep(self, content: bytes, read: YamlFile) -> None:
        """Remembers a file that was read without a finding, and that has no key which stands for something here."""
        if read.data is not None and not read.findings and _DAY.encode() not in content:
            lines = [[*key, line] for key, line in read.lines.items()]
            plain = sorted(([*key] for key in read.plain_keys), key=str)
            self._used[hashlib.sha256(content).hexdigest()] = [_without_days(read.data), lines, plain]

    def findings(self, sources: Iterable[object], find: Callable[[], Iterable[Finding]]) -> list[Finding]:
        """What `find` finds; it is asked only where these sources, told apart by their `repr`, are not known."""
        name = hashlib.sha256("\n".join(map(repr, sources)).encode()).hexdigest()
        with suppress(TypeError, ValueError, KeyError):
            told = [Finding(kind, code, Place(*place), what, how) for kind, code, place, what, how in self._known[name]]
            self._used[name] = self._known[name]
            return told
        found = list(find())
        self._used[name] = [
            [entry.severity, entry.code, [entry.place.path, entry.place.line], entry.message, entry.mend]
            for entry in found
        ]
        return found

    def write(self) -> None:
        """Writes what this run used, where that differs from what was there and the disk allows it."""
        if self._used.keys() != self._known.keys():
            data = {"format": FORMAT, "program": self.program, "entries": self._used}
            with suppress(WorkspaceError, OSError):
                write_atomically(self.file, json.dumps(data, separators=(",", ":")).encode())


def _lines(lines: list[list[Any]]) -> dict[Location, int]:
    return {_location(entry[:-1]): int(entry[-1]) for entry in lines}


def _location(key: list[Any]) -> Location:
    if not all(isinstance(step, int | str) for step in key):
        raise TypeError(key)
    return tuple(key)


def _without_days(data: Any) -> Any:
    """Plain data for JSON, which has no dates: a date is a mapping with a key that no file of ours has."""
    if isinstance(data, dict):
        return {key: _without_days(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_days(value) for value in data]
    return {_DAY: data.isoformat()} if isinstance(data, date) else data


def _with_days(data: Any) -> Any:
    if isinstance(data, dict):
        if data.keys() == {_DAY}:
            return date.fromisoformat(data[_DAY])
        return {key: _with_days(value) for key, value in data.items()}
    return [_with_days(value) for value in data] if isinstance(data, list) else data
