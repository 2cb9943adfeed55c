"""Words that one document uses throughout where the other uses others: names of the school, and who is bound.

Found once, told once, and taken out before clauses are judged one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from policybook.compare.difference import Difference
from policybook.compare.hunk import Hunk
from policybook.compare.naming import Words
from policybook.compare.vocabulary import FUNCTION_WORDS, NAME_COMPANIONS, PARTY_WORDS, PEOPLE
from policybook.domain.comparison import Reading, Substitution
from policybook.text.spelling import fold

OFTEN = 3
"""Hunks of one kind in a document before it counts as a habit of the document rather than a change of one clause."""
_WEAK_NAME_WORDS = FUNCTION_WORDS | {"school", "policy", "high", "primary", "junior", "infant", "national"}
Sort = Literal["name", "title", "habit", ""]
"""What a place only differs in: a name, a title that one side leaves out, a group of people; empty for more."""


@dataclass(frozen=True)
class NameTable:
    """Words (folded) that only name the school, its people or its suppliers on either side, and groups of people.

    `people` are groups bound throughout on one side only, learnt from this pair of documents ("mc").
    """

    names: frozenset[str]
    people: frozenset[str]
    whole_names: tuple[str, ...] = ()
    swaps: frozenset[tuple[Words, Words]] = frozenset()

    def sort_of(self, hunk: Hunk) -> Sort:
        """Whether a place only adds or drops a group of people that the other document never binds, or only renames."""
        words = hunk.words
        if not self.people.isdisjoint(words) and words <= self._bound:
            return "habit"
        if (hunk.content_before, hunk.content_after) in self.swaps:
            return "name" if hunk.before and hunk.after else "title"
        if hunk.is_proper or (hunk.is_blank and not any(word[0].isdigit() for word in (*hunk.before, *hunk.after))):
            return "name"
        return "name" if not self.names.isdisjoint(words) and words <= self._naming else ""

    def names_in(self, difference: Difference) -> tuple[str, ...]:
        """The whole names that stand in either text."""
        return tuple([name for name in self.whole_names if name in difference.before or name in difference.after])

    @cached_property
    def _bound(self) -> frozenset[str]:
        return self.people | PEOPLE | self.names

    @cached_property
    def _naming(self) -> frozenset[str]:
        return self.names | NAME_COMPANIONS


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with whole names taken out, so that the "Three" of a school's name is no number."""
    for name in names:
        if name in text:
            text = re.sub(rf"\b{re.escape(name)}\b", "the school", text)
    return text


def build_name_table(
    differences: Sequence[Difference], lefts: Sequence[Reading], rights: Sequence[Reading], given: Iterable[str]
) -> NameTable:
    """Learns the names of a pair of documents from all their differences, their texts and the names given with them."""
    given = sorted(set(given), key=len, reverse=True)
    names = {fold(word) for name in given for word in re.findall(r"[\w']+", name)} - _WEAK_NAME_WORDS
    names |= _acronyms(given) | PARTY_WORDS
    said = _Said(lefts), _Said(rights)
    people = set(_one_sided_groups(differences, said)) - names
    names |= {word for entry in differences for word in entry.evidence.swapped_acronyms if word not in people}
    names |= _repeated_names(differences)
    names |= _swapped_names(differences, names | people)
    people |= _repeated_groups(differences, names)
    whole = tuple(name.strip("[]") for name in given if len(name.split()) > 1)
    swaps = frozenset(_swapped_roles(differences, said))
    return NameTable(frozenset(names - people), frozenset(people), whole, swaps)


def find_substitutions(hunks: Iterable[tuple[Hunk, Sort]]) -> tuple[Substitution, ...]:
    """What is replaced throughout, most frequent first, each told once with what it means.

    Of each place its sort, as the name table gives it.
    """
    names: Counter[tuple[str, str]] = Counter()
    habits: Counter[tuple[str, str]] = Counter()
    for hunk, sort in hunks:
        if sort == "habit":
            habits[_shown_habit(hunk)] += 1
        elif sort == "title":
            names[_shown_habit(hunk)] += 1
        elif sort and hunk.before and hunk.after:
            names[_shown_name(hunk)] += 1
    found = [
        Substitution(before, after, count, "name", _renamed(before, after))
        for (before, after), count in _fold_case(names).items()
        if count > 1
    ]
    found += _habit_substitutions(habits)
    return tuple(sorted(found, key=lambda entry: (-entry.count, entry.before, entry.after)))


class _Said:
    """All that a document says, put together when it is first asked for."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings

    @cached_property
    def text(self) -> str:
        return "\n".join(reading.text for reading in self._readings)

    @cached_property
    def _folded(self) -> str:
        return "\n_\n".join(reading.text for reading in self._readings).lower()  # "_": no phrase spans two clauses

    def times(self, content: Sequence[str]) -> int:
        """How often these words stand one after the other, in any case."""
        if not content:
            return 0
        pattern = r"\b" + r"\W+".join(map(re.escape, content)) + r"s?\b"
        return len(re.findall(pattern, self._folded))


def _renamed(before: str, after: str) -> str:
    if before and after:
        return f"“{before}” is called “{after}”: only names differ."
    return f"“{before or after}” is {'left out' if before else 'put in'} beside another name: only names differ."


def _fold_case(names: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Counts by words in any case, with or without a possessive, each under its most frequent spelling."""
    spelling: dict[tuple[str, str], tuple[str, str]] = {}
    folded: Counter[tuple[str, str]] = Counter()
    for pair, count in sorted(names.items(), key=lambda entry: (-entry[1], entry[0])):
        bare = _bare(pair)
        key = bare[0].casefold(), bare[1].casefold()
        if key[0] != key[1]:
            folded[spelling.setdefault(key, bare)] += count
    return folded


