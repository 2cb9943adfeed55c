"""When a review is due: a date, or a school term in England."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_TERM = re.compile(r"(autumn|spring|summer)(?: term)? (\d{4})", re.IGNORECASE)
_MONTHS = {"autumn": ((9, 1), (12, 31)), "spring": ((1, 1), (3, 31)), "summer": ((4, 1), (8, 31))}


def review_period(words: str) -> tuple[date, date] | None:
    """The first and last day (both in) on which a review is due; None where the words name no day or term.

    A date is both. A term ends on the prescribed days of the Education (Start of Compulsory School Age) Order 1998:
    autumn is 1 September to 31 December, spring 1 January to 31 March, summer 1 April to 31 August.
    """
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        match = _TERM.fullmatch(words.strip())
        if match is None or match[2] == "0000":
            return None
        first, last = _MONTHS[match[1].lower()]
        return date(int(match[2]), *first), date(int(match[2]), *last)
    return day, day


def day_after(day: date, cycle: str) -> date:
    """The day that lies a cycle ("2 years", "6 months") after a day; the last of the month where it has no such day."""
    count, unit = cycle.split()
    months = int(count) * (12 if unit.startswith("year") else 1) + day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
