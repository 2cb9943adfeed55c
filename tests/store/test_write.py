"""Writing: a reader sees the old file or the new one, and a write that dies leaves the old one whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.error import WorkspaceError
from policybook.domain.finding import NOWHERE
from policybook.store import read_workspace, write_atomically
from policybook.store.adopted import print_adoption
from store.small import ADOPTION, write_workspace


def test_a_write_that_dies_half_way_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(WorkspaceError, match="No space left"):
        write_atomically(file, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]
    assert file.read_text() == "old"


def test_a_path_that_windows_does_not_open_is_told_as_that(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as told:
        write_atomically(tmp_path / ("oakfield-" * 30) / "a.yaml", b"new")
    assert "nearer to the drive" in told.value.mend
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "c.yaml", b"x")
    assert (tmp_path / "a" / "b" / "c.yaml").read_bytes() == b"x"


@pytest.mark.parametrize("words", ["yes", "no", "1.10", "a: b", "# x", "'", "*x*", "{{ keeper }} does", "- x", "é “q”"])
def test_an_adoption_written_reads_back_the_same(words: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path)
    tailorings = (
        Tailoring("substitute", "use.scope", "not recorded (inherited)", words),
        Tailoring("insert", "oak.x", words, words, after="use.age", clause_kind="item", marker="none"),
        Tailoring("insert", "oak.t", words, after="oak.x", clause_kind="table", head=(words, "b"), rows=((words, ""),)),
    )
    adoption = Adoption("oak", "mail", "hr/mail", "2", {"keeper": words}, {"use.hours": "long"}, tailorings)
    (root / ADOPTION).write_bytes(print_adoption(adoption))
    records, findings = read_workspace(root)
    assert findings == []
    written = records.adoptions["oak/mail"]
    assert (written.values, written.choices) == (adoption.values, adoption.choices)
    assert [replace(entry, place=NOWHERE) for entry in written.tailorings] == list(tailorings)
