"""What waits on the first page, home-grown policies included."""

from __future__ import annotations

from datetime import date

from policybook.domain.adoption import Decision, HomeGrown, School
from policybook.domain.inline import plain
from policybook.report.due import find_waits
from policybook.report.home_grown import home_grown_waits
from policybook.report.school import school_page

TODAY = date(2026, 11, 21)
SCHOOLS = {"oak": School("oak", "Oak School", "school", "Oak")}
APPROVED = (Decision("approved", "Full Governing Board", date(2024, 11, 21)),)


def own(review: str, *decisions: Decision) -> HomeGrown:
    return HomeGrown("oak", "lettings", "Lettings", "lettings.docx", decisions=decisions, next_review=review)


def rows_of(record: HomeGrown, *, is_changed: bool = False) -> list[list[str]]:
    rows = home_grown_waits([(record, is_changed)], SCHOOLS, TODAY)
    return [[" ".join(plain(runs) for runs in cell.paragraphs) for cell in row] for row in rows]


def test_a_home_grown_policy_waits_as_any_other() -> None:
    assert rows_of(own("2026-01-31", *APPROVED)) == [
        ["Oak School", "Lettings", "Review overdue since 31 January 2026", "School and governors"]
    ]
    assert rows_of(own("2026-12-31", *APPROVED))[0][2] == "Review due by 31 December 2026"
    assert rows_of(own("2027-12-31"))[0][2:] == ["Not yet approved", "Governors"]
    assert rows_of(own("2027-12-31", *APPROVED), is_changed=True)[0][2:] == [
        "Changed since it was approved",
        "Governors",
    ]


def test_a_home_grown_policy_that_is_approved_and_in_date_does_not_wait() -> None:
    assert rows_of(own("2027-12-31", *APPROVED)) == []


def test_a_school_s_page_lists_its_policies_and_what_waits() -> None:
    record = own("2026-01-31", *APPROVED)
    waits = list(find_waits(record, "Adopted", TODAY))
    page = school_page("Oak School", [(record, "Lettings", "Adopted", "schools/oak/lettings.md", waits)], TODAY)
    said = str(page.blocks)
    assert "1 policy on these pages" in said
    assert "page:schools/oak/lettings.md" in said
    assert "Review overdue since 31 January 2026" in said
