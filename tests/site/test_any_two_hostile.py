"""Compare any two, with words and names that try to be more than words: in the browser they are shown, and none runs."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from browser_sample import opened_page, sync_api
from conftest import ROOT
from page_sample import HOSTILE
from policybook.adopt import resolve, resolve_model
from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.model import Clause, ModelVersion, Part, Publisher
from policybook.domain.page import Page
from policybook.report.address import COMPARE, model_page_path, policy_page_path
from policybook.report.pair import compare_page
from policybook.site.assemble import SitePage, assemble_site
from policybook.site.pair import pair_files
from policybook.workflow.mkdocs import build_site
from policybook.workflow.site import theme_files

# Templates and Markdown have no part in this page: its words go from a script into the page by the browser itself.
WORDS = [text for text in HOSTILE if "{{" not in text and "\n" not in text and "\x02" not in text]
NAME = "".join(WORDS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one model and one school, hostile in every word, name and title."""
    work = tmp_path_factory.mktemp("any-two")
    clauses = tuple(Clause(f"use.c{index}", text=text) for index, text in enumerate(WORDS))
    parts = (Part("use", f"Use {NAME}", clauses=clauses),)
    model = ModelVersion("hr/mail", "1", f"E-mail {NAME}", Publisher("hr", NAME, "council-hr"), date(2024, 9, 1), parts)
    own = Tailoring("substitute", "use.c0", "Agreed.", text=f"Ours {WORDS[1]} instead")
    adoption = Adoption("oak", "mail", "hr/mail", "1", tailorings=(own,))
    policy = resolve(model, adoption, School("oak", f"Oak {NAME}", "school", "Oak"))
    files = {**theme_files(ROOT), **pair_files([resolve_model(model), policy])}
    empty = Page("Policy", ())
    pages = [
        SitePage("index.md", empty, (), "Home"),
        SitePage(COMPARE, compare_page(), (), "Compare any two"),
        SitePage(model_page_path(model), empty, (), "Model"),
        SitePage(policy_page_path(adoption), empty, (), "Oak"),
    ]
    made = assemble_site(pages, files, name="Policies", notice="", inherit=(ROOT / "mkdocs.yml").as_posix())
    sources = {"mkdocs.yml": made.config.encode()}
    sources |= {f"site_src/{path}": content for path, content in {**made.pages, **files}.items()}
    for path, content in sources.items():
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(content)
    build_site(work, work / "site", {path: hashlib.sha256(content).hexdigest() for path, content in sources.items()})
    return work / "site"


def test_hostile_words_and_names_are_shown_as_they_are(site: Path, browser: sync_api.Browser) -> None:
    with opened_page(browser) as page:
        page.goto((site / "compare.html").as_uri())
        table = page.locator(".pb-any-two table")
        sync_api.expect(table).to_be_visible()
        shown = table.text_content() or ""
        for text in WORDS:
            assert text in shown, text
        sync_api.expect(page.locator(".pb-any-two-status")).to_contain_text(f"Oak {NAME}")
        assert NAME in (page.get_by_label("Model", exact=True).text_content() or "")
        assert page.locator(".pb-any-two :is(script, img, svg, iframe)").count() == 0
        for link in page.locator(".pb-any-two a").all():
            assert not (link.get_attribute("href") or "").lower().startswith("javascript")


def test_an_address_made_up_by_a_stranger_chooses_nothing_and_runs_nothing(
    site: Path, browser: sync_api.Browser
) -> None:
    with opened_page(browser) as page:
        for hash_ in (
            "#../../../x&javascript:window.hacked=8",
            "#%3Cimg src=x onerror=window.hacked=9%3E&%",
            "#%E0%A4%A",
        ):
            page.goto("about:blank")
            page.goto((site / "compare.html").as_uri() + hash_)
            sync_api.expect(page.locator(".pb-any-two-status")).to_contain_text("Model, version 1 and Oak")
