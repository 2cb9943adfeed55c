"""One result of a check: what, where, how to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the workspace: a path relative to it with forward slashes, and a line from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or unusual; `code` is stable (`parameter.undeclared`), `mend` says what to do about it."""

    severity: Severity
    code: str
    place: Place
    message: str
    mend: str
