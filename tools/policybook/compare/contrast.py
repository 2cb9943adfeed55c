"""Words of which one in the place of another turns a rule round or moves it: before and after, paid and unpaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, shortened
from policybook.compare.vocabulary import JOINED_ROLES
from policybook.domain.comparison import Fact, FactKind
from policybook.text.spelling import fold

LONGEST_PLACE = 4
"""Words that carry meaning on either side of a place in which one word stands for its opposite; more is rewritten."""
_FAMILIES: tuple[tuple[FactKind, str, tuple[str, ...]], ...] = (
    ("time", "When it is so", ("before prior", "after afterwards following", "during")),
    ("time", "When it is so", ("morning", "afternoon", "evening", "night", "lunchtime lunch")),
    ("time", "When it is so", ("earlier earliest", "later latest")),
    ("date", "The day", tuple("monday tuesday wednesday thursday friday saturday sunday".split())),
    ("date", "The term", ("autumn", "spring", "summer")),
    ("duration", "The period", ("hour", "day daily", "week weekly", "fortnight", "month monthly", "term", "year")),
    ("number", "The share", ("half", "third thirds", "quarter quarters", "full whole all", "double")),
    ("number", "The share", ("majority", "minority")),
    ("number", "The limit", ("minimum least", "maximum most")),
    ("number", "The order", ("first", "second", "third", "last")),
    ("number", "How much", ("increase increases increased raised", "reduce reduces reduced decrease decreased")),
    ("number", "How much", ("more higher greater", "less lower fewer")),
    ("negation", "The outcome", ("granted grant approved approve agreed agree accepted accept allowed",
                                 "refused refuse rejected reject declined decline denied deny")),
    ("negation", "What it takes in", ("including include includes included", "excluding exclude excludes excluded")),
    ("negation", "Where it is so", ("inside within during", "outside")),
    ("negation", "What is asked", ("open opened", "closed shut")),
    ("negation", "What is asked", ("consent consents consented agree agreed", "object objects objected objection")),
    ("negation", "What is asked", ("public", "private confidential internal")),
    ("negation", "What is asked", ("deducted", "added")),
    ("scope", "How far they have a say", ("consult consults consulted",
                                             "inform informs informed notify notified tell told")),
    ("scope", "How far it reaches", ("exceptional", "certain some", "any all")),
    ("scope", "How far it reaches", ("written writing", "oral orally verbal verbally")),
    ("who", "Who is bound or meant", ("current existing", "former past previous", "future prospective")),
)  # fmt: skip
"""Kind of fact, what is told of, and the members: words that mean the same stand in one string."""
_MEMBERS = tuple(
    (kind, noun, {word: place for place, words in enumerate(members) for word in words.split()})
    for kind, noun, members in _FAMILIES
)
_ALL = frozenset(word for _, _, members in _MEMBERS for word in members)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
_JOINERS = frozenset(("and", "or"))
_CONDITIONAL = re.compile(r"\b(?:if|only|unless|provided|both|either)\b", re.I)
_DENYING = re.compile(r"\b(?:not|no|never|nor|neither|without|cannot|nobody)\b", re.I)


def find_contrast_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """The one word for its opposite in a place, or "and" for "or" between conditions and between those who decide."""
    if not hunk.before or not hunk.after:
        return
    if exchanges_joiners(hunk):
        yield from _joiner_facts(hunk, before, after)
        return
    words = [{_bare(word) for word in side} for side in (hunk.before, hunk.after)]
    if max(len(hunk.content_before), len(hunk.content_after)) > LONGEST_PLACE:
        return
    told = _opposite(*words) or _denied_word(hunk)
    if told:
        old, new = shortened(hunk.said_before), shortened(hunk.said_after)
        yield Fact(told[0], old, new, became(old, new, "unclear", told[1]))


def exchanges_joiners(hunk: Hunk) -> bool:
    """Whether "and" stands for "or", or the other way round, at the beginning or end of a place of few words."""
    if not 0 < len(hunk.before) <= LONGEST_PLACE or not 0 < len(hunk.after) <= LONGEST_PLACE:
        return False
    pairs = (hunk.before[0], hunk.after[0]), (hunk.before[-1], hunk.after[-1])
    return any({one.casefold(), other.casefold()} == _JOINERS for one, other in pairs)


def _opposite(old: set[str], new: set[str]) -> tuple[FactKind, str] | None:
    if _ALL.isdisjoint(old) or _ALL.isdisjoint(new):
        return None
    for kind, noun, members in _MEMBERS:
        lefts = {members[word] for word in old if word in members}
        rights = {members[word] for word in new if word in members}
        if lefts and rights and lefts.isdisjoint(rights):
            return kind, noun
    return None


def _denied_word(hunk: Hunk) -> tuple[FactKind, str] | None:
    """ "paid" for "unpaid": the same word, denied by its first letters on one side."""
    left, right = hunk.content_before, hunk.content_after
    for one, other in ((left, right), (right, left)):
        for word in one:
            if any(word == prefix + plain for plain in other for prefix in _PREFIXES if len(plain) > 3):
                return "negation", "What is so"
    return None


def _joiner_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    old, new = (next(word for word in side if word in _JOINERS) for side in (hunk.before, hunk.after))
    place = re.search(rf"\b{re.escape(hunk.context[0])}\W+{re.escape(hunk.said_before)}\b", before)
    sentence = before[: place.start()].rpartition(". ")[2] if place else before
    if _DENYING.search(sentence):
        return  # "not ... or" and "not ... and" say the same
    if _CONDITIONAL.search(sentence) or (JOINED_ROLES.search(before) and JOINED_ROLES.search(after)):
        tale = (
            "both are needed now, where one was enough" if new == "and" else "one is enough now, where both were needed"
        )
        why = f"“{old}” became “{new}”: {tale}."
        yield Fact("scope", old, new, why)


def _bare(word: str) -> str:
    folded = fold(word)
    return folded[:-1] if folded.endswith("s") and folded[:-1] in _ALL else folded
