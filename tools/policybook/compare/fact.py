"""The evidence that a change is one of substance: what was stated, asked, forbidden or threatened before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from policybook.compare.binding import binds, binds_alike, find_modal_facts, forbids_on_one_side, text_fact
from policybook.compare.condition import excepts, find_condition_facts, without_moved_exceptions
from policybook.compare.contrast import find_contrast_facts
from policybook.compare.cue import Cue, cue_of
from policybook.compare.denial import DENYING, DENYING_STEMS, denies_alike, stem, stems
from policybook.compare.figure import find_figure_facts
from policybook.compare.hunk import Hunk
from policybook.compare.limit import NEUTRAL, find_anchor_facts
from policybook.compare.measure import mentions_measure
from policybook.compare.people import (
    PARTY,
    exchanges_bodies,
    find_exchanged_roles,
    find_party_facts,
    find_people_facts,
    leaves_staff_out,
    names_only_people,
    repeats_subject,
)
from policybook.compare.rewritten import find_rewritten_facts, is_rewritten
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import (
    AUTHORITY,
    DEFINING,
    FUNCTION_WORDS,
    LITTLE_WORDS,
    NARROW_WORDS,
    NARROWING,
    NEGATIONS,
    PASSING_WORDS,
    PEOPLE,
    SAME_SANCTION,
    SANCTIONS,
    SCOPE_WORDS,
    SEVERITY,
    WIDE_WORDS,
)
from policybook.domain.comparison import Direction, Fact, FactKind
from policybook.text.spelling import fold
from policybook.text.word import words_of

_EVERYBODY = frozenset("everyone everybody anyone anybody whoever whichever".split())
_EACH = frozenset(("each", "every"))
_ARTICLES = frozenset(("a", "an"))
_JOINED_ON = re.compile(
    r"(?:and|or|which|until|before|after|where|when|if|while|whilst) "
    r"(?P<one>the|an?|in|on|at|by|to|from|with|for|their|its|our|any|of)?\b",
    re.I,
)
"""One more of what is listed ("and the playground", "or enrolled as a pupil"); "and secure" only says it again."""
LEAST_JOINED_ON = 2
"""Words of meaning in one that stands there without an article or the like."""
MOST_BESIDE = 3
"""Other words replaced beside "all" or "only" before it is a phrase of its own."""
TELLING_WORDS = 3
"""Meaning words added or dropped in one place before they count as text of their own."""
ROOT = 7
"""Letters by which a word is known in another form ("disclosure", "discloses")."""
_LACKING = DENYING_STEMS | {"absenc", "absent", "lack"}
_DEFINES = re.compile(
    r"\W*(?:(?:the|a|an|in this policy,?) )?\W?(?P<term>[\w-]+(?: [\w-]+){0,3}?)\W{0,2} "
    r"(?:means?|(?:is|are) defined as|refers? to|includes?|(?:is|are) taken to mean|is any(?:one|body|thing)?)\b",
    re.I,
)
"""The beginning of a text that tells what a word means."""
_SANCTION = cue_of(
    "misconduct,disciplinary,dismiss,prosecut,criminal,suspen,exclu,warning,referr,ban,police,sanction",
    tuple(sorted(SANCTIONS, key=len, reverse=True)),
)
_MAY_CITE = re.compile(
    r"\d|\b(?:Acts?|Regulations|Order|Directive|GDPR|LADO|KCS|Keeping|DfE|ICO|Ofsted|Teachers|Teaching|Working|Prevent|DBS"
    r"|Disclosure|guidelines|statutory|unions?)"
)
_DEFINITION = Cue(("defined", "taken", "means", "refers"), DEFINING)
_WHOLE = {"kcsie": "Keeping Children Safe in Education", "kcse": "Keeping Children Safe in Education",
          "dbs": "Disclosure and Barring Service"}  # fmt: skip
_ABBREVIATED = re.compile(r"\b(?:KCSI?E|DBS)\b", re.I)
About = Literal["measure", "party", "sanction", "authority", "definition"]


def cues_of(hunk: Hunk) -> frozenset[About]:
    """What a place may be about, by the words there and right beside it; of nothing else are facts looked for."""
    around = hunk.around
    found: set[About] = set()
    if mentions_measure(around):
        found.add("measure")
    if PARTY.search(around) and not exchanges_bodies(hunk):
        found.add("party")
    if _SANCTION.search(around):
        found.add("sanction")
    if _MAY_CITE.search(around):
        found.add("authority")
    if _DEFINITION.search(around):
        found.add("definition")
    return frozenset(found)


def find_facts(before: str, after: str, others: Sequence[Hunk], cues: frozenset[About]) -> Iterator[Fact]:
    """The facts of one changed clause; `others` are the places where the two differ by more than a name.

    The whole texts are searched only for what `cues` name (see `cues_of`): nothing else can have changed. Each place
    tells its tale once: an exception is not also told as text of its own, nor a new sentence also as a "not" within it.
    """
    if "measure" in cues:
        yield from find_figure_facts(before, after)
    if is_rewritten(others, before, after):
        yield from find_rewritten_facts(others, before, after)
    else:
        yield from _placed_facts(before, after, others)
    if "party" in cues:
        yield from find_party_facts(before, after)
    if "sanction" in cues:
        yield from _sanction_facts(before, after)
    if "authority" in cues:
        yield from _phrase_facts("authority", _authorities(before), _authorities(after), "cited")
    if "definition" in cues:
        said = "said, to tell what a word means"
        yield from _phrase_facts("definition", _definitions(before), _definitions(after), said)


def _placed_facts(before: str, after: str, others: Sequence[Hunk]) -> Iterator[Fact]:
    """What changed place by place, each of which tells its tale once."""
    is_denied = any(_denies(hunk) for hunk in others) and denies_alike(before, after)
    has_who = False
    for place in _settled(without_moved_exceptions(others)):
        hunk = _without_denials(place) if is_denied else place
        modals = () if is_denied and forbids_on_one_side(hunk) else tuple(find_modal_facts((place,)))
        yield from modals
        found = tuple(_hunk_facts(hunk, before, after, is_settled=is_denied or bool(modals) or binds_alike(hunk)))
        yield from found
        has_who = has_who or any(fact.kind == "who" for fact in found)
    if not has_who:
        yield from find_exchanged_roles(others)
    if len(others) == 1:
        yield from find_anchor_facts(others[0], before, after)


def _settled(hunks: Sequence[Hunk]) -> Iterator[Hunk]:
    """The places without the words that only stand elsewhere in the clause now; none that holds nothing else."""
    if len(hunks) < 2:
        yield from hunks
        return
    for hunk in hunks:
        others = [other for other in hunks if other is not hunk]
        old = _not_among(hunk.content_before, [other.content_after for other in others])
        new = _not_among(hunk.content_after, [other.content_before for other in others])
        if (old, new) == (hunk.content_before, hunk.content_after):
            yield hunk
        elif old or new:
            yield replace(hunk, content_before=old, content_after=new)


def _not_among(words: tuple[str, ...], elsewhere: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Where a "not" stands makes a difference, so that negations count unless a whole phrase moved."""
    if len(words) >= TELLING_WORDS and any(set(words) <= set(other) for other in elsewhere):
        return ()
    others = set().union(*elsewhere)
    roots = set(map(_root, others))
    return tuple(word for word in words if word in NEGATIONS or _root(word) not in roots)


