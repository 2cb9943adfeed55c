"""The review copy: values and blanks in words and signs, and a clean copy without any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybook.domain.inline import Run
from policybook.domain.page import Callout, Page, Paragraph, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.policy import policy_page
from policybook.report.review import review_page
from policybook.workflow.workspace import open_workspace
from record_sample import ADOPTION, OAK, edit, write_sample


@pytest.fixture
def policy(tmp_path: Path) -> ResolvedPolicy:
    """A policy with a value of its own, two of the model, and none left blank."""
    return open_workspace(write_sample(tmp_path)).policies[OAK]


@pytest.fixture
def open_policy(tmp_path: Path) -> ResolvedPolicy:
    """The same without its telephone number."""
    root = write_sample(tmp_path)
    edit(root, ADOPTION, "values: {telephone: 01234 5678}   # the office", "values: {}")
    return open_workspace(root).policies[OAK]


def words(page: Page) -> str:
    paragraphs = [block.runs for block in page.blocks if isinstance(block, Paragraph)]
    cells = [
        runs
        for block in page.blocks
        if isinstance(block, Table)
        for row in block.rows
        for one in row
        for runs in one.paragraphs
    ]
    return "\n".join("".join(run.text for run in runs) for runs in (*paragraphs, *cells))


def test_every_value_stands_between_signs_in_paragraphs_and_tables(policy: ResolvedPolicy) -> None:
    said = words(review_page(policy))
    for value in ("‹nineteen›", "‹principal›", "‹01234 5678›", "Ask the ‹principal›"):
        assert value in said


def test_a_blank_says_what_is_missing(open_policy: ResolvedPolicy) -> None:
    page = review_page(open_policy)
    assert "[not filled in: Telephone]" in words(page)
    assert any(isinstance(block, Callout) and "1 blank still to fill in" in _text(block.runs) for block in page.blocks)


def test_the_table_says_who_filled_in_what_and_where(policy: ResolvedPolicy) -> None:
    table = next(block for block in review_page(policy).blocks if getattr(block, "caption", "") == "Values and blanks")
    assert isinstance(table, Table)
    rows = [[_text(runs) for one in row for runs in one.paragraphs] for row in table.rows]
    assert rows == [
        ["Age limit", "19", "the model", "1.2"],
        ["Head", "principal", "us", "1.3"],
        ["Telephone", "01234 5678", "us", "1.3"],
    ]


def test_without_its_signs_a_review_copy_has_the_words_of_the_clean_copy(policy: ResolvedPolicy) -> None:
    clean = words(policy_page(policy))
    said = words(review_page(policy)).replace("‹", "").replace("›", "")
    assert "‹" not in clean
    assert set(clean.splitlines()) <= set(said.splitlines())


def test_a_review_copy_is_not_taken_for_the_policy(policy: ResolvedPolicy) -> None:
    page = review_page(policy)
    assert page.clauses == ()
    assert dict(page.properties)["status"] == "Review copy"
    assert page.footer.endswith("review copy")


def _text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
