"""A workspace that came from somebody else: names, links and notes in it that would reach out of it, or fool a reader."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.adoption import School
from policybook.domain.error import Refused
from policybook.store import find_workspace
from policybook.store.school_file import print_school
from policybook.store.together import FileWrite, write_together
from policybook.store.unfinished import JOURNAL
from policybook.workflow.adopt import plan_adoption, write_adoption
from policybook.workflow.build import build_workspace
from policybook.workflow.release import plan_release
from policybook.workflow.workspace import check_workspace
from record_sample import TODAY, snapshot, write_sample
from store.small import ADOPTION, PART, POLICY, SCHOOL, codes_of, findings_of, write_workspace

DEVICES = ["con", "prn", "aux", "nul", "com1", "lpt9"]
BAD_IDS = [
    "../elm", "..", "/etc/passwd", "oak/elm", "oak\\elm", "C:oak", "Oak", "oak ", "oak\u202eelm",
    "о" + "ak",  # the first letter is Cyrillic
    "oak\u200b", "ｏak", "oak.", "-oak", "~oak", "oak%2e", "oak\x00",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_IDS, ids=ascii)
def test_an_id_is_small_letters_digits_and_hyphens_or_it_is_refused(name: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (SCHOOL, "id: oak\n", f"id: {json.dumps(name)}\n"))
    found = [finding for finding in findings_of(root) if finding.place.path == SCHOOL]
    assert {finding.severity for finding in found} == {"error"}
    assert {"id.malformed", "yaml.syntax"} & set(codes_of(found))


@pytest.mark.parametrize("name", ["../up", "use/../age", "use.Age", "use.аge", "use.a\u202ege"], ids=ascii)
def test_an_id_of_a_clause_or_part_leads_nowhere(name: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path, (PART, "{id: use.fixed,", f"{{id: {json.dumps(name)},"))
    assert "id.malformed" in codes_of(findings_of(root))


@pytest.mark.parametrize("name", [*DEVICES, "CON.1", "nul.txt"])
def test_a_name_that_windows_keeps_for_itself_is_an_error_wherever_it_stands(name: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path)
    version = (root / POLICY).read_text(encoding="utf-8").replace('version: "2"', f'version: "{name}"')
    folder = root / "clauses/models/hr/mail" / name
    folder.mkdir()
    (folder / "policy.yaml").write_text(version, encoding="utf-8")
    adoption = root / "clauses/adoptions/oak" / name / "adoption.yaml"
    adoption.parent.mkdir()
    adoption.write_text((root / ADOPTION).read_text(encoding="utf-8"), encoding="utf-8")
    told = {f.place.path for f in findings_of(root) if f.code == "id.malformed" and "Windows" in f.message}
    assert told == {file.relative_to(root).as_posix() for file in (folder / "policy.yaml", adoption)}


@pytest.mark.parametrize("name", DEVICES)
def test_no_file_is_written_under_a_name_that_windows_keeps_for_itself(name: str, tmp_path: Path) -> None:
    root = write_workspace(tmp_path)
    before = snapshot(root)
    file = root / "clauses" / "schools" / f"{name}.yaml"
    with pytest.raises(Refused, match="Windows keeps"):
        write_together([FileWrite(file, print_school(School(name, "A School", "school")))])
    assert snapshot(root) == before


def test_a_version_that_differs_only_by_capitals_is_not_released(tmp_path: Path) -> None:
    """On Windows and macOS the two would be one folder."""
    root = write_sample(tmp_path)
    model = root / "clauses/models/hr/mail"
    for folder in ("draft", "2026-Autumn"):
        (model / folder).mkdir()
        for file in (model / "1").iterdir():
            (model / folder / file.name).write_bytes(file.read_bytes())
    with pytest.raises(Refused, match="is there already"):
        plan_release(root, "hr/mail@draft", "2026-autumn", TODAY)


@pytest.mark.parametrize("below", ["clauses/adoptions", "clauses/adoptions/elm", "clauses/adoptions/elm/mail"])
def test_nothing_is_written_through_a_link_that_leads_out_of_the_workspace(below: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = write_workspace(tmp_path / "workspace")
    link = root / below
    if link.exists():
        link.rename(link.with_name("set aside"))
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside, target_is_directory=True)
    with pytest.raises(Refused, match="out of the workspace"):
        write_adoption(plan_adoption("elm", "hr/mail@2", root, {"keeper": "bursar"}))
    assert list(outside.iterdir()) == []


def test_a_linked_file_is_taken_the_place_of_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(b"mine")
    root = write_workspace(tmp_path / "workspace")
    file = root / "clauses/schools/linked.yaml"
    file.symlink_to(outside)
    write_together([FileWrite(file, b"new", b"mine")])
    assert outside.read_bytes() == b"mine"
    assert not file.is_symlink()


@pytest.mark.parametrize("below", ["build", "build/documents", "build/site_src"])
def test_a_build_never_follows_a_link(below: str, tmp_path: Path) -> None:
    """It writes, and it deletes what it no longer needs: neither happens to the folder that a link leads to."""
    outside = tmp_path / "outside"
    (outside / "documents").mkdir(parents=True)
    (outside / "documents" / "mine.docx").write_bytes(b"mine")
    root = write_sample(tmp_path / "workspace")
    (root / below).parent.mkdir(exist_ok=True)
    (root / below).symlink_to(outside, target_is_directory=True)
    before = snapshot(outside)
    with pytest.raises(Refused, match="link"):
        build_workspace(root)
    assert snapshot(outside) == before


def _note(**step: object) -> str:
    entry = {"file": "clauses/schools/oak.yaml", "temporary": ".writing-x", "content": None, "was": None} | step
    return json.dumps({"format": 1, "folders": [], "steps": [entry]})


MINE = hashlib.sha256(b"mine").hexdigest()
THEIRS = base64.b64encode(b"theirs").decode()
NOTES = {
    "a file above": _note(file="../mine.txt", content=MINE),
    "a file above to be written": _note(file="../mine.txt", content=MINE, was=THEIRS),
    "an absolute file": "ABSOLUTE",
    "another temporary": _note(temporary="../../mine.txt"),
    "a temporary of another name": _note(temporary="oak.yaml"),
    "through a link": _note(file="clauses/out/mine.txt", content=MINE, was=THEIRS),
    "no text": _note(was="%%%"),
    "deep": "[" * 100_000,
    "cut": _note()[:40],
    "another shape": "[1]",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_of_unfinished_work_reaches_nothing_outside_and_is_told(name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_bytes(b"mine")
    root = write_workspace(tmp_path / "workspace")
    (root / "clauses" / "out").symlink_to(tmp_path, target_is_directory=True)
    note = NOTES[name].replace("ABSOLUTE", _note(file=str(mine), content=MINE, was=THEIRS))
    (root / "clauses" / JOURNAL).write_text(note, encoding="utf-8")
    before = snapshot(root)
    find_workspace(root)
    assert mine.read_bytes() == b"mine"
    assert snapshot(root) == before
    assert "workspace.unfinished" in codes_of(check_workspace(root))


TURNED = "ab\u202etxt.exe\u2066z"
STEERING = "ab\x1b]0;title\x07\x9b31m"


def test_signs_that_turn_words_round_or_steer_a_terminal_are_shown_in_findings_and_errors(tmp_path: Path) -> None:
    root = write_workspace(tmp_path / "w", (SCHOOL, "kind: school\n", f'kind: school\n"{TURNED}": 1\n'))
    for arguments in (["check"], ["show", f"oak/{STEERING}"], ["show", f"oak/{TURNED}"]):
        said = CliRunner().invoke(main, ["-w", str(root), *arguments])
        assert said.exit_code in (1, 2)
        assert "<U+202E>" in said.output or "<U+001B>" in said.output
        assert not set("\u202e\u2066\x1b\x07\x9b") & set(said.output)


def test_signs_that_steer_a_terminal_do_not_reach_it_from_a_document(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text(
        f"# Title {STEERING}\n\nStaff are {TURNED} kind {STEERING}.\n\n| A {TURNED} | B |\n|--|--|\n| c | d |\n"
    )
    said = CliRunner().invoke(main, ["read", str(file)])
    assert "Staff are" in said.output
    assert not set("\u202e\u2066\x1b\x07\x9b") & set(said.output)


def test_a_value_is_words_whatever_it_looks_like(tmp_path: Path) -> None:
    """A value that holds a placeholder, markup, or another language of templates is printed as it stands."""
    hostile = "{{ school_name }} {{ clause:use.age }} {% raw %} ${x} **b** [l](https://x) <b> #sys.inputs \\input{x}"
    root = write_workspace(tmp_path, (ADOPTION, "keeper: bursar", f"keeper: {json.dumps(hostile)}"))
    said = CliRunner().invoke(main, ["-w", str(root), "show", "oak/mail"])
    assert f"The {hostile} keeps the form." in " ".join(said.output.split())
