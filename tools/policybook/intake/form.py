"""Lines to be filled in by hand: labels with a blank after each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policybook.domain.model import FieldType, FormField

_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}|☐")
_TICK = re.compile(r"[☐□]\s*([^☐□\s][^☐□]{1,150})")
_GAP = "\x00"
_PART = re.compile(rf"\s*(?::\s*-?[\s{_GAP}]*|{_GAP}[\s{_GAP}]*)")
_KNOWN = re.compile(
    r"(?:full |print |printed |please print |staff |employee(?:'s|’s)? |line manager(?:'s|’s)? |witness(?:'s|’s)? )*"
    r"(?:name|names|signed|sign|signature|date|dated|position|job title|role|post|designation|department|school)"
    r"(?: by| of .{1,40})?(?: ?\([^()]{1,40}\))?",
    re.IGNORECASE,
)
_HINTS = (":", "__", "....", "……", "☐")
_LONGEST_LABEL = 8
_LONGEST_BARE = 4
_LONGEST_LINE = 400


@lru_cache(maxsize=4_096)  # many schools say the same
def find_fields(text: str) -> tuple[FormField, ...]:
    """The fields of one line, or nothing where the line holds other words than labels.

    A label without a visible blank counts only if it is one that forms use (`Name:`, `Signed: Date:`), since a heading
    may end with a colon too. A remark after the last blank belongs to its label: `Signed ____ (Headteacher)`.
    """
    if ticked := _TICK.fullmatch(text.strip()):
        return (FormField(ticked[1], "tick"),)
    if len(text) > _LONGEST_LINE or not any(hint in text for hint in _HINTS):
        return ()
    marked, blanks = _BLANK.subn(_GAP, text.strip())
    labels = [label.strip() for label in _PART.split(marked)]
    remark = labels.pop()
    if not labels or (remark and not re.fullmatch(r"\([^()]{1,40}\)", remark)):
        return ()
    if remark:
        labels[-1] = f"{labels[-1]} {remark}"
    if not all(0 < len(label.split()) <= _LONGEST_LABEL for label in labels):
        return ()
    if not blanks and not all(map(_KNOWN.fullmatch, labels)):
        return ()
    return tuple(FormField(label, _field_type(label)) for label in labels)


def find_fields_of_rows(rows: Iterable[tuple[str, ...]]) -> tuple[FormField, ...]:
    """The fields of a table made to be filled in, or nothing where a cell holds other words than labels."""
    found: list[FormField] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        for cell in [" ".join(cells)] if cells[:1] == ["☐"] else cells:
            fields = find_fields(cell) or find_fields(f"{cell}:")
            if not fields:
                return ()
            found += fields
    return tuple(found)


def is_label(text: str) -> bool:
    """Whether a line is a label that forms use and nothing else (`Signature`)."""
    return len(text.split()) <= _LONGEST_BARE and ":" not in text and bool(_KNOWN.fullmatch(text))


def _field_type(label: str) -> FieldType:
    lower = label.lower()
    if "sign" in lower and "design" not in lower:
        return "signature"
    if re.search(r"\bdated?\b", lower):
        return "date"
    return "tick" if re.search(r"\btick\b|☐", lower) else "line"
