"""Events as an iCalendar file (RFC 5545) that a clerk can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from policybook.domain.register import CalendarEvent


def write_calendar(events: Iterable[CalendarEvent], name: str) -> bytes:
    """The bytes of an .ics file, the same for the same events: every date comes from the events, none from a clock.

    Events are whole days and take nobody's time (TRANSPARENT); a reader that fetches the file again replaces an event
    by its UID. Words are escaped by the library, so a title can neither end a line nor add a property.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//policybook//register//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in sorted(events, key=lambda event: (event.first, event.uid)):
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEvent) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@policybook")
    event.add("dtstamp", datetime.combine(entry.stamp, time(), UTC))
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # the end is the first day that no longer counts
    event.add("summary", " ".join(entry.summary.split()))
    event.add("description", " ".join(entry.description.split()))
    event.add("transp", "TRANSPARENT")
    return event
