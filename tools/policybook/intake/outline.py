"""A received document as the parts and schedules of a policy, each with its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policybook.domain.source import SourceClause, SourceDocument

_SCHEDULE = re.compile(
    r"(?:appendix|schedule|annexe?)\b\s*(?P<label>[A-Z]|\d{1,2})?\b[\s:.–-]*(?P<rest>.*)", re.I | re.S
)
_OUTSIDER = re.compile(
    r"\b(?:NASUWT|NEU|NUT|ATL|UNISON|GMB|Unite the Union|NAHT|ASCL|TUC|Acas|NSPCC|Childnet|trades? union|"
    r"teachers['’]? union)\b"
)
_LONGEST_HEADING = 12
_FRONT = "About this policy"


@dataclass(slots=True)
class PartOutline:
    """One part: its heading, whether it is a schedule or words of somebody else, and its clauses with their depth.

    `heading` is None where the heading stands nowhere in the document and had to be made up. Depths count from 1.
    """

    title: str
    heading: SourceClause | None
    is_schedule: bool = False
    outsider: str = ""
    is_front: bool = False
    clauses: list[tuple[int, SourceClause]] = field(default_factory=list)


def outline(document: SourceDocument) -> list[PartOutline]:
    """The parts in reading order; a title heading with nothing under it is left to the policy's own title."""
    clauses = document.clauses
    level = _part_level(clauses)
    parts: list[PartOutline] = []
    for clause in clauses:
        is_heading = clause.kind == "heading" and clause.level <= level
        in_schedule = bool(parts) and parts[-1].is_schedule
        if is_heading and (_SCHEDULE.match(clause.text) or not in_schedule):
            parts.append(PartOutline(clause.text, clause, bool(_SCHEDULE.match(clause.text))))
        elif not parts:
            parts.append(_front(clause))
        else:
            parts[-1].clauses.append((0, clause))
    parts = [part for part in parts if part.clauses or part.title != document.metadata.get("title")]
    return list(_settled(_without_empty(parts)))


def _part_level(clauses: Sequence[SourceClause]) -> int:
    """The level of headings that begin parts: the topmost, or the next where only one heading (the title) has that."""
    levels = sorted(clause.level for clause in clauses if clause.kind == "heading")
    return levels[1] if len(levels) > 1 and levels[0] < levels[1] else levels[0] if levels else 0


def _front(clause: SourceClause) -> PartOutline:
    """The part before the first heading: its first line is its heading if it can be one."""
    short = (
        clause.kind == "paragraph"
        and not clause.number
        and len(clause.text.split()) <= _LONGEST_HEADING
        and clause.text[-1] not in ".;:"
    )
    if short:
        return PartOutline(clause.text, clause, is_front=True)
    return PartOutline(_FRONT, None, clauses=[(0, clause)], is_front=True)


def _without_empty(parts: list[PartOutline]) -> list[PartOutline]:
    """A heading with nothing before the next one takes that one in, since a part without clauses is not printed."""
    filled: list[PartOutline] = []
    for part in parts:
        before = filled[-1] if filled else None
        if part.is_front and not part.clauses and part.heading:
            part = PartOutline(_FRONT, None, clauses=[(0, part.heading)], is_front=True)
        if before and part.heading and (not before.clauses or (part is parts[-1] and not part.clauses)):
            before.clauses += [(0, part.heading), *part.clauses]
        else:
            filled.append(part)
    if filled and not filled[-1].clauses and (heading := filled[-1].heading):
        filled[-1] = PartOutline(_FRONT, None, clauses=[(0, heading)])
    return filled


def _settled(parts: list[PartOutline]) -> Iterator[PartOutline]:
    lettered = 0
    for part in parts:
        if part.is_schedule:
            _settle_title(part, chr(ord("A") + lettered % 26))
            lettered += 1
            part.outsider = _outsider(part)
        part.clauses = list(_with_depths(clause for _, clause in part.clauses))
        yield part


def _settle_title(part: PartOutline, letter: str) -> None:
    """`Appendix A` is what will be printed before the heading, so that it need not stand in it."""
    found = _SCHEDULE.match(part.title)
    if not found or found["label"] != letter:
        return
    if found["rest"]:
        part.title = found["rest"]
    elif part.clauses and part.clauses[0][1].kind == "heading":
        part.title = part.clauses.pop(0)[1].text


def _outsider(part: PartOutline) -> str:
    """Whose words a schedule holds, where its headings or first lines name a union or a charity."""
    lines = [part.title, *(clause.text for index, (_, clause) in enumerate(part.clauses) if index < 2)]
    lines += [clause.text for _, clause in part.clauses if clause.kind == "heading"]
    found = next((match for line in lines if (match := _OUTSIDER.search(line))), None)
    return found[0] if found else ""


def _with_depths(clauses: Iterator[SourceClause]) -> Iterator[tuple[int, SourceClause]]:
    """Each clause with its depth in the tree: one more than that of the last clause of a lower level."""
    stack: list[int] = []
    for clause in clauses:
        while stack and stack[-1] >= clause.level:
            stack.pop()
        stack.append(clause.level)
        yield len(stack), clause