def _root(word: str) -> str:
    return word if word in PEOPLE else stem(word)[:ROOT]


def _without_denials(hunk: Hunk) -> Hunk:
    """A place in a clause that denies the same as before, without the words that only do so."""
    content = [
        tuple(word for word in side if word not in DENYING) for side in (hunk.content_before, hunk.content_after)
    ]
    said = [tuple(word for word in side if word.casefold() != "any") for side in (hunk.before, hunk.after)]
    return replace(hunk, before=said[0], after=said[1], content_before=content[0], content_after=content[1])


def _denies(hunk: Hunk) -> bool:
    return not NEGATIONS.isdisjoint([word.casefold() for word in (*hunk.before, *hunk.after)])


def _hunk_facts(hunk: Hunk, before: str, after: str, is_settled: bool) -> Iterator[Fact]:
    if conditions := tuple(find_condition_facts(hunk, before, after)):
        yield from conditions
        return
    old, new = hunk.content_before, hunk.content_after
    if (is_settled and leaves_staff_out(hunk)) or repeats_subject(hunk, before, after):
        return  # "accepting gifts is forbidden" for "staff may not accept gifts"
    if names_only_people(hunk) and (people := tuple(find_people_facts(hunk))):
        yield from people
    elif _is_text_of_its_own(old, new):
        yield text_fact("dropped-text", hunk.said_before)
    elif _is_text_of_its_own(new, old):
        yield text_fact("added-text", hunk.said_after)
    elif hunk.is_listed or _is_longer_list(hunk) or _is_joined_on(hunk, is_exception=excepts(before)):
        has_more = len(new) > len(old)
        yield text_fact(*("added-text", hunk.said_after) if has_more else ("dropped-text", hunk.said_before))
    else:
        # One tale for one place: where whole sentences were replaced, "not", "only" and "staff" may all stand in it.
        # `is_settled`: its "not" is told as how far it binds, or both texts deny the same.
        negations = () if is_settled else tuple(_negation_facts(hunk))
        yield from (
            negations
            or tuple(_scope_facts(hunk, before, after))
            or tuple(_narrowing_facts(hunk))
            or tuple(find_people_facts(hunk))
            or tuple(_meaning_facts(hunk, before, after))
            or (() if is_settled else tuple(find_contrast_facts(hunk, before, after)))
        )


