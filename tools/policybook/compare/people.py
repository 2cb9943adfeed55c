"""Who is bound, who decides and who is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from policybook.compare.cue import cue_of
from policybook.compare.denial import DENYING, stem
from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import (
    FUNCTION_WORDS,
    NEGATIONS,
    OUTER_PARTIES,
    PARTY_WORDS,
    PEOPLE,
    ROLES,
    SAME_PEOPLE,
    SCOPE_WORDS,
    TITLES,
)
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
_NAMING = PEOPLE | SCOPE_WORDS | ROLE_WORDS | {"other", "others", "people", "person", "persons", "adult", "adults"}
_AGENT = re.compile(
    r"\b(those|anyone|anybody|somebody|someone|person|people|company|firm|contractor|provider|supplier|body|office) "
    r"(?:who|whom|that|which|whose)\b",
    re.I,
)
"""Somebody told by what they do or are ("those whom the bursar chose", "the company that keeps the network")."""
_JOINING = re.compile(r"^(?:(?:and|or|with)\b|[,;&/ ])+|(?:\b(?:and|or|with)|[,;&/ ])+$")
"""What joins a name to the words beside it, where that came or went with it."""
_WHICH = re.compile(r"(?:who|whose|whom|with|aged)\b", re.I)
_EVERYONE = PARTY_WORDS | frozenset("work works working worked employed here paid".split())
LEAST_NARROWING = {"who": 1, "whose": 1, "whom": 1, "with": 2, "aged": 1}
"""Words, after each of these, that tell at least which people are meant; "who work at the school" tells of all."""
_BARE_TITLES = frozenset("manager leader committee assistant assistants technician technicians director".split())
"""Titles that say little without the word before them ("office" manager, "site" manager)."""
_VAGUE = frozenset("relevant appropriate new senior own named responsible immediate same other".split())
"""Words before a title that name nobody else ("relevant manager")."""
LONGEST_KIND = 2
"""Words that tell what kind of people are meant."""
_GROUPS = frozenset(
    "staff employee employees worker workers teacher teachers volunteer volunteers visitor visitors pupil pupils "
    "student students parent parents carers governors colleagues users".split()
)
_ANY_KIND = _VAGUE.union(
    *(PARTY_WORDS, PEOPLE, SCOPE_WORDS, NEGATIONS, FUNCTION_WORDS),
    "individual fellow must should may can will also then only one two three ask tell inform remind".split(),
    "about among between".split(),
)
_OWN_BODY = re.compile(
    rf"(?:the )?(?:{'|'.join(sorted(PARTY_WORDS))})\b(?:,? (?:and|or)\b)?(?: (?:with|to|by|of)\b)? ?", re.I
)
"""The school itself, named before others who come or go ("Trust and with other professionals")."""
_ANYBODY = frozenset("those anyone anybody somebody someone person people".split())


def names_only_people(hunk: Hunk) -> bool:
    """Whether nothing but people stands in a place, on either side."""
    old, new = hunk.content_before, hunk.content_after
    if _NAMING.issuperset((*old, *new)):
        return True
    forms = {stem(word) for word in old} & {stem(word) for word in new}  # "agrees" for "agree" goes with them
    return bool(forms) and all(word in _NAMING or stem(word) in forms for word in (*old, *new))


def leaves_staff_out(hunk: Hunk) -> bool:
    """Whether one side says "staff" with a verb and the other only the verb, which is then told of whoever does so."""
    sides = hunk.content_before, hunk.content_after
    forms = [{stem(word) for word in side if word not in _NAMING and word not in DENYING} for side in sides]
    people = [groups_of(said) for said in (hunk.said_before, hunk.said_after)]
    alone = {groups[0] for groups in people} == {frozenset(), frozenset(("staff",))}
    return alone and bool(forms[0]) and forms[0] == forms[1] and not (people[0][1] or people[1][1])


def repeats_subject(hunk: Hunk, before: str, after: str) -> bool:
    """Whether a sentence that went on with "and" is now one of its own that names the same people again."""
    for joined, said, other in ((hunk.before, hunk.said_after, before), (hunk.after, hunk.said_before, after)):
        if said and [word.casefold() for word in joined] == ["and"] and names_only_people(hunk):
            named, known = groups_of(said), groups_of(other)
            return bool(named[0] | named[1]) and named[0] <= known[0] and named[1] <= known[1]
    return False


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
    if fact := _narrowing_fact(hunk) or _title_fact(hunk):
        yield fact
        return
    kept = {*hunk.content_before, *hunk.content_after}
    if bool(hunk.content_before) != bool(hunk.content_after) and not hunk.words <= kept:
        return  # the rest of it only stands elsewhere: "staff may be dismissed" for "dismissal"
    old, new = (groups_of(side) for side in hunk.sides)
    is_exchange = bool(old[1]) and bool(new[1]) and old[1].isdisjoint(new[1])
    is_exchange = is_exchange or (_ends_in_people(hunk.content_before) and _ends_in_people(hunk.content_after))
    if old == new or not (names_only_people(hunk) or is_exchange) or old[0] | old[1] == new[0] | new[1]:
        return
    before, after = _named(hunk)
    if before and after:
        yield Fact("who", before, after, became(before, after, "unclear", "Who is bound or meant"))
    elif before or after:
        why = went(f"“{before}” are", "named", "unclear") if before else came(f"“{after}” are", "named", "unclear")
        yield Fact("who", before, after, why)


def title_of(hunk: Hunk, content: Sequence[str]) -> str:
    """The last word of the title that a side of a place names, or begins to name ("office" manager); else empty."""
    words = (*content, fold(hunk.context[1]))
    named = [word for word in words[-2:] if word in TITLES]
    return named[0] if named and 0 < len(content) <= LONGEST_TITLE else ""


def _title_fact(hunk: Hunk) -> Fact | None:
    """One title for another that ends in such a word ("school business" manager, "office" manager)."""
    sides = hunk.content_before, hunk.content_after
    if not _VAGUE.isdisjoint(hunk.words) or not all(title_of(hunk, side) for side in sides):
        return None
    forms = [{word.removesuffix("s") for word in side} for side in sides]
    old, new = (frozenset[str]().union(*groups_of(side)) for side in hunk.sides)
    if forms[0] & forms[1] or (old & new) - _BARE_TITLES:
        return None
    before, after = (shortened(_JOINING.sub("", said)) for said in (hunk.said_before, hunk.said_after))
    if hunk.content_before[-1] not in TITLES:
        before, after = f"{before} {hunk.context[1]}", f"{after} {hunk.context[1]}"
    return Fact("who", before, after, became(before, after, "unclear", "Who is bound or meant"))


def _narrowing_fact(hunk: Hunk) -> Fact | None:
    """Words after people that say which of them are meant ("staff who have passed probation")."""
    said = hunk.said_before or hunk.said_after
    if bool(hunk.said_before) == bool(hunk.said_after) or not (_tells_which(hunk, said) or _tells_what_kind(hunk)):
        return None
    shown = shortened(said)
    tale = (
        "is new, and tells which of them are meant" if hunk.said_after else "is gone, which told who of them is meant"
    )
    return Fact("who", shown if hunk.said_before else "", shown if hunk.said_after else "", f"“{shown}” {tale}.")


def _tells_which(hunk: Hunk, said: str) -> bool:
    match = _WHICH.match(said) if fold(hunk.context[0]) in PEOPLE else None
    return match is not None and len(hunk.words - _EVERYONE) >= LEAST_NARROWING[match[0].lower()]


def _tells_what_kind(hunk: Hunk) -> bool:
    """Whether words come or go right before people ("sixth form" pupils)."""
    is_short = 0 < len(hunk.words) <= LONGEST_KIND and len((*hunk.before, *hunk.after)) == len(hunk.words)
    return is_short and fold(hunk.context[1]) in _GROUPS and hunk.words.isdisjoint(_ANY_KIND)


def find_exchanged_roles(hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """Another who decides or is told, where the sentence was turned round, each in a place of its own now."""
    if len(hunks) < 2 or all(hunk.words.isdisjoint(ROLE_WORDS) for hunk in hunks):
        return
    old = frozenset[str]().union(*(groups_of(hunk.said_before)[1] for hunk in hunks))
    new = frozenset[str]().union(*(groups_of(hunk.said_after)[1] for hunk in hunks))
    gone, come = ", ".join(sorted(old - new)), ", ".join(sorted(new - old))
    if gone and come:
        yield Fact("who", gone, come, became(gone, come, "unclear", "Who is bound or meant"))


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
def groups_of(words: str) -> tuple[frozenset[str], frozenset[str]]:
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
    if _OWN_BODY.match(before) and _OWN_BODY.match(after):
        before, after = (_OWN_BODY.sub("", said, count=1) for said in (before, after))
    following = hunk.context[1] if fold(hunk.context[1]) in PEOPLE | ROLE_WORDS else ""
    if following and _is_of_the_name(hunk, following):
        return f"{before} {following}".strip(), f"{after} {following}".strip()
    return before if _has_content(hunk.content_before) else "", after if _has_content(hunk.content_after) else ""


def _is_of_the_name(hunk: Hunk, following: str) -> bool:
    whole = [groups_of(f"{said} {following}") for said in (hunk.said_before, hunk.said_after)]
    return bool(hunk.content_before) != bool(hunk.content_after) or whole[0][1] != whole[1][1]


def _has_content(content: Sequence[str]) -> bool:
    return bool(content)
