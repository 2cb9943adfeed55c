"""Reading a workspace: everything wrong at once, each with its line; hostile files are findings, never tracebacks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import ROOT
from policybook.domain.error import BrokenWorkspace, WorkspaceError
from policybook.store import find_workspace, read_workspace
from policybook.store.read import read_adoption
from policybook.store.yaml_file import read_yaml
from store.small import ADOPTION, PART, POLICY, SCHOOL, codes_of, findings_of, write_workspace


def school_codes(root: Path, content: bytes) -> list[str]:
    write_workspace(root)
    (root / SCHOOL).write_bytes(content)
    return codes_of(findings_of(root))


def test_all_mistakes_of_all_files_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    root = write_workspace(
        tmp_path,
        (SCHOOL, "kind: school", "knid: school"),
        (PART, "kind: table", "kind: tabel"),
        (ADOPTION, "on: 2024-11-21", "on: yesterday"),
    )
    _, findings = read_workspace(root)
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("yaml.wrong-type", f"{ADOPTION}:12"),
        ("yaml.wrong-type", f"{PART}:13"),
        ("yaml.missing-key", f"{SCHOOL}:1"),
        ("yaml.unknown-key", f"{SCHOOL}:4"),
    ]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["yaml.shape"]),
        (b"# only a remark\n", ["yaml.shape"]),
        (b"- a\n- b\n", ["yaml.shape"]),
        (b"schema: 1\nname: Caf\xe9\n", ["yaml.encoding"]),
        (b"schema: 1\n\tname: x\n", ["yaml.syntax"]),
        (b"schema: 1\nname: [\n", ["yaml.syntax"]),
        (b"schema: 1\nname: \x00\n", ["yaml.syntax"]),
        (b"schema: 1\n---\nschema: 1\n", ["yaml.syntax"]),
        (b"schema: 1\nname: !!python/object:os.system x\n", ["yaml.syntax"]),
        (b"schema: 1\nname: 2024-02-30\n", ["yaml.syntax"]),
        (b"schema: 1\n? [a, b]\n: c\n", ["yaml.syntax"]),
        (b"a: " + b"[" * 600, ["yaml.syntax"]),
        (b"a: " + b"[" * 60 + b"]" * 60, ["yaml.refused"]),
        (b"#" * 4_000_001, ["yaml.too-large"]),
    ],
    ids=[
        "empty", "remark", "list", "latin-1", "tab", "open bracket", "NUL", "two documents", "Python tag",
        "no such day", "list as key", "brackets without end", "deep", "large",
    ],
)  # fmt: skip
def test_a_hostile_file_is_one_finding(content: bytes, codes: list[str], tmp_path: Path) -> None:
    assert school_codes(tmp_path, content) == codes


def test_a_tab_is_named_as_such(tmp_path: Path) -> None:
    write_workspace(tmp_path)
    (tmp_path / SCHOOL).write_bytes(b"schema: 1\nname:\n\tx\n")
    (finding,) = findings_of(tmp_path)
    assert "tabs" in finding.mend
    assert finding.place.line == 3


def test_a_billion_laughs_ends_at_the_first_alias(tmp_path: Path) -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    codes = school_codes(tmp_path, "\n".join(lines).encode())
    assert set(codes) == {"yaml.refused"}


def test_a_merge_key_is_refused(tmp_path: Path) -> None:
    codes = school_codes(tmp_path, b"schema: 1\nroles: &r {head: x}\nother: {<<: *r}\n")
    assert codes == ["yaml.refused"]


def test_a_file_that_begins_with_a_byte_order_mark_reads_well(tmp_path: Path) -> None:
    assert school_codes(tmp_path, b"\xef\xbb\xbfschema: 1\r\nid: oak\r\nname: Oak School\r\nkind: school\r\n") == []


def test_a_file_that_vanishes_is_a_finding(tmp_path: Path) -> None:
    yaml = read_yaml(tmp_path / "gone.yaml", tmp_path)
    assert codes_of(yaml.findings) == ["yaml.unreadable"]


def test_a_part_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    root = write_workspace(tmp_path / "workspace")
    outside = tmp_path / "outside.yaml"
    outside.write_text((root / PART).read_text())
    (root / PART).unlink()
    _link(root / PART, outside)
    assert "yaml.refused" in codes_of(read_workspace(root)[1])


def test_a_school_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    root = write_workspace(tmp_path / "workspace")
    outside = tmp_path / "outside.yaml"
    outside.write_text((root / SCHOOL).read_text())
    (root / SCHOOL).unlink()
    _link(root / SCHOOL, outside)
    assert "yaml.refused" in codes_of(read_workspace(root)[1])


def test_a_link_in_a_circle_is_a_finding(tmp_path: Path) -> None:
    root = write_workspace(tmp_path)
    (root / SCHOOL).unlink()
    _link(root / SCHOOL, root / SCHOOL)
    assert set(codes_of(read_workspace(root)[1])) & {"yaml.refused", "yaml.unreadable"}


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError as error:  # Windows without the right to make links
        pytest.skip(f"no links can be made here: {error}")


@pytest.mark.parametrize(
    ("file", "wrong", "right", "near"),
    [
        (SCHOOL, "kind:", "knid:", "kind"),
        (POLICY, "changes:", "chanegs:", "changes"),
        (POLICY, "minimum:", "minimun:", "minimum"),
        (PART, "tailoring: fixed", "tailorng: fixed", "tailoring"),
        (ADOPTION, "reason: Nobody", "raeson: Nobody", "reason"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(
    file: str, wrong: str, right: str, near: str, tmp_path: Path
) -> None:
    _, findings = read_workspace(write_workspace(tmp_path, (file, wrong, right)))
    mends = [finding.mend for finding in findings if finding.code == "yaml.unknown-key"]
    assert mends == [f"did you mean '{near}'?"]


def test_an_unquoted_version_is_an_error_as_a_number_and_a_warning_as_words(tmp_path: Path) -> None:
    (number,) = read_workspace(write_workspace(tmp_path / "a", (ADOPTION, '"2"', "1.10")))[1]
    words = read_workspace(write_workspace(tmp_path / "b", (ADOPTION, '"2"', "2024-10")))[1]
    assert (number.severity, number.code) == ("error", "version.unquoted")
    assert ("warning", "version.unquoted") in [(finding.severity, finding.code) for finding in words]


def test_what_could_not_be_read_brings_no_after_effects(tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (PART, "kind: table", "kind: tabel"))
    assert codes_of(findings_of(root)) == ["yaml.wrong-type"]
    assert read_workspace(root)[0].broken == {"hr/mail@2"}


def test_one_adoption_can_be_read_alone(tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (SCHOOL, "kind: school", "knid: school"))
    assert read_adoption(root, "oak/mail").version == "2"
    with pytest.raises(BrokenWorkspace):
        read_adoption(root, "oak/other")


def test_a_workspace_is_found_from_a_folder_within_and_nowhere_else(tmp_path: Path) -> None:
    root = write_workspace(tmp_path / "workspace")
    assert find_workspace(root / "clauses" / "models") == root.resolve()
    with pytest.raises(WorkspaceError):
        find_workspace(Path(os.path.abspath(os.sep)))  # noqa: PTH100


def test_reading_twice_gives_the_same() -> None:
    assert read_workspace(ROOT) == read_workspace(ROOT)


@pytest.mark.parametrize("value", ["1.5", "{a: b}", "[[x]]"])
def test_a_value_of_no_known_type_is_one_finding_that_names_its_key(value: str, tmp_path: Path) -> None:
    (finding,) = read_workspace(write_workspace(tmp_path, (ADOPTION, "keeper: bursar", f"keeper: {value}")))[1]
    assert (finding.code, finding.place.line) == ("yaml.wrong-type", 5)
    assert finding.message.startswith("'keeper'")
