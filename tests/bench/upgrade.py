# ruff: noqa: T201 - a command: it prints
"""Upgrades on generated histories, and the time that a plan for many schools takes.

`python tests/bench/upgrade.py cases [NUMBER] [SEED]` (10,000): every cell of the table of outcomes in turn, in words
drawn anew each time, among other sections that publisher and school changed at random. Each case must have the outcome
that the table says; every clause must have one outcome, no word of the school's may go unnamed, and an upgrade to the
same version must change nothing. Exit code 1 where any case fails, with its seed.

`python tests/bench/upgrade.py schools [NUMBER]` (1,000): writes a workspace of so many schools on the older version of
the example's model, each with its own departures, and times `policybook upgrade` on it.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from adopt.test_upgrade import (
    CELLS,
    CHOICE,
    CHOICE_CELLS,
    INSERTS,
    NEW_CLAUSES,
    OLD,
    STATES,
    A,
    B,
    C,
    D,
    said,
)
from adopt.test_upgrade_properties import History, named, words_in
from adopt.upgrade_builder import SCHOOL, adoption, insert, model
from policybook.adopt.upgrade import plan_upgrade
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.model import Choice, Clause, ModelVersion, Part
from policybook.domain.upgrade import UpgradePlan
from policybook.store import read_workspace
from policybook.store.adopted import print_adoption, print_lock
from policybook.text.base import base_words

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = "luton-hr/social-media-internet"
_WORD = re.compile(r"\{\{.*?\}\}|[A-Za-z]{2,}")
_SYLLABLES = [first + second for first in "bdfglmnprstv" for second in "aeiou"]

Cell = tuple[str, str, ModelVersion, ModelVersion, Adoption, str]
"""What the publisher did, what the school had, both versions, the adoption, and the steps that the table says."""


def cells() -> list[Cell]:
    """Every cell of the table that the tests hold, additions, choices and new clauses included."""
    found = [(change, state, old, new, STATES[state], kinds) for change, state, old, new, kinds in CELLS]
    letter = adoption(insert("letter", "b", "Staff of Oak write the letter."))
    found += [(why, "inserted", OLD, new, letter, kinds) for why, new, kinds in INSERTS]
    for why, new, chosen, kinds in CHOICE_CELLS:
        adopted = adoption(choices={"mail.x": chosen} if chosen else {})
        found.append(
            (f"choice: {why}", chosen or "as-is", model("1", A, CHOICE, C), model("2", A, new, C), adopted, kinds)
        )
    found += [
        (f"new clause, {why}", "as-is", model("1", A, B, C, D), model("2", A, B, added, C, D), adoption(), kinds)
        for why, added, kinds, _ in NEW_CLAUSES
    ]
    return found


def run_cases(number: int, seed: int) -> int:
    """Runs the cases, says what was found, and returns the exit code."""
    table = cells()
    hit: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    started = time.process_time()
    for index in range(number):
        cell = table[index % len(table)]
        problems = list(_problems(cell, seed + index))
        hit[cell[0], cell[1]] += 1
        failures += [f"seed {seed + index}, {cell[0]}, {cell[1]}: {problem}" for problem in problems]
    seconds = time.process_time() - started
    print(f"{number:,} cases, {len(hit)} of {len(table)} cells hit, each {min(hit.values())} times or more")
    print(
        f"{number - len({entry.partition(',')[0] for entry in failures}):,} as the table says, no word lost; {seconds:.0f} s"
    )
    print("\n".join(failures[:20]))
    return 1 if failures or len(hit) < len(table) else 0


def _problems(cell: Cell, seed: int) -> list[str]:
    """What is wrong with the plan of one case."""
    _, _, old, new, adopted, kinds = cell
    words = _Words(seed)
    history = History(seed)
    other = history.adopt()
    history.release()
    first, second = (_with_part(words.model(m), n) for m, n in zip((old, new), history.versions, strict=True))
    own = words.adoption(adopted)
    school = replace(own, tailorings=(*own.tailorings, *other.tailorings), choices={**own.choices, **other.choices})
    plan = plan_upgrade([first, second], school, SCHOOL)
    found = []
    name = next(
        (e.clause for e in own.tailorings if e.kind == "insert"), "mail.new" if "new clause" in cell[0] else "mail.x"
    )
    if said(plan, name) != kinds:
        found.append(f"{said(plan, name)} instead of {kinds}")
    lost = words_in(school) - {"age"} - words_in(plan.proposed) - named(plan)
    if lost:
        found.append(f"words lost: {', '.join(sorted(lost))}")
    if not _is_whole(plan, first, second):
        found.append("a clause without an outcome, or with two")
    if plan_upgrade([first], school, SCHOOL).proposed != school:
        found.append("the same version changes something")
    return found


def _is_whole(plan: UpgradePlan, old: ModelVersion, new: ModelVersion) -> bool:
    sides = ((old, [n for e in plan.outcomes for n in e.formerly]), (new, [n for e in plan.outcomes for n in e.now]))
    return all(
        sorted(names) == sorted([*(part.id for part in side.parts), *(e.id for e in side.walk() if not e.withdrawn)])
        for side, names in sides
    )


def _with_part(target: ModelVersion, other: ModelVersion) -> ModelVersion:
    """The case's own sections, and after them those that were changed at random; theirs use no blank that it lacks."""
    clauses = tuple(_without_blank(clause) for clause in other.parts[0].clauses)
    return replace(target, parts=(*target.parts, Part("other", "Other matters", clauses=clauses)))


