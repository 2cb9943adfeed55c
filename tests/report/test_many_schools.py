"""What pages do where a council has very many schools: pictures and counts first, the rare before the common."""

from __future__ import annotations

from datetime import date

from policybook.domain.comparison import Position, PositionTable
from policybook.domain.inline import plain
from policybook.domain.model import Topic
from policybook.domain.page import Heading, Page, Paragraph, Table
from policybook.report.address import WAITING
from policybook.report.home import LONGEST_WAITING, home_page
from policybook.report.position import MANY_SCHOOLS, positions_page
from policybook.report.word import cell

TOPICS = {"past": Topic("past", "Past pupils", "Until what age?", "age")}
TODAY = date(2026, 11, 22)


def table(schools: int) -> PositionTable:
    """All say 18 but the first, which says 21."""
    columns = tuple((f"s{index}/mail", f"School {index}") for index in range(schools))
    positions = {
        ("past", ref): Position("past", ref, "until 21" if ref == "s0/mail" else "until 18") for ref, _ in columns
    }
    return PositionTable((("past", "Past pupils"),), columns, positions)


def headings(page: Page) -> list[str]:
    return [plain(block.runs) for block in page.blocks if isinstance(block, Heading)]


def captions(page: Page) -> list[str]:
    return [block.caption for block in page.blocks if isinstance(block, Table)]


def test_of_many_schools_the_picture_comes_first_and_the_one_alone_is_named_in_it() -> None:
    page = positions_page(table(MANY_SCHOOLS + 1), TOPICS, has_charts=True)
    assert captions(page) == ["Past pupils: answers", "Positions by school and topic"]
    assert headings(page) == [
        "Past pupils",
        "until 21: 1 school",
        f"until 18: {MANY_SCHOOLS} schools",
        "School by school",
    ]
    chart = next(block for block in page.blocks if isinstance(block, Table))
    assert [plain(runs) for row in chart.rows for cell in row[2:] for runs in cell.paragraphs] == [
        "School 0, alone in this"
    ]
    said = [plain(block.runs) for block in page.blocks if isinstance(block, Paragraph) and block.marker == "bullet"]
    assert len(said) == MANY_SCHOOLS + 1
    assert said[0].startswith("School 0: until 21")


def test_of_few_schools_the_table_comes_first() -> None:
    page = positions_page(table(MANY_SCHOOLS), TOPICS, has_charts=True)
    assert captions(page) == ["Positions by school and topic", "Past pupils: answers"]
    assert headings(page) == ["Past pupils"]


def test_what_waits_is_counted_on_the_first_page_where_it_is_too_much_to_list() -> None:
    rows = tuple(
        (cell(f"School {index}"), cell("Mail"), cell("Not yet approved"), cell("Governors")) for index in range(41)
    )
    assert len(rows) == LONGEST_WAITING + 1
    listed = home_page([], [], table(0), TOPICS, today=TODAY, waits=rows[1:])
    counted = home_page([], [], table(0), TOPICS, today=TODAY, waits=rows)
    assert captions(listed)[0] == "40 things wait"
    assert captions(counted)[0] == "Who is waited for"
    links = [run.link for block in counted.blocks if isinstance(block, Paragraph) for run in block.runs]
    assert f"page:{WAITING}" in links
    assert f"page:{WAITING}" not in [
        run.link for block in listed.blocks if isinstance(block, Paragraph) for run in block.runs
    ]
