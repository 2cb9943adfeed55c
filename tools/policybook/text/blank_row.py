"""A blank of a model as one row of a table that a drafter edits, and read again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, cast, get_args

from policybook.domain.model import Parameter, ParameterType, Value
from policybook.text.answer import parse_answer, print_answer

_TYPES: tuple[str, ...] = get_args(ParameterType)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FROM_TO = re.compile(r"(?:from |between )(.+?) (?:to|and) (.+)")
_LEAST = re.compile(r"(?:at least |from )(.+)|(.+?)(?: or more| at least|\+)")
_MOST = re.compile(r"(?:at most |up to |no more than )(.+)|(.+?)(?: or less| at most)")
_DETAIL, _NEEDED, _TOPIC = "only a detail", "must be filled in", "topic "


def print_blank(parameter: Parameter) -> tuple[str, ...]:
    """The cells of a blank's row: name, what is asked, kind, what the model says, limits, what else is set."""
    return (
        parameter.name, parameter.label, parameter.type, _shown(parameter, parameter.default), _limits(parameter),
        "; ".join(_also(parameter)),
    )  # fmt: skip


def parse_blank(cells: tuple[str, ...], before: Parameter | None) -> Parameter:
    """The blank of an edited row; what its cells say as before stays as it is in `before`.

    Raises ValueError saying which cell will not do, and what would.
    """
    name, label, kind, default, limits, also = (" ".join(cell.split()) for cell in (*cells, *[""] * 6)[:6])
    if not _NAME.fullmatch(name):
        raise ValueError(f"“{name}” is no name of a blank; use small letters, digits and _, such as notice_period")
    if kind not in _TYPES:
        raise ValueError(f"“{kind}” is no kind of blank; use one of {', '.join(_TYPES)}")
    if not label:
        raise ValueError(f"nobody can tell what “{name}” asks; write it beside the name")
    printed = print_blank(before) if before else ("",) * 6
    made = before or Parameter(name, cast(ParameterType, kind), label)
    changes: dict[str, Any] = {"name": name, "label": label, "type": kind}
    if limits != " ".join(printed[4].split()):
        changes |= _read_limits(replace(made, type=cast(ParameterType, kind)), limits)
    if also != " ".join(printed[5].split()):
        changes |= _read_also(also)
    made = replace(made, **changes)
    if default != " ".join(printed[3].split()) or kind != printed[2]:
        made = replace(made, default=_answer(made, default))
    return made


def _shown(parameter: Parameter, value: Value) -> str:
    answer = print_answer(replace(parameter, options=()), value)
    return "" if answer is None else answer.isoformat() if hasattr(answer, "isoformat") else str(answer)


def _limits(parameter: Parameter) -> str:
    if parameter.options:
        return f"one of: {'; '.join(parameter.options)}"
    low, high = (_shown(parameter, limit) for limit in (parameter.minimum, parameter.maximum))
    if low and high:
        return f"from {low} to {high}"
    return f"{low} or more" if low else f"{high} at most" if high else ""


def _also(parameter: Parameter) -> list[str]:
    said = [f"{_TOPIC}{parameter.topic}"] if parameter.topic else []
    said += [_DETAIL] if parameter.detail else []
    return said + ([_NEEDED] if parameter.required else [])


def _read_limits(parameter: Parameter, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"minimum": None, "maximum": None, "options": ()}
    folded = text.casefold()
    if folded.startswith("one of:"):
        options = re.split(r";", text[7:]) if ";" in text else text[7:].split(",")
        return found | {"options": tuple(one.strip() for one in options if one.strip())}
    free = replace(parameter, minimum=None, maximum=None, options=(), default=None)
    if match := _FROM_TO.fullmatch(folded):
        return found | {"minimum": _answer(free, match[1]), "maximum": _answer(free, match[2])}
    if match := _LEAST.fullmatch(folded):
        return found | {"minimum": _answer(free, match[1] or match[2])}
    if match := _MOST.fullmatch(folded):
        return found | {"maximum": _answer(free, match[1] or match[2])}
    if folded:
        raise ValueError(
            f"“{text}” is no limit; write 18 or more, 3 months at most, from 18 to 21, or one of: first; second"
        )
    return found


def _read_also(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"topic": None, "detail": False, "required": False}
    for piece in filter(None, (piece.strip(" .") for piece in re.split(r"[;,]", text))):
        folded = piece.casefold()
        if folded == _DETAIL:
            found["detail"] = True
        elif folded == _NEEDED:
            found["required"] = True
        elif folded.startswith(_TOPIC) and _ID.fullmatch(folded.removeprefix(_TOPIC)):
            found["topic"] = folded.removeprefix(_TOPIC)
        else:
            raise ValueError(f"“{piece}” is not known; write {_TOPIC}NAME, {_DETAIL} or {_NEEDED}")
    return found


def _answer(parameter: Parameter, words: str) -> Value:
    try:
        return parse_answer(parameter, words)
    except ValueError as error:
        raise ValueError(f"“{words}” of “{parameter.label}” {error}") from error
