"""The site as people meet it: built by mkdocs and by Zensical, opened from a folder in a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from browser_sample import SIZES, find_barriers, opened_page, sync_api
from page_sample import (
    HOSTILE,
    cell,
    home_page,
    hostile_page,
    matrix_page,
    policy_page,
    positions_page,
    side_by_side_page,
)
from policybook.domain.page import Page, Table
from policybook.render.html import write_standalone_html
from policybook.site.assemble import THEME_FOLDER, SitePage, assemble_site

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = REPOSITORY / "templates" / "default"
BUILDERS = {
    "mkdocs": ["mkdocs", "build", "--strict", "--quiet", "-f", "build/mkdocs.yml"],
    "zensical": ["zensical", "build", "--strict", "--clean", "-f", "build/mkdocs.yml"],
}
PAGES = {
    "home": "index.html",
    "school": "schools/oakfield/index.html",
    "policy": "schools/oakfield/social-media.html",
    "changes": "schools/oakfield/changes.html",
    "matrix": "matrix.html",
    "positions": "positions.html",
    "hostile": "hostile.html",
}
ALONE = {"policy": policy_page, "changes": side_by_side_page, "hostile": hostile_page}
EVERYTHING = "".join(HOSTILE)


def site_pages() -> tuple[SitePage, ...]:
    school = ("Schools", "Oakfield Primary School")
    return (
        SitePage("index.md", home_page(), (), "Home"),
        SitePage("schools/oakfield/index.md", home_page(), school, "Overview"),
        SitePage("schools/oakfield/social-media.md", policy_page(), school, "Social media"),
        SitePage("schools/oakfield/changes.md", side_by_side_page(), school, "What we changed"),
        SitePage("matrix.md", matrix_page(), ("Compare",), "Who changed what"),
        SitePage("positions.md", positions_page(), ("Compare",), "What each school says"),
        SitePage("hostile.md", hostile_page(), (EVERYTHING,), EVERYTHING),
        SitePage("unlisted.md", policy_page(), searchable=False),
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same site built by each builder in strict mode, and pages on their own."""
    folder = tmp_path_factory.mktemp("site")
    write_source(folder)
    found = {}
    for name, command in BUILDERS.items():
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stdout + done.stderr
        found[name] = folder / name
        shutil.move(folder / "build" / "site", found[name])
    found["alone"] = folder / "alone"
    found["alone"].mkdir()
    for name, make in ALONE.items():
        text = write_standalone_html(make(), TEMPLATES / "html")
        (found["alone"] / f"{name}.html").write_text(text, encoding="utf-8")
    return found


def write_source(folder: Path) -> None:
    downloads = {f"{THEME_FOLDER}/{path.name}": path.read_bytes() for path in (TEMPLATES / "site").iterdir()}
    downloads["downloads/social-media.docx"] = b"words"
    site = assemble_site(site_pages(), downloads, name=f"Policies {EVERYTHING}", notice=f"Internal {EVERYTHING}")
    for path, content in {**site.pages, **downloads}.items():
        target = folder / "build" / "site_src" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "build" / "mkdocs.yml").write_text(site.config, encoding="utf-8")
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)


def addresses(sites: dict[str, Path], site: str) -> dict[str, str]:
    names = {name: f"{name}.html" for name in ALONE} if site == "alone" else PAGES
    return {name: (sites[site] / path).as_uri() for name, path in names.items()}


@pytest.mark.parametrize("site", ["mkdocs", "zensical", "alone"])
def test_hostile_words_show_as_words_and_nothing_runs_or_leaves_the_machine(
    sites: dict[str, Path], browser: sync_api.Browser, site: str
) -> None:
    with opened_page(browser) as page:
        for address in addresses(sites, site).values():
            page.goto(address)
        shown = page.locator("main").inner_text()
        for text in ("<script>window.hacked=1</script>", "[x](javascript:window.hacked=4)", "{{ 7*7 }}", "onerror="):
            assert text in shown
        for link in page.locator("main a").all():
            assert not (link.get_attribute("href") or "").startswith("javascript")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("site", ["zensical", "alone"])
def test_no_page_has_a_barrier_that_axe_can_find_nor_is_wider_than_its_window(
    sites: dict[str, Path], browser: sync_api.Browser, site: str, size: str, scheme: str
) -> None:
    # What mkdocs makes is held by test_example_site.
    with opened_page(browser, size, color_scheme=scheme) as page:
        for name, address in addresses(sites, site).items():
            page.goto(address)
            assert [(name, *barrier) for barrier in find_barriers(page)] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name


@pytest.mark.parametrize("site", ["mkdocs", "zensical", "alone"])
def test_the_filter_and_the_steps_work_by_keyboard_alone(
    sites: dict[str, Path], browser: sync_api.Browser, site: str
) -> None:
    with opened_page(browser) as page:
        page.goto(addresses(sites, site)["changes"])
        status, rows = page.get_by_role("status").filter(has_text="rows"), page.locator("tbody tr:visible")
        sync_api.expect(status).to_have_text("All 21 rows")
        press_until(page, "No change 3")
        page.keyboard.press("Space")
        sync_api.expect(rows).to_have_count(18)
        sync_api.expect(status).to_have_text("18 of 21 rows")
        press_until(page, "Next change")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        sync_api.expect(page.locator("form [role=status]")).to_have_text("Change 2 of 18: 1.3, Spelling and layout")
        sync_api.expect(page.locator("tr.pb-current")).to_be_in_viewport()
        press_until(page, "Everything", "Shift+Tab")
        page.keyboard.press("Enter")
        sync_api.expect(rows).to_have_count(21)


