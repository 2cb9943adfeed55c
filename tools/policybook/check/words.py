"""Checks of what words say: another school's name left behind, an address whose link goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policybook.domain.adoption import Adoption, School
from policybook.domain.finding import Finding, Place
from policybook.text.inline import parse_inline
from policybook.text.word import words_of

SHORTEST_NAME = 2
"""Words: a name of one word alone ("Oaklands") is too often another word, too."""
NameIndex = Mapping[tuple[str, ...], str]
"""The names of schools, word by word, with the id of the school that has each."""


def index_names(schools: Iterable[School]) -> NameIndex:
    """The names of schools and academies. A trust or federation may well be named in the policy of a school of its."""
    return {
        tuple(words_of(school.name)): school.id
        for school in schools
        if school.kind in ("school", "academy") and len(words_of(school.name)) >= SHORTEST_NAME
    }


def find_foreign_names(adoption: Adoption, names: NameIndex, own: School | None) -> Iterator[Finding]:
    """Names of other schools in what this school wrote itself: its values, substitutes and inserts."""
    allowed = {" ".join(words_of(name)) for name in (own.name, own.short_name, *own.aliases)} if own else set()
    written = [
        (value, adoption.place_of(f"values.{name}"))
        for name, value in adoption.values.items()
        if isinstance(value, str)
    ]
    written += [(entry.text, entry.place) for entry in adoption.tailorings if entry.text]
    for text, place in written:
        for name, school in _names_in(text, names):
            if school not in (adoption.school, *adoption.covers) and not any(name in entry for entry in allowed):
                message = f"the name of another school stands here: '{name}'"
                mend = "write `{{ school_name }}`, or leave it if that school is meant"
                yield Finding("warning", "name.foreign", place, message, mend)


def find_link_problems(text: str, place: Place) -> Iterator[Finding]:
    """E-mail addresses whose link leads to another address, as when a link is typed over in a word processor."""
    if "](" not in text:
        return
    for run in parse_inline(text):
        shown = run.text.strip().removeprefix("mailto:").casefold()
        if run.link is None or "@" not in shown or " " in shown:
            continue
        target = run.link.partition(":")[2].partition("?")[0].casefold()
        if target != shown:
            message = f"the address '{run.text.strip()}' links to '{run.link}'"
            yield Finding("warning", "link.elsewhere", place, message, "let the link and the words name one address")


def _names_in(text: str, names: NameIndex) -> Iterator[tuple[str, str]]:
    words = words_of(text)
    lengths = sorted({len(name) for name in names}, reverse=True)
    for start in range(len(words)):
        for length in lengths:
            found = tuple(words[start : start + length])
            if len(found) == length and found in names:
                yield " ".join(found), names[found]
                break
