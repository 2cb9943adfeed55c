"""The same words give the same bytes: on another day, in another place, in another process, for another person."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from record_sample import decide, write_sample

TWO_PEOPLE = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "USER": "ann"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C", "USER": "bob"},
)
"""What differs between two machines; the day that the build counts as is the same."""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def policybook(root: Path, person: dict[str, str], *arguments: str) -> None:
    environment = {**os.environ, **person, "SOURCE_DATE_EPOCH": "1795219200", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "policybook", "-w", str(root), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode in (0, 1), done.stderr


def test_two_people_get_the_same_documents_sheets_and_site_byte_for_byte(tmp_path: Path) -> None:
    built = []
    for name, person in zip(("a", "another folder"), TWO_PEOPLE, strict=True):
        root = write_sample(tmp_path / name / "workspace")
        decide(root)
        policybook(root, person, "build")
        policybook(root, person, "collate", "hr/mail@1", "--to", "xlsx", "-o", str(root / "build" / "matrix.xlsx"))
        policybook(
            root, person, "compare", "hr/mail@1", "oak/mail", "--to", "redline", "-o", str(root / "build" / "r.docx")
        )
        built.append(
            {name: content for name, content in tree(root / "build").items() if not Path(name).name.startswith(".")}
        )
    ours, theirs = built
    assert ours.keys() == theirs.keys()
    assert {".docx", ".pdf", ".xlsx", ".html", ".json"} <= {Path(name).suffix for name in ours}
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_what_is_issued_at_a_decision_is_the_same_for_two_people(tmp_path: Path) -> None:
    issued = []
    for name, person in zip(("a", "b"), TWO_PEOPLE, strict=True):
        root = write_sample(tmp_path / name)
        decision = ("--outcome", "approved", "--body", "Governing Body", "--on", "2026-10-01")
        policybook(root, person, "decide", "oak/mail", *decision)
        issued.append(tree(root / "clauses"))
    assert issued[0] == issued[1]
    assert {".docx", ".pdf"} <= {Path(name).suffix for name in issued[0]}
