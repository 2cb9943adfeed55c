"""A browser for tests: a page on which nothing may fail, run or leave the machine that should not, and axe."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SIZES = {"desktop": (1366, 900), "phone": (390, 844)}


@contextmanager
def opened_page(browser: sync_api.Browser, size: str = "desktop", **options: object) -> Iterator[sync_api.Page]:
    """A page on which nothing may run, fail or leave the machine that should not."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: troubles.append(asked.url) if is_outside(asked.url) else None)
    try:
        yield page
        assert page.evaluate("window.hacked") is None
    finally:
        context.close()
    assert troubles == []


def is_outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "about:", "http://127.0.0.1:"))


def find_barriers(page: sync_api.Page) -> list[tuple[str, str]]:
    """What axe finds wrong with the page that is open, by all its rules: the rule, the first element to break it."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe, is not installed")
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    found = page.evaluate("axe.run({preload: false})")["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
