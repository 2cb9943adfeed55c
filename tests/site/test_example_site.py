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
    "upgrades": "upgrades.html",
    "upgrade of a model": "models/luton-hr/social-media-internet/2024-10-upgrade.html",
    "upgrade of a school": "schools/oakfield/social-media-internet-upgrade.html",
    "superseded policy": "schools/oakfield/social-media-internet.html",
    "home-grown policy": "schools/oakfield/lettings.html",
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
    with opened_page(browser, size, color_scheme=scheme) as page:
        for name, path in PAGES.items():
            page.goto((example_build / "site" / path).as_uri())
            if name == "any two":
                sync_api.expect(page.locator(".pb-any-two table")).to_be_visible()
            assert [(name, *barrier) for barrier in find_barriers(page)] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name


def test_zensical_shows_every_page_and_every_word_of_it(example_build: Path, browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        for path in PAGES.values():
            said = []
            for builder in ("site", "zensical"):
                page.goto((example_build / builder / path).as_uri())
                said.append(re.sub(r"\s+", " ", page.locator("article").text_content() or "").strip())
            assert said[0] == said[1], path


def test_neither_builder_names_the_address_of_the_public_site_in_the_council_s(example_build: Path) -> None:
    for builder in ("site", "zensical"):
        pages = [file for file in (example_build / builder).rglob("*") if file.suffix in (".html", ".xml", ".json")]
        assert pages
        assert [file for file in pages if b"policies.example.org" in file.read_bytes()] == []


def test_the_page_that_explains_the_words_offers_no_filter(example_build: Path) -> None:
    assert "pb-filter" not in (example_build / "site" / "how-to-read.html").read_text(encoding="utf-8")
    beside = example_build / "site" / PAGES["beside the model"]
    assert "pb-filter" in beside.read_text(encoding="utf-8")


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
        assert said == {"until 18": "2", "until 19": "3", "not stated": "3"}
        assert table.locator("svg[aria-hidden=true]").count() == 3


def test_what_waits_names_the_overdue_review_and_the_policy_not_yet_approved(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        waiting = page.get_by_role("table", name="things wait")
        sync_api.expect(waiting.get_by_role("row", name="Severn Valley")).to_contain_text(
            "overdue since 31 January 2025"
        )
        sync_api.expect(waiting.get_by_role("row", name="Three Rivers")).to_contain_text("Not yet approved")


def test_what_a_new_version_means_is_told_from_the_first_page_down_to_the_section(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "index.html").as_uri())
        waiting = page.get_by_role("table", name="things wait").get_by_role("row", name="Oakfield")
        waiting.get_by_role("link", name="The model has moved on: version 2024-10").click()
        sync_api.expect(page.locator("h1")).to_contain_text("moving to 2024-10")
        must = page.get_by_role("table", name="must follow").locator("tbody tr")
        sync_api.expect(must).to_have_count(1)
        sync_api.expect(must).to_contain_text("never use a personal e-mail address")
        sync_api.expect(must).to_contain_text("The section may no longer be changed.")
        page.get_by_role("link", name="All schools").click()
        sections = page.get_by_role("table", name="Which schools each section concerns")
        told = sections.get_by_role("row", name="never use").locator("td").all_inner_texts()
        heads = [head.inner_text() for head in sections.locator("thead th").all()]
        assert dict(zip(heads[1:], told, strict=True)) == {
            "Must follow": "Oakfield School (invented)", "For you to decide": "", "Applies cleanly": "",
        }  # fmt: skip


def test_a_school_s_page_says_that_a_model_has_moved_on_and_leads_there(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "schools" / "oakfield" / "index.html").as_uri())
        page.get_by_role("link", name="The model has moved on: version 2024-10").click()
        sync_api.expect(page.locator("h1")).to_contain_text("moving to 2024-10")


def test_the_calendar_draws_every_month_and_its_bars_lead_to_their_lists(
    example_build: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        page.goto((example_build / "site" / "reviews.html").as_uri())
        chart = page.get_by_role("table", name="Reviews by month")
        rows = chart.locator("tbody tr")
        assert rows.first.inner_text().startswith("Overdue")
        february = rows.filter(has_text="February 2027")
        assert february.locator("td").first.inner_text() == "2"
        assert february.locator("svg[aria-hidden=true]").count() == 1
        february.get_by_role("link").click()
        sync_api.expect(page.get_by_role("heading", name="February 2027")).to_be_in_viewport()
        sync_api.expect(page.get_by_role("table", name="February 2027: 2 policies")).to_contain_text("Lettings")


def test_a_home_grown_policy_never_says_that_it_is_on_the_website(example_build: Path) -> None:
    page = (example_build / "site" / "schools" / "oakfield" / "lettings.html").read_text(encoding="utf-8")
    said = re.search(r"On the website</th><td[^>]*>(.*?)</td>", page)
    assert said
    assert said.group(1).startswith("Marked public. The public site made here leaves it out")
