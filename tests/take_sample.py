"""A copy to edit of a school's policy, for tests of `take`: made, edited in every way, and what is proposed of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordDocument

from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.docx import write_docx
from policybook.report.tailoring_copy import tailoring_page
from policybook.store import find_template
from policybook.workflow.take import TakePlan
from policybook.workflow.workspace import open_workspace
from support.word_edit import answer_row, remove, reword, starting

LADY = "lady-zia-wernher/social-media-internet"
WHY = ("Agreed with the staff.",)


def make_copy(workspace: Path, ref: str, file: Path, page: Callable[[ResolvedPolicy], Page] = tailoring_page) -> Path:
    """The file of a copy of an adoption or a model."""
    opened = open_workspace(workspace)
    policy = opened.policies[ref] if ref in opened.policies else opened.model(ref)
    file.write_bytes(write_docx(page(policy), find_template(workspace)))
    return file


def told(plan: TakePlan) -> list[tuple[str, str]]:
    """Kind and section of each change."""
    return [(change.kind, change.clause) for change in plan.changes]


def edit_all(document: WordDocument) -> None:
    """A word, a value in the text and one in the table, a choice, a bullet moved, a section out and one in."""
    reword(document, "two kinds", "two sorts")
    reword(document, "nineteen", "eighteen")
    answer_row(document, 0, "Person who keeps", "bursar")
    answer_row(document, 1, "7.2", "B")
    starting(document, "show staff")._p.addnext(starting(document, "keep children")._p)
    remove(document, "New apps appear")
    starting(document, "The governing body reviews").insert_paragraph_before("The pond is out of bounds.")
