"""A clause rewritten almost whole: each text is taken as a whole, because place by place all is other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.compare.binding import find_level_facts, find_modal_facts, forbids_on_one_side, levels_of, text_fact
from policybook.compare.condition import find_conditions
from policybook.compare.denial import denies_alike, denies_what_the_other_says
from policybook.compare.hunk import Hunk
from policybook.compare.limit import NEUTRAL
from policybook.compare.people import groups_of
from policybook.compare.telling import became, shortened
from policybook.compare.vocabulary import FUNCTION_WORDS, LITTLE_WORDS
from policybook.domain.comparison import Fact, FactKind
from policybook.text.spelling import fold
from policybook.text.word import words_of

LEAST_PLACES = 2
LEAST_CHANGED = 0.35
"""Share of the words that carry meaning, of the side that changed less, from which a clause counts as rewritten."""
LEAST_WORDS = 8
"""Words that carry meaning; in a shorter clause each place tells enough."""
LEAST_NEW = 4
"""Words that carry meaning, none of them in the other text, in a place where the other text says nothing."""
ROOT = 5
"""Letters by which a word is known in another form ("disclosure", "discloses")."""
_ANYBODY = frozenset(("staff", "user", "head", "support", "assistant", "teaching", "professional", "partner"))
"""Groups that a text may leave out and still mean ("you", "the person", "is to be reported")."""


def is_rewritten(hunks: Sequence[Hunk], before: str, after: str) -> bool:
    """Whether most of what both texts say is put in other words, in several places."""
    if len(hunks) < LEAST_PLACES:
        return False
    changed = [sum(len(side) for side in sides) for sides in _contents(hunks)]
    if min(changed) < LEAST_CHANGED * LEAST_WORDS:
        return False
    lengths = len(_content(before)), len(_content(after))
    return min(lengths) >= LEAST_WORDS and all(
        own >= LEAST_CHANGED * length for own, length in zip(changed, lengths, strict=True)
    )


def find_rewritten_facts(hunks: Sequence[Hunk], before: str, after: str) -> Iterator[Fact]:
    """What one text as a whole asks, denies, excepts or whom it names, and the other does not."""
    modals = tuple(_modal_facts(hunks, before, after))
    yield from modals
    plain = [NEUTRAL.sub(" ", text) for text in (before, after)]
    if not modals and denies_what_the_other_says(plain[0], plain[1]):
        why = "What one text says, the other says is not so."
        yield Fact("negation", shortened(before), shortened(after), why)
    yield from find_conditions(before, after)
    yield from _people_facts(before, after)
    yield from _text_facts(hunks, before, after)


def _modal_facts(hunks: Sequence[Hunk], before: str, after: str) -> Iterator[Fact]:
    """Other strength: the strongest words of a place count only where the whole texts do not bind alike."""
    old, new = levels_of(before), levels_of(after)
    if old == new:
        return
    is_denied = denies_alike(before, after)
    places = [hunk for hunk in hunks if not (is_denied and forbids_on_one_side(hunk))]
    found = [
        fact
        for fact in find_modal_facts(places)
        if not (levels_of(fact.before) <= new and levels_of(fact.after) <= old)
    ]
    yield from found or find_level_facts(before, after)


def _people_facts(before: str, after: str) -> Iterator[Fact]:
    old, new = (frozenset[str]().union(*groups_of(text)) - _ANYBODY for text in (before, after))
    gone, come = ", ".join(sorted(old - new)), ", ".join(sorted(new - old))
    if gone and come:
        yield Fact("who", gone, come, became(gone, come, "unclear", "Who is bound or meant"))


def _text_facts(hunks: Sequence[Hunk], before: str, after: str) -> Iterator[Fact]:
    words = _content(before), _content(after)
    roots = [{word[:ROOT] for word in side} for side in words]
    for hunk in hunks:
        kind: FactKind
        for kind, own, other, said, known in (
            ("dropped-text", hunk.content_before, hunk.content_after, hunk.said_before, roots[1]),
            ("added-text", hunk.content_after, hunk.content_before, hunk.said_after, roots[0]),
        ):
            new = [word for word in own if word not in LITTLE_WORDS and word[:ROOT] not in known]
            if len(new) >= LEAST_NEW + 2 * len(other):
                yield text_fact(kind, said)


def _contents(hunks: Sequence[Hunk]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [hunk.content_before for hunk in hunks], [hunk.content_after for hunk in hunks]


def _content(text: str) -> list[str]:
    return [word for word in map(fold, words_of(text)) if word not in FUNCTION_WORDS]
