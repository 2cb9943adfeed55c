"""Passages: words as people wrote them, each with the place where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policybook.check.model import clause_texts
from policybook.domain.adoption import Adoption
from policybook.domain.finding import Place
from policybook.domain.inline import plain
from policybook.domain.model import ModelVersion, Value
from policybook.text.inline import parse_inline
from policybook.text.placeholder import split_placeholders

BLANK = "¤"
"""Stands for a placeholder; it is no word, and no blank that somebody left."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: its plain words with every placeholder as `¤`, in which clause (or under which value) it stands."""

    words: str
    name: str
    place: Place
    is_borrowed: bool = False


def model_passages(model: ModelVersion) -> tuple[Passage, ...]:
    """Every text of a model version that is printed, in reading order; `is_borrowed` for what a third party wrote."""
    found = [Passage(plain_words(part.heading), part.id, part.place) for part in model.parts]
    for clause in model.walk():
        if clause.withdrawn is None:
            borrowed = clause.kind == "attachment"
            texts = filter(None, clause_texts(clause))
            found += [Passage(plain_words(text), clause.id, clause.place, borrowed) for text in texts]
    return tuple(found)


def adoption_passages(adoption: Adoption) -> tuple[Passage, ...]:
    """What a school wrote itself: the words of its departures, then its values."""
    found = [Passage(plain_words(entry.text), entry.clause, entry.place) for entry in adoption.tailorings if entry.text]
    for name, value in adoption.values.items():
        place = adoption.place_of(f"values.{name}")
        found += [Passage(text, name, place) for text in value_texts(value)]
    return tuple(found)


def value_texts(value: Value) -> tuple[str, ...]:
    """The words of a value; none where it is a number, a date or a yes."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


@lru_cache(maxsize=4_096)
def plain_words(text: str) -> str:
    """A text without markup, link targets and placeholders."""
    if "{{" in text:
        text = "".join(piece if isinstance(piece, str) else BLANK for piece in split_placeholders(text))
    return plain(parse_inline(text))


def named(passages: Iterable[Passage]) -> str:
    """`use.age`, or `use.age, use.fixed and 3 more`: the clauses of passages, each once."""
    names = list(dict.fromkeys(passage.name for passage in passages))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def own_prose(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages whose style is the drafter's own to mend."""
    return (passage for passage in passages if not passage.is_borrowed)
