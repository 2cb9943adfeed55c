"""Placeholders in clause words: `{{ name }}`, `{{ name | filter }}`, `{{ clause:id }}`, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FILTERS = ("words", "capital", "possessive", "between", "minutes")
_PLACEHOLDER = re.compile(
    r"\{\{\s*(?P<clause>clause:\s*)?(?P<name>[A-Za-z0-9_.-]+)\s*(?:\|\s*(?P<filter>[A-Za-z]+)\s*)?\}\}"
)

_FULL_HOUR = re.compile(r"(?<![\d.])(\d{1,2})([ap]m)\b")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A blank in clause words; `filter` is empty where there is none, `source` is as written."""

    name: str
    filter: str
    is_clause: bool
    source: str


def split_placeholders(text: str) -> Iterator[str | Placeholder]:
    """The words and the placeholders of a text, in order; joined again they give the text back."""
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        yield Placeholder(match["name"], match["filter"] or "", match["clause"] is not None, match[0])
        position = match.end()
    if position < len(text):
        yield text[position:]


def find_placeholders(text: str) -> Iterator[Placeholder]:
    """The placeholders of a text, in order."""
    return (piece for piece in split_placeholders(text) if isinstance(piece, Placeholder))


def has_stray_braces(text: str) -> bool:
    """Whether `{{` or `}}` stands where no placeholder could be read."""
    return any("{{" in piece or "}}" in piece for piece in split_placeholders(text) if isinstance(piece, str))


def apply_filter(name: str, words: str, *, number_words: str | None = None) -> str:
    """The words of a value under a filter; `words` prints numbers as words where the value has such a form.

    `between` prints hours as `9am and 4.15pm`, `minutes` as `9.00am to 4.15pm`.
    """
    if name == "words":
        return number_words if number_words is not None else words
    if name == "capital":
        return words[:1].upper() + words[1:]
    if name == "between":
        return words.replace(" to ", " and ")
    if name == "minutes":
        return _FULL_HOUR.sub(r"\1.00\2", words)
    if name == "possessive":
        return f"{words}’" if words.endswith("s") else f"{words}’s"
    return words
