"""A model's words as a pattern: what a school's own words put into the blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from policybook.domain.inline import plain
from policybook.domain.model import ModelVersion, Parameter, ParameterType, Value
from policybook.text.inline import parse_inline
from policybook.text.number import parse_number
from policybook.text.placeholder import Placeholder, apply_filter, split_placeholders
from policybook.text.value import parse_value, print_value, print_value_words

Capture = dict[str, tuple[Value, ...]]
"""By parameter, the values that would print as the words found; the likeliest first."""
Pattern = tuple[str | Placeholder, ...]
TOLD_BY_TYPE = ("age", "duration", "time", "time-range", "date", "term")
"""Types of which one clause rarely speaks twice, so that its type alone tells what a value is for."""
SCHOOL_LABELS = {"school_name": "name of the school", "school_short_name": "short name of the school"}
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?(am|pm)")


class StatedValue(NamedTuple):
    """A value that stands in a text: its type, what it is, and the sentence that states it."""

    type: ParameterType
    value: Value
    sentence: str


def pattern_of(text: str) -> Pattern:
    """A model's text as words and blanks in turn, markup left out."""
    return tuple(split_placeholders(plain(parse_inline(text))))


def read_blanks(pieces: Pattern, words: str, model: ModelVersion) -> Capture | None:
    """What stands in the blanks of a model's text, given the words of a document; None where they do not fit it.

    Each stretch of words between two blanks is looked for from the left, so the time grows with the length only.
    """
    found: Capture = {}
    position = 0
    waiting: Placeholder | None = None
    for index, piece in enumerate((*pieces, "")):
        if isinstance(piece, Placeholder):
            if waiting is not None:
                return None  # two blanks side by side: nothing says where the first ends
            waiting = piece
            continue
        is_last = index >= len(pieces) - 1
        start = _find_literal(words, piece, position, is_last=is_last, is_free=waiting is not None)
        if start is None or (waiting and not _keep(found, waiting, words[position:start], model)):
            return None
        waiting, position = None, start + len(piece)
    return found if position == len(words) else None


def read_stated(pieces: Pattern, stated: Sequence[StatedValue], model: ModelVersion) -> Capture:
    """What a text in other words says for the blanks of a model's text, where its type leaves no doubt.

    That is: the model's text has one blank of the type, and the other text one value of it.
    """
    found: Capture = {}
    blanks = {piece.name for piece in pieces if isinstance(piece, Placeholder) and not piece.is_clause}
    declared = [model.parameters[name] for name in sorted(blanks) if name in model.parameters]
    for kind in TOLD_BY_TYPE:
        asked = [parameter for parameter in declared if parameter.type == kind]
        said = {one.value for one in stated if one.type == kind}
        if len(asked) == 1 and len(said) == 1:
            with suppress(ValueError):
                found[asked[0].name] = (parse_value(asked[0], next(iter(said))),)
    return found


def vote(captures: Iterable[Capture], preferred: dict[str, Value]) -> dict[str, Value]:
    """One value for each parameter: the one most clauses have; of equals the one preferred, then the first seen."""
    counts: dict[str, Counter[Value]] = {}
    for capture in captures:
        for name, candidates in capture.items():
            counts.setdefault(name, Counter()).update(candidates)
    chosen: dict[str, Value] = {}
    for name, votes in counts.items():
        most = max(votes.values())
        best = [value for value, count in votes.items() if count == most]
        chosen[name] = preferred[name] if preferred.get(name) in best else best[0]
    return chosen


def _find_literal(words: str, piece: str, position: int, *, is_last: bool, is_free: bool) -> int | None:
    if is_last and is_free:
        start = len(words) - len(piece)
        return start if start >= position and words.endswith(piece) else None
    if not is_free:
        return position if words.startswith(piece, position) else None
    start = words.find(piece, position + 1)
    return start if start >= 0 else None


def _keep(found: Capture, blank: Placeholder, words: str, model: ModelVersion) -> bool:
    """Adds what was found for a blank; False where it cannot be there. A reference to a clause may print anything."""
    if blank.is_clause:
        return bool(words)
    candidates = tuple(_candidates(blank, words, model.parameters.get(blank.name)))
    before = found.get(blank.name)
    if before is not None:
        candidates = tuple(value for value in before if value in candidates)
    if candidates:
        found[blank.name] = candidates
    return bool(candidates)


def _candidates(blank: Placeholder, words: str, parameter: Parameter | None) -> Iterator[Value]:
    """The values that print as these words."""
    if parameter is None and blank.name not in SCHOOL_LABELS:
        return
    label = parameter.label if parameter else SCHOOL_LABELS[blank.name]
    if words == f"[{label}]":
        yield None
        return
    declared = parameter or Parameter(blank.name, "text", label)
    for guess in _guesses(declared, blank.filter, words):
        with suppress(ValueError):
            value = parse_value(declared, guess)
            if value is not None and _printed(declared, blank.filter, value) == words:
                yield value


def _guesses(parameter: Parameter, filter_name: str, words: str) -> Iterator[object]:
    if parameter.type in ("integer", "age"):
        yield parse_number(words)
    elif parameter.type == "time":
        yield _read_time(words)
    elif parameter.type == "time-range":
        start, _, end = words.partition(" and " if filter_name == "between" else " to ")
        yield f"{_read_time(start)}-{_read_time(end)}"
    elif parameter.type == "date":
        with suppress(ValueError):
            yield datetime.strptime(words, "%d %B %Y").date()
    elif parameter.type == "list":
        head, _, last = words.rpartition(" and ")
        yield tuple(entry for entry in (*head.split(", "), last) if entry)
    elif filter_name == "possessive":
        yield words[:-2] if words.endswith("’s") else words.removesuffix("’")
    else:
        # Under `capital` the value may begin with either: what other clauses say decides, else roles begin small.
        both = (words[:1].lower() + words[1:], words) if filter_name == "capital" else (words,)
        yield from both if parameter.type == "role" else reversed(both)


def _read_time(words: str) -> str:
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    match = _CLOCK.fullmatch(words)
    if match is None:
        return ""
    hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0)
    return f"{hour:02}:{match[2] or '00'}"


def _printed(parameter: Parameter, filter_name: str, value: Value) -> str:
    number_words = print_value_words(parameter.type, value) if filter_name == "words" else None
    return apply_filter(filter_name, print_value(parameter.type, value), number_words=number_words)
