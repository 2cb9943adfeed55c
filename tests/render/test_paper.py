from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.inline import Mark, Run, plain
from policybook.domain.page import Cell, Table
from policybook.render.paper import column_shares, leads_on, readable, table_rows, web_target, with_signs


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("http://example.org", "http://example.org"),
        ("mailto:office@example.org", "mailto:office@example.org"),
        ("https://example.org/caf\u00e9", "https://example.org/caf%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ('https://example.org/"<>\\', "https://example.org/%22%3C%3E%5C"),
        ("https://", None),
        ("https://exa mple.org", None),
        ("https://[::1", None),
        ("https://example.org:port/", None),
        ("mailto:nobody", None),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//example.org", None),
        ("#anchor", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_and_mail_addresses_are_printed_as_links(link: str | None, target: str | None) -> None:
    assert web_target(link) == target


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([("under ", "none"), ("18", "deleted"), ("19", "inserted"), (".", "none")], "under [−18][+19]."),
        ([("under", "none"), (" 18 ", "deleted"), ("years", "none")], "under [−18] years"),
        ([("two ", "inserted"), ("runs", "inserted")], "[+two runs]"),
        ([(" ", "inserted")], "[+ ]"),
        ([("", "deleted"), ("a", "none")], "a"),
    ],
)
def test_signs_stand_close_about_each_changed_stretch(runs: list[tuple[str, Mark]], words: str) -> None:
    assert plain(with_signs(Run(text, mark=mark) for text, mark in runs)) == words


@given(st.lists(st.builds(Run, st.text(max_size=8), st.booleans())))
def test_runs_without_changes_stay_as_they_are(runs: list[Run]) -> None:
    assert with_signs(runs) == tuple(runs)


@given(st.text())
def test_what_is_readable_holds_nothing_unseen_and_stays_so(text: str) -> None:
    shown = readable(text)
    assert readable(shown) == shown
    assert all(sign >= " " or sign in "\n\t" for sign in shown)


def test_short_rows_are_filled_and_shares_sum_to_one() -> None:
    table = Table("", ("a",), ((Cell(((Run("x" * 300),),)), Cell(())), (Cell(()),)))
    assert [len(row) for row in table_rows(table)] == [2, 2]
    shares = column_shares(table)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > shares[1] > 0.05


def test_words_that_lead_on_are_known_by_their_colon() -> None:
    assert leads_on((Run("Staff must"), Run(": ", bold=True)))
    assert not leads_on((Run("Staff must."),))
