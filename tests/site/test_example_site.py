"""The site of the example workspace as people meet it, opened from a folder in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser_sample import SIZES, find_barriers, opened_page, sync_api

PAGES = {
    "home": "index.html",
    "positions": "positions.html",
    "reviews": "reviews.html",
    "any two": "compare.html",
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
    """After the words are typed, no more than six key actions bring the sentence that answers into view."""
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        page.keyboard.press("s")
        sync_api.expect(page.get_by_role("textbox", name="Search")).to_be_focused()
        page.keyboard.type("severn valley past pupils 18")
        sync_api.expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30000)
        keys = 0
        while keys < MOST_KEYS - 1:
            page.keyboard.press("ArrowDown")
            keys += 1
            link = page.evaluate("document.activeElement.getAttribute('href') || ''")
            if "positions" in link or "schools/severn-valley" in link:
                break
        page.keyboard.press("Enter")
        keys += 1
        page.wait_for_url(re.compile("positions|severn-valley"))
        sentence = page.get_by_text(re.compile("under the age of 18|under 18|age of 18|until 18")).first
        sync_api.expect(sentence).to_be_in_viewport()
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
        for column, version in enumerate(("2022-09", "2024-10")):
            shown = page.locator(f".pb-any-two tbody td:nth-child({column + 1})").all_text_contents()
            model = "luton-hr/social-media-internet"
            script = (example_build / "site" / f"assets/policybook/pairs/{model}/{version}.js").read_text("utf-8")
            count = script.count('"formerly":')
            links = page.locator(f".pb-any-two tbody td:nth-child({column + 1}) a").count()
            assert 0 < links <= count
            assert len([text for text in shown if text != "not there"]) <= count


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
        assert said == {"until 18": "1", "until 19": "1", "not stated": "3"}
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
