"""Alignments made by hand, as pairs of clause indices: what answers what, and what kind of change it is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policybook.compare import witness_of_document
from policybook.domain.comparison import Comparison, Witness
from policybook.intake import read_document

ROOT = Path(__file__).resolve().parent.parent.parent
TWINS = ROOT / "tests" / "twins"
SHARED = ROOT.parent / "shared"
ALLOWED = {
    "same": {"same", "editorial"},
    "names-only": {"value"},
    "reworded": {"reworded", "editorial"},
    "substantive": {"substantive"},
}
"""The judgements that agree with a kind in the hand-made alignment; any other kind ("merged") agrees with all."""
Told = tuple[int, int]
SHORTEST_INSIDE = 25
"""Letters that the first words of a clause have at least, to be found in the middle of a reading."""


@dataclass(frozen=True)
class Gold:
    """Two texts and the truth about them; `kinds` of the pairs (left index, right index), `alone` clauses of one side.

    `optional` pairs count neither way; `moved` and `cut` (split or joined) are among the pairs.
    """

    name: str
    left: Witness
    right: Witness
    kinds: dict[Told, str]
    optional: frozenset[Told]
    moved: frozenset[Told]
    alone: frozenset[tuple[str, int]]

    @property
    def pairs(self) -> set[Told]:
        """What answers what."""
        return set(self.kinds)

    @cached_property
    def cut(self) -> frozenset[Told]:
        """The pairs of clauses that were split or joined."""
        lefts, rights = Counter(left for left, _ in self.kinds), Counter(right for _, right in self.kinds)
        return frozenset(pair for pair in self.kinds if lefts[pair[0]] > 1 or rights[pair[1]] > 1)


@dataclass(frozen=True)
class Agreement:
    """How well a comparison agrees with a hand-made alignment: shares from 0 to 1, and counts."""

    f1: float
    false_pairs: int
    substance_found: int
    substance_wanted: int
    false_substance: int
    kinds_right: float


def find_golds() -> Iterator[Gold]:
    """The real pair where it is beside the project, and the pairs in this project's own words."""
    real = SHARED / "gold" / "alignment_000_001.json"
    if real.exists():
        texts = [next((SHARED / "policies").glob(f"{number}_*")) for number in ("000", "001")]
        yield read_gold("real pair", texts[0], texts[1], real)
    yield from own_golds()


def own_golds() -> Iterator[Gold]:
    """The pairs in this project's own words, each by the name of its second text."""
    for left, right, gold in (
        ("severn-valley", "gloucestershire-2018", "gold_severn_gloucestershire"),
        ("lady-zia-wernher", "pairs/wychbrook", "pairs/gold_lady_zia_wychbrook"),
        ("three-rivers", "pairs/elmbrook", "pairs/gold_three_rivers_elmbrook"),
        ("academy-trust", "pairs/marlstone", "pairs/gold_academy_trust_marlstone"),
        ("pairs/fenbridge-4", "pairs/fenbridge-5", "pairs/gold_fenbridge_4_5"),
        ("pairs/caldermoor", "pairs/hollin-bank", "pairs/gold_caldermoor_hollin_bank"),
        ("pairs/wexcombe", "pairs/quayside", "pairs/gold_wexcombe_quayside"),
    ):
        yield read_gold(Path(right).name, TWINS / f"{left}.txt", TWINS / f"{right}.txt", TWINS / f"{gold}.json")


def read_gold(name: str, left: Path, right: Path, gold: Path) -> Gold:
    """A hand-made alignment of two documents."""
    witnesses = [
        witness_of_document(siglum, path.name, read_document(path)) for siglum, path in (("A", left), ("B", right))
    ]
    rows = json.loads(gold.read_text(encoding="utf-8"))
    places = [
        _places_by_row(witness, [_key(row[side]) for row in rows])
        for side, witness in zip("ab", witnesses, strict=True)
    ]
    kinds: dict[Told, str] = {}
    optional: set[Told] = set()
    moved: set[Told] = set()
    alone: set[tuple[str, int]] = set()
    for row, lefts, rights in zip(rows, *places, strict=True):
        pairs = {(one, two) for one in lefts for two in rights}
        if row.get("optional"):
            optional |= pairs
        elif pairs:
            kinds |= dict.fromkeys(pairs, row["kind"])
            moved |= pairs if row.get("moved") else set()
        else:
            alone |= {("left", place) for place in lefts} | {("right", place) for place in rights}
    return Gold(name, *witnesses, kinds, frozenset(optional), frozenset(moved), frozenset(alone))


def agreement(gold: Gold, comparison: Comparison) -> Agreement:
    """How well a comparison of the gold's two texts agrees with it; a row of several clauses is several pairs."""
    told = {pair: kind for pair, kind in _told(comparison).items() if pair not in gold.optional}
    good = told.keys() & gold.pairs
    wanted = {pair for pair, kind in gold.kinds.items() if kind == "substantive"}
    said = {pair for pair in good if told[pair] == "substantive"}
    right = sum(told[pair] in ALLOWED.get(gold.kinds[pair], {told[pair]}) for pair in good)
    lonely = gold.alone & _alone(comparison)
    return Agreement(
        2 * len(good) / (len(told) + len(gold.pairs)),
        len(told) - len(good),
        len(said & wanted),
        len(wanted),
        len(said - wanted),
        (right + len(lonely)) / (len(gold.pairs) + len(gold.alone)),
    )


def _told(comparison: Comparison) -> dict[Told, str]:
    lefts, rights = _indices(comparison.left), _indices(comparison.right)
    return {
        (lefts[id(one)], rights[id(two)]): row.change
        for row in comparison.rows
        for one in row.left
        for two in row.right
    }


def _alone(comparison: Comparison) -> set[tuple[str, int]]:
    sides = {"left": _indices(comparison.left), "right": _indices(comparison.right)}
    return {
        (side, places[id(reading)])
        for row in comparison.rows
        if not (row.left and row.right)
        for side, places in sides.items()
        for reading in getattr(row, side)
    }


def _indices(witness: Witness) -> dict[int, int]:
    return {id(reading): index for index, reading in enumerate(witness.readings)}


def _places_by_row(witness: Witness, keys: list[str]) -> list[list[int]]:
    """The clauses that each row names; rows that begin alike take the clauses that begin so in order, one each."""
    found = _places(witness, set(keys))
    met: Counter[str] = Counter()
    told = []
    for key in keys:
        places = found[key]
        told.append([places[met[key]]] if len(places) == keys.count(key) else places)
        met[key] += 1
    return told


def _places(witness: Witness, keys: set[str]) -> dict[str, list[int]]:
    """Where the clauses of each key stand: a clause is the longest key that it begins with, else those it holds."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, reading in enumerate(witness.readings):
        text = _plain(reading.text)
        first = [key for key in keys if key and text.startswith(key)]
        inside = [key for key in keys if len(key) > SHORTEST_INSIDE and f" {key}" in f" {text}"]
        for key in [max(first, key=len)] if first else inside:
            found[key].append(index)
    return found


def _key(first_words: str | None) -> str:
    return _plain(first_words or "")[:45].strip()


def _plain(text: str) -> str:
    text = re.sub(r"[‘’“”\"'*_\\#]", "", unicodedata.normalize("NFKC", text).lower())
    text = re.sub(r"^\s*(?:[-•]\s+|#+\s+)?(?:\d+(?:\.\d+)*\.?\s+)?", "", re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"[^a-z0-9]+", " ", text).strip()
