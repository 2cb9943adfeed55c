"""Every job that writes, ended at every step: nothing is lost, `check` can name what is there, the next run heals."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from faults.disk import Killed, failing_disk
from faults.jobs import JOBS, Job, Write
from policybook.domain.error import PolicybookError, WorkspaceError
from policybook.store import find_workspace, write_atomically
from policybook.store.together import FileWrite, write_together
from policybook.store.unfinished import JOURNAL
from policybook.workflow.workspace import check_workspace

Tree = dict[str, bytes]


def tree(root: Path) -> Tree:
    """Every file below a folder, but not what is derived."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and "build" not in file.relative_to(root).parts
    }


@dataclass
class Place:
    """A workspace that is set back as often as a test wants, and what writes a job there."""

    base: Path
    root: Path
    write: Write
    before: Tree
    after: Tree

    def set_back(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.base, self.root)


def planned(job: Job, tmp_path: Path) -> Place:
    """The workspace of a job as it was before, with the job worked out, and all files as it leaves them."""
    base, root = tmp_path / "base", tmp_path / "workspace"
    base.mkdir()
    job.prepare(base)
    shutil.copytree(base, root)
    write = job.plan(root)
    before = tree(root)
    write()
    after = tree(root)
    assert before == tree(base) != after
    return Place(base, root, write, before, after)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_ended_at_any_step_is_done_or_undone_by_the_next_run(name: str, tmp_path: Path) -> None:
    place, step = planned(JOBS[name], tmp_path), 0
    undone = 0
    while True:
        step += 1
        place.set_back()
        with suppress(Killed), failing_disk(place.root, step) as disk:
            place.write()
        if disk.steps < step:
            break
        found = {finding.code for finding in check_workspace(place.root)}  # whatever there is, it can say
        assert ("workspace.unfinished" in found) == (place.root / "clauses" / JOURNAL).exists()
        find_workspace(place.root)
        assert tree(place.root) in (place.before, place.after), f"ended before step {step}"
        undone += tree(place.root) == place.before
    assert tree(place.root) == place.after
    assert 3 < undone < step - 1


@pytest.mark.parametrize("how", ["full", "read-only"])
@pytest.mark.parametrize("name", JOBS)
def test_a_disk_that_fails_at_any_step_is_told_in_words_and_nothing_is_lost(
    name: str, how: str, tmp_path: Path
) -> None:
    place, step = planned(JOBS[name], tmp_path), 0
    mends: list[str] = []
    while True:
        step += 1
        place.set_back()
        try:
            with failing_disk(place.root, step, how) as disk:
                place.write()
        except PolicybookError as error:
            mends.append(error.mend)
        if disk.steps < step:
            break
        find_workspace(place.root)
        assert tree(place.root) in (place.before, place.after), f"{how} from step {step}"
    assert len(mends) > 2
    assert all(mends)


def test_a_healing_that_is_ended_itself_is_gone_on_with(tmp_path: Path) -> None:
    place, step = planned(JOBS["decide"], tmp_path), 0
    place.set_back()
    with failing_disk(place.root) as disk:
        place.write()
    while True:
        step += 1
        place.set_back()
        with pytest.raises(Killed), failing_disk(place.root, disk.steps - 3):
            place.write()
        assert (place.root / "clauses" / JOURNAL).exists()
        with suppress(Killed), failing_disk(place.root, step) as healing:
            find_workspace(place.root)
        if healing.steps < step:
            break
        find_workspace(place.root)
        assert tree(place.root) == place.before, step
    assert step > 5


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_the_old_one(tmp_path: Path) -> None:
    """As the system itself says it, in a process that may write files of 2,000 bytes and no larger."""
    resource = pytest.importorskip("resource", reason="only Linux and macOS limit the size of a file")
    file = tmp_path / "clauses" / "a.yaml"
    file.parent.mkdir()
    file.write_bytes(b"old")
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, was[1]))
    try:
        with pytest.raises(WorkspaceError, match="too large"):
            write_together([FileWrite(file.with_name("b.yaml"), b"b"), FileWrite(file, b"x" * 9_000, b"old")])
        with pytest.raises(WorkspaceError, match="too large"):
            write_atomically(file, b"x" * 9_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert tree(tmp_path) == {"clauses/a.yaml": b"old"}
