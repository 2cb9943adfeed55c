from __future__ import annotations

from dataclasses import replace

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup

from page_sample import HOSTILE, hostile_page, policy_page, side_by_side_page, words
from policybook.domain.inline import Run
from policybook.domain.page import Heading, Page, Paragraph
from policybook.render.html_words import keep_address
from policybook.render.markdown import escape_site_title, write_markdown


def build(page: Page) -> tuple[dict[str, object], BeautifulSoup, list[dict[str, object]]]:
    """Front matter, body and table of contents, as the site's builders make them."""
    _, front, body = write_markdown(page, keep_address).split("---\n", 2)
    converter = markdown.Markdown(extensions=["attr_list", "toc"], extension_configs={"toc": {"marker": ""}})
    html = converter.convert(body)
    return yaml.safe_load(front), BeautifulSoup(html, "html.parser"), converter.toc_tokens  # type: ignore[attr-defined]


def test_headings_are_markdown_with_ids_that_last() -> None:
    text = write_markdown(policy_page(), keep_address)

    assert '\n## <span class="pb-number">2</span> Safeguarding children {: #safeguarding }\n' in text


def test_the_table_of_contents_knows_the_headings() -> None:
    _, _, contents = build(policy_page())

    assert [(child["id"], child["name"]) for child in contents[0]["children"]] == [  # type: ignore[attr-defined]
        ("introduction", "1 Introduction"), ("safeguarding", "2 Safeguarding children"),
        ("signature", "Appendix A&#58; signature"),
    ]  # fmt: skip


def test_every_id_of_the_page_survives() -> None:
    _, soup, _ = build(side_by_side_page())

    assert {"summary", "side-by-side", "row-1", "row-21", "pb-title"} <= {tag["id"] for tag in soup.find_all(id=True)}


@pytest.mark.parametrize("text", HOSTILE)
def test_words_that_look_like_markup_or_attributes_stay_words(text: str) -> None:
    page = Page(text, (Heading(words(text)), Paragraph(words(text), aside=text)))
    front, soup, _ = build(page)
    shown = " ".join(text.replace("\x02", "").replace("\x03", "").split())

    assert list(front) == ["title"]
    assert [" ".join(soup.find(level).get_text().split()) for level in ("h1", "h2")] == [shown, shown]
    assert {tag.name for tag in soup.find_all(True)} <= {"h1", "h2", "div", "p", "span", "br"}
    assert {name for tag in soup.find_all(True) for name in tag.attrs} <= {"class", "lang", "id"}


def test_hostile_words_bring_no_tag_of_their_own() -> None:
    _, soup, _ = build(hostile_page())

    assert not soup.find_all(["script", "img", "svg", "style", "textarea", "title", "code", "a", "hr", "blockquote"])
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_links_in_headings_work_and_cannot_be_broken_out_of() -> None:
    link = "https://example.org/[x](y)*z*_{#id}"
    _, soup, _ = build(Page("T", (Heading((Run("a", bold=True), Run("b", link=link))),)))

    assert soup.find("h2").find("a")["href"] == link
    assert soup.find("h2").find("strong").get_text() == "a"


def test_no_piece_holds_an_empty_line_so_that_any_markdown_reader_sees_one_piece() -> None:
    page = Page("T", (Paragraph(words("a\n\nb\r\n\r\nc\u2028d\x0be\x85f")),))

    assert "a<br><br>b<br><br>c<br>def" in write_markdown(page, keep_address)


def test_a_page_that_is_not_searchable_says_so_and_a_wide_one_hides_its_contents() -> None:
    page = replace(policy_page(), landscape=True)
    front = yaml.safe_load(write_markdown(page, keep_address, searchable=False).split("---\n")[1])

    assert front == {"title": "Staff use of social media", "hide": ["toc"], "search": {"exclude": True}}


def test_titles_of_menus_hold_nothing_that_opens_a_tag_however_often_they_are_unescaped() -> None:
    assert (
        escape_site_title('<b>"x"</b> &lt;i&gt; Health & Safety, R&D') == "‹b›”x”‹/b› ＆lt;i＆gt; Health & Safety, R&D"
    )
    assert escape_site_title("\x00 \n") == "Untitled"


def test_the_site_shows_its_own_contents_list_instead_of_the_page_s() -> None:
    assert "pb-contents" not in write_markdown(policy_page(), keep_address)
