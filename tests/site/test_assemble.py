from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from bs4 import BeautifulSoup

from page_sample import HOSTILE, home_page, policy_page, side_by_side_page, words
from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Cell, Page, Paragraph, Table
from policybook.site.assemble import THEME_FILES, LaterPage, SiteFiles, SitePage, assemble_site

THEME = dict.fromkeys(THEME_FILES, b"")
DOCUMENT = {"downloads/social-media.docx": b"words"}


def page_with(link: str) -> Page:
    return Page("Title", (Paragraph((Run("there", link=link),), anchor="here"),))


def assemble(*pages: SitePage, **downloads: bytes) -> SiteFiles:
    first = SitePage("index.md", Page("Home", (Paragraph(words("Welcome")),)), nav_title="Home")
    return assemble_site((first, *pages), {**THEME, **DOCUMENT, **downloads}, name="Policies", notice="Internal")


def links_of(site: SiteFiles, path: str) -> list[str]:
    return [tag["href"] for tag in BeautifulSoup(site.pages[path], "html.parser").find_all("a")]


def test_pages_stand_at_their_paths() -> None:
    site = assemble(SitePage("schools/oakfield/policy.md", policy_page()))

    assert (
        site.pages["schools/oakfield/policy.md"].decode().startswith('---\ntitle: "Staff use of social media"\n---\n')
    )


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("page:index.md", "../../index.html"),
        ("page:schools/oakfield/b.md#here", "b.html#here"),
        ("page:schools/hill/c.md", "../hill/c.html"),
        ("file:downloads/social-media.docx", "../../downloads/social-media.docx"),
        ("https://example.org/x", "https://example.org/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#here", "#here"),
    ],
)
def test_a_link_becomes_an_address_relative_to_its_page(link: str, address: str) -> None:
    others = (SitePage("schools/oakfield/b.md", page_with("#here")), SitePage("schools/hill/c.md", page_with("#here")))

    site = assemble(SitePage("schools/oakfield/a.md", page_with(link)), *others)

    assert links_of(site, "schools/oakfield/a.md") == [address]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "#not-there", "data:text/html,x", "C:\\x", "page"])
def test_any_other_link_is_printed_as_plain_words(link: str) -> None:
    site = assemble(SitePage("a.md", page_with(link)))

    assert links_of(site, "a.md") == []
    assert "there" in site.pages["a.md"].decode()


@pytest.mark.parametrize("link", ["page:gone.md", "page:index.md#gone", "file:gone.docx", "page:a.html"])
def test_a_link_that_leads_nowhere_is_an_error_that_names_both_ends(link: str) -> None:
    with pytest.raises(RenderError) as caught:
        assemble(SitePage("a.md", page_with(link)))

    assert f"a.md links to {link!r}" in caught.value.what


def test_dead_links_are_told_all_at_once_and_found_in_cells() -> None:
    table = Table("T", ("A",), ((Cell(((Run("x", link="page:one.md"),), (Run("y", link="page:two.md"),))),),))

    with pytest.raises(RenderError, match=r"one\.md.*two\.md"):
        assemble(SitePage("a.md", Page("T", (table,))))


@pytest.mark.parametrize(
    "path",
    ["../a.md", "/a.md", "a/../b.md", ".hidden.md", "templates/a.md", "A.md", "a b.md", "a.html", "readme.md", ""],
)
def test_a_page_s_path_stays_inside_the_site_and_is_one_that_builders_keep(path: str) -> None:
    with pytest.raises(RenderError, match="path"):
        assemble(SitePage(path, policy_page()))


@pytest.mark.parametrize("path", ["../a.docx", "a/.b", "templates/x", "notes.md", "NOTES.MD", "c:/x", "a\\b"])
def test_a_file_s_path_stays_inside_the_site_and_is_not_taken_for_a_page(path: str) -> None:
    with pytest.raises(RenderError, match="path"):
        assemble(**{path: b""})


def test_two_pages_at_one_path_are_an_error_even_where_only_the_letters_case_differs() -> None:
    with pytest.raises(RenderError, match="twice"):
        assemble(SitePage("a.md", policy_page()), **{"A.html": b""})


