"""What `check` remembers changes nothing of what it finds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from chain_sample import ACADEMY, PART, TRUST, write, write_chain
from policybook.domain.finding import Finding, Place
from policybook.store.memory import Memory
from policybook.store.yaml_file import read_yaml
from policybook.workflow.workspace import MEMORY, check_workspace
from record_sample import edit

DAY = date(2029, 1, 1)

CHANGES = [
    (ACADEMY, "08:00-15:00", "08:00-14:00"),
    (ACADEMY, "wold/mail@2026-10-01", "wold/mail@2026-10-02"),
    (ACADEMY, "schema: 1", "schema: 1\n\n# a comment moves every line"),
    (TRUST, "age_limit: 19", "age_limit: 17"),
    (TRUST, "review: {next: Autumn 2028}", "review: {next: Autumn 2030}"),
    (PART, "The law stands.", "The law falls."),
    (PART, "use.old, text", "use.older, text"),
    ("clauses/schools/beck.yaml", "principal", "head of school"),
    ("clauses/schools/beck.yaml", "kind: academy", "kind: school\nvalues: {past-pupils: 12}"),
    ("clauses/adoptions/wold/mail/issued/2026-10-01/manifest.yaml", "name: ", "named: "),
    ("clauses/adoptions/wold/mail/editions/2026-10-01.yaml", "lends every", "sells every"),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_findings_are_the_same_with_and_without_memory_whatever_changed(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    root = write_chain(tmp_path)
    before = check_workspace(root, DAY, is_remembering=True)
    assert check_workspace(root, DAY, is_remembering=True) == check_workspace(root, DAY) == before
    edit(root, name, old, new)
    assert check_workspace(root, DAY, is_remembering=True) == check_workspace(root, DAY)
    edit(root, name, new, old)
    assert check_workspace(root, DAY, is_remembering=True) == before


def test_the_example_has_the_same_findings_with_and_without_memory(example: Path) -> None:
    found = check_workspace(example, DAY)
    assert found
    for _ in range(2):
        assert check_workspace(example, DAY, is_remembering=True) == found


def test_files_are_really_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_chain(tmp_path)
    check_workspace(root, DAY, is_remembering=True)
    parsed: list[str] = []
    monkeypatch.setattr("policybook.store.yaml_file._parse", lambda text, result: parsed.append(result.path))
    found = check_workspace(root, DAY, is_remembering=True)
    assert all(not path.startswith("clauses/") for path in parsed)
    assert found


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"format": 1}', '{"format": 99, "program": "", "entries": {}}', "\x00"]
)
def test_a_damaged_memory_is_an_empty_one(damage: str, tmp_path: Path) -> None:
    root = write_chain(tmp_path)
    found = check_workspace(root, DAY)
    write(root, MEMORY, damage)
    assert check_workspace(root, DAY, is_remembering=True) == found


def test_entries_of_another_shape_are_read_anew(tmp_path: Path) -> None:
    root = write_chain(tmp_path)
    found = check_workspace(root, DAY, is_remembering=True)
    data = json.loads((root / MEMORY).read_bytes())
    odd: list[object] = [None, 3, [1], [{}, [["a", "b"]], []], [[1, 2], 3], [["error", "x"]]]
    data["entries"] = {name: odd[index % len(odd)] for index, name in enumerate(data["entries"])}
    (root / MEMORY).write_text(json.dumps(data), encoding="utf-8")
    assert check_workspace(root, DAY, is_remembering=True) == found


def test_what_another_program_kept_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "memory.json"
    memory = Memory.open(file, "one")
    finding = Finding("note", "a.b", Place("x", 1), "what", "how")
    assert memory.findings(["source"], lambda: [finding]) == [finding]
    memory.write()
    assert Memory.open(file, "one").findings(["source"], list) == [finding]
    assert Memory.open(file, "other").findings(["source"], list) == []


def test_it_keeps_no_more_than_the_last_run_used(tmp_path: Path) -> None:
    root = write_chain(tmp_path)
    check_workspace(root, DAY, is_remembering=True)
    size = len(json.loads((root / MEMORY).read_bytes())["entries"])
    for year in range(2027, 2031):
        edit(root, TRUST, "decisions:", f"# {year}\ndecisions:")
        check_workspace(root, DAY, is_remembering=True)
    assert len(json.loads((root / MEMORY).read_bytes())["entries"]) == size


def test_a_folder_that_cannot_be_written_is_checked_all_the_same(tmp_path: Path) -> None:
    root = write_chain(tmp_path)
    write(root, "build", "a file where the folder would be")
    assert check_workspace(root, DAY, is_remembering=True) == check_workspace(root, DAY)


YAML = [
    "a: {$day: 2024-01-01}\n",
    'a: 2024-01-01\nb: ["2024-01-01", 1, 1.5, true, null, "é \\ud83d"]\n',
    "'1': 1\n2: x\n",
]


@pytest.mark.parametrize("text", YAML)
def test_a_file_reads_the_same_when_it_is_remembered(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    first = read_yaml(file, tmp_path)
    memory = Memory.open(tmp_path / "memory.json", "p")
    read_yaml(file, tmp_path, memory)
    memory.write()
    again = read_yaml(file, tmp_path, Memory.open(tmp_path / "memory.json", "p"))
    assert (again.data, again.lines, again.plain_keys) == (first.data, first.lines, first.plain_keys)