def _bare(pair: tuple[str, str]) -> tuple[str, str]:
    """Without the possessive that both sides have, or the only side that says something."""
    said = [words for words in pair if words]
    if all(words.endswith(("'s", "’s")) for words in said):
        return pair[0][:-2], pair[1][:-2]
    return pair


def _habit_substitutions(habits: Counter[tuple[str, str]]) -> Iterator[Substitution]:
    """What is dropped as one line and what is added as one: how a group is written differs ("MC &", "MC members &")."""
    for dropped in (True, False):
        pairs = {pair: count for pair, count in habits.items() if (len(pair[0]) > len(pair[1])) == dropped}
        if not pairs:
            continue
        before, after = max(pairs, key=lambda pair: (pairs[pair], pair))
        longer, shorter = (before, after) if dropped else (after, before)
        kept = {*shorter.casefold().split(), "&", "and", "or"}
        name = " ".join(word for word in longer.split() if word.casefold() not in kept)
        what = "dropped throughout; they are no longer named" if dropped else "added throughout; they are now named"
        why = f"Who is bound: {name} {what} among those who are bound."
        yield Substitution(before, after, sum(pairs.values()), "who", why)


def _shown_habit(hunk: Hunk) -> tuple[str, str]:
    following = hunk.context[1]
    context = f" {following}" if fold(following) in PEOPLE else ""
    before, after = hunk.said_before, hunk.said_after
    return f"{before}{context}".strip(), f"{after}{context}".strip()


def _shown_name(hunk: Hunk) -> tuple[str, str]:
    """Both names; with the word after them where one would be no name ("the" school, "Marsh Lane" School)."""
    before, after = _shown(hunk.said_before), _shown(hunk.said_after)
    if hunk.context[1] and not FUNCTION_WORDS.isdisjoint((fold(before), fold(after))):
        return f"{before} {hunk.context[1]}", f"{after} {hunk.context[1]}"
    return before, after


def _shown(said: str) -> str:
    kept = said.split()
    while len(kept) > 1 and fold(kept[0]) in FUNCTION_WORDS:
        kept = kept[1:]
    return " ".join(kept)


def _one_sided_groups(differences: Sequence[Difference], said: tuple[_Said, _Said]) -> Iterable[str]:
    """Acronyms that one document lists beside people, time and again ("MC & staff"), and the other never has."""
    counts = Counter(entry for difference in differences for entry in difference.evidence.acronyms)
    people = "|".join(sorted(PEOPLE))
    for (side, word), count in sorted(counts.items()):
        if count >= OFTEN:
            listed = rf"\b{word}\b(?: (?:{people}))? (?:&|and|or) (?:\w+ )?(?:{people})\b"
            own, other = said[side].text, said[1 - side].text
            if len(re.findall(listed, own)) >= OFTEN and not re.search(rf"\b{word}\b", other):
                yield fold(word)


def _repeated_groups(differences: Sequence[Difference], names: set[str]) -> set[str]:
    """The words of a group of people that is added or dropped in many places ("management committee members")."""
    counts = Counter(words for entry in differences for words in entry.evidence.groups)
    return {word for words, count in counts.items() if count >= OFTEN for word in words} - names


def _swapped_roles(differences: Sequence[Difference], said: tuple[_Said, _Said]) -> Iterator[tuple[Words, Words]]:
    """One title for another throughout ("headteacher", "principal"): each document knows only its own."""
    counts = Counter(pair for entry in differences for pair in entry.evidence.roles)
    left, right = said
    for (old, new), count in counts.items():
        is_throughout = count >= OFTEN or (min(left.times(old), right.times(new)) >= OFTEN)
        if is_throughout and not (left.times(new) or right.times(old)):
            yield old, new


def _repeated_names(differences: Sequence[Difference]) -> set[str]:
    """Capitalised words that stand, hunk after hunk, in the place of a word for the school or right before one."""
    counts = Counter(words for entry in differences for words in entry.evidence.school_names)
    return {word for words, count in counts.items() if count >= OFTEN for word in words} - PEOPLE


def _swapped_names(differences: Sequence[Difference], known: set[str]) -> set[str]:
    """A capitalised name of one or two words against words that are names already ("Smoothwall", "our provider").

    The words that stand for a supplier ("filtering provider") are names too where a capitalised name answers them.
    """
    names: set[str] = set()
    for difference in differences:
        for content, answer in difference.evidence.answers:
            if answer <= known or (answer & (known | {"provider", "supplier"}) and len(answer) <= 3):
                names |= {*content, *answer}
    return names - PEOPLE


def _acronyms(given: Iterable[str]) -> set[str]:
    """The initials of each name of two or more words ("Severn Valley School": svs)."""
    initials = ("".join(word[0] for word in name.split() if word[:1].isupper()) for name in given)
    return {letters.casefold() for letters in initials if len(letters) > 1}
