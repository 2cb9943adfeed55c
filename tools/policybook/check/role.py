"""Role titles: one post should have one title throughout a policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from policybook.check.passage import Passage, own_prose
from policybook.domain.adoption import Adoption, School
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.text.placeholder import find_placeholders

_NOT_A_POST = (
    r"(?! (?:acts?|aims?|changes?|concerns?|duty|duties|laws?|legislation|means|objectives?|places?|points?|purposes?|"
    r"reasons?|regulations?|risks?|sources?|tasks?|themes?|ways?)\b)"
)
"""After "principal" as an adjective."""
_POSTS: tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...] = tuple(
    (post, tuple((title, re.compile(pattern, re.IGNORECASE)) for title, pattern in titles))
    for post, titles in (
        (
            "the head of the school",
            (
                ("headteacher", r"(?<!executive )(?<!deputy )(?<!assistant )\bhead-?teachers?\b"),
                ("head teacher", r"(?<!executive )(?<!deputy )(?<!assistant )\bhead teachers?\b"),
                ("principal", rf"(?<!executive )(?<!vice )(?<!vice-)(?<!assistant )\bprincipals?\b{_NOT_A_POST}"),
                ("head of centre", r"\bhead of (?:the )?centre\b"),
                ("head of school", r"\bhead of (?:the )?school\b"),
            ),
        ),
        (
            "the safeguarding lead",
            (
                ("designated safeguarding lead", r"\bdesignated safeguarding leads?\b"),
                ("designated safeguarding officer", r"\bdesignated safeguarding officers?\b"),
                ("designated senior person", r"\bdesignated senior (?:person|lead)\b"),
                ("child protection officer", r"\bchild protection officers?\b"),
            ),
        ),
        (
            "those who govern",
            (
                ("governing body", r"\bgoverning bod(?:y|ies)\b"),
                ("governing board", r"\bgoverning boards?\b"),
                ("board of governors", r"\bboards? of governors\b"),
            ),
        ),
    )
)
_MAY_BE_ONE = re.compile(r"head|principal|safeguarding|protection|designated|govern", re.IGNORECASE)
Titles = Mapping[tuple[str, str], Passage]
"""By post and title, the first passage that has the title."""


def titles_in(passages: Iterable[Passage]) -> dict[tuple[str, str], Passage]:
    """The titles that passages use for the posts known here."""
    found: dict[tuple[str, str], Passage] = {}
    for passage in own_prose(passages):
        if not _MAY_BE_ONE.search(passage.words):
            continue
        for post, titles in _POSTS:
            for title, pattern in titles:
                if (post, title) not in found and pattern.search(passage.words):
                    found[post, title] = passage
    return found


def find_title_problems(titles: Titles, model_titles: Titles | None = None) -> Iterator[Finding]:
    """One finding for each post with several titles.

    `model_titles` are those of the model beneath a school's own words; where only they differ, nothing is said.
    """
    for post, _ in _POSTS:
        own = {title: passage for (of, title), passage in titles.items() if of == post}
        beneath = {title for (of, title) in model_titles or {} if of == post}
        every = list(dict.fromkeys([*own, *sorted(beneath)]))
        if len(every) > 1 and own.keys() - beneath:
            title = next(iter(own.keys() - beneath)) if beneath else every[-1]
            message = f"{post} is called {' and '.join(f'“{entry}”' for entry in every)} in one policy"
            mend = "choose one title; in a model, a parameter of type `role` prints the school's own"
            yield Finding("warning", "role.inconsistent", own[title].place, message, mend)


def role_passages(model: ModelVersion, adoption: Adoption, school: School | None) -> tuple[Passage, ...]:
    """The titles that the school gives to the roles of a model, each at the line that gives it."""
    given = [
        (name, parameter, adoption.values.get(name), adoption.place_of(f"values.{name}"))
        for name, parameter in model.parameters.items()
        if parameter.type in ("role", "organisation")
    ]
    found = [Passage(value, name, place) for name, _, value, place in given if isinstance(value, str)]
    if school:
        ours = [(name, school.roles.get(name)) for name, _, value, _ in given if value is None]
        found += [Passage(title, name, school.place_of(f"roles.{name}")) for name, title in ours if title]
    return tuple(found)


def default_titles(model: ModelVersion) -> tuple[Passage, ...]:
    """The titles that a model's own defaults print, where a clause prints them."""
    used = {entry.name for clause in model.walk() for entry in find_placeholders(f"{clause.text} {clause.closing}")}
    return tuple(
        Passage(parameter.default, name, parameter.place)
        for name, parameter in model.parameters.items()
        if name in used and parameter.type in ("role", "organisation") and isinstance(parameter.default, str)
    )
