"""Named individuals: where a text seems to name a person, found by the shape of the words around two capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Confidence = Literal["very likely", "perhaps"]
_WORD = r"(?:[A-Z]['’]|Mc|Mac)?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:['’-][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]{2,})*"
_NAME = rf"{_WORD}(?: [A-Z]\.?)?(?: {_WORD}){{1,2}}"
_INITIALS = r"(?:[A-Z]\.? ?){1,3}"
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Canon|Revd?|Fr)\b\.? "
    rf"(?P<name>(?:{_INITIALS})?{_WORD}(?: {_WORD})?)"
)
_ROLE = (
    r"(?:[Hh]ead ?teacher|[Pp]rincipal|[Cc]hair|[Cc]lerk|[Gg]overnor|[Ll]ead|[Oo]fficer|[Mm]anager|[Cc]ontact|[Hh]ead|"
    r"[Bb]ursar|[Ss]ecretary|[Tt]echnician|[Aa]dministrator|[Cc]o-?ordinator|[Cc]aretaker|[Ll]ibrarian|[Aa]dviser)"
)
_POST = rf"(?:our|the|its) (?:[\w-]+ ){{0,3}}?{_ROLE}\b"
_DOES = (
    r"(?:(?:also|currently) )?(?:(?:is|was|remains|will be|has been|can be|may be) (?:also |currently )?"
    r"(?:responsible|appointed|named|nominated|designated|in charge|available|contacted|reached|our\b|the\b)"
    r"|(?:looks after|manages|oversees|runs|deals with|holds|keeps|maintains|leads|acts as)\b)"
)
_ASKED = (
    r"(?:[Cc]ontact(?:ed)?|[Aa]sk|[Tt]ell|[Ee]-?mail|[Tt]elephone|[Rr]ing|[Ss]peak (?:to|with)|[Rr]efer(?:red)? to|"
    r"[Rr]eport(?:ed)? to|(?:appointed|approved|agreed|checked|chaired|drafted|held|kept|led|maintained|managed|"
    r"reviewed|signed|updated|written) by|responsibility of)"
)
_PLACED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ROLE}(?:,| is| –| -|:| \() ?(?P<name>{_NAME})\b",
        rf"\b(?P<name>{_NAME}),? (?:who )?{_DOES}",
        rf"\b(?P<name>{_NAME})(?:, {_POST}| \((?:[\w-]+ ){{0,3}}?{_ROLE}\)| [–-] {_ROLE}\b)",
        rf"\b{_ASKED}:? (?P<name>{_NAME})\b",
        rf"\b(?:to|from|by|with) (?P<name>{_NAME})(?:,[^.]{{0,40}})? (?:on|at) (?:\(?0\d|\S+@)",
    )
)
"""Two or three capitalised words that are a person's by what stands beside them."""
_ADDRESS = re.compile(r"\b(?P<first>[a-z]{2,})\.(?P<last>[a-z]{2,})@", re.IGNORECASE)
_BODY = re.compile(
    r"^(?: (?:of|and|the|for))*(?: [A-Z][\w'’]*){0,4} (?:School|Academy|College|Trust|Federation|Foundation|"
    r"Act|Award|Hospital|House|Centre|Court|Council|Service|Services|Ltd|Limited|Partnership|Committee|Policy)\b"
)
_NO_NAMES = frozenset(
    # bodies and posts
    "academy agency association authority bar barring board body borough bureau business canon centre chair chief "
    "child children church city clerk club college commission commissioner committee company consulting computing "
    "corporation council county court data department deputy designated diocese director education executive "
    "federation financial foundation full governing government governor governors group head headteacher health "
    "hospital house human ict information it lead local management manager ministry network networks office officer "
    "online operations organisation parish partnership personnel police principal protection resource resources "
    "safeguarding school schools secretary senior service services solutions staff state support teacher teachers "
    "team teams trade traded trust trustee trustees union unit university users vice admin enquiries hello info mail "
    "reception dpo hr "
    # documents and their headings
    "acceptable act acts agreement annex appendix article bill book burgundy code codes communication communications "
    "conduct contract disciplinary employment equal equality form forms general grievance guidance green guide "
    "handbook harassment internet introduction key law learning legal low mobile notice order part permanent "
    "policies policy practice practices prevent procedure procedures protocol public purpose record register "
    "regulation regulations review rule rules safe safer safety schedule scheme section security social media "
    "networking standard standards statement strategy systems table technologies technology temporary terms use "
    "whistleblowing working "
    # makers and their products
    "adobe android apple chrome classroom drive excel facebook google instagram linkedin messenger microsoft outlook "
    "sharepoint snapchat tiktok twitter whatsapp windows word youtube zoom card memory disk camera phone phones "
    "server website site web wifi intranet email system software "
    # places and days
    "holy lady sacred saint saints st avenue britain british east england english europe european green hill-street "
    "ireland kingdom lane london north northern park road scotland scottish south southern square street united "
    "wales welsh west western monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december autumn spring summer winter term year years "
    # words that begin a sentence, and people in general
    "a all also an and another any anyone as at both but by each either every everyone for from he her his however "
    "if in interim acting its many neither new no nobody not on only or other our parent parents people person "
    "please pupil pupils she some student students such that the their there these they this those to under until "
    "visitor visitors volunteer volunteers we what when where which who whoever with you your employee employees "
    "member members contact ask tell telephone ring speak refer report see".split()
)
"""Words that no person's name holds; a person called April or West is missed rather than a month or a place told."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A stretch of a text that seems to name a person; `shown` is what a finding prints, `end` counts out."""

    start: int
    end: int
    shown: str
    confidence: Confidence


def find_persons(text: str) -> Iterator[NamedPerson]:
    """Each person that a text seems to name: first those with a title, then by what stands beside a name."""
    for match in _TITLED.finditer(text):
        if not _BODY.match(text[match.end() :]):
            yield NamedPerson(match.start(), match.end(), match[0], "very likely")
    for pattern in _PLACED:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            if is_bare_name(match["name"]) and not _BODY.match(text[end:]):
                yield NamedPerson(start, end, match["name"], "perhaps")
    for match in _ADDRESS.finditer(text):
        if not _NO_NAMES & {match["first"].lower(), match["last"].lower()}:
            yield NamedPerson(match.start(), match.end(), f"{match['first']}.{match['last']}@…", "perhaps")


def is_bare_name(text: str) -> bool:
    """Whether a text is nothing but two or three capitalised words of which none is known from posts and bodies."""
    words = text.split()
    return re.fullmatch(_NAME, text) is not None and not _NO_NAMES & {word.lower() for word in words}


def without_persons(text: str, known: frozenset[str] = frozenset()) -> str:
    """The text without the names of persons, those found in it and those `known` from elsewhere; for making ids."""
    spans = [(person.start, person.end) for person in find_persons(text)]
    for name in known:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters) if spans else text
