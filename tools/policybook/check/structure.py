"""Headings and cross-references: levels skipped, circles, and references to what a school left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policybook.check.index import ModelIndex
from policybook.domain.adoption import Adoption
from policybook.domain.finding import Finding, Place
from policybook.text.placeholder import find_placeholders

_HEADS = ("part", "heading")


def find_structure_problems(index: ModelIndex) -> Iterator[Finding]:
    """Headings of a model that skip a level, and clauses that refer to each other in a circle."""
    for name, clause in index.clauses.items():
        if clause.kind == "heading" and index.inside[name] not in _HEADS:
            yield _skipped(name, clause.place)
    for circle in _circles(index.references):
        where = " → ".join((*circle, circle[0]))
        message = f"these sections refer to each other in a circle: {where}"
        mend = "let one of them say what applies, and the others refer to it"
        yield Finding("warning", "reference.circular", index.clauses[circle[0]].place, message, mend)


def find_tailored_headings(adoption: Adoption, index: ModelIndex) -> Iterator[Finding]:
    """Headings that a school inserted at a skipped level."""
    for entry in adoption.tailorings:
        if entry.kind == "insert" and entry.clause_kind == "heading":
            target = index.clauses.get(entry.into or "")
            level = target.kind if target else index.inside.get(entry.after or "", "part")
            if level not in _HEADS:
                yield _skipped(entry.clause, entry.place)


def find_lost_references(adoption: Adoption, index: ModelIndex) -> Iterator[Finding]:
    """References that would print nothing, because the school leaves out what they refer to."""
    omitted = [entry for entry in adoption.tailorings if entry.kind == "omit"]
    gone = {name: entry.place for entry in omitted for name in index.below.get(entry.clause, ())}
    if not gone:
        return
    replaced = {entry.clause for entry in adoption.tailorings if entry.kind == "substitute"}
    for name, place in gone.items():
        for user in sorted(index.referred.get(name, frozenset()) - gone.keys() - replaced):
            message = f"'{name}' is left out here, but '{user}' refers to it"
            mend = f"keep it, or substitute '{user}' with words that do not refer to it"
            yield Finding("error", "reference.unresolved", place, message, mend)
    for entry in adoption.tailorings:
        for found in (found for text in entry.texts for found in find_placeholders(text)):
            if found.is_clause and found.name in gone:
                message = f"'{entry.clause}' refers to '{found.name}', which this adoption leaves out"
                yield Finding("error", "reference.unresolved", entry.place, message, "name a section that is there")


def _skipped(name: str, place: Place) -> Finding:
    message = f"heading '{name}' stands inside a section that is no heading, so a level is skipped"
    mend = "put it under a part or a heading; screen readers go from heading to heading by level"
    return Finding("warning", "heading.skipped", place, message, mend)


def _circles(references: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle of references once, from the clause that comes first."""
    order = {name: place for place, name in enumerate(references)}
    done: set[str] = set()
    for start in references:
        if start in done:
            continue
        path = _path_back(start, references)
        if path:
            done.update(path)
            first = min(range(len(path)), key=lambda step: order[path[step]])
            yield (*path[first:], *path[:first])


def _path_back(start: str, references: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """A shortest way from a clause along references back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for target in sorted(references.get(way[-1], ())):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()
