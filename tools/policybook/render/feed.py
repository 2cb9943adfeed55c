"""Entries as an Atom feed (RFC 4287) that readers of a public site can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policybook.render.html_words import clean_words

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news: `address` is that of its page, `key` what tells it from other news of the same page."""

    title: str
    summary: str
    on: date
    address: str
    key: str
    author: str


def write_feed(entries: Sequence[FeedEntry], title: str, address: str) -> bytes:
    """The bytes of a feed that stands at `address`, newest entry first; every date is an entry's, none a clock's.

    Words go in as text, so that none of them is read as markup. Raises ValueError where there are no entries: a feed
    must say when it was last brought up to date.
    """
    if not entries:
        raise ValueError("a feed needs an entry")
    found = sorted(entries, key=lambda entry: (-entry.on.toordinal(), entry.address, entry.key))
    feed = Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", address)
    _add(feed, "title", title)
    SubElement(feed, "link", {"rel": "self", "href": address})
    _add(feed, "updated", _moment(found[0].on))
    for entry in found:
        _add_entry(feed, entry)
    indent(feed)
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_entry(feed: Element, entry: FeedEntry) -> None:
    element = SubElement(feed, "entry")
    _add(element, "id", f"{entry.address}#{entry.key}")
    _add(element, "title", entry.title)
    SubElement(element, "link", {"href": entry.address})
    _add(element, "updated", _moment(entry.on))
    _add(SubElement(element, "author"), "name", entry.author)
    _add(element, "summary", entry.summary)


def _add(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = " ".join(clean_words(words).split())


def _moment(day: date) -> str:
    """A day without an hour is told as its first moment."""
    return f"{day.isoformat()}T00:00:00Z"
