"""The matrix as people meet it: folded words, filters by part and school, many schools, and how large pages get."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from browser_sample import SIZES, find_barriers, opened_page, sync_api
from conftest import ROOT
from policybook.adopt import resolve, resolve_model
from policybook.compare import collate, compare, witness_of_policy
from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.comparison import Collation
from policybook.domain.model import Clause, ModelVersion, Part, Publisher
from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.html import write_standalone_html
from policybook.report.matrix import MOST_COLUMNS, matrix_page, matrix_sheets
from policybook.report.side_by_side import side_by_side_page

PARTS, CLAUSES = 10, 9
LONGEST_PAGE = 500_000
LONGEST_TASK_MS = 250
"""Of one frame while the matrix scrolls. Generous, since the tests share their machine: drawing all anew takes seconds."""


def words(part: int, clause: int, more: str = "") -> str:
    return (
        f"Rule {part}.{clause}{more}: staff keep the school's equipment in the room that the headteacher names for it."
    )


def model() -> ModelVersion:
    parts = tuple(
        Part(f"p{part}", f"Part {part}", clauses=tuple(
            Clause(f"p{part}.c{clause}", text=words(part, clause)) for clause in range(CLAUSES)
        ))
        for part in range(PARTS)
    )  # fmt: skip
    return ModelVersion("hr/rooms", "1", "Rooms", Publisher("hr", "County HR", "council-hr"), date(2024, 9, 1), parts)


def school_policy(index: int) -> ResolvedPolicy:
    """A school that omits one section and puts a few in its own words."""
    own = tuple(
        Tailoring("substitute", f"p{part}.c{index % CLAUSES}", "Agreed.", text=words(part, 0, f" of school {index}"))
        for part in range(1, PARTS, 2)
    )
    adoption = Adoption(f"s{index}", "rooms", "hr/rooms", "1", tailorings=(Tailoring("omit", "p0.c1", "Small."), *own))
    return resolve(model(), adoption, School(f"s{index}", f"School {index}", "school", f"S{index}"))


def collation(schools: int) -> Collation:
    witnesses = [witness_of_policy(f"S{index}", school_policy(index)) for index in range(schools)]
    return collate(witness_of_policy("M", resolve_model(model())), witnesses)


def written(folder: Path, page: Page) -> str:
    file = folder / "page.html"
    file.write_text(write_standalone_html(page, ROOT / "templates/default/html"), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("matrix"), matrix_page(collation(6), "All"))


@pytest.mark.parametrize("size", SIZES)
def test_the_matrix_has_no_barrier_open_or_closed(browser: sync_api.Browser, address: str, size: str) -> None:
    with opened_page(browser, size) as page:
        page.goto(address)
        assert find_barriers(page) == []
        page.locator("summary").first.click()
        assert find_barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


def test_a_cell_opens_its_words_by_keyboard(browser: sync_api.Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        cell = page.locator("td:has(details)").first
        inside = cell.locator("p").last
        sync_api.expect(inside).to_be_hidden()
        cell.locator("summary").focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        sync_api.expect(inside).to_be_visible()
        sync_api.expect(inside).to_contain_text("of school")


def test_rows_are_shown_by_part_and_columns_by_school(browser: sync_api.Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        rows = page.locator("table.pb-matrix tbody tr:visible")
        everything = rows.count()
        page.get_by_label("Part").select_option(label="1 Part 0")
        sync_api.expect(rows).to_have_count(CLAUSES + 1)
        page.get_by_label("School", exact=True).select_option(label="School 2")
        heads = page.locator("table.pb-matrix thead th:visible")
        assert heads.all_inner_texts() == ["Section", "Model", "School 2"]
        page.get_by_role("button", name="Only what matters").click()
        sync_api.expect(rows).to_have_count(1)
        sync_api.expect(rows.first).to_contain_text("Left out")
        page.get_by_role("button", name="Everything").click()
        sync_api.expect(rows).to_have_count(everything)
        sync_api.expect(heads).to_have_count(8)


def test_heads_stay_in_sight_and_150_schools_scroll_without_a_long_pause(
    browser: sync_api.Browser, tmp_path: Path
) -> None:
    address = written(tmp_path, matrix_page(collation(MOST_COLUMNS), "All"))
    with opened_page(browser) as page:
        page.goto(address)
        longest = page.evaluate(SCROLL)
        head = page.get_by_role("columnheader", name="School 99", exact=True)
        sync_api.expect(head).to_have_count(1)
        top = page.evaluate("document.querySelector('.pb-matrix thead th').getBoundingClientRect().top")
        box = page.evaluate("document.querySelector('.pb-scroll').getBoundingClientRect().top")
        assert abs(top - box) < 5
        assert longest <= LONGEST_TASK_MS


SCROLL = """async () => {
  const box = document.querySelector('.pb-scroll');
  box.scrollIntoView();
  await new Promise((done) => setTimeout(done, 1000));
  let longest = 0;
  const note = (list) => list.getEntries().forEach((entry) => (longest = Math.max(longest, entry.duration)));
  new PerformanceObserver(note).observe({ entryTypes: ['longtask'] });
  for (let frame = 0; frame < 60; frame += 1) {
    box.scrollTop += 60;
    box.scrollLeft += 120;
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => setTimeout(done, 300));
  return longest;
}"""


def test_more_schools_than_one_page_holds_stand_on_several_each_once() -> None:
    few, many = ["Oak", "Elm"], [f"School {index}" for index in range(2 * MOST_COLUMNS + 1)]
    assert matrix_sheets(few) == [("", slice(None))]
    sheets = matrix_sheets(many)
    assert [name for _, columns in sheets for name in many[columns]] == many
    assert [label for label, _ in sheets] == [
        "School 0 to School 149",
        "School 150 to School 299",
        "School 300 to School 300",
    ]


def test_the_comparison_of_a_hundred_sections_is_under_500_kilobytes() -> None:
    base = witness_of_policy("A", resolve_model(model()))
    found = compare(base, witness_of_policy("B", school_policy(1)))
    assert len(found.rows) >= PARTS * (CLAUSES + 1)
    text = write_standalone_html(side_by_side_page(found), ROOT / "templates/default/html")
    assert len(text.encode()) <= LONGEST_PAGE
