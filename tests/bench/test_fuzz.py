"""The fuzzer itself: its targets run, and what goes wrong in one is found, kept and told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase
from hypothesis import strategies as st

from bench import fuzz, fuzz_intake, fuzz_room
from bench.fuzz_target import Case, Target, damage, damage_tree
from conftest import ROOT
from policybook.adopt.upgrade import plan_upgrade
from policybook.compare import compare
from policybook.domain.comparison import Comparison, Witness
from policybook.domain.upgrade import UpgradePlan
from policybook.intake import read_document
from policybook.store.read import read_workspace
from policybook.text.placeholder import split_placeholders


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fuzz, "KEPT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["text", "markdown", "placeholders", "compare", "upgrade"])
def test_a_target_runs_its_cases(name: str) -> None:
    tally = fuzz.fuzz(name, 0.3, seed=0)
    assert tally.cases > 0
    assert tally.failures == set()


def test_a_failure_is_made_small_kept_and_told_once(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(case: Case) -> None:
        if case.data > 1_000:
            raise LookupError(f"{case.data} is too much")

    numbers = st.integers(0, 1 << 20).map(lambda number: Case(str(number).encode(), number))
    tally = fuzz.Tally("numbers", seed=3)
    for _ in range(2):
        fuzz.try_round(Target(numbers, run), tally, end=float("inf"))
    assert len(tally.failures) == 1
    assert (kept / "numbers-3-0").read_bytes() == b"1001"
    assert "numbers, seed 3: LookupError: 1001 is too much" in capsys.readouterr().out


def read_only_utf8(path: Path, *rest: object) -> object:
    path.read_text(encoding="utf-8")
    return read_document(path, *rest)  # type: ignore[arg-type]


def read_all_utf8(root: Path) -> object:
    for file in root.rglob("*.yaml"):
        file.read_text(encoding="utf-8")
    return read_workspace(root)


def split_and_trim(text: str) -> list[object]:
    return [piece.strip() if isinstance(piece, str) else piece for piece in split_placeholders(text)]


def compare_without_added(left: Witness, right: Witness) -> Comparison:
    found = compare(left, right)
    return replace(found, rows=tuple(row for row in found.rows if row.change != "added"))


def plan_without_last(*arguments: object) -> UpgradePlan:
    plan = plan_upgrade(*arguments)  # type: ignore[arg-type]
    return replace(plan, outcomes=plan.outcomes[:-1])


@pytest.mark.parametrize(
    ("target", "room", "name", "planted"),
    [
        ("text", fuzz_intake, "read_document", read_only_utf8),
        ("yaml", fuzz_room, "read_workspace", read_all_utf8),
        ("placeholders", fuzz_room, "split_placeholders", split_and_trim),
        ("compare", fuzz_room, "compare", compare_without_added),
        ("upgrade", fuzz_room, "plan_upgrade", plan_without_last),
    ],
)
def test_a_planted_fault_is_found(
    target: str, room: ModuleType, name: str, planted: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, name, planted)
    monkeypatch.setattr(fuzz, "PHASES", (Phase.generate,))
    if target == "yaml":  # a small workspace: the whole example takes a second a case
        (tmp_path / "clauses").mkdir()
        shutil.copyfile(ROOT / "clauses" / "topics.yaml", tmp_path / "clauses" / "topics.yaml")
        monkeypatch.setattr(fuzz_room, "ROOT", tmp_path / "tests")
    tally = fuzz.Tally(target, seed=0)
    made = fuzz.TARGETS[target](tmp_path)
    for _ in range(10):
        if not tally.failures:
            fuzz.try_round(made, tally, end=float("inf"))
            tally.seed += 1
    assert tally.failures


def test_all_targets_come_out_as_one_table() -> None:
    tallies = [fuzz.Tally("text", 0, 1_200, 3, 0.25), fuzz.Tally("yaml", 0, 40, 0, 1.5, {"LookupError at x.py:1"})]
    assert fuzz.table_of(tallies, 15)[2:] == ["| text | 15 | 1,200 | 3 | 0.2 | 0 |", "| yaml | 15 | 40 | 0 | 1.5 | 1 |"]


def test_what_is_refused_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_case: Case) -> None:
        raise KeyError("refused")

    monkeypatch.setitem(fuzz.TARGETS, "refused", lambda _folder: Target(st.just(Case(b"")), run, (KeyError,)))
    tally = fuzz.fuzz("refused", 0.2, seed=0)
    assert tally.refused == tally.cases > 0
    assert tally.failures == set()


def test_the_same_damage_gives_the_same_bytes_and_leaves_xml_well_formed() -> None:
    changes = [(0, 5, 3, "<b>"), (3, 2, 7, ""), (4, 1, 2, "x"), (1, 9, 2, "")]
    assert damage(b"Staff keep to it.", changes) == damage(b"Staff keep to it.", changes) != b"Staff keep to it."
    assert damage_tree(b"<a><b c='d'>e</b><f/></a>", changes).startswith(b"<a")
