"""`policybook compare A B --to html` as people meet it: one file, opened in a real browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from browser_sample import SIZES, find_barriers, opened_page, sync_api
from conftest import ROOT, TWINS
from policybook.compare import compare, witness_of_document
from policybook.compare.judged import add_judgements, name_of_row, words_of_row
from policybook.domain.comparison import Comparison
from policybook.domain.judgement import Judged
from policybook.intake import read_document
from policybook.render.html import write_standalone_html
from policybook.report.side_by_side import side_by_side_page


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Two twins, with the first change of substance judged to be none."""
    paths = (TWINS / "severn-valley.txt", TWINS / "gloucestershire-2018.txt")
    found = compare(
        *(witness_of_document(siglum, path.name, read_document(path)) for siglum, path in zip("AB", paths, strict=True))
    )
    row = next(row for row in found.rows if row.change == "substantive")
    refs = found.left.ref, found.right.ref
    said = Judged(refs, name_of_row(row), words_of_row(row), False, "Chair of governors", date(2026, 3, 1))
    return add_judgements(found, [said])


@pytest.fixture(scope="module")
def address(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("compare") / "compare.html"
    file.write_text(
        write_standalone_html(side_by_side_page(comparison), ROOT / "templates/default/html"), encoding="utf-8"
    )
    return file.as_uri()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_has_no_barrier_and_fits_its_window(browser: sync_api.Browser, address: str, size: str) -> None:
    with opened_page(browser, size) as page:
        page.goto(address)
        assert find_barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


def test_what_answers_what_stands_on_one_line_in_two_columns(browser: sync_api.Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        table = page.get_by_role("table", name="Every section of both texts")
        for row in table.locator("tbody tr").all()[:20]:
            left, right = (row.locator("td").nth(place).bounding_box() for place in (0, 1))
            assert left
            assert right
            assert left["y"] == right["y"]
            assert left["x"] + left["width"] <= right["x"] + 1


def test_each_kind_of_change_can_be_shown_alone(
    browser: sync_api.Browser, address: str, comparison: Comparison
) -> None:
    counts = comparison.summary()
    labels = {"same": "No change", "substantive": "Change of substance", "added": "Added", "removed": "Left out"}
    with opened_page(browser) as page:
        page.goto(address)
        rows = page.locator("tr[id^=row-]:visible")
        shown = len(comparison.rows)
        for kind, label in labels.items():
            box = page.get_by_label(label)
            box.uncheck()
            sync_api.expect(rows).to_have_count(shown - counts[kind])  # type: ignore[index]
            box.check()
        page.get_by_role("button", name="Changes only").click()
        sync_api.expect(rows).to_have_count(shown - counts["same"])


def test_the_list_of_changes_leads_to_each_row_even_to_a_hidden_one(
    browser: sync_api.Browser, address: str, comparison: Comparison
) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        links = page.locator("main ul a[href^='#row-'], main li a[href^='#row-']")
        assert links.count() == comparison.summary()["substantive"]
        page.get_by_label("Change of substance").uncheck()
        last = links.last
        target = str(last.get_attribute("href"))
        sync_api.expect(page.locator(target)).to_be_hidden()
        last.click()
        sync_api.expect(page.locator(target)).to_be_in_viewport()


def test_next_and_previous_step_through_the_changes_by_keyboard(
    browser: sync_api.Browser, address: str, comparison: Comparison
) -> None:
    changes = len(comparison.rows) - comparison.summary()["same"]
    with opened_page(browser) as page:
        page.goto(address)
        page.get_by_role("button", name="Next change").focus()
        said = page.locator("form [role=status]")
        for step in ("Enter", "Enter", "Shift+Tab", "Enter"):
            page.keyboard.press(step)
        sync_api.expect(said).to_contain_text(f"Change 1 of {changes}")
        sync_api.expect(page.locator("tr.pb-current")).to_be_in_viewport()


def test_added_and_deleted_words_are_named_in_words(browser: sync_api.Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        for tag, word in (("ins", "added: "), ("del", "deleted: ")):
            marked = page.locator(tag)
            assert marked.count() > 5
            assert all(text.startswith(word) for text in marked.all_text_contents())
            assert page.get_by_role({"ins": "insertion", "del": "deletion"}[tag]).count() == marked.count()
            assert marked.first.evaluate("mark => getComputedStyle(mark).textDecorationLine") != "none"


def test_a_persons_word_stands_beside_the_programs_own(browser: sync_api.Browser, address: str) -> None:
    with opened_page(browser) as page:
        page.goto(address)
        row = page.locator("tr", has_text="Judged not of substance by Chair of governors on 1 March 2026.")
        sync_api.expect(row).to_have_count(1)
        sync_api.expect(row).to_contain_text("Change of substance")
