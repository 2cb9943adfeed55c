"""The review calendar: a bar for every month, what is overdue first, and every policy in exactly one list."""

from __future__ import annotations

from datetime import date

from policybook.domain.adoption import HomeGrown
from policybook.domain.inline import plain
from policybook.domain.page import Cell, Heading, Page, Table
from policybook.report.calendar import MONTHS_SHOWN, Reviewed, reviews_page

TODAY = date(2026, 11, 22)


def reviewed(name: str, due: str) -> Reviewed:
    return Reviewed(HomeGrown(name, "mail", "Mail", "mail.docx", next_review=due), name.title(), "Mail")


def words(cell: Cell) -> str:
    return " ".join(plain(runs) for runs in cell.paragraphs)


def chart(page: Page) -> list[tuple[str, str, str]]:
    (table,) = (block for block in page.blocks if isinstance(block, Table) and block.layout == "bars")
    return [(words(label), words(number), words(who)) for label, number, who in table.rows]


def lists(page: Page) -> dict[str, list[str]]:
    """The schools of each list by its caption."""
    tables = [block for block in page.blocks if isinstance(block, Table) and block.layout == "grid"]
    return {table.caption: [words(row[1]) for row in table.rows] for table in tables}


POLICIES = [
    reviewed("oak", "2026-11-21"),
    reviewed("elm", "2026-11-22"),
    reviewed("fir", "2026-12-31"),
    reviewed("ash", "Autumn 2026"),
    reviewed("yew", "2027-10-31"),
    reviewed("bay", "2027-11-01"),
    reviewed("box", ""),
]


def test_the_chart_has_every_month_the_empty_ones_too_and_says_whose_the_few_are() -> None:
    found = chart(reviews_page(POLICIES, TODAY))
    assert found[0] == ("Overdue", "1", "Oak")
    months = found[1 : 1 + MONTHS_SHOWN]
    assert [label for label, *_ in months][::11] == ["November 2026", "October 2027"]
    assert {label: who for label, number, who in months if number != "0"} == {
        "November 2026": "Elm", "December 2026": "Ash; Fir", "October 2027": "Yew",
    }  # fmt: skip
    assert found[1 + MONTHS_SHOWN :] == [("Later", "1", "Bay"), ("No date recorded", "1", "Box")]


def test_a_bar_leads_to_its_list() -> None:
    page = reviews_page(POLICIES, TODAY)
    anchors = {block.anchor for block in page.blocks if isinstance(block, Heading)}
    (table,) = (block for block in page.blocks if isinstance(block, Table) and block.layout == "bars")
    links = [row[0].paragraphs[0][0].link for row in table.rows]
    assert {link.removeprefix("#") for link in links if link} == anchors
    assert [words(row[1]) == "0" for row in table.rows] == [link is None for link in links]


def test_every_dated_policy_stands_in_one_list_and_what_is_overdue_in_the_first() -> None:
    assert lists(reviews_page(POLICIES, TODAY)) == {
        "Overdue: 1 policy": ["Oak"],
        "November 2026: 1 policy": ["Elm"],
        "December 2026: 2 policies": ["Ash", "Fir"],
        "October 2027: 1 policy": ["Yew"],
        "November 2027: 1 policy": ["Bay"],
    }


def test_schools_that_are_many_are_counted_and_not_named() -> None:
    many = [reviewed(f"school{index}", "2027-01-15") for index in range(150)]
    assert ("January 2027", "150", "") in chart(reviews_page(many, TODAY))
