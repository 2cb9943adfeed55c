"""Exceptions, conditions and words that leave room: what a rule holds subject to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policybook.compare.binding import forbids, permits
from policybook.compare.cue import cue_of
from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, shortened
from policybook.compare.vocabulary import CONDITIONS, EXCEPTIONS, SOFTENERS
from policybook.domain.comparison import Direction, Fact

LONGEST_CONDITION = 12
"""Words that carry meaning in a condition; more than that is text of its own."""
_EXCEPTION = cue_of("except,unless,excluding,other,apart,save", EXCEPTIONS)
_CONDITION = cue_of("provided,long as,subject,condition,only,if ,with,writ", CONDITIONS)
_SOFTENER = cue_of(
    "normally,usually,generally,ordinarily,as a rule,most cases,possible,practica,appropriate,feasible,necessary,where,"
    "discretion,try,aim,endeavour,attempt",
    SOFTENERS,
)
_CONSENT = re.compile(r"agree|permi|consent|approv|authori|confirm|notif|notice|request", re.I)
"""What may have to be in writing."""


def find_condition_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """The exception, the condition or the room for judgement that came, went or changed in one place, if any."""
    if _EXCEPTION.search(hunk.said_before) or _EXCEPTION.search(hunk.said_after):
        yield _exception_fact(hunk, after if _EXCEPTION.search(hunk.said_after) else before)
    elif not _is_text_of_its_own(hunk):
        was, is_now = (_CONDITION.search(side) is not None for side in hunk.sides)
        if was != is_now and (not _is_formal(hunk) or _CONSENT.search(after if is_now else before)):
            yield _condition_fact(hunk, after if is_now else before, is_new=is_now)
            return
        old, new = (_SOFTENER.search(side) for side in hunk.sides)
        if bool(old) != bool(new):
            yield _softener_fact(old[0] if old else "", new[0] if new else "")


def _is_formal(hunk: Hunk) -> bool:
    return not {"written", "writing"}.isdisjoint((*hunk.content_before, *hunk.content_after))


def _is_text_of_its_own(hunk: Hunk) -> bool:
    longest = max(len(hunk.content_before), len(hunk.content_after))
    return longest > LONGEST_CONDITION or ". " in hunk.said_before or ". " in hunk.said_after


def _exception_fact(hunk: Hunk, text: str) -> Fact:
    """An exception frees from a rule, but narrows a permission."""
    old, new = shortened(hunk.said_before), shortened(hunk.said_after)
    was, is_now = _EXCEPTION.search(hunk.said_before) is not None, _EXCEPTION.search(hunk.said_after) is not None
    if was and is_now:
        return Fact("negation", old, new, became(old, new, "unclear", "The exception"))
    direction: Direction = "weaker" if is_now != permits(text) else "stricter"
    if is_now:
        return Fact("negation", old, new, f"A new exception: “{new}”: {direction}.", direction)
    return Fact("negation", old, new, f"An exception is gone: “{old}”: {direction}.", direction)


def _condition_fact(hunk: Hunk, text: str, *, is_new: bool) -> Fact:
    direction: Direction = "unclear"
    if permits(text) or _is_formal(hunk):
        direction = "stricter" if is_new else "weaker"
    elif forbids(text):
        direction = "weaker" if is_new else "stricter"
    old, new = shortened(hunk.said_before), shortened(hunk.said_after)
    said = f"A new condition: “{new}”" if is_new else f"A condition is gone: “{old}”"
    tail = "" if direction == "unclear" else f": {direction}"
    return Fact("negation", old, new, f"{said}{tail}.", direction)


def _softener_fact(old: str, new: str) -> Fact:
    if new:
        return Fact("scope", "", new, f"“{new}” is new and leaves room in the rule: weaker.", "weaker")
    return Fact("scope", old, "", f"“{old}” is gone, which left room in the rule: stricter.", "stricter")
