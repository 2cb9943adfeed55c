"""One change lays out one page again, and the site is then the same to the byte as one made from nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import ROOT
from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Heading, Page, Paragraph
from policybook.site.assemble import SitePage, assemble_site
from policybook.workflow.mkdocs import _swap as swap
from policybook.workflow.mkdocs import build_site
from policybook.workflow.site import theme_files


def page(title: str, words: str) -> Page:
    return Page(title, (Paragraph((Run(words),)), Heading((Run("More"),)), Paragraph((Run("The rest."),))))


def lay_out(
    work: Path, words: str, *, document: bytes = b"words", more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Writes the source of a small site and gives the keys of what it is made from."""
    said = {"index": "Welcome", "oak": words, "elm": "Elm says so.", **(more or {})}
    pages = [SitePage(f"{name}.md", page(name.title(), text), (), name.title()) for name, text in said.items()]
    files = {**theme_files(ROOT), "documents/oak.docx": document}
    site = assemble_site(pages, files, name="Policies", notice="", inherit=(ROOT / "mkdocs.yml").as_posix())
    sources = {"mkdocs.yml": site.config.encode()}
    sources |= {f"site_src/{path}": content for path, content in {**site.pages, **files}.items()}
    for path, content in sources.items():
        target = work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != content:
            target.write_bytes(content)
    return {path: hashlib.sha256(content).hexdigest() for path, content in sources.items()}


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def times(site: Path) -> dict[str, int]:
    return {file.relative_to(site).as_posix(): file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site made once; each test brings it to the state that it needs."""
    folder = tmp_path_factory.mktemp("mkdocs")
    assert build_site(folder, folder / "site", lay_out(folder, "Oak says 18."))
    return folder


def test_one_change_lays_out_one_page_and_the_site_is_as_one_made_from_nothing(work: Path) -> None:
    site = work / "site"
    before = times(site)
    sources = lay_out(work, "Oak says nineteen.", document=b"other words")
    assert build_site(work, site, sources)
    after = times(site)
    made = {path for path in after if path.endswith((".html", ".docx")) and before.get(path) != after[path]}
    assert made == {"oak.html", "documents/oak.docx"}
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "nineteen" in index
    assert "Oak says 18" not in index
    again = work / "again"
    shutil.copytree(work / "site_src", again / "site_src")
    shutil.copyfile(work / "mkdocs.yml", again / "mkdocs.yml")
    build_site(again, again / "site", sources)
    assert contents(again / "site") == contents(site)


def test_with_nothing_changed_nothing_is_done(work: Path) -> None:
    sources = lay_out(work, "Oak says 20.")
    build_site(work, work / "site", sources)
    before = times(work / "site")
    assert not build_site(work, work / "site", sources)
    assert times(work / "site") == before


def test_a_new_page_is_in_the_menu_of_every_page(work: Path) -> None:
    build_site(work, work / "site", lay_out(work, "Oak says 20.", more={"ash": "Ash says 21."}))
    assert "ash.html" in (work / "site" / "elm.html").read_text(encoding="utf-8")


def test_a_run_that_fails_leaves_the_last_good_site_and_is_tried_again(work: Path) -> None:
    build_site(work, work / "site", lay_out(work, "Oak says 20."))
    good = contents(work / "site")
    sources = lay_out(work, "Oak says 22.")
    broken = work / "site_src" / "oak.md"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text + "\n[away](gone.md)\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"gone\.md"):
        build_site(work, work / "site", sources)
    assert contents(work / "site") == good
    broken.write_text(text, encoding="utf-8")
    assert build_site(work, work / "site", sources)
    assert "Oak says 22" in (work / "site" / "oak.html").read_text(encoding="utf-8")


def test_a_site_that_another_program_holds_open_stays_the_last_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets no folder be renamed in which a file is open."""
    for name in ("site", "site.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if self.name == "site.new":
            raise PermissionError(13, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        swap(tmp_path / "site.new", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "site"
