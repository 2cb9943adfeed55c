"""A build that is ended, refused by the disk, run twice at once, or given a damaged memory of the one before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from faults.disk import Killed, failing_disk
from policybook.domain.error import PolicybookError, Refused
from policybook.store import unfinished
from policybook.store.unfinished import only_writer
from policybook.workflow import mkdocs
from policybook.workflow.build import BuildReport, build_workspace
from policybook.workflow.workspace import MEMORY, check_workspace
from record_sample import edit, write_sample

SCHOOL = "clauses/schools/oak.yaml"
Tree = dict[str, bytes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "workspace")


@pytest.fixture
def quick_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of mkdocs, pages go into the site as they are: what is tried here is everything around it."""

    def lay(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        work, site = Path(command[command.index("--config-file") + 1]).parent, Path(command[-1])
        shutil.copytree(work / "site_src", site, dirs_exist_ok=True)
        for file in [*site.rglob("*.md")]:
            file.rename(file.with_suffix(".html"))
        for name in ("search_index.json", "search_index.js"):
            (site / "search").mkdir(exist_ok=True)
            (site / "search" / name).write_text('{"docs":[]}')
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(mkdocs.subprocess, "run", lay)


def finished(root: Path) -> Tree:
    """What a person takes from a build: the documents and the site; not what is half written under a hidden name."""
    found = [file for name in ("documents", "site") for file in (root / "build" / name).rglob("*") if file.is_file()]
    files = [file for file in found if not file.name.startswith(".writing-")]
    return {file.relative_to(root / "build").as_posix(): file.read_bytes() for file in sorted(files)}


def change(root: Path) -> None:
    edit(root, SCHOOL, "Oak School", "Old Oak School")


def test_a_build_ended_at_any_step_leaves_the_last_good_one_and_the_next_heals(root: Path, quick_site: None) -> None:
    build_workspace(root)
    before, base = finished(root), root.with_name("base")
    shutil.copytree(root, base)
    change(root)
    with failing_disk(root) as disk:
        build_workspace(root)
    after = finished(root)
    assert after.keys() == before.keys()
    assert after != before
    for step in sorted({*range(1, disk.steps, disk.steps // 8), *range(disk.steps - 8, disk.steps + 1)}):
        shutil.rmtree(root)
        shutil.copytree(base, root)
        change(root)
        with suppress(Killed), failing_disk(root, step):
            build_workspace(root)
        whole = root / "build" / "site"
        if not whole.exists():  # the one moment between setting the last good one aside and the new one in its place
            whole = root / "build" / "site.old"
        site = {
            f"site/{path.relative_to(whole).as_posix()}": path.read_bytes()
            for path in whole.rglob("*")
            if path.is_file()
        }
        assert site in [
            {name: old for name, old in tree.items() if name.startswith("site/")} for tree in (before, after)
        ]
        for name, content in finished(root).items():
            assert content in (before[name], after[name]), f"{name} before step {step}"
        build_workspace(root)
        assert finished(root) == after, f"after step {step}"
        assert not [*root.rglob(".writing-*")]
        with only_writer(root):  # the file of a lock may be left; nobody holds it
            pass


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_a_build_that_the_disk_refuses_says_so_and_leaves_the_last_good_one(
    root: Path, how: str, quick_site: None
) -> None:
    build_workspace(root)
    before = finished(root)
    change(root)
    for step in (1, 4, 9, 30):
        with pytest.raises(PolicybookError) as refused, failing_disk(root, step, how):
            build_workspace(root)
        assert refused.value.mend
        now = finished(root)
        assert {name for name in now if name.startswith("site/")} == {
            name for name in before if name.startswith("site/")
        }
    build_workspace(root)
    assert b"Old Oak School" in finished(root)["documents/oak/mail/oak-mail-1-beside-model.html"]


def test_the_last_good_site_comes_back_where_mkdocs_fails_after_a_build_that_died(
    root: Path, monkeypatch: pytest.MonkeyPatch, quick_site: None
) -> None:
    build_workspace(root)
    before = finished(root)
    site = root / "build" / "site"
    site.rename(site.with_name("site.old"))
    change(root)
    failed = subprocess.CompletedProcess([], 1, "", "no room")
    monkeypatch.setattr(mkdocs.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(PolicybookError, match="no room"):
        build_workspace(root)
    assert {name: old for name, old in finished(root).items() if name.startswith("site/")} == {
        name: old for name, old in before.items() if name.startswith("site/")
    }


def test_two_builds_at_once_both_end_well(root: Path, quick_site: None) -> None:
    results: list[BuildReport | BaseException] = []

    def build() -> None:
        try:
            results.append(build_workspace(root))
        except BaseException as error:
            results.append(error)

    threads = [threading.Thread(target=build) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(result) for result in results] == [BuildReport, BuildReport]
    once = root.with_name("once")
    shutil.copytree(root / "clauses", once / "clauses")
    build_workspace(once)
    assert finished(root) == finished(once)


def test_a_build_beside_one_that_goes_on_and_on_is_refused_in_words(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished, "WAIT_SECONDS", 0.1)
    code = "import sys, time; from pathlib import Path; from policybook.store.unfinished import only_writer\n"
    code += "with only_writer(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(Refused, match="somebody else is writing"):
            build_workspace(root)
        other.kill()
    with only_writer(root):  # what a killed process held is free
        assert not (root / "build").exists()


def _cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _nonsense(file: Path) -> None:
    file.write_bytes(b"\x00\xff" * 50)


def _other_shape(file: Path) -> None:
    file.write_text(json.dumps([1, 2, {"format": 1}]))


@pytest.mark.parametrize("damage", [_cut, _empty, _nonsense, _other_shape])
def test_damaged_memories_of_the_run_before_are_forgotten_and_nothing_else_comes_of_it(
    root: Path, damage: Callable[[Path], None], quick_site: None
) -> None:
    build_workspace(root)
    found = check_workspace(root, is_remembering=True)
    good = finished(root)
    memories = [file for file in (root / "build").glob(".*.json") if file.is_file()]
    assert {MEMORY.rpartition("/")[2], ".ledger.json"} <= {file.name for file in memories}
    for file in memories:
        damage(file)
    assert check_workspace(root, is_remembering=True) == found
    build_workspace(root)
    assert finished(root) == good


def test_a_document_cut_short_is_made_again(root: Path, quick_site: None) -> None:
    build_workspace(root)
    good = finished(root)
    _cut(root / "build" / "documents" / "oak" / "mail" / "oak-mail-1.docx")
    build_workspace(root)
    assert finished(root) == good


def test_a_clock_set_back_changes_nothing_that_was_built(root: Path, quick_site: None) -> None:
    """Files that are older than what was made of them, and younger than now: their words count, not their times."""
    build_workspace(root)
    change(root)
    long_ago, ahead = time.time() - 400 * 86_400, time.time() + 400 * 86_400
    os.utime(root / SCHOOL, (long_ago, long_ago))
    for file in (root / "build").rglob("*"):
        os.utime(file, (ahead, ahead))
    report = build_workspace(root)
    assert report.made
    assert b"Old Oak School" in finished(root)["documents/oak/mail/oak-mail-1-beside-model.html"]
    os.utime(root / SCHOOL, (ahead, ahead))
    assert build_workspace(root).made == ()
