"""Named individuals: a policy that names a person is out of date when that person leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from policybook.check.passage import Passage, own_prose
from policybook.domain.adoption import School
from policybook.domain.finding import Finding, Place

Confidence = Literal["very likely", "perhaps"]
_NAME = r"(?:[A-Z]['’])?[A-Z][a-z]+(?:['’-][A-Z]?[a-z]{2,})*"
_INITIALS = r"(?:[A-Z]\.? ?){1,3}"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Revd?|Fr)\b\.? (?:{_INITIALS})?{_NAME}(?: {_NAME})?"
)
_ROLE = (
    r"(?:[Hh]ead ?teacher|[Pp]rincipal|[Cc]hair|[Cc]lerk|[Gg]overnor|[Ll]ead|[Oo]fficer|[Mm]anager|[Cc]ontact|[Hh]ead)"
)
_BESIDE_ROLE = re.compile(rf"\b{_ROLE}(?:,| is| –| -|:| \() ?(?P<name>{_NAME} {_NAME})\b")
_ADDRESS = re.compile(r"\b(?P<first>[a-z]{2,})\.(?P<last>[a-z]{2,})@", re.IGNORECASE)
_BODY = re.compile(
    r"^(?: (?:of|and|the))*(?: [A-Z][\w'’]*){0,4} (?:School|Academy|College|Trust|Federation|Foundation|"
    r"Act|Award|Hospital|House|Centre|Court)\b"
)
_NO_NAMES = frozenset(
    "academy and authority board body business centre chair chief child children clerk college committee computing "
    "council county data deputy designated director education executive federation full governing governors governor "
    "head headteacher health human ict information it lead local manager office officer online operations or principal "
    "protection resources safeguarding school schools senior service services staff support teacher team the trust "
    "trustees admin enquiries hello info mail reception dpo hr policy procedure procedures conduct code practice "
    "guidance form standards rules grievance disciplinary social media".split()
)


def find_person_problems(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Each passage that seems to name a person, once."""
    for passage in own_prose(passages):
        found = person_in(passage.words)
        if found:
            yield _finding(*found, passage.place)


def find_role_problems(school: School) -> Iterator[Finding]:
    """A school's role that is a person: `roles: {headteacher: Jane Hill}`."""
    for name, title in school.roles.items():
        found = person_in(title) or _bare_name(title)
        if found:
            yield _finding(*found, school.place_of(f"roles.{name}"))


def person_in(text: str) -> tuple[str, Confidence] | None:
    """The first person that a text seems to name and how sure that is; None where it names nobody."""
    for match in _TITLED.finditer(text):
        if not _BODY.match(text[match.end() :]):
            return match[0], "very likely"
    for match in _BESIDE_ROLE.finditer(text):
        if _bare_name(match["name"]) and not _BODY.match(text[match.end() :]):
            return match["name"], "perhaps"
    for match in _ADDRESS.finditer(text):
        if not _NO_NAMES & {match["first"].lower(), match["last"].lower()}:
            return f"{match['first']}.{match['last']}@…", "perhaps"
    return None


def _bare_name(text: str) -> tuple[str, Confidence] | None:
    """Two or three capitalised words of which none is known from the titles of roles and bodies."""
    words = text.split()
    if not 2 <= len(words) <= 3 or not all(re.fullmatch(_NAME, word) for word in words):
        return None
    return None if _NO_NAMES & {word.lower() for word in words} else (text, "perhaps")


def _finding(name: str, confidence: Confidence, place: Place) -> Finding:
    message = f"a person is named here, {confidence}: “{name}”"
    mend = "name the role (“the headteacher”), so that the policy outlives the person; leave it if nobody is named"
    return Finding("warning", "name.person", place, message, mend)