def _without_blank(clause: Clause) -> Clause:
    children = tuple(_without_blank(child) for child in clause.clauses)
    return replace(clause, text=clause.text.replace("{{age}}", "then"), clauses=children)


class _Words:
    """Other words for those of a case, the same one for the same one, drawn from a seed; blanks stay."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a test's own draw, no secret)
        self._known: dict[str, str] = {}

    def model(self, version: ModelVersion) -> ModelVersion:
        parts = tuple(
            replace(part, heading=self._text(part.heading), clauses=tuple(map(self._clause, part.clauses)))
            for part in version.parts
        )
        return replace(version, parts=parts)

    def adoption(self, adopted: Adoption) -> Adoption:
        entries = tuple(replace(entry, text=self._text(entry.text)) for entry in adopted.tailorings)
        return replace(adopted, tailorings=entries)

    def _clause(self, clause: Clause) -> Clause:
        return replace(
            clause,
            text=self._text(clause.text),
            choices=tuple(Choice(choice.id, self._text(choice.text)) for choice in clause.choices),
            head=tuple(map(self._text, clause.head)),
            rows=tuple(tuple(map(self._text, row)) for row in clause.rows),
            clauses=tuple(map(self._clause, clause.clauses)),
        )

    def _text(self, text: str) -> str:
        return _WORD.sub(lambda found: self._word(found.group()), text)

    def _word(self, word: str) -> str:
        if word.startswith("{"):
            return word
        key = word.lower()
        while key not in self._known:
            drawn = "".join(self._random.choices(_SYLLABLES, k=self._random.randint(3, 4)))
            if drawn not in self._known.values():
                self._known[key] = drawn
        return self._known[key].capitalize() if word[0].isupper() else self._known[key]


def time_schools(number: int) -> int:
    """Writes the workspace, runs the command, and says how long it took and how much memory."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        _write_schools(root, number)
        command = [sys.executable, "-m", "policybook", "-w", name, "upgrade", "-m", f"{TARGET}@2024-10", "--to"]
        for to in ("json", "xlsx"):
            out, started = root / f"plan.{to}", time.monotonic()
            done = subprocess.run([*command, to, "-o", str(out)], check=False, capture_output=True, text=True)
            if not out.exists():
                print(done.stderr)
                return 1
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            wall, size = time.monotonic() - started, out.stat().st_size / 1e6
            print(f"{number:,} schools, --to {to}: {wall:.1f} s by the clock, {size:.0f} MB written, "
                  f"{used.ru_utime + used.ru_stime:.1f} s of processor so far, at most {used.ru_maxrss / 1024:.0f} MB")  # fmt: skip
    return 0


def _write_schools(root: Path, number: int) -> None:
    """The example's model, and schools with a few values, own wordings, omissions and additions each."""
    records, _ = read_workspace(ROOT)
    version = records.models[f"{TARGET}@2022-09"]
    folder = root / "clauses" / "models" / TARGET
    for file in (ROOT / "clauses" / "models" / TARGET).rglob("*.yaml"):
        copy = folder / file.relative_to(ROOT / "clauses" / "models" / TARGET)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    (root / "clauses" / "topics.yaml").write_bytes((ROOT / "clauses" / "topics.yaml").read_bytes())
    said = " ".join(clause.text for clause in version.walk())
    plain = [c for c in version.walk() if c.text and "{{" not in c.text and f"clause:{c.id}" not in said]
    free = [clause for clause in plain if clause.tailoring == "free" and not clause.clauses]
    (root / "clauses" / "schools").mkdir()
    for index in range(number):
        school, drawn = f"s{index}", random.Random(index)  # noqa: S311
        record = f"schema: 1\nid: {school}\nname: School {index}\nkind: school\n"
        (root / "clauses" / "schools" / f"{school}.yaml").write_text(record, encoding="utf-8")
        history, picked = History(index), drawn.sample(free, 8)
        entries = [("substitute", clause, history.edit_text(clause.text)) for clause in picked[:4]]
        entries += [("omit", clause, "") for clause in picked[4:6]]
        tailorings = tuple(_tailoring(kind, clause.id, text) for kind, clause, text in entries)
        own = tuple(
            replace(_tailoring("insert", f"{school}.own-{place}", history.sentence()), after=clause.id)
            for place, clause in enumerate(picked[6:])
        )
        adopted = Adoption(
            school,
            "social-media-internet",
            TARGET,
            "2022-09",
            {"sign_off_keeper": "school office"},
            tailorings=(*tailorings, *own),
        )
        home = root / "clauses" / "adoptions" / adopted.ref
        home.mkdir(parents=True)
        (home / "adoption.yaml").write_bytes(print_adoption(adopted))
        bases = {entry.clause: base_words(version)[entry.clause] for entry in tailorings}
        (home / "lock.yaml").write_bytes(print_lock(adopted, bases))


def _tailoring(kind: str, clause: str, text: str) -> Tailoring:
    return Tailoring(kind, clause, "our own way", text)  # type: ignore[arg-type]


def main(arguments: list[str]) -> int:
    """Runs what is named; returns the exit code."""
    numbers = [int(argument) for argument in arguments[1:]]
    if arguments[:1] == ["cases"]:
        return run_cases(*(*numbers, *(10_000, 0)[len(numbers) :]))
    if arguments[:1] == ["schools"]:
        return time_schools(*(numbers or [1_000]))
    print(__doc__)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
