"""A first reference.docx for a school's own look."""

from __future__ import annotations

from pathlib import Path

from policybook.domain.error import Refused
from policybook.render.docx import write_docx
from policybook.render.look import REFERENCE
from policybook.report.sample import sample_page
from policybook.store import find_template, find_workspace, write_atomically


def new_template(name: str, start: Path) -> Path:
    """Where a new look's reference document belongs. Raises Refused where there is one of that name already."""
    root = find_workspace(start)
    file = root / "templates" / name / REFERENCE
    if not name or name != Path(name).name or name.startswith(".") or name == "default":
        raise Refused(f"'{name}' cannot be the name of a template", mend="use letters, digits and hyphens")
    if file.exists():
        raise Refused(f"there is a template '{name}' already", where=str(file), mend="edit it in Word, or take it away")
    return file


def write_template(file: Path, start: Path) -> None:
    """Writes a reference document in the default look, with a sample of each kind of text and what to do with it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, write_docx(sample_page(), find_template(find_workspace(start))))
