"""Runs: the words of a clause with their little markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Mark = Literal["none", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style.

    `link` is a checked address (https, http, mailto or a `#anchor` on the same page) or None. `parameter` names the
    parameter whose value these words are, `blank` says that it has no value yet. `mark` is set in comparisons only.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    parameter: str | None = None
    blank: bool = False
    mark: Mark = "none"


def plain(runs: Iterable[Run]) -> str:
    """The words without markup."""
    return "".join(run.text for run in runs)
