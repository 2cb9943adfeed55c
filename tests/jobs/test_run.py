from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobs_sample import refuse, shout
from policybook.jobs import Ledger, Task, Workers, run_tasks


def task(output: str, words: str, key: str = "1") -> Task:
    return Task(output, key, shout, (words,))


def test_files_are_made_in_order_and_noted(tmp_path: Path) -> None:
    done = run_tasks([task("b.txt", "bee"), task("deep/a.txt", "ay")], Ledger(tmp_path))
    assert done.made == ("b.txt", "deep/a.txt")
    assert (tmp_path / "deep" / "a.txt").read_bytes() == b"AY"


def test_what_was_made_from_the_same_inputs_is_left_alone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run_tasks([task("a.txt", "ay")], ledger)
    ledger.write()
    before = (tmp_path / "a.txt").stat().st_mtime_ns
    done = run_tasks([task("a.txt", "ay")], Ledger.read(tmp_path))
    assert (done.made, done.kept) == ((), ("a.txt",))
    assert (tmp_path / "a.txt").stat().st_mtime_ns == before


@pytest.mark.parametrize("harm", ["cut short", "deleted", "new key"])
def test_it_is_made_again_when_inputs_or_the_file_changed(tmp_path: Path, harm: str) -> None:
    ledger = Ledger(tmp_path)
    run_tasks([task("a.txt", "ay")], ledger)
    if harm == "cut short":
        (tmp_path / "a.txt").write_bytes(b"")
    elif harm == "deleted":
        (tmp_path / "a.txt").unlink()
    again = run_tasks([task("a.txt", "ay", key="2" if harm == "new key" else "1")], ledger)
    assert again.made == ("a.txt",)
    assert (tmp_path / "a.txt").read_bytes() == b"AY"


def test_a_task_that_fails_stops_no_other_and_keeps_the_last_good_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run_tasks([task("a.txt", "old")], ledger)
    done = run_tasks([Task("a.txt", "2", refuse, ("a",)), task("b.txt", "bee")], ledger)
    assert [failure.output for failure in done.failures] == ["a.txt"]
    assert done.made == ("b.txt",)
    assert (tmp_path / "a.txt").read_bytes() == b"OLD"


def test_several_processes_give_the_same_files(tmp_path: Path) -> None:
    tasks = [task(f"{number}.txt", f"words {number}") for number in range(5)]
    run_tasks(tasks, Ledger(tmp_path / "one"))
    run_tasks(tasks, Ledger(tmp_path / "two"), workers=Workers(2))
    for entry in tasks:
        assert (tmp_path / "one" / entry.output).read_bytes() == (tmp_path / "two" / entry.output).read_bytes()


def test_outputs_that_no_task_names_any_more_are_taken_away(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    run_tasks([task("a.txt", "ay"), task("b.txt", "bee")], ledger)
    assert ledger.forget_others({"a.txt"}) == ["b.txt"]
    assert not (tmp_path / "b.txt").exists()
    assert (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99, "entries": {}}', '{"format": 1, "entries": []}'])
def test_a_damaged_ledger_is_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / ".ledger.json").write_text(content)
    assert Ledger.read(tmp_path).entries == {}


@pytest.mark.parametrize("path", ["../mine.txt", "/etc/hosts", "C:/mine.txt", "a/../../mine.txt", "..\\mine.txt"])
def test_a_tampered_ledger_deletes_nothing_outside(tmp_path: Path, path: str) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    build = tmp_path / "build"
    build.mkdir()
    (build / ".ledger.json").write_text(json.dumps({"format": 1, "entries": {path: {"key": "1"}}, "marks": {}}))
    Ledger.read(build).forget_others(set())
    assert mine.read_text() == "mine"
