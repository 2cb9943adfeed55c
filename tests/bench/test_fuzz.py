"""The fuzzer itself: its targets run, and what goes wrong in one is found, kept and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st

from bench import fuzz
from bench.fuzz_target import Case, Target, damage, damage_tree


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
