"""The files of a book to keep and to send: policies and comparisons for each adoption, the matrix for each model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from policybook.domain.comparison import Comparison
from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.jobs import Task
from policybook.render.docx import write_docx
from policybook.render.html import write_standalone_html
from policybook.render.look import layout_of
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
from policybook.workflow.look import template_of_policy
from policybook.workflow.redline import change_date, make_redline

FOLDER = "documents"
_Known = dict[int, tuple[object, str]]
"""Fingerprints of records by identity; each record is held, so that no other can take its identity."""


def document_tasks(book: Book, tool_key: str) -> Iterator[Task]:
    """One task a file, under `build/documents`; `tool_key` stands for the program and the templates that make them."""
    root = book.workspace.root
    known: _Known = {}
    for entry in book.adopted:
        maker = _TaskMaker(template_of_policy(root, entry.policy), tool_key, known)
        yield from maker.tasks(policy_file_stem(entry.adoption), policy_page, (entry.policy,), "docx", "pdf")
        beside = side_by_side_stem(entry.adoption)
        yield from maker.tasks(beside, side_by_side_page, (entry.comparison,), "pdf", "html")
        base = book.workspace.model(entry.policy.model.ref)
        yield maker.redline_task(redline_stem(entry.adoption), entry.comparison, base, entry.policy)
        yield maker.data_task(beside, comparison_data, entry.comparison)
    maker = _TaskMaker(find_template(root), tool_key, known)
    for model in book.models:
        if model.ref in book.collations:
            collation, stem = book.collations[model.ref], matrix_file_stem(model)
            yield from maker.tasks(stem, matrix_page, (collation, f"{model.title}: all adoptions"), "xlsx", "html")
            yield maker.data_task(stem, collation_data, collation)
    positions = (book.positions, book.workspace.records.topics)
    yield from maker.tasks(POSITIONS_FILE_STEM, positions_page, positions, "xlsx", "html", "pdf")
    yield maker.data_task(POSITIONS_FILE_STEM, positions_data, book.positions)


def published_tasks(policies: Iterable[ResolvedPolicy], root: Path, tool_key: str) -> Iterator[Task]:
    """The clean copies of published policies, and nothing else."""
    for policy in policies:
        maker = _TaskMaker(template_of_policy(root, policy), tool_key, {})
        if policy.adoption is not None:
            yield from maker.tasks(policy_file_stem(policy.adoption), policy_page, (policy,), "docx", "pdf")


def make_document(ending: str, page: Callable[..., Page], said: tuple[Any, ...], template: Path) -> bytes:
    """A document of the page that `page(*said)` gives: the page is drawn only where its document is made anew."""
    return _MAKERS[ending](page(*said), template)


def make_changes(comparison: Comparison, model: ResolvedPolicy, policy: ResolvedPolicy, template: Path) -> bytes:
    """The Word document with the changes from the model tracked."""
    return make_redline(redline_of(comparison, model, policy), template, change_date(policy))


def make_html(page: Page, template: Path) -> bytes:
    """A page as a self-contained HTML file."""
    return write_standalone_html(page, layout_of(template) / "html").encode()


def make_xlsx(page: Page, _template: Path) -> bytes:
    """A page's tables as a workbook."""
    return write_xlsx(page)


def make_data(data: Callable[[Any], dict[str, Any]], said: object) -> bytes:
    """What `data(said)` gives as JSON in UTF-8."""
    return (json.dumps(data(said), ensure_ascii=False, indent=1) + "\n").encode()


_MAKERS: dict[str, Callable[[Page, Path], bytes]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": make_html,
    "xlsx": make_xlsx,
}


class _TaskMaker:
    def __init__(self, template: Path, tool_key: str, known: _Known) -> None:
        self._template = template
        self._tool_key = tool_key
        self._known = known

    def tasks(self, stem: str, page: Callable[..., Page], said: tuple[Any, ...], *formats: str) -> Iterator[Task]:
        for ending in formats:
            key = self._key(ending, page, *said)
            yield Task(f"{FOLDER}/{stem}.{ending}", key, make_document, (ending, page, said, self._template))

    def redline_task(self, stem: str, comparison: Comparison, model: ResolvedPolicy, policy: ResolvedPolicy) -> Task:
        key = self._key("redline", change_date(policy), comparison, model, policy)
        return Task(f"{FOLDER}/{stem}.docx", key, make_changes, (comparison, model, policy, self._template))

    def data_task(self, stem: str, data: Callable[[Any], dict[str, Any]], said: object) -> Task:
        return Task(f"{FOLDER}/{stem}.json", self._key(data, said), make_data, (data, said))

    def _key(self, *said: object) -> str:
        """Stands for all that goes in: functions by their names, records by all that they hold."""
        return exact_fingerprint([self._tool_key, *(self._key_of(entry) for entry in said)])

    def _key_of(self, said: object) -> str:
        if isinstance(said, FunctionType):
            return said.__qualname__
        # The same record goes into several documents: its repr, which is all that it holds in order, is taken once.
        if id(said) not in self._known:
            self._known[id(said)] = (said, exact_fingerprint([repr(said)]))
        return self._known[id(said)][1]
