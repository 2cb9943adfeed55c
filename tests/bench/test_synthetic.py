"""The score on synthetic adoptions, small and with fixed seeds; `python tests/bench/compare.py` runs the large one."""

from __future__ import annotations

from statistics import mean

import pytest

from bench.score import Score, f1_of, score
from bench.synthetic import Adoption, adopt
from conftest import TWINS
from policybook.compare import compare, witness_of_document
from policybook.intake import read_document

BASES = [
    witness_of_document("A", path.stem, read_document(path))
    for path in (TWINS / "severn-valley.txt", TWINS / "academy-trust.txt", TWINS / "gloucestershire-2018.txt")
]


def scores(strength: int) -> list[Score]:
    adoptions = [adopt(base, seed, strength) for base in BASES for seed in range(4)]
    return [score(adoption, compare(adoption.base, adoption.copy)) for adoption in adoptions]


def made(done: str) -> list[Adoption]:
    return [adoption for seed in range(4) if (adoption := adopt(BASES[0], seed, 1)).pairs_done(done)]


def test_the_same_seed_makes_the_same_adoption_and_another_seed_another() -> None:
    assert adopt(BASES[0], 1, 1) == adopt(BASES[0], 1, 1)
    assert adopt(BASES[0], 1, 1).copy != adopt(BASES[0], 2, 1).copy


@pytest.mark.parametrize("done", ["move", "part", "split", "break", "join", "reword", "substance"])
def test_each_thing_that_schools_do_is_done(done: str) -> None:
    assert made(done)


def test_adoptions_at_single_strength_are_aligned_and_judged() -> None:
    found = scores(1)
    assert mean(entry.f1 for entry in found) >= 0.99
    assert min(entry.f1 for entry in found) >= 0.97
    assert mean(entry.moves for entry in found) >= 0.99
    assert mean(entry.splits for entry in found) >= 0.98
    assert mean(entry.substance_recall for entry in found) >= 0.95
    assert mean(entry.substance_precision for entry in found) >= 0.85


def test_adoptions_at_double_strength_are_aligned_and_judged() -> None:
    found = scores(2)
    assert mean(entry.f1 for entry in found) >= 0.98
    assert mean(entry.substance_recall for entry in found) >= 0.95
    assert mean(entry.substance_precision for entry in found) >= 0.85


def test_f1_counts_wrong_pairs_and_missing_ones() -> None:
    assert f1_of({(0, 0), (1, 1)}, {(0, 0), (1, 2)}) == 0.5
    assert f1_of(set(), set()) == 1.0
