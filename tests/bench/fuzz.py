"""Throws damaged input at one room after the other: `python tests/bench/fuzz.py [TARGET] [--minutes N] [--seed N]`.

A target is a Hypothesis strategy and a function that must end in order or in an error meant for people, within ten
seconds of processor time. Whatever else happens is a failure: Hypothesis makes the case smaller, the case is kept
under `build/fuzz`, and its seed is printed. The same seed tries the same cases. `--all`, or no TARGET, runs all in turn
and ends with the table that docs/dev/fuzzing.md keeps.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import io
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import fuzz_intake, fuzz_room  # noqa: E402
from bench.fuzz_target import Case, Target  # noqa: E402

KEPT = ROOT.parent / "build" / "fuzz"
SLOW_SECONDS = 10.0
HANG_SECONDS = 60.0
"""By the clock, after which the run itself is ended with a traceback: nothing else stops a loop in C."""
CASES_A_ROUND = 40
PHASES = (Phase.generate, Phase.shrink)
TARGETS: dict[str, Callable[[Path], Target]] = {**fuzz_intake.TARGETS, **fuzz_room.TARGETS}


class TooSlow(Exception):
    """A case took more than ten seconds."""


@dataclass(slots=True)
class Tally:
    """What one run came to; `failures` are the places in the program where something went wrong, each met once."""

    name: str
    seed: int
    cases: int = 0
    refused: int = 0
    slowest: float = 0.0
    failures: set[str] = field(default_factory=set)


def main() -> int:
    """Runs the targets asked for; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", choices=[*TARGETS, "all"], default="all", help=", ".join(TARGETS))
    parser.add_argument("--all", action="store_true", help="every target in turn")
    parser.add_argument("--minutes", type=float, default=15.0, help="for each target (15)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    tallies = []
    for name in TARGETS if options.all or options.target == "all" else [options.target]:
        tally = fuzz(name, options.minutes * 60, options.seed)
        tallies.append(tally)
        said = f"{tally.cases} cases, {tally.refused} refused, slowest {tally.slowest:.1f} s"
        _say(f"{name}: {said}, {len(tally.failures)} failures")
    if len(tallies) > 1:
        _say("\n".join(table_of(tallies, options.minutes)))
    return int(any(tally.failures for tally in tallies))


def table_of(tallies: Sequence[Tally], minutes: float) -> list[str]:
    """The runs as a Markdown table."""
    rows = [
        f"| {tally.name} | {minutes:g} | {tally.cases:,} | {tally.refused:,} | {tally.slowest:.1f} | {len(tally.failures)} |"
        for tally in tallies
    ]
    return ["| target | minutes | cases | refused | slowest, s | failures |", "|---|---|---|---|---|---|", *rows]


def fuzz(name: str, seconds: float, seed: int) -> Tally:
    """Tries cases of one target until the time is up."""
    target = TARGETS[name](KEPT)
    tally = Tally(name, seed)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try_round(target, tally, end)
        tally.seed += 1
    return tally


def try_round(target: Target, tally: Tally, end: float) -> None:
    """Some cases from one seed; a failure is made smaller, printed and kept."""
    smallest: list[Case] = []

    def attempt(case: Case) -> None:
        if time.monotonic() > end and tally.cases and not smallest:
            return
        try:
            _try(target, case, tally)
        except Exception as error:
            if _where(error) not in tally.failures:
                smallest[:] = [case]
                raise

    checks = settings(max_examples=CASES_A_ROUND, deadline=None, database=None, phases=PHASES,
                      suppress_health_check=list(HealthCheck), print_blob=False)  # fmt: skip
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            seeded(tally.seed)(checks(given(target.cases)(attempt)))()
    except Exception as error:
        if not smallest:  # the damage itself went wrong, not the program
            raise
        _report(error, smallest[0], tally)


def _try(target: Target, case: Case, tally: Tally) -> None:
    """Tries one case. What it was stands in a file while it runs, for a case that hangs or ends the program."""
    (KEPT / f"{tally.name}.current").write_bytes(case.content)
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=sys.__stderr__)
    start = time.process_time()
    try:
        target.run(case)
    except target.refusals:
        tally.refused += 1
    finally:
        faulthandler.cancel_dump_traceback_later()
        took = time.process_time() - start
        tally.cases += 1
        tally.slowest = max(tally.slowest, took)
    if took > SLOW_SECONDS:
        raise TooSlow(f"{took:.0f} seconds")


def _report(error: Exception, case: Case, tally: Tally) -> None:
    kept = KEPT / f"{tally.name}-{tally.seed}-{len(tally.failures)}"
    kept.write_bytes(case.content)
    tally.failures.add(_where(error))
    _say(f"{tally.name}, seed {tally.seed}: {type(error).__name__}: {str(error)[:300]}")
    _say(f"  {_where(error)}; kept as {kept}")


def _where(error: Exception) -> str:
    """The innermost line of the program that an error came through, which tells one failure from another."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if "policybook" in Path(frame.filename).parts] or list(frames)
    return f"{type(error).__name__} at {Path(inside[-1].filename).name}:{inside[-1].lineno}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
