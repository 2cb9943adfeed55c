"""Checks of clause words: placeholders, references, markup."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from difflib import get_close_matches

from policybook.check.link import find_link_problems
from policybook.domain.finding import Finding, Place
from policybook.text.placeholder import FILTERS, find_placeholders, has_stray_braces


def find_text_problems(
    text: str, place: Place, parameters: Iterable[str], clauses: Container[str]
) -> Iterator[Finding]:
    """What is wrong with the placeholders of one text, given the names of parameters and the ids of clauses."""
    known = list(parameters)
    for placeholder in find_placeholders(text):
        if placeholder.is_clause:
            if placeholder.name not in clauses:
                message = f"refers to clause '{placeholder.name}', which is not in this model"
                yield Finding("error", "reference.unresolved", place, message, "name a clause id of this model")
            continue
        if placeholder.name not in known:
            message = f"parameter '{placeholder.name}' is used but not declared"
            mend = f"declare it under `parameters:` in policy.yaml{nearest(placeholder.name, known)}"
            yield Finding("error", "parameter.undeclared", place, message, mend)
        if placeholder.filter and placeholder.filter not in FILTERS:
            message = f"there is no filter '{placeholder.filter}'"
            yield Finding("error", "placeholder.filter", place, message, f"use one of {', '.join(FILTERS)}")
    if has_stray_braces(text):
        message = "`{{` or `}}` stands where no placeholder could be read"
        mend = "write `{{ name }}` or `{{ name | words }}`; nothing else may stand between the braces"
        yield Finding("error", "placeholder.malformed", place, message, mend)
    yield from find_link_problems(text, place)


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean '…'?` with the nearest known name, or nothing."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
