"""What a drafter sets for a clause, as one line of plain words that can be typed: printed, and read again.

Values only. Topics: past-pupils; email · Only for: academy; trust · Only where: has_pool is yes · Defines: leaver
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from policybook.domain.model import Clause, Condition, Parameter, SchoolKind, Tailorable
from policybook.domain.taken import CLASS_WORDS
from policybook.text.answer import parse_answer, print_answer

_BETWEEN = " · "
_KEYS = ("topics", "only for", "only where", "defines", "takes the place of")
_KINDS: tuple[str, ...] = get_args(SchoolKind)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLAUSE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")


def print_settings(clause: Clause, parameters: dict[str, Parameter]) -> tuple[str, str]:
    """The class of a clause in words, and all else that is set for it; two empty texts where nothing is."""
    said = [
        ("Topics", "; ".join(clause.topics)),
        ("Only for", "; ".join(clause.when.school) if clause.when else ""),
        ("Only where", _condition(clause.when, parameters) if clause.when else ""),
        ("Defines", "; ".join(clause.defines)),
        ("Takes the place of", "; ".join(clause.supersedes)),
    ]
    rest = _BETWEEN.join(f"{key}: {value}" for key, value in said if value)
    return (CLASS_WORDS[clause.tailoring], rest) if rest or clause.tailoring != "free" else ("", "")


def parse_settings(text: str, clause: Clause, parameters: dict[str, Parameter], *, is_whole: bool) -> Clause:
    """The clause as a line of settings has it; with `is_whole` what the line does not say is no longer set.

    Raises ValueError with what was not understood, and what would do.
    """
    found: dict[str, Any] = {}
    words, rest = _class_of(text)
    if words:
        found["tailoring"] = words
    for piece in filter(None, (piece.strip(" .") for piece in rest.split("·"))):
        key, sign, value = piece.partition(":")
        if not sign or key.strip().casefold() not in _KEYS:
            raise ValueError(f"“{piece}” is no setting; use {', '.join((*CLASS_WORDS.values(), *_shown_keys()))}")
        _read_key(found, key.strip().casefold(), value.strip(), parameters)
    when = found.pop("when", {})
    changes = {**_NOTHING, **found} if is_whole else found
    if when or is_whole:
        changes["when"] = Condition(**when) if when else None
    return replace(clause, **changes)


_NOTHING: dict[str, Any] = {"tailoring": "free", "topics": (), "defines": (), "supersedes": ()}


def _shown_keys() -> list[str]:
    return [f"{key.capitalize()}: …" for key in _KEYS]


def _class_of(text: str) -> tuple[Tailorable | None, str]:
    """The class that a line begins with, and what follows."""
    for tailorable, words in CLASS_WORDS.items():
        if text.casefold().startswith(words.casefold()):
            return tailorable, text[len(words) :].lstrip(" .·")
    return None, text


def _read_key(found: dict[str, Any], key: str, value: str, parameters: dict[str, Parameter]) -> None:
    names = tuple(piece.strip() for piece in re.split(r"[;,]", value) if piece.strip())
    if key == "defines":
        found["defines"] = tuple(piece.strip() for piece in value.split(";") if piece.strip())
    elif key == "topics":
        found["topics"] = _all_match(_ID, names, "a topic is named as in the table of topics")
    elif key == "takes the place of":
        found["supersedes"] = _all_match(_CLAUSE, names, "a section is named by its id, such as email.personal")
    elif key == "only for":
        kinds = tuple(name.casefold() for name in names)
        if not set(kinds) <= set(_KINDS):
            raise ValueError(f"“{value}” are no kinds of school; use {', '.join(_KINDS)}")
        found.setdefault("when", {})["school"] = kinds
    else:
        found.setdefault("when", {}).update(_read_condition(value, parameters))


def _all_match(pattern: re.Pattern[str], names: tuple[str, ...], mend: str) -> tuple[str, ...]:
    for name in names:
        if not pattern.fullmatch(name):
            raise ValueError(f"“{name}”: {mend}")
    return names


def _read_condition(value: str, parameters: dict[str, Parameter]) -> dict[str, Any]:
    name, _, answer = (piece.strip() for piece in value.partition(" is "))
    parameter = parameters.get(name)
    if parameter is None or not answer:
        raise ValueError(f"“{value}” is no condition; write NAME is VALUE, with a name of the table of blanks")
    return {"parameter": name, "value": parse_answer(parameter, answer)}


def _condition(when: Condition, parameters: dict[str, Parameter]) -> str:
    if when.parameter is None:
        return ""
    parameter = parameters.get(when.parameter)
    said = print_answer(parameter, when.value) if parameter else when.value
    return f"{when.parameter} is {said}"
