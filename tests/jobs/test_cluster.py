"""A real scheduler and real workers on this machine, one of which is ended in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread
from time import monotonic, sleep

import pytest
from click.testing import CliRunner
from distributed import Client

from jobs_sample import shout, shout_or_fail, shout_or_hang, shout_slowly
from policybook.cli import main
from policybook.domain.error import TaskError
from policybook.jobs import HERE, Ledger, Limits, Task, Workers, run_tasks, stream
from policybook.workflow.survey import survey_folder
from survey_sample import SURVEY_MODEL, write_documents
from workspace_sample import plant

TESTS = Path(__file__).parent.parent


def start(*arguments: str) -> Popen[str]:
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "tools")])
    # A process of its own each and no nanny: ending it is what a machine that fails looks like.
    return Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        stderr=PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def start_worker(address: str, threads: int = 1) -> Popen[str]:
    worker = start(
        "dask_worker", address, "--host", "127.0.0.1", "--nthreads", str(threads), "--no-nanny", "--no-dashboard",
        "--memory-limit", "500MB",
    )  # fmt: skip
    forget_words(worker)
    return worker


def forget_words(process: Popen[str]) -> None:
    """Reads what a process goes on saying, so that it never waits for a reader."""
    assert process.stderr is not None
    Thread(target=process.stderr.read, daemon=True).start()


def told_address(scheduler: Popen[str]) -> str:
    """Where the scheduler says that it listens; the rest of what it says is read and forgotten."""
    assert scheduler.stderr is not None
    for line in scheduler.stderr:
        if "Scheduler at:" in line:
            forget_words(scheduler)
            return line.split()[-1]
    raise AssertionError("the scheduler ended")


def end(process: Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stderr:
        process.stderr.close()


@pytest.fixture
def surveyed(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "documents", 8)


@pytest.fixture
def scheduler() -> Iterator[str]:
    process = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    try:
        yield told_address(process)
    finally:
        end(process)


@contextmanager
def workers_at(address: str, count: int, threads: int = 1) -> Iterator[list[Popen[str]]]:
    workers = [start_worker(address, threads) for _ in range(count)]
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
        yield workers
    finally:
        for worker in workers:
            end(worker)


def end_once_it_works(worker: Popen[str], marks: Path) -> None:
    until = monotonic() + 60
    while monotonic() < until and not list(marks.glob(f"*-{worker.pid}")):
        sleep(0.02)
    worker.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def test_the_same_bytes_come_from_a_cluster_of_which_one_machine_ends_in_the_middle(
    scheduler: str, tmp_path: Path
) -> None:
    words = [f"words {number}" for number in range(30)]
    with workers_at(scheduler, 2) as workers:
        ending = Thread(target=end_once_it_works, args=(workers[0], tmp_path))
        ending.start()
        answers = list(stream(partial(shout_slowly, str(tmp_path)), words, Workers(cluster=scheduler), bundle=2))
        ending.join()
        assert workers[0].wait(10) != 0
    assert answers == list(stream(shout, words, HERE))
    assert len({file.name.rpartition("-")[2] for file in tmp_path.iterdir()}) == 2


def test_files_of_a_build_are_the_same_from_a_cluster_and_a_failure_stops_no_other(
    scheduler: str, tmp_path: Path
) -> None:
    tasks = [Task(f"{word}.txt", "1", shout_or_fail, (word,)) for word in ("a", "refuse", "b")]
    done = {}
    with workers_at(scheduler, 1):
        for name, workers in (("here", HERE), ("there", Workers(cluster=scheduler))):
            outcome = run_tasks(tasks, Ledger(tmp_path / name), workers=workers)
            files = {file.name: file.read_bytes() for file in (tmp_path / name).glob("*.txt")}
            done[name] = (outcome.made, [failure.error.what for failure in outcome.failures], files)
    assert done["here"] == done["there"]
    assert done["here"][1] == ["cannot make refuse"]


def end_once_there_is(worker: Popen[str], folder: Path, endings: str) -> None:
    until = monotonic() + 120
    while monotonic() < until and not list(folder.rglob(endings)):
        sleep(0.02)
    worker.kill()


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_command_build_makes_the_same_on_a_cluster_of_which_one_machine_ends_in_the_middle(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    plant(workspace)
    built = CliRunner().invoke(main, ["-w", str(workspace), "build"])
    assert built.exit_code == 0, built.output
    (workspace / "build").rename(tmp_path / "here")
    with workers_at(scheduler, 2) as workers:
        documents = workspace / "build" / "documents"
        ending = Thread(target=end_once_there_is, args=(workers[0], documents, "*.docx"))
        ending.start()
        again = CliRunner().invoke(main, ["-w", str(workspace), "build", "--cluster", scheduler])
        ending.join()
        assert again.exit_code == 0, again.output
        assert workers[0].wait(10) != 0
    made = files_in(tmp_path / "here" / "documents")
    assert any(name.endswith(".pdf") for name in made)
    assert files_in(workspace / "build" / "documents") == made
    assert files_in(workspace / "build" / "site") == files_in(tmp_path / "here" / "site")


def test_a_machine_gives_up_what_never_ends_and_goes_on(scheduler: str) -> None:
    words = ["a", "sleep", "b", "spin", "c"]
    with workers_at(scheduler, 1):
        answers = list(stream(shout_or_hang, words, Workers(cluster=scheduler), bundle=2, limits=Limits(seconds=2)))
    assert [answer for answer in answers if isinstance(answer, bytes)] == [b"A", b"B", b"C"]
    assert [answers[place].what for place in (1, 3)] == ["it took longer than 2 seconds"] * 2  # type: ignore[union-attr]


def test_a_survey_from_a_cluster_is_the_same_to_the_byte(
    scheduler: str, surveyed: Path, example: Path, tmp_path: Path
) -> None:
    for name, workers in (("here", HERE), ("there", Workers(cluster=scheduler))):
        with workers_at(scheduler, 2) if workers.cluster else nullcontext():
            survey_folder(surveyed, SURVEY_MODEL, example, tmp_path / name, workers=workers)
        shutil.rmtree(example / "build")  # nothing is remembered from one to the other
    files = {file.name: file.read_bytes() for file in (tmp_path / "here").iterdir()}
    assert "clauses.parquet" in files
    assert files == {file.name: file.read_bytes() for file in (tmp_path / "there").iterdir()}


def test_a_cluster_whose_machines_do_several_things_in_one_process_is_refused(scheduler: str) -> None:
    with workers_at(scheduler, 1, threads=2), pytest.raises(TaskError, match="several tasks at once") as caught:
        list(stream(shout, ["a"], Workers(cluster=scheduler)))
    assert "--nthreads 1" in caught.value.mend


def test_a_cluster_without_a_machine_is_told(scheduler: str) -> None:
    with pytest.raises(TaskError, match="has no worker"):
        list(stream(shout, ["a"], Workers(cluster=scheduler)))
