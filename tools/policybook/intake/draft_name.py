"""What a document calls the school and the people in it: one name each, in the spelling that it uses most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from policybook.domain.source import SourceDocument
from policybook.intake.suggest import find_short_name, find_values
from policybook.text.person import find_persons, without_persons


@dataclass(frozen=True, slots=True)
class SaidNames:
    """A school's name and short name as its document has them, empty where it has none.

    `roles` has for each title, its letters alone, how often each spelling stands in the document, the commonest first.
    `people` are the persons that it seems to name.
    """

    school: str = ""
    short: str = ""
    roles: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()

    def title(self, words: str) -> str:
        """The one spelling of a person's title."""
        known = self.roles.get(_letters(words))
        return known[0][0] if known else spelt(words)

    def without(self, text: str) -> str:
        """The words without the school's names, unless nothing else is there, and without persons in any case."""
        left = text.replace(self.school, " ") if self.school else text
        left = re.sub(rf"(?<!\w){re.escape(self.short)}(?!\w)", " ", left) if self.short else left
        return without_persons(left if left.strip() else text, self.people)

    def remarks(self) -> Iterator[str]:
        """What is said of each title that the document spells in more than one way."""
        for spellings in self.roles.values():
            if len(spellings) > 1:
                listed = " and ".join(f"“{words}” ({times})" for words, times in spellings)
                rest = "the other stays as it is written" if len(spellings) == 2 else "the others stay as written"
                yield f"{listed} are one person's title: the first became the value, {rest}; decide for one spelling"


def names_in(document: SourceDocument) -> SaidNames:
    """The names that a document gives the school and the roles."""
    school = " ".join(document.metadata.get("organisation", "").split())
    texts = [clause.text for clause in document.clauses]
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for found in find_values(text):
            if found.type == "role":
                counts.setdefault(_letters(found.text), Counter())[spelt(found.text)] += 1
    roles = {key: tuple(spellings.most_common()) for key, spellings in counts.items()}
    people = frozenset(person.shown for text in texts for person in find_persons(text))
    return SaidNames(school, find_short_name(school, texts) if school else "", roles, people)


def spelt(title: str) -> str:
    """A title as a value: with a small first letter, unless it has other capitals (`ICT Co-ordinator`)."""
    return title[:1].lower() + title[1:] if title[1:].islower() else title


def _letters(title: str) -> str:
    return "".join(filter(str.isalpha, title)).casefold()
