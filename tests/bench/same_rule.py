# ruff: noqa: T201 - a command: it prints
"""Policies of different models: how many pairs that a reader calls the same rule are found, and how many are false.

`python tests/bench/same_rule.py` prints a row for each pair of texts. The lists, `tests/twins/same_rule_*.json`, were made
by reading, before any run. They name clauses by their place in the reading order of the texts (from 0, headings
included), so that one list serves the real policies, where they stand beside the project, and the twins of them in this
project's own words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.gold import SHARED, TWINS, Told  # noqa: E402
from policybook.compare import compare, witness_of_document  # noqa: E402
from policybook.domain.comparison import Witness  # noqa: E402
from policybook.intake import read_document  # noqa: E402

REAL = {
    "severn-valley": "000",
    "gloucestershire-2018": "001",
    "lady-zia-wernher": "002",
    "academy-trust": "003",
    "three-rivers": "004",
}
"""The real policy that each twin follows clause by clause."""
CUT = {"three-rivers": 25}
"""The clause of the real policy that is two clauses in its twin."""


@dataclass(frozen=True)
class SameRule:
    """Two texts and what a reader calls the same rule in them; `optional` pairs count neither way."""

    name: str
    half: str
    left: Witness
    right: Witness
    same: frozenset[Told]
    optional: frozenset[Told]


@dataclass(frozen=True)
class Found:
    """Counts of pairs: found and right, found and wrong, not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of found pairs that are right, 1 where none was found."""
        return self.right / max(1, self.right + self.wrong) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the reader's pairs that are found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def find_lists() -> Iterator[SameRule]:
    """Every list with the twins, and with the real policies where they are there."""
    for path in sorted(TWINS.glob("same_rule_*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for kind in ("twins", "real") if any((SHARED / "policies").glob("*.txt")) else ("twins",):
            names = (told["left"], told["right"])
            left, right = (_witness(name, kind) for name in names)
            same, optional = (_placed(told[key], names, kind) for key in ("same", "optional"))
            pair = " ".join(REAL[name] for name in names)
            yield SameRule(f"{pair} {kind}", told["half"], left, right, same, optional - same)


def find_same(entry: SameRule) -> Found:
    """What a comparison finds of a list."""
    comparison = compare(entry.left, entry.right)
    places = [{id(one): place for place, one in enumerate(side.readings)} for side in (entry.left, entry.right)]
    told = {
        (places[0][id(one)], places[1][id(two)]) for row in comparison.rows for one in row.left for two in row.right
    }
    return count(told, entry)


def count(told: set[Told], entry: SameRule) -> Found:
    """How many of the told pairs are in a list."""
    right = len(told & entry.same)
    return Found(right, len(told - entry.same - entry.optional), len(entry.same) - right)


def total(found: Iterable[Found]) -> Found:
    """The counts of several pairs of texts together."""
    found = list(found)
    return Found(sum(one.right for one in found), sum(one.wrong for one in found), sum(one.missed for one in found))


@lru_cache
def _witness(name: str, kind: str) -> Witness:
    path = TWINS / f"{name}.txt" if kind == "twins" else next((SHARED / "policies").glob(f"{REAL[name]}_*"))
    return witness_of_document(name, path.name, read_document(path))


def _placed(pairs: list[Told], names: tuple[str, str], kind: str) -> frozenset[Told]:
    return frozenset(
        (left, right)
        for pair in pairs
        for left in _places(pair[0], names[0], kind)
        for right in _places(pair[1], names[1], kind)
    )


def _places(place: int, name: str, kind: str) -> tuple[int, ...]:
    cut = CUT.get(name)
    if kind == "real" or cut is None or place < cut:
        return (place,)
    return (place, place + 1) if place == cut else (place + 1,)


def _print_table(entries: Iterable[SameRule]) -> None:
    print("| pair | half | pairs of a reader | found | false | precision | recall | F1 | ms |\n|" + "---|" * 9)
    sums: dict[str, list[Found]] = {}
    for entry in entries:
        start = process_time()
        found = find_same(entry)
        spent = 1_000 * (process_time() - start)
        sums.setdefault(f"{entry.half}, {entry.name.split()[-1]}", []).append(found)
        print(_row(entry.name, entry.half, found, f"{spent:.0f}"))
    for name, group in sums.items():
        print(_row("together", name, total(group), ""))


def _row(name: str, half: str, found: Found, spent: str) -> str:
    shares = " | ".join(f"{share:.2f}" for share in (found.precision, found.recall, found.f1))
    wanted = found.right + found.missed
    return f"| {name} | {half} | {wanted} | {found.right} | {found.wrong} | {shares} | {spent} |"


if __name__ == "__main__":
    _print_table(entry for entry in find_lists() if len(sys.argv) == 1 or entry.half in sys.argv[1:])
