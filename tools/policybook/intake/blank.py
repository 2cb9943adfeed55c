"""Blanks, choices and advice that a drafter left in the text for the adopter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from policybook.domain.model import ParameterType
from policybook.domain.source import Proposal, SourceClause
from policybook.intake.choice import find_alternatives

_BRACKETS = r"\[[^\[\]]{0,400}\]"
_CHOICE = re.compile(rf"{_BRACKETS}(?:\s*(?:\bOR\b|\bor\b|/)\s*{_BRACKETS})+")
_BLANK = re.compile(
    rf"(?P<square>{_BRACKETS})|(?P<angle><[^<>\n]{{0,80}}>)|(?P<merge>«[^»\n]{{1,80}}»)"
    r"|(?P<round>\([\s._…]*\))|(?P<line>_{3,}|\.{4,}|…{2,})|(?P<cross>\b[Xx]{3,}\b)"
)
_ADVICE = re.compile(
    r"[(\[*]*\b(?:please )?(?:delete|adapt|amend|adapt or delete|amend or delete)(?: or delete)? (?:as|if|where) "
    r"(?:appropriate|applicable|necessary|needed|required)\b[)\]*]*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:insert|enter|add|state|specify|name of|your|tbc|to be confirmed|details?|complete|placeholder|school name|"
    r"name\(?s?\)?|date|e-?mail|telephone|number of)\b",
    re.IGNORECASE,
)
_SIGNS = (
    *("[", "<", "«", "_", "…", "....", "()", "( ", "(\u00a0", "(.", "xxx", "XXX", "Xx", "xX"),
    *("elete", "dapt", "mend", "DELETE", "ADAPT", "AMEND"),
)
_TYPES: tuple[tuple[ParameterType, str], ...] = (
    ("email", r"e-?mail"), ("telephone", r"telephone|phone|mobile"), ("age", r"\bage\b|years old"),
    ("duration", r"number of (?:days|weeks|months|years)|how (?:long|often)|period|frequency"),
    ("time-range", r"hours"), ("time", r"\btimes?\b"), ("term", r"\bterm\b"),
    ("date", r"\bdate\b|\bday\b|month|year"),
    ("role", r"head ?teacher|\bhead\b|officer|chair|lead|manager|role|job title|post|steward|co-?ordinator|person"),
    ("organisation", r"school|academy|trust|provider|company|council|authority|organisation|federation|union"),
)  # fmt: skip


def find_blanks(clauses: Sequence[SourceClause]) -> Iterator[Proposal]:
    """The blanks, choices and advice of all clauses, in reading order; lines of forms are no blanks."""
    choices = {found.first: found for found in find_alternatives(clauses)}
    end = 0
    for index, clause in enumerate(clauses):
        if found := choices.get(index):
            end = found.end
            yield found.proposal()
            for option in found.options:
                yield from find_blanks_of(option.text, option.place)
        elif index >= end:
            yield from find_blanks_of(clause.text, clause.place)
            if clause.coloured:
                yield from _coloured(clause)


def find_blanks_of(text: str, place: str = "") -> Iterator[Proposal]:
    """The blanks, choices and advice of one text, in order; none lies inside another."""
    for sign in _SIGNS:
        if sign in text:
            break
    else:  # most clauses: reading a whole policy may take five milliseconds
        return
    position = 0
    for found in sorted((*_choices(text, place), *_advice(text, place), *_blanks(text, place)), key=_order):
        if found.start >= position:
            position = found.end
            yield found


def guess_type(label: str) -> ParameterType:
    """The type of a parameter from the words that ask for it; `text` where nothing tells."""
    lower = label.lower()
    return next((kind for kind, pattern in _TYPES if re.search(pattern, lower)), "text")


def _order(found: Proposal) -> tuple[int, int]:
    return found.start, -found.end


def _choices(text: str, place: str) -> Iterator[Proposal]:
    for match in _CHOICE.finditer(text) if "[" in text else ():
        options = tuple(" ".join(option[1:-1].split()) for option in re.findall(_BRACKETS, match[0]))
        why = f"{len(options)} alternatives stand side by side"
        sure = 0.95 if all(options) else 0.6
        yield Proposal("choice", match[0], "Which of these applies", "choice", *match.span(), sure, why, place, options)


def _advice(text: str, place: str) -> Iterator[Proposal]:
    for match in _ADVICE.finditer(text):
        yield Proposal("advice", match[0], match[0], "text", *match.span(), 0.9, "it speaks to the adopter", place)


def _blanks(text: str, place: str) -> Iterator[Proposal]:
    for match in _BLANK.finditer(text):
        label = "" if match["cross"] else " ".join(match[0].strip("[]<>«»()._… ").split())
        sure = _confidence(str(match.lastgroup), label)
        if sure:
            kind = guess_type(label or _before(text, match.start()))
            why = "it asks to be filled in" if label else "an empty space"
            said = label or f"Blank after “{_before(text, match.start())}”"
            yield Proposal("blank", match[0], said, kind, *match.span(), sure, why, place)


def _confidence(shape: str, label: str) -> float:
    """How sure it is that this is a blank; 0 for words in brackets that are none (`[sic]`, `[2]`)."""
    if shape in ("merge", "cross"):
        return 0.95
    if not label:
        return 0.7 if shape in ("angle", "line", "square") else 0.6
    if shape in ("line", "round"):
        return 0.7
    if _ASKS.search(label):
        return 0.95
    if not any(map(str.isalpha, label)):
        return 0.0
    if label.isupper() and len(label) > 3:
        return 0.85
    return 0.7 if shape == "angle" and ":" not in label and "@" not in label else 0.0


def _before(text: str, end: int) -> str:
    """The last words before a blank, which tell what it is for; at most four."""
    return " ".join(text[max(0, end - 60) : end].split()[-4:]).strip(" :,(") or "the beginning"


def _coloured(clause: SourceClause) -> Iterable[Proposal]:
    """Stretches in colour; where all of a clause is, it is one to adapt or delete as a whole."""
    for words in clause.coloured:
        start = max(clause.text.find(words), 0)
        whole = len(words) >= len(clause.text) - 2
        why = "the whole clause is printed in colour" if whole else "printed in colour or highlighted"
        end = start + len(words)
        yield Proposal("advice", words, words, guess_type(words), start, end, 0.6, why, clause.place)
