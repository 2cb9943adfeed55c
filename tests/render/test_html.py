from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from page_sample import HOSTILE, cell, hostile_page, matrix_page, policy_page, side_by_side_page, words
from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Contents, Heading, Page, Paragraph, Table
from policybook.render.html import write_html, write_standalone_html
from policybook.render.html_words import is_safe_address, keep_address

TEMPLATE = Path(__file__).parents[2] / "templates" / "default" / "html"
TAGS = set(
    "div span p h1 h2 h3 ol ul li table caption colgroup col thead tbody tr th td strong em a ins del br nav form "
    "fieldset legend label input button".split()
)


def read(page: Page) -> BeautifulSoup:
    return BeautifulSoup(write_html(page, resolve_link=keep_address), "html.parser")


def one(*blocks: object, **facts: object) -> Page:
    return Page("Title", blocks, **facts)  # type: ignore[arg-type]


def test_every_word_of_a_page_is_in_its_html() -> None:
    text = read(policy_page()).get_text(" ")

    for expected in (
        "Staff use of social media",
        "2.2",
        "past pupils",
        "Our wording",
        "[name of contact]",
        "Signature",
    ):
        assert expected in text


def test_hostile_words_bring_no_tag_attribute_or_address_of_their_own() -> None:
    soup = read(hostile_page())

    assert {tag.name for tag in soup.find_all(True)} <= TAGS
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not [tag["href"] for tag in soup.find_all("a") if not tag["href"].startswith("#pb-")]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
def test_hostile_words_read_as_they_were_written(text: str) -> None:
    assert read(one(Paragraph(words(text)))).find("p").get_text() == text


def test_ids_are_unique_on_a_page() -> None:
    for page in (policy_page(), side_by_side_page(), matrix_page(), hostile_page()):
        ids = [tag["id"] for tag in read(page).find_all(id=True)]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("anchor", ["__config", "a b", '"x', "", "pb-title", "é"])
def test_an_id_that_the_theme_owns_or_that_is_no_word_is_refused(anchor: str) -> None:
    page = one(Paragraph(words("a"), anchor=anchor or "<"))

    with pytest.raises(RenderError, match="cannot be an address"):
        write_html(page, resolve_link=keep_address)


