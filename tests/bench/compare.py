# ruff: noqa: T201 - a command: it prints
"""The comparison bench: `python tests/bench/compare.py` prints scores and times; docs/dev/benchmarks.md keeps them.

Run it from the root of the project. Peers take part where they are installed.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median, pstdev

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.peer import peers  # noqa: E402
from bench.score import f1_of, score, told_pairs  # noqa: E402
from bench.synthetic import Adoption, adopt  # noqa: E402
from policybook.compare import compare, hunk, measure, witness_of_document  # noqa: E402
from policybook.domain.comparison import Reading, Witness  # noqa: E402
from policybook.intake import read_document  # noqa: E402
from policybook.text import edit, spelling, word  # noqa: E402

SEEDS = 20
SLOW = ("collatex",)
"""Peers that take many seconds for one pair: one pair will do."""
CACHES = (
    hunk.find_hunks, hunk._tokens, measure.measures_of, edit._changed_edits, spelling.folded_words, word.normalise,
)  # fmt: skip


def main() -> None:
    """Prints all tables; each takes a few seconds."""
    bases = [
        witness_of_document("A", path.stem, read_document(path))
        for path in sorted((ROOT / "tests/twins").glob("*.txt"))
    ]
    _print_scores(bases)
    _print_times(max(bases, key=lambda base: len(base.readings)))
    _print_unusual()
    _print_peers(bases)


def _print_scores(bases: list[Witness]) -> None:
    print("\nstrength  texts  F1 mean  F1 worst  moves  splits  substance recall  precision")
    for strength in (1, 2):
        found = [
            score(adoption, compare(adoption.base, adoption.copy))
            for adoption in (adopt(base, seed, strength) for base in bases for seed in range(SEEDS))
        ]
        shares = [
            mean(entry.f1 for entry in found), min(entry.f1 for entry in found), mean(entry.moves for entry in found),
            mean(entry.splits for entry in found), mean(entry.substance_recall for entry in found),
            mean(entry.substance_precision for entry in found),
        ]  # fmt: skip
        print(f"{strength:>8}  {len(found):>5}  " + "  ".join(f"{share:.4f}" for share in shares))


def _print_peers(bases: list[Witness]) -> None:
    adoptions = [adopt(base, seed, 1) for base in bases for seed in range(2)]
    print("\nprogram  F1 mean  F1 worst  moves  ms median  ms spread  times ours")
    ours = _row("policybook", adoptions, lambda entry: set(told_pairs(compare(entry.base, entry.copy))), 0.0)
    for name, peer in peers():
        tried = adoptions[:1] if name in SLOW else adoptions
        _row(name, tried, lambda entry, peer=peer: peer(_texts(entry.base), _texts(entry.copy)), ours)  # type: ignore[misc]


def _row(name: str, adoptions: list[Adoption], align: Callable[[Adoption], set[tuple[int, int]]], ours: float) -> float:
    times, scores, moves = [], [], []
    for adoption in adoptions:
        _forget()
        start = time.perf_counter()
        told = align(adoption)
        times.append(1000 * (time.perf_counter() - start))
        scores.append(f1_of(told, adoption.pairs))
        moved = adoption.pairs_done("move") | adoption.pairs_done("part")
        moves.append(len(moved & told) / len(moved) if moved else 1.0)
    middle = median(times)
    print(
        f"{name:<28} {mean(scores):.3f}  {min(scores):.3f}  {mean(moves):.3f}  {middle:8.1f}  {pstdev(times):8.1f}"
        f"  {middle / (ours or middle):8.1f}"
    )
    return middle


def _print_times(base: Witness) -> None:
    """Many schools' copies of one model that share its clause ids, each with edits of its own."""
    model = _modelled(base, 100)
    print(f"\nadoptions of a model of {len(model.readings)} clauses  seconds  ms each  MB at most  cache hits")
    for count in (1_000, 6_000):
        copies = [_adopted(model, seed) for seed in range(count)]
        _forget()
        start = time.perf_counter()
        for copy in copies:
            compare(model, copy)
        spent = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        info = [cache.cache_info() for cache in CACHES]
        hits = sum(entry.hits for entry in info) / max(sum(entry.hits + entry.misses for entry in info), 1)
        print(f"{count:>6}  {spent:8.2f}  {1000 * spent / count:6.2f}  {memory:6.0f}  {hits:.2f}")
    cold = []
    for seed in range(30):
        copy = _adopted(model, 100_000 + seed)
        _forget()
        start = time.perf_counter()
        compare(model, copy)
        cold.append(1000 * (time.perf_counter() - start))
    print(f"one, nothing cached: median {median(cold):.2f} ms, spread {pstdev(cold):.2f} ms")


def _modelled(base: Witness, count: int) -> Witness:
    readings = tuple(
        Reading(entry.text, f"use.c{index}", kind=entry.kind) for index, entry in enumerate(base.readings[:count])
    )
    return Witness("A", "hr/use@1", "Use", readings, ("the school",), model="hr/use")


def _adopted(model: Witness, seed: int) -> Witness:
    made = adopt(model, seed, 1)
    readings = tuple(
        Reading(piece.text, model.readings[piece.origins[0]].id if piece.origins else f"own.c{place}", kind=piece.kind)
        for place, piece in enumerate(made.pieces)
    )
    seen: set[str | None] = set()
    kept = tuple(entry for entry in readings if entry.id not in seen and not seen.add(entry.id))  # type: ignore[func-returns-value]
    return Witness("B", f"s{seed}/use", "Use", kept, model="hr/use")


def _print_unusual() -> None:
    print("\nunusual input  seconds  MB at most")
    for name, left, right in (
        ("empty beside a text", [], ["Some words stand here."] * 100),
        ("one clause of 1 MB", [_long(0)], [_long(1)]),
        ("20,000 clauses", [f"Clause {k} speaks of thing {k % 97}." for k in range(20_000)],
         [f"Clause {k} speaks of matter {k % 97}." for k in range(20_000)]),
        ("one clause 5,000 times", ["Staff sign the form."] * 5_000, ["Staff sign the form."] * 4_999),
        ("Welsh", ["Ni chaiff staff gysylltu â disgyblion dan 18."] * 50, ["Ni ddylai staff gysylltu â disgyblion."] * 50),
        ("Arabic", ["لا يجوز للموظفين التواصل مع التلاميذ."] * 50, ["يجب على الموظفين تجنب التواصل."] * 50),
    ):  # fmt: skip
        _forget()
        start = time.perf_counter()
        compare(_plain("A", left), _plain("B", right))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:<24} {time.perf_counter() - start:8.2f}  {memory:6.0f}")


def _long(salt: int) -> str:
    words = (f"word{(k * 7919) % 20_011}" if k % 5_000 else f"other{salt}" for k in range(110_000))
    return " ".join(words)


def _plain(siglum: str, texts: list[str]) -> Witness:
    return Witness(siglum, siglum, siglum, tuple(Reading(text) for text in texts))


def _texts(witness: Witness) -> list[str]:
    return [reading.text for reading in witness.readings]


def _forget() -> None:
    for cache in CACHES:
        cache.cache_clear()
    gc.collect()


if __name__ == "__main__":
    main()
