"""What was found of a home-grown policy's document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """Where a document stands: its path in the workspace, with forward slashes; as written where it is not there."""

    path: str
    state: Literal["there", "missing", "outside"]
