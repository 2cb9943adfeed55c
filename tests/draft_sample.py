"""A model's draft in a workspace, for tests of `take`: made from a released version, and its copy to edit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from policybook.render.docx import write_docx
from policybook.store import find_template
from policybook.workflow.take import copy_to_edit
from policybook.workflow.take_draft import DraftPlan

LUTON = "luton-hr/social-media-internet"
NEWEST = {
    "example-trust/social-media-ict": "2017-09",
    "ghes/staff-ict-social-media": "2018-01",
    LUTON: "2024-10",
    "three-rivers/acceptable-use": "2021-09",
    "vale-hr/pupil-messages": "2026-03",
}


def begin_draft(workspace: Path, model: str = LUTON) -> Path:
    """The folder of a draft with the words of the newest version, which it supersedes."""
    models = workspace / "clauses" / "models" / model
    folder = models / "draft"
    shutil.copytree(models / NEWEST[model], folder, ignore=shutil.ignore_patterns("manifest.yaml"))
    file = folder / "policy.yaml"
    text = re.sub(r"(?m)^supersedes:.*\n", "", file.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^version:.*$", f'version: "2027-01"\nsupersedes: "{NEWEST[model]}"', text)
    file.write_text(text, encoding="utf-8")
    return folder


def make_draft_copy(workspace: Path, file: Path, model: str = LUTON) -> Path:
    """The Word file of a draft to edit."""
    file.write_bytes(write_docx(copy_to_edit(f"{model}@draft", workspace), find_template(workspace)))
    return file


def set_blank(document: WordDocument, name: str, column: int, words: str) -> None:
    """Writes into the row of a blank."""
    row = next(row for row in document.tables[1].rows if row.cells[0].text == name)
    row.cells[column].text = words


def line_above(document: WordDocument, words: str) -> Paragraph:
    """The line of guidance right above the paragraph that begins with these words."""
    place = next(i for i, p in enumerate(document.paragraphs) if p.text.startswith(words))
    return document.paragraphs[place - 1]


def told(plan: DraftPlan) -> list[tuple[str, str]]:
    """Kind and section of each change."""
    return [(change.kind, change.clause) for change in plan.changes]
