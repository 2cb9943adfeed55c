"""The known name that somebody most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`did you mean oakfield-primary?` with the nearest known name; empty where none is near."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5) or [entry for entry in names if name in entry][:1]
    return f"did you mean {near[0]}?" if near and name else ""
