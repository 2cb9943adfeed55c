"""Exceptions, conditions and words that leave room: what a rule holds subject to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policybook.compare.binding import forbids, permits
from policybook.compare.cue import Cue, cue_of
from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, shortened
from policybook.compare.vocabulary import CONDITIONS, EXCEPTIONS, FUNCTION_WORDS, SOFTENERS
from policybook.domain.comparison import Direction, Fact
from policybook.text.spelling import fold
from policybook.text.word import words_of

LONGEST_CONDITION = 12
"""Words that carry meaning in a condition; more than that is text of its own."""
_EXCEPTION = cue_of("except,unless,excluding,other,apart,save", EXCEPTIONS)
_CONDITION = cue_of("provided,long as,subject,condition,only,if ,with,writ", CONDITIONS)
_SOFTENER = cue_of(
    "normally,usually,generally,ordinarily,as a rule,most cases,possible,practica,appropriate,feasible,necessary,where,"
    "discretion,try,tries,aim,endeavour,attempt,seek,consider",
    SOFTENERS,
)
_CONSENT = re.compile(
    r"agree|permi|consent|approv|authori|confirm|noti[fc]|request|inform|t[eo]ld?l?\b|invit|warn|respon|repl|decision|outcome|appeal|resign",
    re.I,
)
"""What may have to be in writing."""
_FORM = re.compile(r"\b(?:(?:in )?writ(?:e|es|ing|ten)|letters?)\b", re.I)
_ONLY = re.compile(r"\bonly\b", re.I)
_ROOM = Cue(
    (*_SOFTENER.pieces, "whether"),
    re.compile(rf"{_SOFTENER.pattern.pattern}|\bdiscretion\b|\bconsider\w* (?:\w+ ){{0,4}}?whether\b", re.I),
)
"""In a text as a whole, "has discretion to" is "at the discretion of" in other words."""


def find_condition_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """The exception, the condition or the room for judgement that came, went or changed in one place, if any."""
    if _EXCEPTION.search(hunk.said_before) or _EXCEPTION.search(hunk.said_after):
        if fact := _exception_fact(hunk, after if _EXCEPTION.search(hunk.said_after) else before):
            yield fact
    elif not _is_text_of_its_own(hunk):
        was, is_now = (_CONDITION.search(side) is not None for side in hunk.sides)
        if (
            was != is_now
            and not _only_moved(_CONDITION, before, after)
            and (not _is_formal(hunk) or _CONSENT.search(after if is_now else before))
        ):
            yield _condition_fact(hunk, after if is_now else before, is_new=is_now)
            return
        old, new = (_SOFTENER.search(side) for side in hunk.sides)
        if bool(old) != bool(new) and not _only_moved(_SOFTENER, before, after):
            yield _softener_fact(old[0] if old else "", new[0] if new else "")


def find_conditions(before: str, after: str) -> Iterator[Fact]:
    """The exception, condition, form or room for judgement that one text as a whole has and the other has not."""
    old, new = _conditions_of(before), _conditions_of(after)
    exceptions = [_EXCEPTION.search(text) is not None for text in (before, after)]
    if len(old) != len(new) and (not old or not new or exceptions[0] != exceptions[1]):
        longer, shorter = (new, old) if len(new) > len(old) else (old, new)
        shown = next((said for said in longer if said not in shorter), longer[0])
        told = "is new, which sets when this holds" if longer is new else "is gone, which set when this holds"
        yield Fact("negation", *(("", shown) if longer is new else (shown, "")), f"“{shown}” {told}.")
    forms = [_FORM.search(text) is not None for text in (before, after)]
    if forms[0] != forms[1]:
        told = "nothing need be in writing now: weaker" if forms[0] else "it must be in writing now: stricter"
        yield Fact(
            "negation",
            *(("in writing", "") if forms[0] else ("", "in writing")),
            f"The form: {told}.",
            "weaker" if forms[0] else "stricter",
        )
    rooms = [_ROOM.search(text) for text in (before, after)]
    if bool(rooms[0]) != bool(rooms[1]):
        yield _softener_fact(*(room[0] if room else "" for room in rooms))


def _conditions_of(text: str) -> list[str]:
    """The words that except or set a condition; "only" counts once wherever it stands, "in writing" is a form."""
    found = [match[0].lower() for cue in (_EXCEPTION, _CONDITION) for match in cue.pattern.finditer(text)]
    kept = [said for said in found if not said.startswith("only") and not _FORM.fullmatch(said)]
    return kept + [match.lower() for match in _ONLY.findall(text)]


def excepts(text: str) -> bool:
    """Whether the text makes an exception."""
    return _EXCEPTION.search(text) is not None


def without_moved_exceptions(hunks: Sequence[Hunk]) -> Sequence[Hunk]:
    """The places without an exception that only stands elsewhere in the clause now, whatever its first words."""
    old = {frozenset(_rest(hunk.said_before)) for hunk in hunks if excepts(hunk.said_before)}
    new = {frozenset(_rest(hunk.said_after)) for hunk in hunks if excepts(hunk.said_after)}
    moved = old & new
    if not moved:
        return hunks
    return [hunk for hunk in hunks if not (excepts(hunk.around) and _rests(hunk) & moved)]


def _rests(hunk: Hunk) -> set[frozenset[str]]:
    return {frozenset(_rest(said)) for said in (hunk.said_before, hunk.said_after) if excepts(said)}


def _rest(said: str) -> set[str]:
    return {fold(word) for word in words_of(_EXCEPTION.pattern.sub(" ", said))} - FUNCTION_WORDS


def _only_moved(cue: Cue, before: str, after: str) -> bool:
    """Whether both texts have the same such words; then one only stands elsewhere."""
    old, new = (
        sorted("writing" if _FORM.fullmatch(match[0]) else match[0].lower() for match in cue.pattern.finditer(text))
        for text in (before, after)
    )
    return old == new


def _is_formal(hunk: Hunk) -> bool:
    return not {"written", "writing"}.isdisjoint((*hunk.content_before, *hunk.content_after))


def _is_text_of_its_own(hunk: Hunk) -> bool:
    longest = max(len(hunk.content_before), len(hunk.content_after))
    return longest > LONGEST_CONDITION or ". " in hunk.said_before or ". " in hunk.said_after


def _exception_fact(hunk: Hunk, text: str) -> Fact | None:
    """An exception frees from a rule, but narrows a permission; None where only its first words are others."""
    old, new = shortened(hunk.said_before), shortened(hunk.said_after)
    was, is_now = _EXCEPTION.search(hunk.said_before) is not None, _EXCEPTION.search(hunk.said_after) is not None
    if was and is_now and not _rest(old) ^ _rest(new):
        return None
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