def test_a_doubled_id_is_refused() -> None:
    page = one(Paragraph(words("a"), anchor="here"), Heading(words("b"), anchor="here"))

    with pytest.raises(RenderError, match="2 times"):
        write_html(page, resolve_link=keep_address)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://www.example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("mailto:head@example.org", True),
        ("../a/b.html#c.d", True),
        ("a.html", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("/etc", False),
        ("https://a b", False),
        ('https://a"onclick=', False),
        ("vbscript:x", False),
        ("../..//example.org", False),
    ],
)
def test_an_address_is_safe_by_its_scheme(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe


def test_a_link_that_the_resolver_turns_into_script_prints_its_words_only() -> None:
    page = one(Paragraph((Run("here", link="page:x.md"),)))

    assert "<a" not in write_html(page, resolve_link=lambda _: "javascript:alert(1)")


def test_a_link_to_this_page_is_kept_if_it_leads_somewhere_and_never_asked_about() -> None:
    page = one(
        Heading(words("Part"), anchor="part"), Paragraph((Run("there", link="#part"), Run("nowhere", link="#none")))
    )

    soup = BeautifulSoup(write_html(page, resolve_link=lambda link: pytest.fail(link)), "html.parser")

    assert [(tag["href"], tag.get_text()) for tag in soup.find_all("a")] == [("#part", "there")]


def test_a_link_leaves_no_trace_of_the_site_it_came_from() -> None:
    assert 'rel="noreferrer"' in write_html(
        one(Paragraph((Run("x", link="https://example.org"),))), resolve_link=keep_address
    )


def test_bullets_stand_in_a_list_inside_the_clause_above_them() -> None:
    clause = read(policy_page()).find(id="safeguarding.distance")

    assert clause.name == "li"
    assert len(clause.find("ul").find_all("li")) == 3


def test_a_list_that_begins_deep_and_comes_back_keeps_the_order_of_reading() -> None:
    depths = (2, 0, 3, 1, 1, 0)
    page = one(*(Paragraph(words(f"item{place}"), marker="bullet", depth=depth) for place, depth in enumerate(depths)))

    assert re.findall(r"item\d", read(page).get_text()) == [f"item{place}" for place in range(6)]


def test_endless_depth_is_cut_off() -> None:
    page = one(*(Paragraph(words("x"), marker="bullet", depth=depth) for depth in range(3000)))

    assert len(read(page).find_all("li")) == 3000


def test_a_change_is_said_in_words_as_well_as_marked() -> None:
    page = one(Paragraph((Run("18", mark="deleted"), Run("19", mark="inserted"), Run("!", mark="inserted", bold=True))))
    soup = read(page)

    assert soup.find("del").get_text() == "deleted: 18"
    assert soup.find("ins").get_text() == "added: 19!"


def test_words_for_the_margin_are_set_apart_from_the_clause_they_stand_by() -> None:
    assert read(policy_page()).find(id="safeguarding.past-pupils").get_text() == (
        "Our wording: 2.2 Staff do not contact past pupils who are under nineteen."
    )


def test_a_table_has_a_caption_and_heads_for_its_columns_and_rows() -> None:
    table = read(side_by_side_page()).find("table")

    assert table.find("caption").get_text() == "Section by section"
    assert [head.get_text() for head in table.find_all("th", scope="col")] == [
        "Section",
        "Model",
        "School",
        "What changed",
    ]
    assert len(table.find_all("th", scope="row")) == 21


def test_a_section_without_a_number_has_no_empty_row_head() -> None:
    row = (cell(heading=True), cell("words"))

    assert not read(one(Table("T", ("Section", "Text"), (row,)))).find("th", scope="row")


def test_the_facts_at_the_top_of_a_policy_are_row_heads_and_values() -> None:
    table = read(policy_page()).find("table")

    assert [head.get_text() for head in table.find_all("th", scope="row")] == [
        "Approved by",
        "Approved on",
        "Next review",
    ]
    assert not table.find("thead")


def test_a_filter_names_and_counts_every_kind_of_change_and_is_hidden_until_it_works() -> None:
    form = read(side_by_side_page(rows=2)).find("form")

    assert form.has_attr("hidden")
    assert [label.get_text(" ", strip=True) for label in form.find_all("label")] == [
        "No change 2",
        "Names and details 2",
        "Spelling and layout 2",
        "Reworded 2",
        "Change of substance 2",
        "Added 2",
        "Left out 2",
    ]


def test_a_matrix_is_filtered_by_the_kinds_in_its_cells() -> None:
    soup = read(matrix_page())

    assert soup.find("tbody").find("tr")["data-kinds"] == "added as-model not-there reworded substantive value"
    assert soup.find("input")["value"] == "as-model"


def test_a_table_with_one_kind_of_row_has_nothing_to_filter() -> None:
    table = Table("Facts", ("A", "B"), ((cell("x"), cell("y")),) * 9, tones=("same",) * 9)

    assert not read(one(table)).find("form")


def test_the_contents_list_leads_to_the_headings() -> None:
    soup = read(policy_page())

    for link in soup.find("nav").find_all("a"):
        assert soup.find(id=link["href"][1:]).get_text() == link.get_text()


def test_headings_without_ids_of_their_own_get_different_ones() -> None:
    page = one(*(Heading(words(text)) for text in ("Scope", "Scope", "???", "!!!")))

    assert [tag["id"] for tag in read(page).find_all("h2")] == ["pb-scope", "pb-scope-2", "pb-heading", "pb-heading-2"]


def test_a_heading_without_words_keeps_its_place_and_prints_no_empty_heading() -> None:
    soup = read(one(Heading((), anchor="gone")))

    assert not soup.find("h2")
    assert soup.find(id="gone")


def test_direction_controls_are_shown_and_control_characters_dropped() -> None:
    text = read(one(Paragraph(words("a\u202eb\x00c\u200fd\x02e\ud800f")))).find("p").get_text()

    assert text == "a[U+202E]bcde\ufffdf"


def test_the_same_page_gives_the_same_html() -> None:
    assert write_html(hostile_page(), resolve_link=keep_address) == write_html(
        hostile_page(), resolve_link=keep_address
    )


def test_a_page_in_welsh_says_so() -> None:
    page = replace(policy_page(), language="cy")

    assert read(page).find("div")["lang"] == "cy"
    assert write_standalone_html(page, TEMPLATE).startswith('<!doctype html>\n<html lang="cy">')


def test_a_standalone_page_asks_for_nothing_and_lets_only_its_own_script_run() -> None:
    soup = BeautifulSoup(write_standalone_html(hostile_page(), TEMPLATE), "html.parser")

    assert not soup.find_all(["link", "img", "iframe", "base", "object"])
    assert not [tag for tag in soup.find_all("script") if tag.has_attr("src")]
    assert len(soup.find_all("script")) == 1
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[^']+';", policy)


def test_a_standalone_page_carries_the_document_s_properties() -> None:
    soup = BeautifulSoup(write_standalone_html(policy_page(), TEMPLATE), "html.parser")

    assert soup.find("meta", attrs={"name": "author"})["content"] == "Oakfield Primary School"
    assert soup.find("title").get_text() == "Staff use of social media"


def test_a_template_that_cannot_be_read_or_filled_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="cannot be read"):
        write_standalone_html(policy_page(), tmp_path)
    (tmp_path / "page.html").write_text("$body $unknown", encoding="utf-8")
    with pytest.raises(RenderError, match="unknown"):
        write_standalone_html(policy_page(), tmp_path)


def test_a_template_cannot_pull_in_files_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "page.html").write_text('<script src="../../secret.js"></script>', encoding="utf-8")

    with pytest.raises(RenderError, match="outside the templates"):
        write_standalone_html(policy_page(), tmp_path / "html")


def test_a_contents_list_of_a_page_without_parts_is_an_empty_list() -> None:
    assert read(one(Contents())).find("nav").find("ol").find_all("li") == []


def test_a_table_without_a_caption_shows_none() -> None:
    plain, named = (read(one(Table(caption, ("A", "B"), ((cell("a"), cell("b")),)))) for caption in ("", "Agenda"))
    assert plain.caption is not None
    assert named.caption is not None
    assert plain.caption.get("class") == ["pb-hidden"]
    assert named.caption.get("class") is None
    assert named.caption.text == "Agenda"
