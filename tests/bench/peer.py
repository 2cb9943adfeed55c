# ruff: noqa: T201 - a command: it prints
"""Our alignment beside other programs' on the same pairs: `python tests/bench/peer.py` prints a table in Markdown.

Run it from the root of the project, with the programs of the dependency group `bench` (see docs/dev/benchmarks.md).
Each program runs in a process of its own, so that its memory can be told; a name after the command runs only those
whose name holds it.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.adapter import Pairs, Peer, peers  # noqa: E402
from bench.gold import TWINS, find_golds  # noqa: E402
from bench.score import f1_of, told_pairs  # noqa: E402
from bench.synthetic import adopt  # noqa: E402
from policybook.compare import compare, witness_of_document  # noqa: E402
from policybook.domain.comparison import Witness  # noqa: E402
from policybook.intake import read_document  # noqa: E402

OURS = "policybook"
SLOW = ("CollateX",)
"""Programs that take many seconds for one pair: of the synthetic pairs they get one a strength."""
SEEDS = 2


@dataclass(frozen=True)
class Case:
    """One pair of texts with its truth; `kind` is a gold pair's name, or "synthetic 1" and "synthetic 2"."""

    kind: str
    left: Witness
    right: Witness
    wanted: Pairs
    optional: Pairs
    moved: Pairs
    cut: Pairs


def main(arguments: list[str]) -> None:
    """Prints the table; with `--one NAME`, the figures of one program as JSON."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(_figures(arguments[1])))
        return
    names = [name for name in (OURS, *(name for name, _ in peers())) if not arguments or arguments[0] in name]
    kinds = list(dict.fromkeys(case.kind for case in _cases()))
    golds = [kind for kind in kinds if not kind.startswith("synthetic")]
    columns = [*(f"F1 {kind}" for kind in golds), "F1 synthetic 1", "worst", "F1 synthetic 2", "worst",
               "moves", "splits, joins, breaks", "ms", "MB"]  # fmt: skip
    print("| program |" + "".join(f" {column} |" for column in columns))
    print("|---|" + "---|" * len(columns))
    for name in names:
        command = [sys.executable, __file__, "--one", name]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode:
            why = done.stderr.strip().rpartition("\n")[2]
            cells = [f"could not run: {why}", *[""] * (len(columns) - 1)]
        else:
            cells = list(_cells(json.loads(done.stdout), golds))
        print(f"| {name} |" + "".join(f" {cell} |" for cell in cells), flush=True)


def _cells(figures: dict[str, Any], golds: list[str]) -> Iterator[str]:
    scores = figures["f1"]
    for kind in golds:
        yield _share(scores[kind][0])
    for strength in (1, 2):
        found = scores[f"synthetic {strength}"]
        yield from (_share(mean(found)), _share(min(found)))
    yield from (_share(figures["moves"]), _share(figures["cuts"]))
    yield f"{figures['ms']:,.1f}" if figures["ms"] < 100 else f"{figures['ms']:,.0f}"
    yield f"{figures['mb']:,.0f}"


def _share(value: float) -> str:
    return "1.000" if value >= 1 else f"{value:.3f}"[1:] if value < 0.9995 else ".999"


def _figures(name: str) -> dict[str, Any]:
    """Scores by kind of pair, shares of moved and of split or joined pairs found, median milliseconds, megabytes."""
    peer = dict(peers()).get(name)
    scores: dict[str, list[float]] = {}
    spent, moves, cuts = [], [0, 0], [0, 0]
    for case in _cases(few=name in SLOW):
        told, milliseconds = _ask(peer, case)
        told -= case.optional
        scores.setdefault(case.kind, []).append(f1_of(told, case.wanted))
        spent.append(milliseconds)
        for counts, wanted in ((moves, case.moved), (cuts, case.cut)):
            counts[0] += len(wanted & told)
            counts[1] += len(wanted)
    return {
        "f1": scores,
        "moves": moves[0] / moves[1],
        "cuts": cuts[0] / cuts[1],
        "ms": median(spent),
        "mb": _megabytes(),
    }


def _megabytes() -> float:
    """At most, of this process or of one that it started."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _ask(peer: Peer | None, case: Case) -> tuple[Pairs, float]:
    """The pairs that a program tells (None is our own), and the milliseconds of the processor that it took, of two."""
    left, right = ([" ".join(entry.text.split()) for entry in side.readings] for side in (case.left, case.right))
    spent = []
    for _ in range(1 if peer and peer.name in SLOW else 2):
        _forget()
        given = peer.prepare(left, right) if peer else None
        start = _processor_seconds()
        answer = peer.run(given) if peer else compare(case.left, case.right)
        spent.append(1000 * (_processor_seconds() - start))
    told = peer.read(answer, left, right) if peer else set(told_pairs(answer))
    return told, min(spent)


def _processor_seconds() -> float:
    """Of this process and those that it started: a program may be a command."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _forget() -> None:
    """Empties every cache of ours, so that no pair helps the next."""
    for entry in gc.get_objects():
        if type(entry).__name__ == "_lru_cache_wrapper" and entry.__module__.startswith("policybook"):
            entry.cache_clear()
    gc.collect()


def _cases(*, few: bool = False) -> Iterator[Case]:
    for gold in find_golds():
        yield Case(gold.name, gold.left, gold.right, gold.pairs, set(gold.optional), set(gold.moved), set(gold.cut))
    texts = sorted(TWINS.glob("*.txt"))
    for strength in (1, 2):
        for path in texts[:1] if few else texts:
            base = witness_of_document("A", path.stem, read_document(path))
            for seed in range(1 if few else SEEDS):
                made = adopt(base, seed, strength)
                moved = made.pairs_done("move") | made.pairs_done("part")
                cut = made.pairs_done("split") | made.pairs_done("join") | made.pairs_done("break")
                yield Case(f"synthetic {strength}", base, made.copy, made.pairs, set(), moved, cut)


if __name__ == "__main__":
    main(sys.argv[1:])
