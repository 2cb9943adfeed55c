"""Words that one document uses throughout where the other uses others: names of the school, and who is bound.

Found once, told once, and taken out before clauses are judged one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policybook.compare.hunk import Hunk
from policybook.compare.vocabulary import FUNCTION_WORDS, NAME_COMPANIONS, PARTY_WORDS, PEOPLE
from policybook.domain.comparison import Substitution
from policybook.text.spelling import fold

OFTEN = 3
"""Hunks of one kind in a document before it counts as a habit of the document rather than a change of one clause."""
_ACRONYM = re.compile(r"[A-Z]{2,6}s?")
_WEAK_NAME_WORDS = FUNCTION_WORDS | {"school", "policy", "high", "primary", "junior", "infant", "national"}


@dataclass(frozen=True, slots=True)
class NameTable:
    """Words (folded) that only name the school, its people or its suppliers on either side, and groups of people.

    `people` are groups bound throughout on one side only, learnt from this pair of documents ("mc").
    """

    names: frozenset[str]
    people: frozenset[str]
    whole_names: re.Pattern[str] | None = None

    def mask(self, text: str) -> str:
        """The text with whole names taken out, so that the "Three" of a school's name is no number."""
        return self.whole_names.sub("the school", text) if self.whole_names else text

    def is_name(self, hunk: Hunk) -> bool:
        """Whether the hunk only puts one name for the school in place of another."""
        words = {*hunk.content_before, *hunk.content_after}
        return bool(words & self.names) and words <= self.names | NAME_COMPANIONS

    def is_habit(self, hunk: Hunk) -> bool:
        """Whether the hunk only adds or drops a group of people that the other document never binds."""
        words = {*hunk.content_before, *hunk.content_after}
        return bool(words & self.people) and words <= (self.people | PEOPLE | self.names)


def build_name_table(hunks: Sequence[Hunk], lefts: str, rights: str, given: Iterable[str]) -> NameTable:
    """Learns the names of a pair of documents from all their hunks, whole texts and the names given with them."""
    given = sorted(set(given), key=len, reverse=True)
    names = {fold(word) for name in given for word in re.findall(r"[\w']+", name)} - _WEAK_NAME_WORDS
    names |= _acronyms(given) | set(PARTY_WORDS)
    people = set(_one_sided_groups(hunks, lefts, rights)) - names
    names |= {word for word in _swapped_acronyms(hunks) if word not in people}
    names |= _repeated_names(hunks)
    names |= _swapped_names(hunks, names | people)
    people |= _repeated_groups(hunks, names)
    whole = "|".join(rf"\b{re.escape(name.strip('[]'))}\b" for name in given if len(name.split()) > 1)
    return NameTable(frozenset(names - people), frozenset(people), re.compile(whole) if whole else None)


def find_substitutions(hunks: Iterable[Hunk], table: NameTable) -> tuple[Substitution, ...]:
    """What is replaced throughout, most frequent first, each told once with what it means."""
    names: Counter[tuple[str, str]] = Counter()
    habits: Counter[tuple[str, str]] = Counter()
    for hunk in hunks:
        if table.is_habit(hunk):
            habits[_shown_habit(hunk)] += 1
        elif table.is_name(hunk) and hunk.before and hunk.after:
            names[_shown(hunk.said_before), _shown(hunk.said_after)] += 1
    found = [
        Substitution(before, after, count, "name", f"“{before}” is called “{after}”: only names differ.")
        for (before, after), count in _fold_case(names).items()
        if count > 1
    ]
    found += _habit_substitutions(habits)
    return tuple(sorted(found, key=lambda entry: (-entry.count, entry.before, entry.after)))


