"""The tutorials say what the program says: every command is run on a copy of the workspace, in order.

If one fails after a change of the program's words: `python tests/workflow/test_tutorial.py` prints what it says now.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent.parent
TUTORIALS = sorted((ROOT / "docs" / "tutorial").glob("*.md"))
LEFT_OUT = "[…]"
_BLOCK = re.compile(r"^```(?P<head>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", TUTORIALS, ids=[page.stem for page in TUTORIALS])
def test_a_tutorial_says_what_the_program_says(page: Path, example: Path) -> None:
    for command, told, said in follow(page.read_text(encoding="utf-8"), example):
        if LEFT_OUT not in told:
            assert said == told, command
            continue
        place = 0
        for piece in (piece.strip("\n") for piece in told.split(f"{LEFT_OUT}\n")):
            assert piece in said[place:], f"{command}: {piece}"
            place = said.index(piece, place) + len(piece)


def test_there_is_a_tutorial() -> None:
    assert TUTORIALS


def follow(text: str, workspace: Path) -> Iterator[tuple[str, str, str]]:
    """For each step: the command or file, what the page tells, and what is so."""
    for block in _BLOCK.finditer(text):
        head, body = block["head"], block["body"]
        if named := re.search(r'title="([^"]+)"', head):
            file = workspace / named[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, encoding="utf-8", newline="\n")
        elif named := re.search(r'result="([^"]+)"', head):
            yield named[1], body, (workspace / named[1]).read_text(encoding="utf-8")
        elif head == "console":
            command, _, told = body.partition("\n")
            yield command, told, _run(command.removeprefix("$ policybook "), workspace)


def _run(command: str, workspace: Path) -> str:
    from policybook.cli import main

    return CliRunner().invoke(main, ["-w", str(workspace), *shlex.split(command)]).output


if __name__ == "__main__":
    for name in sys.argv[1:] or map(str, TUTORIALS):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "workspace"
            shutil.copytree(ROOT / "clauses", copy / "clauses")
            for command, _, said in follow(Path(name).read_text(encoding="utf-8"), copy):
                sys.stdout.write(f"{command}\n{said}\n")
