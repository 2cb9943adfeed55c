"""The site of the example workspace as people meet it, opened from a folder in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from browser_sample import SIZES, find_barriers, opened_page, sync_api

PAGES = {
    "home": "index.html",
    "positions": "positions.html",
    "reviews": "reviews.html",
    "any two": "compare.html",
    "school": "schools/severn-valley/index.html",
    "policy": "schools/lady-zia-wernher/social-media-internet.html",
    "policy with departures": "schools/gloucestershire-2018/staff-ict-social-media.html",
    "beside the model": "schools/gloucestershire-2018/staff-ict-social-media-beside-model.html",
    "model": "models/luton-hr/social-media-internet/2022-09.html",
    "model with adopters": "models/ghes/staff-ict-social-media/2018-01.html",
    "matrix": "models/ghes/staff-ict-social-media/2018-01-adoptions.html",
    "changes of a version": "models/luton-hr/social-media-internet/2024-10-changes.html",
    "how to read": "how-to-read.html",
}
MOST_KEYS = 6
MODEL = "luton-hr/social-media-internet"
SHOWN = """cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('.pb-hidden, a').forEach(one => one.remove());
  return copy.textContent;
}"""
"""The words of a clause in a cell: without the number before them and what only those who hear the page are told."""


def spaceless(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_kind_of_page_has_a_barrier_that_axe_can_find_nor_is_wider_than_its_window(
    example_build: Path, browser: sync_api.Browser, size: str, scheme: str
) -> None:
    # The dark colours change nothing but colours.
    rules = ("color-contrast", "link-in-text-block") if scheme == "dark" else ()
    with opened_page(browser, size, color_scheme=scheme) as page:
        for name, path in PAGES.items():
            page.goto((example_build / "site" / path).as_uri())
            if name == "any two":
                sync_api.expect(page.locator(".pb-any-two table")).to_be_visible()
            assert [(name, *barrier) for barrier in find_barriers(page, *rules)] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name


def test_zensical_shows_every_page_and_every_word_of_it(example_build: Path, browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        for path in PAGES.values():
            said = []
            for builder in ("site", "zensical"):
                page.goto((example_build / builder / path).as_uri())
                said.append(re.sub(r"\s+", " ", page.locator("article").text_content() or "").strip())
            assert said[0] == said[1], path


def test_by_keyboard_alone_search_leads_to_why_this_school_says_18(
    example_build: Path, browser: sync_api.Browser
) -> None:
    """After the words are typed, six key actions at most bring into view that it was the school's to say, and who did."""
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        page.keyboard.press("s")
        sync_api.expect(page.get_by_role("textbox", name="Search")).to_be_focused()
        page.keyboard.type("severn valley why 18")
        sync_api.expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30000)
        page.wait_for_timeout(500)  # results come in as words are typed
        keys = 0
        while keys < MOST_KEYS - 1:
            page.keyboard.press("ArrowDown")
            keys += 1
            if "#values" in page.evaluate("document.activeElement.getAttribute('href') || ''"):
                break
        page.keyboard.press("Enter")
        keys += 1
        page.wait_for_url(re.compile(r"severn-valley/.*#values"))
        why = page.get_by_text("The model leaves these answers to each school")
        sync_api.expect(why).to_be_in_viewport()
        sync_api.expect(why).to_contain_text("Management Committee approved them on 31 January 2022")
        row = page.get_by_role("table", name="Answers that the model leaves").get_by_role(
            "row", name="counts as a pupil"
        )
        sync_api.expect(row.first.get_by_role("cell").first).to_have_text("18")
        assert keys <= MOST_KEYS


def test_any_two_texts_of_a_model_are_compared_word_by_word(example_build: Path, browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "compare.html").as_uri())
        page.get_by_label("Model", exact=True).select_option(
            label="Social media and internet acceptable use (Luton HR Traded Services)"
        )
        page.get_by_label("First text").select_option(label="Model, version 2022-09")
        page.get_by_label("Second text").select_option(label="Lady Zia Wernher School, from version 2024-10")
        status = page.locator(".pb-any-two-status")
        sync_api.expect(status).to_contain_text("Model, version 2022-09 and Lady Zia Wernher School")
        assert page.locator(".pb-any-two ins").count() > 0
        assert page.locator(".pb-any-two del").count() > 0
        rows = page.locator(".pb-any-two tbody tr")
        before = rows.count()
        page.get_by_role("button", name="Changes only").click()
        sync_api.expect(page.locator(".pb-any-two tbody tr:visible")).not_to_have_count(before)
        kept = page.url
        page.goto("about:blank")
        page.goto(kept)
        sync_api.expect(status).to_contain_text("Model, version 2022-09 and Lady Zia Wernher School")


def test_in_any_two_every_section_of_either_text_stands_in_exactly_one_row(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "compare.html").as_uri())
        page.get_by_label("Model", exact=True).select_option(
            label="Social media and internet acceptable use (Luton HR Traded Services)"
        )
        page.get_by_label("First text").select_option(label="Model, version 2022-09")
        page.get_by_label("Second text").select_option(label="Model, version 2024-10")
        sync_api.expect(page.locator(".pb-any-two-status")).to_contain_text("Model, version 2024-10.")
        rows = page.locator(".pb-any-two tbody tr").all()
        for column, version in enumerate(("2022-09", "2024-10")):
            script = (example_build / "site" / f"assets/policybook/pairs/{MODEL}/{version}.js").read_text("utf-8")
            clauses = json.loads(script.partition(",")[2].rstrip().removesuffix(");"))["clauses"]
            shown = [spaceless(row.locator(f"td:nth-child({column + 1})").evaluate(SHOWN)) for row in rows]
            told = "".join(words for words in shown if words != "notthere")
            # In the second text a section may stand elsewhere, so it is told by what it says and not by its place.
            for clause in clauses:
                words = spaceless(clause["text"])
                assert words in told, clause["id"]
            assert len(told) == sum(len(spaceless(clause["text"])) for clause in clauses)


def test_any_two_works_by_keyboard_and_prints_without_its_controls(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "compare.html").as_uri())
        first = page.get_by_label("First text")
        first.focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("ArrowDown")
        second = first.evaluate("field => field.selectedOptions[0].textContent")
        sync_api.expect(page.locator(".pb-any-two-status")).to_contain_text(str(second))
        page.emulate_media(media="print")
        assert page.locator("article select:visible, article button:visible").count() == 0


def test_a_figure_says_in_a_table_what_its_bars_draw(example_build: Path, browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        table = page.get_by_role("table", name="Past pupils")
        said = {
            row.locator("th").inner_text(): row.locator("td").inner_text() for row in table.locator("tbody tr").all()
        }
        assert said == {"until 18": "1", "until 19": "3", "not stated": "3"}
        assert table.locator("svg[aria-hidden=true]").count() == 3


def test_what_waits_names_the_overdue_review_and_the_policy_not_yet_approved(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        waiting = page.get_by_role("table", name="What waits for whom")
        sync_api.expect(waiting.get_by_role("row", name="Severn Valley")).to_contain_text(
            "overdue since 31 January 2025"
        )
        sync_api.expect(waiting.get_by_role("row", name="Three Rivers")).to_contain_text("Not yet approved")
