"""Who is bound, who decides and who is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from policybook.compare.cue import cue_of
from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import OUTER_PARTIES, PARTY_WORDS, PEOPLE, ROLES, SAME_PEOPLE, SCOPE_WORDS
from policybook.domain.comparison import Fact
from policybook.text.spelling import fold

PARTY = cue_of("council,authority,diocese,trust", OUTER_PARTIES)
_ROLES = tuple((re.compile(rf"\b(?:{pattern})s?\b", re.I), name) for pattern, name in ROLES.items())
ROLE_WORDS = {"headteacher", "headteachers"} | frozenset(
    fold(word) for pattern in ROLES for word in re.findall(r"[a-z]{2,}", pattern)
)
_BODY_WORDS = PARTY_WORDS | {"governing", "body"} | {word for party in OUTER_PARTIES for word in party.split()}
LONGEST_TITLE = 4
"""Words in the title of somebody who has a role."""
_NAMING = PEOPLE | SCOPE_WORDS | ROLE_WORDS | {"other", "others"}
_AGENT = re.compile(
    r"\b(those|anyone|anybody|somebody|someone|person|people|company|firm|contractor|provider|supplier|body|office) "
    r"(?:who|whom|that|which|whose)\b",
    re.I,
)
"""Somebody told by what they do or are ("those whom the bursar chose", "the company that keeps the network")."""
_JOINING = re.compile(r"^(?:(?:and|or|with)\b|[,;&/ ])+|(?:\b(?:and|or|with)|[,;&/ ])+$")
"""What joins a name to the words beside it, where that came or went with it."""
_ANYBODY = frozenset("those anyone anybody somebody someone person people".split())


def names_only_people(hunk: Hunk) -> bool:
    """Whether nothing but people stands in a place, on either side."""
    return _NAMING.issuperset((*hunk.content_before, *hunk.content_after))


def exchanges_bodies(hunk: Hunk) -> bool:
    """Whether one body stands for one other ("County Council", "Academy Trust"): both are whose policy it is."""
    is_one_each = not any(re.search(r",|&|\b(?:or|and)\b", said) for said in (hunk.said_before, hunk.said_after))
    sides = hunk.content_before, hunk.content_after
    return is_one_each and all(side and _BODY_WORDS.issuperset(side) for side in sides)


def find_people_facts(hunk: Hunk) -> Iterator[Fact]:
    """Other people than before stand in one place, and nothing else changed there."""
    agents = [_AGENT.search(said) for said in (hunk.said_before, hunk.said_after)]
    if agents[0] and agents[1] and _is_other_agent(agents[0][1], agents[1][1]):
        before, after = shortened(hunk.said_before), shortened(hunk.said_after)
        yield Fact("who", before, after, became(before, after, "unclear", "Who is bound or meant"))
        return
    old, new = (_groups(side) for side in hunk.sides)
    is_exchange = bool(old[1]) and bool(new[1]) and old[1].isdisjoint(new[1])
    is_exchange = is_exchange or (_ends_in_people(hunk.content_before) and _ends_in_people(hunk.content_after))
    if old == new or not (names_only_people(hunk) or is_exchange) or old[0] | old[1] == new[0] | new[1]:
        return
    before, after = _named(hunk)
    if before and after:
        yield Fact("who", before, after, became(before, after, "unclear", "Who is bound or meant"))
    else:
        why = went(f"“{before}” are", "named", "unclear") if before else came(f"“{after}” are", "named", "unclear")
        yield Fact("who", before, after, why)


def _is_other_agent(old: str, new: str) -> bool:
    old, new = fold(old), fold(new)
    return old != new and not {old, new} <= _ANYBODY


def find_party_facts(before: str, after: str) -> Iterator[Fact]:
    """A body beside the school (a council) is named less or more often than before."""
    sides = [[match[0].casefold() for match in PARTY.pattern.finditer(text)] for text in (before, after)]
    for party in sorted({*sides[0], *sides[1]}):
        old, new = (side.count(party) for side in sides)
        if old != new:
            name = party.title()
            less = "named less often here than before" if new else "no longer named here"
            more = "named more often here than before" if old else "now named here"
            yield Fact("who", name if old else "", name if new else "", f"The {name} is {less if old > new else more}.")
            return


@lru_cache(maxsize=4_096)
def _groups(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The groups of people named, and those with a role, one word for each: `employees` and `colleagues` are staff."""
    roles = set()
    for pattern, name in _ROLES:
        words, count = pattern.subn(" ", words)
        if count:
            roles.add(name)
    folded = {fold(word) for word in re.findall(r"[\w'’]+", words)} & PEOPLE
    return frozenset({SAME_PEOPLE.get(word, word) for word in folded} - {""}), frozenset(roles)


def _ends_in_people(content: Sequence[str]) -> bool:
    """Whether a short phrase names somebody ("computing subject leader")."""
    return 0 < len(content) <= LONGEST_TITLE and content[-1] in _NAMING - SCOPE_WORDS


def _named(hunk: Hunk) -> tuple[str, str]:
    """What both sides say there, with the word after it where that belongs to the name ("line", "business" manager)."""
    before, after = (shortened(_JOINING.sub("", said)) for said in (hunk.said_before, hunk.said_after))
    following = hunk.context[1] if fold(hunk.context[1]) in PEOPLE | ROLE_WORDS else ""
    if following and _is_of_the_name(hunk, following):
        return f"{before} {following}".strip(), f"{after} {following}".strip()
    return before if _has_content(hunk.content_before) else "", after if _has_content(hunk.content_after) else ""


def _is_of_the_name(hunk: Hunk, following: str) -> bool:
    whole = [_groups(f"{said} {following}") for said in (hunk.said_before, hunk.said_after)]
    return bool(hunk.content_before) != bool(hunk.content_after) or whole[0][1] != whole[1][1]


def _has_content(content: Sequence[str]) -> bool:
    return bool(content)
