"""What a Windows machine has otherwise: code page, line ends, names of folders, what a started process imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from record_sample import write_sample

ODD = "Bürö ☃ → of a school " + "with a long name " * 7
STRANGER = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\nraise SystemExit(3)\n"
LEFT_OUT = ("HOME", "USERPROFILE", "PYTHONSAFEPATH")
ENTRY = "import sys; sys.path.remove(''); from policybook.cli import main; main()"
"""As the installed command is: it imports nothing from the folder that one stands in."""


def run(*arguments: str, within: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", ENTRY, *arguments],
        cwd=within,
        env=variables | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.mark.parametrize("code_page", ["cp1252", "cp437", "ascii"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["init", "☃"],
        ["read", "tick.txt"],
        ["read", "no ☃.txt"],
        ["import", "tick.txt", "--model", "☃", "--version", "1"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_any_word_is_told_whatever_the_code_page_of_the_machine(
    tmp_path: Path, code_page: str, arguments: list[str]
) -> None:
    (tmp_path / "tick.txt").write_text("Policy ☃\n\n1. Staff → must ✓ not.\n", encoding="utf-8")
    done = run(*arguments, within=tmp_path, PYTHONIOENCODING=code_page)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)
    assert any(sign in done.stdout + done.stderr for sign in ("☃", "\\udce2"))


def test_a_workspace_may_stand_in_any_folder_and_no_home_be_known(tmp_path: Path) -> None:
    root = write_sample(tmp_path / ODD.strip() / "workspace")
    done = run("build", within=root, PYTHONIOENCODING="cp1252", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    assert ODD.strip() in done.stdout
    assert (root / "build" / "site" / "index.html").is_file()


def test_line_ends_of_windows_change_no_answer_and_no_document(example: Path) -> None:
    commands = [["check", "--to", "json"], ["verify"], ["register", "--to", "json"]]
    made = ["severn-valley.docx", "severn-valley.pdf", "severn-valley.html"]
    commands += [
        ["show", "severn-valley/staff-ict-social-media", "--to", Path(name).suffix[1:], "-o", name] for name in made
    ]
    answers = []
    for ends in (b"\n", b"\r\n"):
        for file in (file for file in example.rglob("*") if file.suffix in (".yaml", ".yml", ".css", ".html", ".typ")):
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ends))
        told = [run(*command, within=example).stdout for command in commands]
        answers.append([*told, *((example / name).read_bytes() for name in made)])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["mkdocs.py", "multiprocessing.py", "struct.py", "markdown.py"])
def test_no_program_in_a_workspace_is_taken_for_one_of_python_or_mkdocs(tmp_path: Path, name: str) -> None:
    root = write_sample(tmp_path / "workspace")
    (root / name).write_text(STRANGER, encoding="utf-8")
    done = run("build", "--jobs", "2", within=root)
    assert done.returncode == 0, done.stderr
    assert not (root / name).with_suffix(".ran").exists()