def test_a_missing_theme_file_or_first_page_is_an_error() -> None:
    with pytest.raises(RenderError, match="missing from the site's files"):
        assemble_site((SitePage("index.md", policy_page()),), {}, name="P", notice="")
    with pytest.raises(RenderError, match="needs a first page"):
        assemble_site((), THEME, name="P", notice="")


def test_the_menu_keeps_the_order_of_pages_and_leaves_out_those_without_a_line() -> None:
    site = assemble(
        SitePage("a.md", policy_page(), ("Schools", "Oakfield"), "Policy"),
        SitePage("m.md", policy_page(), ("Models",), "Model"),
        SitePage("b.md", policy_page(), ("Schools", "Oakfield"), "Changes"),
        SitePage("c.md", policy_page(), ("Schools",), None),
        SitePage("d.md", policy_page(), ("Schools",), "All"),
    )

    assert yaml.safe_load(site.config)["nav"] == [
        {"Home": "index.md"},
        {"Schools": [{"Oakfield": [{"Policy": "a.md"}, {"Changes": "b.md"}]}, {"All": "d.md"}]},
        {"Models": [{"Model": "m.md"}]},
    ]


def test_the_configuration_takes_all_else_from_the_top_one() -> None:
    config = yaml.safe_load(assemble().config)

    assert config["INHERIT"] == "../mkdocs.yml"
    assert (config["docs_dir"], config["site_dir"]) == ("site_src", "site")
    assert (config["site_name"], config["copyright"]) == ("Policies", "Internal")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_add_nothing_to_the_configuration(text: str) -> None:
    first = SitePage("index.md", policy_page(), (text,), text)

    config = yaml.safe_load(assemble_site((first,), THEME, name=text, notice=text).config)

    assert set(config) == {"INHERIT", "site_name", "docs_dir", "site_dir", "copyright", "not_in_nav", "nav"}
    for shown in (config["site_name"], config["copyright"], *config["nav"][0]):
        assert not set(shown) & set('<>"\n\x02')


def test_a_page_left_out_of_search_says_so() -> None:
    site = assemble(SitePage("a.md", policy_page(), searchable=False))

    assert 'search: {"exclude": true}' in site.pages["a.md"].decode()


def test_the_same_pages_give_the_same_bytes() -> None:
    pages = (SitePage("a.md", side_by_side_page(), ("Compare",), "Changes"),)

    assert assemble(*pages) == assemble(*pages)


def test_the_first_page_can_lead_to_rows_of_a_table() -> None:
    paths = ("schools/oakfield/social-media.md", "schools/oakfield/changes.md", "matrix.md")
    others = [SitePage(path, side_by_side_page()) for path in paths]
    first = replace(SitePage("index.md", home_page()), nav_title="Home")

    site = assemble_site((first, *others), {**THEME, **DOCUMENT}, name="P", notice="")

    assert "schools/oakfield/changes.html#row-5" in links_of(site, "index.md")


def test_a_page_that_is_known_by_its_key_is_not_drawn_but_still_held_to_its_links() -> None:
    drawn: list[str] = []

    def draw() -> Page:
        drawn.append("again")
        return page_with("page:b.md#here")

    pages = (SitePage("index.md", page_with("#here")), LaterPage("a.md", "k", draw), SitePage("b.md", page_with("")))
    first = assemble_site(pages, THEME, name="Policies", notice="")
    again = assemble_site(pages, THEME, name="Policies", notice="", known=first.facts)
    assert drawn == ["again"]
    assert again.pages.keys() == {"index.md", "b.md"}
    assert again.facts == first.facts
    with pytest.raises(RenderError, match=r"a\.md links to 'page:b\.md#here'"):
        assemble_site(pages[:2], THEME, name="Policies", notice="", known=first.facts)
    assemble_site(
        (*pages[:1], LaterPage("a.md", "other", draw), pages[2]), THEME, name="P", notice="", known=first.facts
    )
    assert drawn == ["again", "again"]
