"""Labels of facts about a document: which of them mean its title, its body, its version, its approval or its review."""

from __future__ import annotations

import re

CANONICAL = ("title", "organisation", "version", "approved", "next_review")

_PATTERNS = {
    "title": r"(?:policy |document )?(?:title|name)(?: of (?:policy|document))?|name of policy",
    "organisation": r"(?:name of )?(?:school|academy|trust|federation|organisation|organization|college)(?: name)?",
    "version": r"(?:policy |document |current )?version(?: ?(?:no\.?|number))?|issue(?: ?(?:no\.?|number))?",
    "approved": r"(?:date )?(?:last )?(?:approved|ratified|adopted|agreed)(?: date)?(?: (?:by|on|at) .{2,60}| by| on)?"
    r"|date (?:of )?(?:approval|approved|adoption|adopted|ratification|ratified|agreed)(?: by .{2,60})?"
    r"|(?:approval|adoption|ratification) date",
    "next_review": r"(?:date (?:of|for) )?next review(?: date| due| due date| by)?|review (?:date|due|due date)"
    r"|(?:date )?(?:of|for) (?:next )?review|date (?:of|for) (?:next )?review|(?:to be )?reviewed by date"
    r"|review due(?: on| by)?|due for review|renewal date",
}
_NAMED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_KNOWN = re.compile(
    r"\b(?:version|date|approv\w+|ratif\w+|review\w*|author\w*|owner|source|statutory|web ?site|status|polic\w+|"
    r"edit\w+|adopt\w+|agreed|prepared|document|reference|ref|issued?|committee|governors?|governing|published?|title|written|"
    r"responsib\w+|audience|signed|school|academy|trust|originator|lead|department|consult\w+)\b",
    re.IGNORECASE,
)
_LONGEST_LABEL = 9


def canonical_name(label: str) -> str | None:
    """`title`, `organisation`, `version`, `approved` or `next_review`, where the label means one of them."""
    label = " ".join(label.split()).rstrip(": ")
    return next((name for name, pattern in _NAMED.items() if pattern.fullmatch(label)), None)


def is_known_label(label: str) -> bool:
    """Whether the words are such as tables of facts about a policy use as labels."""
    return len(label.split()) <= _LONGEST_LABEL and bool(_KNOWN.search(label))
