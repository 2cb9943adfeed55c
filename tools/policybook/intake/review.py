"""Review dates and cycles as people write them: dates, school terms, "every three years", and what is unclear."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policybook.text.number import parse_number

_TERM = re.compile(r"\b(Autumn|Spring|Summer)(?: term)?,? (\d{4})\b", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"\b(Autumn|Spring|Summer)(?: term)?,? (20\d\d)[/-](\d\d)\b", re.IGNORECASE)
_UNCLEAR = re.compile(r"\bbi[- ]?(?P<unit>annual|month|week|term)(?:ly|s)?\b", re.IGNORECASE)
_EVERY = re.compile(r"\bevery (?:(?P<count>[a-z]+|\d{1,2}) )?(?P<unit>year|month|week|term)s?\b", re.IGNORECASE)
_CYCLES = {
    "annual": "1 year", "annually": "1 year", "yearly": "1 year", "biennial": "2 years", "biennially": "2 years",
    "triennial": "3 years", "triennially": "3 years", "termly": "1 term", "monthly": "1 month",
}  # fmt: skip
_CYCLE = re.compile(rf"\b({'|'.join(_CYCLES)})\b", re.IGNORECASE)
_READINGS = {
    "annual": "twice a year or every two years",
    "month": "twice a month or every two months",
    "week": "twice a week or every two weeks",
    "term": "twice a term or every two terms",
}


@dataclass(frozen=True, slots=True)
class Review:
    """What is said of a policy's review: `term` ("Autumn 2026"), `every` ("2 years"), and what is `unclear`.

    Each is empty where nothing is said. `unclear` is the word itself and `readings` what it may mean.
    """

    term: str = ""
    every: str = ""
    unclear: str = ""
    readings: str = ""


def understand_review(text: str) -> Review:
    """The school term and the cycle that words name; a word with two meanings ("Bi-Annually") is never guessed."""
    unclear = _UNCLEAR.search(text)
    readings = _READINGS[unclear["unit"].lower()] if unclear else ""
    return Review(_term(text), "" if unclear else _cycle(text), unclear[0] if unclear else "", readings)


def _term(text: str) -> str:
    if found := _SCHOOL_YEAR.search(text):  # the school year 2025/26 begins in autumn
        season = found[1].capitalize()
        return f"{season} {int(found[2]) + (season != 'Autumn')}"
    found = _TERM.search(text)
    return f"{found[1].capitalize()} {found[2]}" if found else ""


def _cycle(text: str) -> str:
    if found := _EVERY.search(text):
        count = parse_number(found["count"]) if found["count"] else 1
        if count:
            unit = found["unit"].lower()
            return f"{count} {unit}{'' if count == 1 else 's'}"
    found = _CYCLE.search(text)
    return _CYCLES[found[1].lower()] if found else ""
