"""What the checks of adoptions ask of their model again and again, worked out once for each model version."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from policybook.check.model import clause_texts
from policybook.check.passage import plain_words
from policybook.domain.model import Clause, ModelVersion
from policybook.text.placeholder import find_placeholders
from policybook.text.word import comparable_words

_AS_DEFINED = re.compile(r"\bas defined\b|\bdefined (?:above|below|in)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModelIndex:
    """One model version by clause id: the clause, all that stands below it, what it refers to and what refers to it.

    `inside` holds the kind of what a clause stands in ("part" at the top). `users` names, for each defined term, the
    clauses that use it beside those that define it; `leaners` those of them that say "as defined".
    """

    clauses: Mapping[str, Clause]
    below: Mapping[str, frozenset[str]]
    inside: Mapping[str, str]
    references: Mapping[str, frozenset[str]]
    referred: Mapping[str, frozenset[str]]
    definers: Mapping[str, frozenset[str]]
    users: Mapping[str, frozenset[str]]
    leaners: Mapping[str, frozenset[str]]


def index_model(model: ModelVersion) -> ModelIndex:
    """The index of one model version; withdrawn clauses are left out."""
    clauses = {clause.id: clause for clause in model.walk() if clause.withdrawn is None}
    references = {name: _references(clause) for name, clause in clauses.items()}
    referred: dict[str, set[str]] = defaultdict(set)
    for name, targets in references.items():
        for target in targets:
            referred[target].add(name)
    definers: dict[str, set[str]] = defaultdict(set)
    for name, clause in clauses.items():
        for term in clause.defines:
            definers[term].add(name)
    texts = {name: plain_words(" ".join(clause_texts(clause))) for name, clause in clauses.items()}
    users = {term: _users(term, definers[term], texts) for term in definers}
    leaning = {name for name, text in texts.items() if _AS_DEFINED.search(text)}
    return ModelIndex(
        clauses=clauses,
        below={name: frozenset(entry.id for entry in clause.walk()) for name, clause in clauses.items()},
        inside=_inside(model),
        references=references,
        referred={name: frozenset(found) for name, found in referred.items()},
        definers={term: frozenset(found) for term, found in definers.items()},
        users=users,
        leaners={term: found & leaning for term, found in users.items()},
    )


def has_term(text: str, term: str) -> bool:
    """Whether a text uses a term, in the singular or with an `s`."""
    words = comparable_words(term)
    sought = f" {' '.join(words)}"
    said = f" {' '.join(comparable_words(text))} "
    return bool(words) and (f"{sought} " in said or f"{sought}s " in said)


def says_as_defined(text: str) -> bool:
    """Whether a text leans on a definition that stands elsewhere."""
    return _AS_DEFINED.search(text) is not None


def _users(term: str, definers: set[str], texts: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name, text in texts.items() if name not in definers and has_term(text, term))


def _references(clause: Clause) -> frozenset[str]:
    return frozenset(
        found.name for text in clause_texts(clause) for found in find_placeholders(text) if found.is_clause
    )


def _inside(model: ModelVersion) -> dict[str, str]:
    inside: dict[str, str] = {}
    for part in model.parts:
        inside |= {clause.id: "part" for clause in part.clauses}
    for clause in model.walk():
        inside |= {child.id: clause.kind for child in clause.clauses}
    return inside
