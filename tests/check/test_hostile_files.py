"""Files that only `check` reads, and files that change while it reads: findings with a place, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybook.domain.finding import Finding
from policybook.store.citation import OWN_LIST
from policybook.workflow.workspace import check_workspace
from store.small import ADOPTION, FILES, PART, POLICY, SCHOOL, TOPICS, write_workspace

LOCK = "clauses/adoptions/oak/mail/lock.yaml"
HOSTILE = [
    (b"", "yaml.shape"),
    (b"- a\n", "yaml.shape"),
    (b"schema: 1\n\tclauses: x\n", "yaml.syntax"),
    (b"schema: 1\nclauses: &a [x]\ncitations: *a\n", "yaml.refused"),
    (b"schema: 1\nschema: 1\n", "yaml.doubled-key"),
    (b"schema: 1\nclauses: [a]\ncitations: [a]\n", "yaml.wrong-type"),
    (b"schema: 1\nname: Caf\xe9\n", "yaml.encoding"),
]


def told(root: Path, path: str) -> list[Finding]:
    return [finding for finding in check_workspace(root) if finding.place.path == path]


@pytest.mark.parametrize("path", [LOCK, OWN_LIST])
@pytest.mark.parametrize(("content", "code"), HOSTILE, ids=[entry[1] + str(n) for n, entry in enumerate(HOSTILE)])
def test_a_hostile_lock_or_list_is_a_finding(path: str, content: bytes, code: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path)
    (root / path).write_bytes(content)
    assert code in {finding.code for finding in told(root, path)}


def test_a_lock_without_fingerprints_says_nothing_of_departures(tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (LOCK, "", "schema: 1\nclauses: {use.table: x, use.age: {words: y}}\n"))
    assert check_workspace(root) == ()


@pytest.mark.parametrize("path", [TOPICS, POLICY, PART, SCHOOL, ADOPTION])
def test_a_file_that_vanishes_while_it_is_read_is_a_finding(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed and gone when it is opened, as on a shared drive."""
    root = write_workspace(tmp_path).resolve()
    gone, as_it_was = root / path, {name: getattr(Path, name) for name in ("read_text", "read_bytes", "open")}

    def vanishing(name: str) -> object:
        def read(self: Path, *arguments: object, **options: object) -> object:
            if self == gone:
                raise FileNotFoundError(2, "No such file or directory", str(self))
            return as_it_was[name](self, *arguments, **options)

        return read

    for name in as_it_was:
        monkeypatch.setattr(Path, name, vanishing(name))
    assert [finding.code for finding in told(root, path)] == ["yaml.unreadable"]


def test_versions_in_a_circle_are_told_and_end(tmp_path: Path) -> None:
    first = "clauses/models/hr/mail/1/policy.yaml"
    found = check_workspace(write_workspace(tmp_path, (first, "parts: [use]", 'supersedes: "2"\nparts: [use]')))
    circles = [finding for finding in found if finding.code == "version.circle"]
    assert {finding.place.path for finding in circles} == {first, POLICY}
    assert "2 → 1 → 2" in " ".join(finding.message for finding in circles)


def test_every_finding_names_a_file_of_the_workspace(tmp_path: Path) -> None:
    """Also where every file at once is broken."""
    root = write_workspace(tmp_path, *((name, "", "\nunknown: [\n") for name in FILES))
    found = check_workspace(root)
    assert {finding.place.path for finding in found} == set(FILES)
    assert {finding.code for finding in found} == {"yaml.syntax"}
