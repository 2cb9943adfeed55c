"""Which look a school's documents have, what `check` says of it, and the command that makes one."""

from __future__ import annotations

import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.workflow.workspace import check_workspace
from record_sample import OAK, decide, edit, request, write_sample

SCHOOL = "clauses/schools/oak.yaml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-w", str(root), *arguments])


def look_codes(root: Path) -> list[str]:
    return [finding.code for finding in check_workspace(root) if finding.code.startswith("template.")]


def named(root: Path) -> Path:
    """The sample, whose school names a template that `policybook template` made."""
    write_sample(root)
    assert run(root, "template", "oak").exit_code == 0
    edit(root, SCHOOL, "kind: school\n", "kind: school\nbranding: {template: oak}\n")
    return root


def blue_title(root: Path) -> None:
    file = root / "templates" / "oak" / "reference.docx"
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/styles.xml"] = files["word/styles.xml"].replace(b"1B365D", b"0A5A75")
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def styles_of(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/styles.xml")


def test_a_new_template_is_sound_and_needs_no_remark(tmp_path: Path) -> None:
    assert look_codes(named(tmp_path)) == []


def test_a_template_is_never_written_over_and_has_a_plain_name(tmp_path: Path) -> None:
    root = named(tmp_path)
    assert run(root, "template", "oak").exit_code == 2
    for name in ("../out", "default", ".hidden", ""):
        assert run(root, "template", name).exit_code == 2
    assert "would write" in run(root, "template", "ash", "--dry-run").output
    assert not (root / "templates" / "ash").exists()


def test_everything_a_school_is_given_has_its_look(tmp_path: Path) -> None:
    root = named(tmp_path)
    blue_title(root)
    for number, arguments in enumerate((("show", OAK), ("pack", OAK), ("compare", "hr/mail@1", OAK))):
        file = tmp_path / f"{number}.docx"
        assert run(root, *arguments, "--to", "docx", "-o", str(file)).exit_code in (0, 1)
        assert b"0A5A75" in styles_of(file)
    decide(root, request(OAK))
    (issued,) = (root / "clauses/adoptions/oak/mail/issued").rglob("*.docx")
    assert b"0A5A75" in styles_of(issued)


def test_a_school_without_a_look_has_the_usual_one(tmp_path: Path) -> None:
    root = named(tmp_path)
    blue_title(root)
    file = tmp_path / "ash.docx"
    assert run(root, "show", "ash/mail", "--to", "docx", "-o", str(file)).exit_code == 0
    assert b"0A5A75" not in styles_of(file)


def test_a_template_that_is_not_there_is_an_error_at_the_school(tmp_path: Path) -> None:
    root = write_sample(tmp_path)
    edit(root, SCHOOL, "kind: school\n", "kind: school\nbranding: {template: elm}\n")
    (finding,) = (entry for entry in check_workspace(root) if entry.code == "template.missing")
    assert (finding.severity, finding.place.path) == ("error", SCHOOL)


def test_a_reference_that_cannot_be_used_stops_its_documents_and_nothing_else(tmp_path: Path) -> None:
    root = named(tmp_path)
    (root / "templates" / "oak" / "reference.docx").write_bytes(b"not a Word file")
    assert look_codes(root) == ["template.refused"]
    refused = run(root, "show", OAK, "--to", "docx", "-o", str(tmp_path / "x.docx"))
    assert refused.exit_code == 2
    assert "no Word document" in refused.output
    assert "Traceback" not in refused.output
    assert run(root, "show", OAK).exit_code == 0


def test_a_build_lists_the_documents_that_fail_and_makes_all_others(tmp_path: Path) -> None:
    root = named(tmp_path)
    (root / "templates" / "oak" / "reference.docx").write_bytes(b"not a Word file")
    done = run(root, "build")
    assert done.exit_code == 2
    assert "could not make build/documents/oak/mail/oak-mail-1.docx" in done.output
    assert done.output.index("made build/documents/ash") < done.output.index("could not make")
    assert "no Word document" in done.output
    assert "Traceback" not in done.output
    made = {path.name for path in (root / "build" / "documents").rglob("*.*")}
    assert {"ash-mail-1.docx", "ash-mail-1.pdf", "ash-mail-1-redline.docx", "oak-mail-1-beside-model.json"} <= made
    assert "oak-mail-1.pdf" not in made


def test_a_logo_and_a_font_that_cannot_be_used_are_told_by_check(tmp_path: Path) -> None:
    root = named(tmp_path)
    (root / "templates" / "oak" / "logo.png").write_bytes(b"GIF89a")
    file = root / "templates" / "oak" / "reference.docx"
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/styles.xml"] = files["word/styles.xml"].replace(b'w:ascii="Arial"', b'w:ascii="Verdana"')
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert sorted(look_codes(root)) == ["template.font", "template.logo"]