def press_until(page: sync_api.Page, name: str, key: str = "Tab") -> None:
    """Presses a key until the control of this name has the focus, and sees that the focus can be seen."""
    focus = "(document.activeElement.closest('label') || document.activeElement).textContent.trim()"
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate(focus).replace("\n", " ") == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"{name!r} cannot be reached by keyboard")


@pytest.mark.parametrize("site", ["mkdocs", "zensical"])
def test_a_link_to_a_row_that_the_filter_hides_still_arrives(
    sites: dict[str, Path], browser: sync_api.Browser, site: str
) -> None:
    with opened_page(browser) as page:
        page.goto(addresses(sites, site)["changes"])
        page.get_by_label("Change of substance").uncheck()
        sync_api.expect(page.locator("#row-5")).to_be_hidden()
        page.get_by_role("link", name="row 1.5").click()
        sync_api.expect(page.locator("#row-5")).to_be_in_viewport()


def test_the_links_of_the_first_page_lead_where_they_say(sites: dict[str, Path], browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        page.goto(addresses(sites, "mkdocs")["home"])
        page.get_by_role("link", name="What Oakfield changed").click()
        sync_api.expect(page.locator("h1")).to_have_text("Oakfield Primary School and the model")
        sync_api.expect(page.locator("#row-5")).to_be_in_viewport()
        page.goto(addresses(sites, "mkdocs")["home"])
        document = page.get_by_role("link", name="Word document").get_attribute("href")
        assert (sites["mkdocs"] / str(document)).read_bytes() == b"words"


@pytest.mark.parametrize("way", ["folder", "server"])
def test_search_works_and_shows_hostile_words_as_words(
    sites: dict[str, Path], browser: sync_api.Browser, way: str
) -> None:
    with served(sites["mkdocs"], way) as root, opened_page(browser) as page:
        page.goto(f"{root}/index.html")
        field = page.get_by_role("textbox", name="Search")
        field.click()
        field.press_sequentially("stolen")
        sync_api.expect(page.locator(".md-search-result__item").first).to_contain_text(
            "<img src=x onerror=", timeout=30000
        )
        field.fill("")
        field.press_sequentially("newsletter")
        found = page.locator(".md-search-result__item").first
        sync_api.expect(found).to_contain_text("Oakfield Primary School and the model", timeout=30000)
        sync_api.expect(found).to_contain_text("newsletter")


def test_a_page_left_out_of_search_is_in_neither_builder_s_index(sites: dict[str, Path]) -> None:
    for index in (sites["mkdocs"] / "search" / "search_index.json", sites["zensical"] / "search.json"):
        text = index.read_text(encoding="utf-8")
        assert "schools/oakfield/social-media.html" in text
        assert "unlisted.html" not in text


def test_search_works_from_a_folder_as_zensical_builds_it(sites: dict[str, Path], browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        page.goto(addresses(sites, "zensical")["home"])
        page.keyboard.press("Control+k")
        page.keyboard.type("newsletter")
        sync_api.expect(page.get_by_text("What we changed").last).to_be_visible(timeout=30000)


@contextmanager
def served(folder: Path, way: str) -> Iterator[str]:
    """The address of a folder: its own, or that of a server on this machine."""
    if way == "folder":
        yield folder.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the tests' own output is enough."""


def test_a_cell_without_a_change_is_not_coloured_by_the_change_of_its_row(
    browser: sync_api.Browser, tmp_path: Path
) -> None:
    row = (cell("1.1", heading=True), cell("Left out", "removed"), cell("As the model", "same"), cell("plain"))
    page_tree = Page("Matrix", (Table("All", ("Section", "A", "B", "C"), (row,), tones=("removed",)),))
    (tmp_path / "page.html").write_text(write_standalone_html(page_tree, TEMPLATES / "html"), encoding="utf-8")
    with opened_page(browser) as page:
        page.goto((tmp_path / "page.html").as_uri())
        ground = "cells => cells.map(cell => getComputedStyle(cell).backgroundColor)"
        removed, same, plain = page.locator("tbody td").evaluate_all(ground)
        assert removed != same == plain


def test_all_rows_are_there_without_script_and_on_paper(
    sites: dict[str, Path], browser: sync_api.Browser, tmp_path: Path
) -> None:
    with opened_page(browser, java_script_enabled=False) as page:
        page.goto(addresses(sites, "mkdocs")["changes"])
        assert page.locator("tbody tr:visible").count() == 21
        assert page.locator("form.pb-filter:visible").count() == 0
    with opened_page(browser) as page:
        page.goto(addresses(sites, "alone")["changes"])
        page.emulate_media(media="print")
        assert page.locator("button:visible, input:visible").count() == 0
        assert page.locator("tbody tr:visible").count() == 21
