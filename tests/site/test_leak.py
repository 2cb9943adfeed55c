"""Nothing reaches a site but what its readers may see: secrets are planted everywhere, and everything is searched."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from policybook.domain.resolved import ResolvedPolicy
from policybook.site.audience import COUNCIL, PUBLIC, SiteAudience
from policybook.workflow import audience as audience_room
from policybook.workflow.build import build_workspace
from policybook.workflow.site_place import site_place
from workspace_sample import OTHERS, SECRET, plant

SCHOOL = SiteAudience("school", "oakfield")
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://policies.example.org/all/"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace full of secrets, built for all three audiences: what one build leaves must not reach another's."""
    workspace = plant(tmp_path_factory.mktemp("leak") / "workspace")
    with (workspace / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nsite_url: {ADDRESS}\n")
    for audience in (COUNCIL, SCHOOL, PUBLIC):
        assert not build_workspace(workspace, audience=audience).failures
    return workspace


def texts_of(file: Path) -> Iterator[str]:
    """All that a file says: its bytes as text, and for an archive or a PDF its parts, words and properties."""
    content = file.read_bytes()
    yield content.decode("utf-8", errors="ignore")
    yield content.decode("utf-16-be", errors="ignore")
    if file.suffix == ".gz":
        yield gzip.decompress(content).decode(errors="ignore")
    elif zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                yield entry.filename
                yield archive.read(entry).decode(errors="ignore")
    elif file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as document:
            yield from document.get_metadata_dict().values()
            for page in document:
                yield page.get_textpage().get_text_bounded().replace("\ufffe", "-").replace("\x02", "-")
            yield from (item.get_title() for item in document.get_toc())


def find_leaks(site: Path, word: str) -> list[str]:
    """Every file under a site whose name or content holds a word, whatever its letters' case."""
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    return [
        file.relative_to(site).as_posix()
        for file in files
        if word in file.relative_to(site).as_posix().lower() or any(word in text.lower() for text in texts_of(file))
    ]


def test_the_search_finds_secrets_wherever_they_may_be_seen(planted: Path) -> None:
    """The control: what the council may see is found in every kind of file, so an empty answer means something."""
    found = find_leaks(site_place(planted, COUNCIL).site, SECRET)
    for kind in (".html", ".js", ".json", ".pdf", ".docx"):
        assert any(path.endswith(kind) for path in found), kind
    assert any(path.endswith(".xlsx") for path in find_leaks(site_place(planted, COUNCIL).site, OTHERS))
    assert any("search_index" in path for path in found)


def test_a_secret_let_through_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the whole chain: with the filter taken out, the public site leaks and the search says where."""
    workspace = plant(tmp_path / "workspace")
    monkeypatch.setattr(audience_room, "published_policy", lambda policy: policy if is_marked(policy) else None)
    build_workspace(workspace, audience=PUBLIC)
    found = find_leaks(site_place(workspace, PUBLIC).site, SECRET)
    assert "schools/oakfield/conduct.html" in found
    assert "search/search_index.json" in found


def is_marked(policy: ResolvedPolicy) -> bool:
    return policy.adoption is not None and policy.adoption.publish == "public"


@pytest.mark.parametrize("word", [SECRET, OTHERS])
def test_the_public_site_and_all_that_it_was_made_from_hold_no_secret(planted: Path, word: str) -> None:
    place = site_place(planted, PUBLIC)
    assert find_leaks(place.site, word) == []
    assert find_leaks(place.work, word) == []


def test_the_public_site_holds_the_adopted_words_of_the_public_policy(planted: Path) -> None:
    site = site_place(planted, PUBLIC).site
    page = (site / "schools" / "oakfield" / "conduct.html").read_text(encoding="utf-8")
    for words in ("Our own printed words.", "Our printed addition.", "past pupils under 18", "Full Governing Board"):
        assert words in page
    endings = {file.suffix for file in (site / "documents").rglob("*") if file.is_file()}
    assert endings == {".docx", ".pdf"}


def test_a_school_s_site_holds_its_own_reasons_and_nothing_of_another_school(planted: Path) -> None:
    place = site_place(planted, SCHOOL)
    assert find_leaks(place.site, OTHERS) == []
    assert find_leaks(place.work, OTHERS) == []
    page = (place.site / "schools" / "oakfield" / "conduct.html").read_text(encoding="utf-8")
    assert "zzsecret-reason" in page
    assert not list(place.site.rglob("*-adoptions.*"))


def test_a_school_learns_counts_of_five_and_more_and_none_below(planted: Path) -> None:
    home = (site_place(planted, SCHOOL).site / "index.html").read_text(encoding="utf-8")
    assert "6 other schools adopted Staff conduct, version 1.0" in home
    # Five others say 19 and one says 21: telling the five of six would give the one away.
    assert "until 21" not in home
    assert "until 19" not in home


def test_only_the_public_site_has_a_map_a_feed_and_an_address(planted: Path) -> None:
    public = site_place(planted, PUBLIC).site
    assert f"<loc>{ADDRESS}schools/oakfield/conduct.html</loc>" in (public / "sitemap.xml").read_text(encoding="utf-8")
    assert 'href="/all/assets/' in (public / "404.html").read_text(encoding="utf-8")
    assert 'href="feed.xml"' in (public / "index.html").read_text(encoding="utf-8")
    for audience in (COUNCIL, SCHOOL):
        site = site_place(planted, audience).site
        assert not list(site.glob("sitemap.xml*"))
        assert not (site / "feed.xml").exists()
        assert not (site / "404.html").exists()
        assert find_leaks(site, "policies.example.org") == []


def test_the_feed_tells_the_approval_of_the_public_policy_and_of_no_other(planted: Path) -> None:
    feed = ElementTree.parse(site_place(planted, PUBLIC).site / "feed.xml")  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Oakfield School: Staff conduct"]
    assert entries[0].findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2024-11-21T00:00:00Z"
    assert entries[0].findtext(f"{ATOM}summary") == "Approved by Full Governing Board on 21 November 2024."
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{ADDRESS}schools/oakfield/conduct.html"


def test_a_public_site_without_an_address_has_neither_map_nor_feed(tmp_path: Path) -> None:
    workspace = plant(tmp_path / "workspace")
    build_workspace(workspace, audience=PUBLIC)
    site = site_place(workspace, PUBLIC).site
    assert not [file for file in site.iterdir() if file.name.startswith(("sitemap", "feed"))]
    assert "feed" not in (site / "index.html").read_text(encoding="utf-8")


def test_a_school_s_upgrade_pages_hold_its_own_plan_and_nobody_else_s(planted: Path) -> None:
    site = site_place(planted, SCHOOL).site
    own = (site / "schools/oakfield/conduct-upgrade.html").read_text(encoding="utf-8")
    assert "From 1.0 to 2.0." in own
    everyone = (site / "models/hr/conduct/2.0-upgrade.html").read_text(encoding="utf-8")
    assert "1 policy of 1 school can move" in everyone
    assert not list(site_place(planted, PUBLIC).site.rglob("*upgrade*"))