def _is_text_of_its_own(words: Sequence[str], others: Sequence[str]) -> bool:
    told = [word for word in words if word not in LITTLE_WORDS]
    return len(told) - len(others) >= TELLING_WORDS and len(others) <= len(told) // 3


def _is_joined_on(hunk: Hunk, *, is_exception: bool) -> bool:
    """Whether one more entry comes or goes at the end of a list; of an exception the shortest one counts."""
    content = hunk.content_before or hunk.content_after
    if bool(hunk.said_before) == bool(hunk.said_after) or not content or not PASSING_WORDS.isdisjoint(content):
        return False
    match = _JOINED_ON.match(hunk.said_before or hunk.said_after)
    return match is not None and (is_exception or match["one"] is not None or len(content) >= LEAST_JOINED_ON)


def _is_longer_list(hunk: Hunk) -> bool:
    """Whether a list keeps all it had and has one entry more ("or goods", "goods or hospitality")."""
    old, new = set(hunk.content_before), set(hunk.content_after)
    is_list = all({"and", "or"} & {word.casefold() for word in side} for side in (hunk.before, hunk.after))
    return is_list and (old < new or new < old) and bool(old and new) and len(old ^ new) <= LEAST_JOINED_ON


def _meaning_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    """A definition that takes in more or less than before."""
    match = _DEFINES.match(before)
    if not match or not _DEFINES.match(after) or not (hunk.content_before or hunk.content_after):
        return
    sides = [set(stems(text)) - FUNCTION_WORDS for text in (before, after)]
    if bool(hunk.before) != bool(hunk.after) or sides[0] < sides[1] or sides[1] < sides[0]:
        old, new = shortened(hunk.said_before), shortened(hunk.said_after)
        said = f"“{old}” became “{new}”" if old and new else f"“{new}” is new" if new else f"“{old}” is gone"
        yield Fact("definition", old, new, f"{said} in what “{match['term']}” means.")


def _negation_facts(hunk: Hunk) -> Iterator[Fact]:
    old, new = _words_of(hunk, NEGATIONS)
    if any(NEUTRAL.search(said) for said in hunk.sides):
        return  # "no more than" is a limit
    if {"without", "delay"} <= {*hunk.before, *hunk.after}:
        return  # "without delay" is a period
    if bool(old) == bool(new) or all(
        not _LACKING.isdisjoint(map(stem, map(fold, side))) for side in (hunk.before, hunk.after)
    ):
        return  # "never" for "not" is told as how far it binds; "in their absence" says what "without them" does
    shown_old, shown_new = _in_place(hunk)
    tale = "it says what is not so" if new else "it said what is not so"
    said = f"“{shown_new}” is new" if new else f"“{shown_old}” is gone"
    both = f"“{shown_old}” became “{shown_new}”"
    why = f"{both if shown_old and shown_new else said}: {tale}."
    yield Fact("negation", shown_old, shown_new, why)


def _narrowing_facts(hunk: Hunk) -> Iterator[Fact]:
    """A word more or less that sets what a rule holds for, where nothing else changed ("serious", "former")."""
    if bool(hunk.content_before) != bool(hunk.content_after) and hunk.words <= NARROWING:
        old, new = (" ".join(side) for side in (hunk.content_before, hunk.content_after))
        shown = old and f"{old} {hunk.context[1]}", new and f"{new} {hunk.context[1]}"
        said = f"“{shown[1] or shown[0]}” is {'new' if new else 'gone'}, which sets what this holds for."
        yield Fact("scope", *shown, said)


