from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from policybook.render.feed import FeedEntry, write_feed

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://example.org/feed.xml"


def entry(title: str, on: date, key: str = "approved") -> FeedEntry:
    return FeedEntry(title, "Approved.", on, f"https://example.org/{key}.html", key, "Oak")


def test_the_newest_entry_comes_first_and_dates_the_feed() -> None:
    content = write_feed([entry("Old", date(2024, 1, 1)), entry("New", date(2025, 1, 1))], "Policies", HOME)
    feed = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert [found.findtext(f"{ATOM}title") for found in feed.findall(f"{ATOM}entry")] == ["New", "Old"]
    assert feed.findtext(f"{ATOM}updated") == "2025-01-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}id") == HOME


def test_words_stay_words_whatever_signs_they_hold() -> None:
    hostile = "]]> <script>x</script> &amp; \x02 \u202e“"
    content = write_feed([entry(hostile, date(2025, 1, 1))], hostile, HOME)
    feed = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert "<script>x</script> &amp;" in str(feed.findtext(f"{ATOM}entry/{ATOM}title"))
    assert not [element for element in feed.iter() if element.tag.endswith("script")]


def test_the_same_entries_give_the_same_bytes_in_any_order() -> None:
    entries = [entry("A", date(2025, 1, 1), "a"), entry("B", date(2025, 1, 1), "b")]
    assert write_feed(entries, "T", HOME) == write_feed(entries[::-1], "T", HOME)


def test_a_feed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an entry"):
        write_feed([], "T", HOME)
