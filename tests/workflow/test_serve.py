from __future__ import annotations

from datetime import date
from pathlib import Path

from policybook.site.audience import COUNCIL, PUBLIC
from policybook.workflow.build import build_workspace
from policybook.workflow.serve import refresh_pages

ADOPTION = Path("clauses") / "adoptions" / "severn-valley" / "staff-ict-social-media" / "adoption.yaml"


def test_while_serving_a_broken_file_shows_a_page_that_says_so_and_goes_once_it_is_mended(example: Path) -> None:
    build_workspace(example)
    home = example / "build" / "site_src" / "index.md"
    good, text = home.read_bytes(), (example / ADOPTION).read_text(encoding="utf-8")
    (example / ADOPTION).write_text(text.replace("values:", "values:\n  no_such_blank: 1"), encoding="utf-8")
    assert "could not" in refresh_pages(example, COUNCIL)
    assert "no_such_blank" in home.read_text(encoding="utf-8")
    (example / ADOPTION).write_text(text, encoding="utf-8")
    refresh_pages(example, COUNCIL)
    assert home.read_bytes() == good


def test_a_build_on_another_day_is_made_again_only_where_a_page_shows_the_day(example: Path) -> None:
    for audience in (COUNCIL, PUBLIC):
        build_workspace(example, audience=audience, today=date(2026, 11, 21))
    later = date(2026, 11, 22)
    assert "site_src/index.md" in build_workspace(example, audience=COUNCIL, today=later).made
    assert "22 November 2026" in (example / "build" / "site" / "index.html").read_text(encoding="utf-8")
    assert build_workspace(example, audience=PUBLIC, today=later).made == ()
