# ruff: noqa: T201 - a command: it prints
"""The comparison bench: `python tests/bench/compare.py` prints scores and times; docs/dev/benchmarks.md keeps them.

Run it from the root of the project. With numbers (`compare.py 1000 24000`) it only measures that many adoptions. The
programs of others are run by `peer.py`.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.score import score  # noqa: E402
from bench.synthetic import adopt  # noqa: E402
from policybook.compare import compare, prepare, witness_of_document  # noqa: E402
from policybook.domain.comparison import Reading, Witness  # noqa: E402
from policybook.intake import read_document  # noqa: E402

SEEDS = 20


def main() -> None:
    """Prints all tables; each takes a few seconds."""
    bases = [
        witness_of_document("A", path.stem, read_document(path))
        for path in sorted((ROOT / "tests/twins").glob("*.txt"))
    ]
    if sys.argv[1:]:
        _print_times(max(bases, key=lambda base: len(base.readings)), [int(count) for count in sys.argv[1:]])
        return
    _print_scores(bases)
    _print_times(max(bases, key=lambda base: len(base.readings)))
    _print_unusual()


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


def _print_times(base: Witness, counts: Sequence[int] = (1_000, 6_000)) -> None:
    """Many schools' copies of one model, each with edits of its own, on two processes; then one copy, nothing cached."""
    model = _modelled(base, 100)
    print(f"\nadoptions of a model of {len(model.readings)} clauses; processor time is of both processes together")
    print("adoptions  shared ids  processor s  ms each  slower process, wall s  MB at most a process  cache hits")
    for count in counts:
        for is_shared in (True, False):
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
                found = list(
                    pool.map(_time_copies, [model] * 2, [(0, count // 2), (count // 2, count)], [is_shared] * 2)
                )
            spent, walls, memory, hits = (list(column) for column in zip(*found, strict=True))
            print(
                f"{count:>9}  {is_shared!s:>10}  {sum(spent):11.1f}  {1000 * sum(spent) / count:7.2f}  {max(walls):22.1f}"
                f"  {max(memory):20.0f}  {mean(hits):10.2f}",
                flush=True,
            )
    for is_shared in (True, False):
        cold = [_time_cold(*_sides(model, 100_000 + seed, is_shared)) for seed in range(30)]
        named = "by ids" if is_shared else "by words"
        print(f"one {named}, nothing cached: median {median(cold):.2f}, fastest {min(cold):.2f} ms of the processor")


def _time_copies(model: Witness, seeds: tuple[int, int], is_shared: bool) -> tuple[float, float, float, float]:
    """Seconds of the processor, seconds of the clock, megabytes at most, share of answers that caches gave."""
    spent = wall = 0.0
    left = prepare(_sides(model, 0, is_shared)[0])
    for seed in range(*seeds):
        _, right = _sides(model, seed, is_shared)  # made one by one, and not timed: texts are read already
        start, clock = time.process_time(), time.perf_counter()
        compare(left, right)
        spent, wall = spent + time.process_time() - start, wall + time.perf_counter() - clock
    info = [cache.cache_info() for cache in _caches()]
    hits = sum(entry.hits for entry in info) / max(sum(entry.hits + entry.misses for entry in info), 1)
    return spent, wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, hits


def _time_cold(left: Witness, right: Witness) -> float:
    _forget()
    start = time.process_time()
    compare(left, right)
    return 1000 * (time.process_time() - start)


def _sides(model: Witness, seed: int, is_shared: bool) -> tuple[Witness, Witness]:
    copy = _adopted(model, seed)
    return (model, copy) if is_shared else (replace(model, model=None), replace(copy, model=None))


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


def _caches() -> list[Any]:
    """All that the engine keeps between two comparisons."""
    modules = [
        module for name, module in sys.modules.items() if name.startswith(("policybook.text", "policybook.compare"))
    ]
    found = {id(value): value for module in modules for value in vars(module).values() if hasattr(value, "cache_info")}
    return list(found.values())


def _forget() -> None:
    for cache in _caches():
        cache.cache_clear()
    gc.collect()


if __name__ == "__main__":
    main()
