"""Named individuals: a policy that names a person is out of date when that person leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policybook.check.passage import Passage, own_prose
from policybook.domain.adoption import School
from policybook.domain.finding import Finding, Place
from policybook.text.person import Confidence, find_persons, is_bare_name


def find_person_problems(passages: Iterable[Passage]) -> Iterator[Finding]:
    """Each passage that seems to name a person, once."""
    for passage in own_prose(passages):
        person = next(find_persons(passage.words), None)
        if person:
            yield _finding(person.shown, person.confidence, passage.place)


def find_role_problems(school: School) -> Iterator[Finding]:
    """A school's role that is a person: `roles: {headteacher: Jane Hill}`."""
    for name, title in school.roles.items():
        person = next(find_persons(title), None)
        if person:
            yield _finding(person.shown, person.confidence, school.place_of(f"roles.{name}"))
        elif is_bare_name(title):
            yield _finding(title, "perhaps", school.place_of(f"roles.{name}"))


def _finding(name: str, confidence: Confidence, place: Place) -> Finding:
    message = f"a person is named here, {confidence}: “{name}”"
    mend = "name the role (“the headteacher”), so that the policy outlives the person; leave it if nobody is named"
    return Finding("warning", "name.person", place, message, mend)
