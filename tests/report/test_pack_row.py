from __future__ import annotations

from datetime import date

import pytest

from policybook.domain.comparison import Reading, Row
from policybook.domain.inline import Mark, plain
from policybook.domain.judgement import Judged
from policybook.report.pack_row import find_laws, laws_of, side_of, what_it_means


def reading(text: str, kind: str = "paragraph") -> Reading:
    return Reading(text, number="6.2", kind=kind)


def row(before: str, after: str, kind: str = "paragraph", judged: Judged | None = None) -> Row:
    return Row((reading(before, kind),), (reading(after, kind),), "substantive", 1.0, "id", judged=judged)


def words_of(row: Row, side: Mark) -> list[str]:
    cell = side_of(row.left if side == "deleted" else row.right, row, side)
    return [plain(runs) for runs in cell.paragraphs]


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("as the Data Protection Act 2018 asks", ["Data Protection Act 2018"]),
        ("Under the UK GDPR and the Human Rights Act 1998.", ["UK GDPR", "Human Rights Act 1998"]),
        ("the Health and Safety at Work etc. Act 1974", ["Health and Safety at Work etc. Act 1974"]),
        ("The Widgets (Safe Use) Regulations 2019 hold", ["Widgets (Safe Use) Regulations 2019"]),
        ("Staff act on it. In 2020 the order was kept.", []),
        ("an act of kindness", []),
    ],
)
def test_laws_are_found_by_name_and_year(text: str, laws: list[str]) -> None:
    assert list(find_laws(text)) == laws


def test_a_law_that_only_one_wording_names_is_told_and_one_that_both_name_is_not() -> None:
    changed = row("Keep to the Libel Act 1843 and the Human Rights Act 1998.", "Keep to the Human Rights Act 1998.")
    assert list(laws_of(changed)) == ["No longer names the Libel Act 1843."]
    assert list(laws_of(row("Keep to the law.", "Keep to the Equality Act 2010."))) == [
        "Now names the Equality Act 2010."
    ]


def test_a_long_run_of_capitals_is_read_at_once() -> None:
    assert list(find_laws("Staff And Of The Headteacher, " * 20_000)) == []


def test_a_persons_judgement_is_shown_as_theirs() -> None:
    said = Judged(("a/b", "c/d"), "6.2", ("", ""), of_substance=False, by="the Clerk", on=date(2026, 11, 22))
    lines = [plain(runs) for runs in what_it_means(row("old", "new", judged=said), "6.2", "policy-1")]
    assert lines == ["6.2: change of substance", "Judged not of substance by the Clerk on 22 November 2026."]


def test_of_a_table_only_the_rows_that_differ_are_shown() -> None:
    table = row("Channels\nWho | How\nPupils | School e-mail", "Channels\nWho | How\nPupils | No e-mail", "table")
    assert words_of(table, "inserted") == ["Channels", "Row: Pupils; No e-mail", "The other rows are the same."]
    assert words_of(table, "deleted") == ["Channels", "Row: Pupils; School e-mail", "The other rows are the same."]
