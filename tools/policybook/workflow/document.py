"""The files of a book to keep and to send: policies and comparisons for each adoption, the matrix for each model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from policybook.domain.page import Page
from policybook.domain.redline import Redline
from policybook.domain.resolved import ResolvedPolicy
from policybook.jobs import Task
from policybook.render.docx import write_docx
from policybook.render.html import write_standalone_html
from policybook.render.pdf import write_pdf
from policybook.render.xlsx import write_xlsx
from policybook.report.address import (
    POSITIONS_FILE_STEM,
    matrix_file_stem,
    policy_file_stem,
    redline_stem,
    side_by_side_stem,
)
from policybook.report.data import collation_data, comparison_data, positions_data
from policybook.report.matrix import matrix_page
from policybook.report.policy import policy_page
from policybook.report.position import positions_page
from policybook.report.redline import redline_of
from policybook.report.side_by_side import side_by_side_page
from policybook.store import find_template
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.book import Book
from policybook.workflow.redline import change_date, make_redline

FOLDER = "documents"


def document_tasks(book: Book, tool_key: str) -> Iterator[Task]:
    """One task a file, under `build/documents`; `tool_key` stands for the program and the templates that make them."""
    template = find_template(book.workspace.root)
    maker = _TaskMaker(template, tool_key)
    for entry in book.adopted:
        yield from maker.tasks(policy_file_stem(entry.adoption), policy_page(entry.policy), "docx", "pdf")
        beside = side_by_side_stem(entry.adoption)
        yield from maker.tasks(beside, side_by_side_page(entry.comparison), "pdf", "html")
        redline = redline_of(entry.comparison, book.workspace.model(entry.policy.model.ref), entry.policy)
        yield maker.redline_task(redline_stem(entry.adoption), redline, change_date(entry.policy))
        yield maker.data_task(beside, comparison_data(entry.comparison))
    for model in book.models:
        if model.ref in book.collations:
            collation, stem = book.collations[model.ref], matrix_file_stem(model)
            yield from maker.tasks(stem, matrix_page(collation, f"{model.title}: all adoptions"), "xlsx", "html")
            yield maker.data_task(stem, collation_data(collation))
    page = positions_page(book.positions, book.workspace.records.topics)
    yield from maker.tasks(POSITIONS_FILE_STEM, page, "xlsx", "html", "pdf")
    yield maker.data_task(POSITIONS_FILE_STEM, positions_data(book.positions))


def published_tasks(policies: Iterable[ResolvedPolicy], template: Path, tool_key: str) -> Iterator[Task]:
    """The clean copies of published policies, and nothing else."""
    maker = _TaskMaker(template, tool_key)
    for policy in policies:
        if policy.adoption is not None:
            yield from maker.tasks(policy_file_stem(policy.adoption), policy_page(policy), "docx", "pdf")


def make_html(page: Page, template: Path) -> bytes:
    """A page as a self-contained HTML file."""
    return write_standalone_html(page, template / "html").encode()


def make_xlsx(page: Page, _template: Path) -> bytes:
    """A page's tables as a workbook."""
    return write_xlsx(page)


def make_data(text: str) -> bytes:
    """JSON as UTF-8."""
    return text.encode()


_MAKERS: dict[str, Callable[[Page, Path], bytes]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": make_html,
    "xlsx": make_xlsx,
}


class _TaskMaker:
    def __init__(self, template: Path, tool_key: str) -> None:
        self._template = template
        self._tool_key = tool_key

    def tasks(self, stem: str, page: Page, *formats: str) -> Iterator[Task]:
        for ending in formats:
            # The repr of a frozen page tree is all that it holds, in order.
            key = exact_fingerprint([self._tool_key, ending, repr(page)])
            yield Task(f"{FOLDER}/{stem}.{ending}", key, _MAKERS[ending], (page, self._template))

    def redline_task(self, stem: str, redline: Redline, on: date) -> Task:
        key = exact_fingerprint([self._tool_key, "redline", repr(redline), on.isoformat()])
        return Task(f"{FOLDER}/{stem}.docx", key, make_redline, (redline, self._template, on))

    def data_task(self, stem: str, data: dict[str, Any]) -> Task:
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        return Task(f"{FOLDER}/{stem}.json", exact_fingerprint([self._tool_key, text]), make_data, (text,))