def _fold_case(names: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Counts by words in any case, each under its most frequent spelling."""
    spelling: dict[tuple[str, str], tuple[str, str]] = {}
    folded: Counter[tuple[str, str]] = Counter()
    for pair, count in sorted(names.items(), key=lambda entry: (-entry[1], entry[0])):
        key = pair[0].casefold(), pair[1].casefold()
        if key[0] != key[1]:
            folded[spelling.setdefault(key, pair)] += count
    return folded


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


def _shown(said: str) -> str:
    kept = said.split()
    while len(kept) > 1 and fold(kept[0]) in FUNCTION_WORDS:
        kept = kept[1:]
    return " ".join(kept)


def _one_sided_groups(hunks: Sequence[Hunk], lefts: str, rights: str) -> Iterable[str]:
    """Acronyms that one document lists beside people, time and again ("MC & staff"), and the other never has."""
    people = "|".join(sorted(PEOPLE))
    for side, own, other in ((0, lefts, rights), (1, rights, lefts)):
        words = {word for hunk in hunks for word in (hunk.before, hunk.after)[side] if _ACRONYM.fullmatch(word)}
        for word in sorted(words):
            listed = rf"\b{word}\b(?: (?:{people}))? (?:&|and|or) (?:\w+ )?(?:{people})\b"
            if len(re.findall(listed, own)) >= OFTEN and not re.search(rf"\b{word}\b", other):
                yield fold(word)


def _repeated_groups(hunks: Sequence[Hunk], names: set[str]) -> set[str]:
    """The words of a group of people that is added or dropped in many places ("management committee members")."""
    counts: Counter[tuple[str, ...]] = Counter()
    for hunk in hunks:
        for words, others in ((hunk.content_before, hunk.content_after), (hunk.content_after, hunk.content_before)):
            if not others and len(words) <= 4 and set(words) & PEOPLE:
                counts[words] += 1
    return {word for words, count in counts.items() if count >= OFTEN for word in words} - names


def _swapped_acronyms(hunks: Sequence[Hunk]) -> set[str]:
    """Acronyms that stand, hunk after hunk, where the other side has a word for the school, or is silent."""
    counts: Counter[str] = Counter()
    for hunk in hunks:
        for words, others in ((hunk.before, hunk.content_after), (hunk.after, hunk.content_before)):
            if len(words) <= 4 and (not others or set(others) & PARTY_WORDS):
                counts.update({fold(word) for word in words if _ACRONYM.fullmatch(word)})
    return set(counts)


def _repeated_names(hunks: Sequence[Hunk]) -> set[str]:
    """Capitalised words that stand, hunk after hunk, in the place of a word for the school or right before one."""
    counts: Counter[tuple[str, ...]] = Counter()
    for hunk in hunks:
        for words, others in ((hunk.before, hunk.content_after), (hunk.after, hunk.content_before)):
            named = tuple(fold(word) for word in words if fold(word) not in FUNCTION_WORDS)
            is_name = bool(named) and len(named) <= 5 and _is_capitalised(words)
            # "the school" -> "Marsh Lane School": only "Marsh Lane" is new, and "School" follows it.
            is_party = bool(PARTY_WORDS & {*others, *named, fold(hunk.context[1])})
            if is_name and is_party and set(others) <= PARTY_WORDS:
                counts[named] += 1
    return {word for named, count in counts.items() if count >= OFTEN for word in named} - PEOPLE


def _is_capitalised(words: Sequence[str]) -> bool:
    return all(word[:1].isupper() for word in words if fold(word) not in FUNCTION_WORDS)


def _swapped_names(hunks: Sequence[Hunk], known: set[str]) -> set[str]:
    """A capitalised name of one or two words against words that are names already ("Smoothwall", "our provider").

    The words that stand for a supplier ("filtering provider") are names too where a capitalised name answers them.
    """
    names: set[str] = set()
    for hunk in hunks:
        for words, others in ((hunk.before, hunk.after), (hunk.after, hunk.before)):
            content = [word for word in words if fold(word) not in FUNCTION_WORDS]
            if not content or len(content) > 2 or not all(word[:1].isupper() for word in content):
                continue
            answer = {fold(word) for word in others} - FUNCTION_WORDS
            if answer and (answer <= known or (answer & (known | {"provider", "supplier"}) and len(answer) <= 3)):
                names |= {fold(word) for word in content} | answer
    return names - PEOPLE


def _acronyms(given: Iterable[str]) -> set[str]:
    """The initials of each name of two or more words ("Severn Valley School": svs)."""
    initials = ("".join(word[0] for word in name.split() if word[:1].isupper()) for name in given)
    return {letters.casefold() for letters in initials if len(letters) > 1}
