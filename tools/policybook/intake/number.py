"""Numbers and letters typed before a clause's words: `1.0`, `9.1.`, `3)`, `(a)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policybook.domain.model import Marker

_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)[.)]?\s+(?=\S)")
_SINGLE = re.compile(r"(\d{1,2})[.):]\s+(?=\S)")
_BARE = re.compile(r"(\d{1,2})\s+(?=[A-Z])")
_LETTER = re.compile(r"(\([a-z]\)|\([ivx]{1,5}\)|[a-z]\)|[a-h]\.(?=\s+[A-Z]))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number at the start of a text: as printed without its stop, and how many characters it and its space take."""

    number: str
    marker: Marker
    length: int
    is_bare: bool = False

    @property
    def depth(self) -> int:
        """How many parts it has; `1.0` has one, `1.2.3` three."""
        return number_depth(self.number)


def find_number(text: str) -> TypedNumber | None:
    """The number typed at the start of a text, or None."""
    if not text[:1].isdecimal():
        found = _LETTER.match(text) if text[:1] == "(" or text[1:2] in (")", ".") else None
        return TypedNumber(found[1].rstrip("."), "letter", found.end()) if found else None
    if found := _DECIMAL.match(text) or _SINGLE.match(text):
        return TypedNumber(found[1], "number", found.end())
    found = _BARE.match(text)
    return TypedNumber(found[1], "number", found.end(), is_bare=True) if found else None


def number_depth(number: str) -> int:
    """How many parts a number has: `7` and `1.0` one, `1.2` two, `(a)` one."""
    while number.endswith(".0"):
        number = number[:-2]
    return number.count(".") + 1


def is_decimal(number: str | None) -> bool:
    """Whether the number has several parts, as only a policy's clauses do (`1.2`, not `3` or `(a)`)."""
    return number is not None and "." in number and number_depth(number) > 1
