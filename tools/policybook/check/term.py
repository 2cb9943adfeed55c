"""Defined terms: used nowhere, or used where nothing defines them any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policybook.check.index import ModelIndex, has_term, says_as_defined
from policybook.check.model import clause_texts
from policybook.check.passage import plain_words
from policybook.domain.adoption import Adoption
from policybook.domain.finding import Finding, Place, Severity

_QUOTED = re.compile(r"(?P<term>[\w'’ -]{2,60}?),? \(?as defined\b", re.IGNORECASE)


def find_term_problems(index: ModelIndex) -> Iterator[Finding]:
    """Terms of one model that are defined and never used, or said to be defined and are not."""
    unused = [
        (term, definers)
        for term, definers in index.definers.items()
        if not index.users[term] and not _serves_itself(term, definers, index)
    ]
    if unused:
        terms = ", ".join(f"“{term}”" for term, _ in unused)
        mend = "use the term, or say it in plain words and take it out of `defines:`"
        place = index.clauses[min(unused[0][1])].place
        yield Finding("note", "term.unused", place, f"defined and used nowhere else: {terms}", mend)
    for name, clause in index.clauses.items():
        text = plain_words(" ".join(clause_texts(clause)))
        if says_as_defined(text) and not any(has_term(text, term) for term in index.definers):
            match = _QUOTED.search(text)
            said = f"“{match['term'].split()[-1]}” is" if match else "a term is"
            message = f"{said} said to be defined, but no clause of this model defines it (`defines:`)"
            mend = "define it in a clause and list it under that clause's `defines:`, or say what is meant here"
            yield Finding("warning", "term.undefined", index.clauses[name].place, message, mend)


def _serves_itself(term: str, definers: frozenset[str], index: ModelIndex) -> bool:
    """Whether a term is used again in the clause that defines it."""
    texts = (plain_words(" ".join(clause_texts(index.clauses[name]))) for name in definers)
    return any(text.casefold().count(term.casefold()) > 1 for text in texts)


def find_lost_terms(adoption: Adoption, index: ModelIndex) -> Iterator[Finding]:
    """Definitions that a school left out or reworded while other sections go on using their terms."""
    own = {entry.clause: entry.text for entry in adoption.tailorings if entry.kind in ("substitute", "insert")}
    gone = {name for entry in adoption.tailorings if entry.kind == "omit" for name in index.below.get(entry.clause, ())}
    for entry in adoption.tailorings:
        if entry.kind not in ("omit", "substitute"):
            continue
        touched = index.below.get(entry.clause, frozenset()) if entry.kind == "omit" else {entry.clause}
        for term, definers in index.definers.items():
            if definers & touched and not _is_defined(term, definers - gone, own):
                kept = index.users[term] - gone - own.keys()
                leaning = (index.leaners[term] & kept) | {
                    name for name, text in own.items() if has_term(text, term) and says_as_defined(text)
                }
                if kept or leaning:
                    severity: Severity = "warning" if leaning else "note"
                    yield _lost(term, severity, sorted(leaning or kept), entry.place)


def _is_defined(term: str, definers: frozenset[str], own: dict[str, str]) -> bool:
    """Whether a definition still stands: a defining clause as it was, or reworded and with the term in it."""
    return any(name not in own or has_term(own[name], term) for name in definers)


def _lost(term: str, severity: Severity, users: list[str], place: Place) -> Finding:
    where = ", ".join(users[:3]) + (f" and {len(users) - 3} more" if len(users) > 3 else "")
    if severity == "warning":
        message = f"the definition of “{term}” is left out here, but {where} still says “as defined”"
    else:
        message = f"the definition of “{term}” is left out here, and {len(users)} other sections use the word ({where})"
    mend = "keep the definition, reword those sections too, or check that the everyday meaning will do"
    return Finding(severity, "term.undefined", place, message, mend)