def _scope_facts(hunk: Hunk, before: str, after: str) -> Iterator[Fact]:
    old, new = _words_of(hunk, SCOPE_WORDS)
    if old == new or (old and new and (old <= WIDE_WORDS) and (new <= WIDE_WORDS)):
        return  # "each" for "every" reaches as far
    if old | new == {"any"} or (old | new <= _EACH and any(mentions_measure(said) for said in hunk.sides)):
        return  # "any other persons" for "others"; "every year" is a period
    other = hunk.before if new else hunk.after
    if old | new <= WIDE_WORDS and _ARTICLES.issuperset(word.casefold() for word in other):
        return  # "any request" for "a request"
    if old | new <= WIDE_WORDS and not _EVERYBODY.isdisjoint(map(fold, other)):
        return  # "all present" for "everyone present"
    if old | new <= WIDE_WORDS and _wide_words(before) == _wide_words(after):
        return  # it only stands elsewhere: "at all times", "always"
    if old | new <= WIDE_WORDS and len({*hunk.content_before, *hunk.content_after} - SCOPE_WORDS) > MOST_BESIDE:
        return  # "when all else fails" for "as a last resort"
    direction: Direction = "unclear"
    if old & WIDE_WORDS and new & NARROW_WORDS and binds(before):
        direction = "weaker"
    elif old & NARROW_WORDS and new & WIDE_WORDS and binds(before):
        direction = "stricter"
    shown_old, shown_new = _in_place(hunk)
    why = became(shown_old, shown_new, direction, "How far it reaches")
    if not shown_old or not shown_new:
        said = f"“{shown_old}” is gone, which set" if shown_old else f"“{shown_new}” is new, which sets"
        why = f"{said} how far this reaches."
    yield Fact("scope", shown_old, shown_new, why, direction)


def _words_of(hunk: Hunk, words: frozenset[str]) -> tuple[set[str], set[str]]:
    old, new = ({fold(word) for word in side} & words for side in (hunk.before, hunk.after))
    if old and new and old != new:
        return old - new, new - old
    roots = [set(map(stem, side)) for side in (hunk.content_before, hunk.content_after)]
    old = {word for word in old if stem(word) not in roots[1]}  # "may be extended" for "may extend"
    return old - new, {word for word in new - old if stem(word) not in roots[0]}


def _in_place(hunk: Hunk) -> tuple[str, str]:
    """What both sides say there; with the next word where one side says nothing, so that a reader sees the place."""
    if hunk.said_before and hunk.said_after:
        return shortened(hunk.said_before), shortened(hunk.said_after)
    tail = hunk.context[1]
    joined = [f"{said} {tail}".strip() if said and tail else said for said in (hunk.said_before, hunk.said_after)]
    before, after = (said or (tail if fold(tail) in PEOPLE else "") for said in joined)
    return shortened(before), shortened(after)


def _sanction_facts(before: str, after: str) -> Iterator[Fact]:
    sides = _sanctions(before), _sanctions(after)
    same = [{SAME_SANCTION.get(name, name) for name in side} for side in sides]
    old, new = (
        frozenset(name for name in side if SAME_SANCTION.get(name, name) not in other)
        for side, other in zip(sides, same[::-1], strict=True)
    )
    if not old and not new:
        return
    direction: Direction = _severity_direction(old, new) if old and new else "weaker" if old else "stricter"
    old_said, new_said = ", ".join(sorted(old)), ", ".join(sorted(new))
    why = became(old_said, new_said, direction, "What may follow a breach")
    if not old or not new:
        told = "is no longer named as what may follow" if old else "is named now as what may follow"
        why = f"“{old_said or new_said}” {told}: {direction}."
    yield Fact("sanction", old_said, new_said, why, direction)


def _severity_direction(old: frozenset[str], new: frozenset[str]) -> Direction:
    """Of two sanctions of an employer the harder one is stricter."""
    if not (old | new) <= SEVERITY.keys():
        return "unclear"
    hardest = [max(SEVERITY[name] for name in side) for side in (old, new)]
    return "unclear" if hardest[0] == hardest[1] else "stricter" if hardest[1] > hardest[0] else "weaker"


def _phrase_facts(kind: FactKind, before: frozenset[str], after: frozenset[str], said: str) -> Iterator[Fact]:
    old, new = ", ".join(sorted(before - after)), ", ".join(sorted(after - before))
    if old and new:
        noun = "The authority cited" if kind == "authority" else "How a word is defined"
        yield Fact(kind, old, new, became(old, new, "unclear", noun))
    elif old:
        yield Fact(kind, old, "", went(f"“{old}” is", said, "unclear"))
    elif new:
        yield Fact(kind, "", new, came(f"“{new}” is", said, "unclear"))


def _cached(find: Callable[[str], frozenset[str]]) -> Callable[[str], frozenset[str]]:
    return lru_cache(maxsize=4_096)(find)


@lru_cache(maxsize=4_096)
def _wide_words(text: str) -> int:
    return sum(fold(word) in WIDE_WORDS for word in words_of(text))


@_cached
def _sanctions(text: str) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in _SANCTION.pattern.finditer(text))


@_cached
def _authorities(text: str) -> frozenset[str]:
    found = (match[0].removeprefix("The ").strip() for match in AUTHORITY.finditer(text))
    return frozenset(_ABBREVIATED.sub(lambda match: _WHOLE[match[0].lower()], name) for name in found)


@_cached
def _definitions(text: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in DEFINING.finditer(text))
