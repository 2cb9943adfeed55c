"""A workspace hostile in every field that people write: on the site its words are words, on every page of every kind."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from browser_sample import find_barriers, opened_page, sync_api
from conftest import ROOT
from page_sample import HOSTILE
from policybook.site.audience import COUNCIL, PUBLIC
from policybook.text.decided import exact_of
from policybook.workflow.build import build_workspace
from policybook.workflow.workspace import open_workspace

# Placeholders and control characters are findings before a page is made; line breaks end a field.
WORDS = [text for text in HOSTILE if "{{" not in text and "\n" not in text and "\x02" not in text]
NAME = " ".join(WORDS)
TODAY = date(2026, 11, 21)
FILE = "a' onload=hacked&<b>_x_`.pdf"


def write(workspace: Path, name: str, record: object) -> None:
    """JSON is YAML, but for its dates, which have no quotation marks."""
    path = workspace / "clauses" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", json.dumps(record)), encoding="utf-8")


def write_workspace(workspace: Path) -> None:
    shutil.copytree(ROOT / "templates", workspace / "templates")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (workspace / "mkdocs.yml").write_text(f"{settings}\nsite_url: https://policies.example.org/\n", encoding="utf-8")
    said = "Until what age is contact barred?"
    topic = {"label": NAME, "question": f"{said} {NAME}", "answer": "age", "cues": ["former pupils"]}
    write(workspace, "topics.yaml", {"schema": 1, "topics": {"past": topic}})
    for version in ("1", "2"):
        write_model(workspace, version)
    write(workspace, "schools/oak.yaml", {"schema": 1, "id": "oak", "name": f"Oak {NAME}", "kind": "school"})
    own = f"Our words {NAME}. Former pupils under 18 are not met."
    tailorings = [
        {"substitute": "use.c1", "text": own, "reason": NAME},
        {"omit": "use.c2", "reason": NAME},
        {"insert": "oak.more", "after": "use.c3", "text": NAME, "reason": NAME},
    ]
    record = {
        "schema": 1, "school": "oak", "model": "hr/mail", "version": "1", "publish": "public",
        "tailorings": tailorings, "review": {"next": "2027-02-01"},
        "decisions": [{"outcome": "approved", "body": NAME, "on": "2024-11-21", "exact": "EXACT"}],
    }  # fmt: skip
    write(workspace, "adoptions/oak/mail/adoption.yaml", record)
    home_grown = {
        "schema": 1, "school": "oak", "model": "none", "title": f"Lettings {NAME}", "file": FILE, "owner": NAME,
        "decisions": [{"outcome": "approved", "body": NAME, "on": "2024-11-21"}], "review": {"next": "2026-01-31"},
    }  # fmt: skip
    write(workspace, "adoptions/oak/lettings/adoption.yaml", home_grown)
    (workspace / "clauses/adoptions/oak/lettings" / FILE).write_bytes(b"%PDF-1.4 words")
    policy = open_workspace(workspace).policies["oak/mail"]
    file = workspace / "clauses/adoptions/oak/mail/adoption.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("EXACT", exact_of(policy)), encoding="utf-8")


def write_model(workspace: Path, version: str) -> None:
    clauses = [
        {"id": f"use.c{index}", "text": f"{text} in version {version}", "tailoring": "free", "note": text}
        for index, text in enumerate(WORDS)
    ]
    folder = f"models/hr/mail/{version}"
    record = {
        "schema": 1, "id": "hr/mail", "version": version, "title": f"E-mail {NAME}", "issued": f"202{version}-09-01",
        "publisher": {"name": f"HR {NAME}", "kind": "council-hr"}, "parts": ["use"],
        **({"supersedes": "1", "changes": [{"clauses": ["use.c1"], "summary": NAME}]} if version == "2" else {}),
    }  # fmt: skip
    write(workspace, f"{folder}/policy.yaml", record)
    write(workspace, f"{folder}/01-use.yaml", {"schema": 1, "id": "use", "heading": f"Use {NAME}", "clauses": clauses})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("hostile") / "workspace"
    write_workspace(workspace)
    for audience in (COUNCIL, PUBLIC):
        assert not build_workspace(workspace, audience=audience, today=TODAY).failures
    return workspace / "build"


def pages_of(site: Path) -> list[Path]:
    """The pages of the site; documents that people download, and the page of a lost address, are none."""
    return [
        file for file in sorted(site.rglob("*.html"))
        if not {"documents", "assets"} & set(file.relative_to(site).parts) and file.name != "404.html"
    ]  # fmt: skip


@pytest.mark.parametrize("site", ["site", "site-public"])
def test_no_page_of_a_hostile_workspace_runs_anything_or_asks_for_anything(
    built: Path, browser: sync_api.Browser, site: str
) -> None:
    pages = pages_of(built / site)
    assert len(pages) >= (15 if site == "site" else 2)
    with opened_page(browser) as page:
        for file in pages:
            page.goto(file.as_uri())
            page.wait_for_timeout(50)
            assert page.evaluate("window.hacked") is None, file
            assert page.locator("article :is(script, img, iframe, [onload], [onerror], [onmouseover])").count() == 0
            hrefs = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href') || '')")
            assert not [href for href in hrefs if href.strip().lower().startswith(("javascript:", "data:"))], file


@pytest.mark.parametrize(
    "path",
    [
        "site/index.html",
        "site/reviews.html",
        "site/upgrades.html",
        "site/positions.html",
        "site/models/hr/mail/2-upgrade.html",
        "site/models/hr/mail/2-changes.html",
        "site/models/hr/mail/2.html",
        "site/models/hr/mail/1-adoptions.html",
        "site/schools/oak/index.html",
        "site/schools/oak/mail.html",
        "site/schools/oak/mail-upgrade.html",
        "site/schools/oak/mail-beside-model.html",
        "site/schools/oak/lettings.html",
        "site-public/index.html",
        "site-public/schools/oak/mail.html",
    ],
)
def test_every_kind_of_page_shows_hostile_words_as_they_are(built: Path, browser: sync_api.Browser, path: str) -> None:
    with opened_page(browser, color_scheme="dark") as page:
        page.goto((built / path).as_uri())
        shown = " ".join((page.locator("article").text_content() or "").split())
        for text in WORDS:
            assert " ".join(text.split()) in shown, text
        assert find_barriers(page) == []


def test_the_feed_tells_hostile_words_as_words(built: Path) -> None:
    feed = ElementTree.parse(built / "site-public" / "feed.xml")  # noqa: S314 - our own
    titles = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert f"Oak {NAME}: E-mail {NAME}" in titles
