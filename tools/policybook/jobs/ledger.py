"""What was made from what: one JSON file under `build/` that may be deleted at any time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from policybook.store import write_atomically

FORMAT = 1


@dataclass(slots=True)
class Ledger:
    """For each output (a path relative to `folder`): the key of what went in, size and hash of what came out.

    `marks` are the keys of whole stages, by name.
    """

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Ledger:
        """The ledger of a folder; a missing, cut or foreign file is an empty ledger, so that all is made again."""
        try:
            data = json.loads((folder / ".ledger.json").read_text(encoding="utf-8"))
            if data["format"] != FORMAT:
                return cls(folder)
            entries = {str(path): dict(entry) for path, entry in data["entries"].items() if _is_inside(str(path))}
            return cls(folder, entries, {str(name): str(key) for name, key in data["marks"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(folder)

    def has(self, output: str, key: str) -> bool:
        """Whether this output was made from these inputs and still stands there in full."""
        entry = self.entries.get(output)
        return entry is not None and entry.get("key") == key and self._stands(output)

    def has_all(self) -> bool:
        """Whether every output that is known still stands there in full."""
        return all(self._stands(output) for output in self.entries)

    def note(self, output: str, key: str, content: bytes) -> None:
        """Remembers an output just written."""
        self.entries[output] = {"key": key, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def forget_others(self, outputs: set[str]) -> list[str]:
        """Deletes what an earlier run made and this one no longer names; returns those paths."""
        gone = sorted(self.entries.keys() - outputs)
        for output in gone:
            (self.folder / output).unlink(missing_ok=True)
            del self.entries[output]
        return gone

    def write(self) -> None:
        """Writes the ledger, atomically."""
        data = {"format": FORMAT, "entries": self.entries, "marks": self.marks}
        write_atomically(self.folder / ".ledger.json", json.dumps(data, indent=0, sort_keys=True).encode())

    def _stands(self, output: str) -> bool:
        try:
            return (self.folder / output).stat().st_size == self.entries[output].get("size")
        except OSError:
            return False


def _is_inside(path: str) -> bool:
    """Whether a path stays in its folder: a ledger is only a file, and what it names may be deleted."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in path and "\\" not in path
