"""The files of a book to keep and to send: policies and comparisons for each adoption, the matrix for each model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from policybook.domain.comparison import Collation, Comparison
from policybook.domain.model import ModelVersion
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
from policybook.workflow.book import AdoptedPolicy, Book
from policybook.workflow.later import Later, known
from policybook.workflow.look import template_of_policy
from policybook.workflow.redline import change_date, make_redline

FOLDER = "documents"


def document_tasks(book: Book, tool_key: str) -> Iterator[Task]:
    """One task a file, under `build/documents`; `tool_key` stands for the program and the templates that make them."""
    root = book.workspace.root
    for entry in book.adopted:
        maker = _TaskMaker(template_of_policy(root, entry.policy), tool_key, entry.key)
        yield from maker.tasks(policy_file_stem(entry.adoption), policy_page, known((entry.policy,)), "docx", "pdf")
        beside = side_by_side_stem(entry.adoption)
        compared = Later(partial(_compared, entry))
        yield from maker.tasks(beside, side_by_side_page, compared, "pdf", "html")
        yield maker.redline_task(redline_stem(entry.adoption), Later(partial(_redline, book, entry)))
        yield maker.data_task(beside, comparison_data, compared)
    template = find_template(root)
    for model in book.models:
        if model.ref in book.collations:
            maker = _TaskMaker(template, tool_key, matrix_key(book, model))
            collated, stem = Later(partial(_collated, book, model)), matrix_file_stem(model)
            yield from maker.tasks(stem, matrix_page, collated, "xlsx", "html")
            yield maker.data_task(stem, collation_data, Later(partial(_collation, book, model)))
    positions = (book.positions, book.workspace.records.topics)
    maker = _TaskMaker(template, tool_key, exact_fingerprint([repr(positions)]))
    yield from maker.tasks(POSITIONS_FILE_STEM, positions_page, known(positions), "xlsx", "html", "pdf")
    yield maker.data_task(POSITIONS_FILE_STEM, positions_data, known((book.positions,)))


def matrix_key(book: Book, model: ModelVersion) -> str:
    """Stands for all that the matrix of a model's adopters follows from."""
    return exact_fingerprint([repr(model), *(entry.key for entry in book.adopters_of(model.ref))])


def published_tasks(policies: Iterable[ResolvedPolicy], root: Path, tool_key: str) -> Iterator[Task]:
    """The clean copies of published policies, and nothing else."""
    for policy in policies:
        maker = _TaskMaker(template_of_policy(root, policy), tool_key, exact_fingerprint([repr(policy)]))
        if policy.adoption is not None:
            yield from maker.tasks(policy_file_stem(policy.adoption), policy_page, known((policy,)), "docx", "pdf")


def make_document(ending: str, page: Callable[..., Page], said: Later[tuple[Any, ...]], template: Path) -> bytes:
    """A document of the page that `page(*said())` gives: worked out only where the document is made anew."""
    return _MAKERS[ending](page(*said()), template)


def make_changes(said: Later[tuple[Comparison, ResolvedPolicy, ResolvedPolicy]], template: Path) -> bytes:
    """The Word document with the changes from the model (comparison, model, policy) tracked."""
    comparison, model, policy = said()
    return make_redline(redline_of(comparison, model, policy), template, change_date(policy))


def make_html(page: Page, template: Path) -> bytes:
    """A page as a self-contained HTML file."""
    return write_standalone_html(page, layout_of(template) / "html").encode()


def make_xlsx(page: Page, _template: Path) -> bytes:
    """A page's tables as a workbook."""
    return write_xlsx(page)


def make_data(data: Callable[[Any], dict[str, Any]], said: Later[tuple[Any]]) -> bytes:
    """What `data(*said())` gives as JSON in UTF-8."""
    return (json.dumps(data(*said()), ensure_ascii=False, indent=1) + "\n").encode()


_MAKERS: dict[str, Callable[[Page, Path], bytes]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": make_html,
    "xlsx": make_xlsx,
}


class _TaskMaker:
    """Tasks whose inputs are all told by the program's key and the key of what the documents are about."""

    def __init__(self, template: Path, tool_key: str, key: str) -> None:
        self._template = template
        self._keys = (tool_key, key)

    def tasks(
        self, stem: str, page: Callable[..., Page], said: Later[tuple[Any, ...]], *formats: str
    ) -> Iterator[Task]:
        for ending in formats:
            key = exact_fingerprint([*self._keys, ending, page.__qualname__])
            yield Task(f"{FOLDER}/{stem}.{ending}", key, make_document, (ending, page, said, self._template))

    def redline_task(self, stem: str, said: Later[tuple[Comparison, ResolvedPolicy, ResolvedPolicy]]) -> Task:
        key = exact_fingerprint([*self._keys, "redline"])
        return Task(f"{FOLDER}/{stem}.docx", key, make_changes, (said, self._template))

    def data_task(self, stem: str, data: Callable[[Any], dict[str, Any]], said: Later[tuple[Any]]) -> Task:
        key = exact_fingerprint([*self._keys, data.__qualname__])
        return Task(f"{FOLDER}/{stem}.json", key, make_data, (data, said))


def _compared(entry: AdoptedPolicy) -> tuple[Comparison]:
    return (entry.comparison,)


def _redline(book: Book, entry: AdoptedPolicy) -> tuple[Comparison, ResolvedPolicy, ResolvedPolicy]:
    return entry.comparison, book.workspace.model(entry.policy.model.ref), entry.policy


def _collation(book: Book, model: ModelVersion) -> tuple[Collation]:
    return (book.collations[model.ref],)


def _collated(book: Book, model: ModelVersion) -> tuple[Collation, str]:
    return book.collations[model.ref], f"{model.title}: all adoptions"
