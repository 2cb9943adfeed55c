"""Another school's name left behind in what a school, or a model, says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policybook.check.passage import Passage, adoption_passages, value_texts
from policybook.domain.adoption import Adoption, School
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.text.word import words_of

SHORTEST_NAME = 2
"""Words: a name of one word alone ("Oaklands") is too often another word, too; initials ("SVS") are not."""
SHORTEST_INITIALS = 3
_GENERAL = frozenset(
    "a an our the this school schools academy academies college trust federation service centre primary infant junior "
    "secondary high nursery first middle and of for church england community".split()
)
NameIndex = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""By its first word, the names of schools word by word, longest first, with the id of the school that has each."""


def index_names(schools: Iterable[School]) -> NameIndex:
    """The names, short names and aliases of schools and academies that tell one school from another.

    A trust or federation may well be named in the policy of a school of its; "the school" is everybody's.
    """
    index: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for school in schools:
        if school.kind in ("school", "academy"):
            for name in (school.name, school.short_name, *school.aliases):
                words = tuple(words_of(name))
                if _is_telling(words):
                    index[words[0]].setdefault(words, school.id)
    return {first: sorted(names.items(), key=lambda entry: -len(entry[0])) for first, names in index.items()}


def find_foreign_names(
    adoption: Adoption, names: NameIndex, own: School | None, model: ModelVersion | None = None
) -> Iterator[Finding]:
    """Names of other schools in what this school wrote itself: its values, substitutes and inserts.

    A body that the record knows is meant on purpose: it is in `covers`, or the value of an organisation.
    """
    parameters = model.parameters if model else {}
    organisations = {name for name, parameter in parameters.items() if parameter.type == "organisation"}
    allowed = {" ".join(words_of(name)) for name in (own.name, own.short_name, *own.aliases)} if own else set()
    for name in organisations & adoption.values.keys():
        allowed |= {" ".join(words_of(text)) for text in value_texts(adoption.values[name])}
    for passage in adoption_passages(adoption):
        for name, school in _names_in(passage.words, names):
            if school not in (adoption.school, *adoption.covers) and not any(name in entry for entry in allowed):
                message = f"the name of another school stands here: '{name}'"
                mend = "write `{{ school_name }}`, or leave it if that school is meant"
                yield Finding("warning", "name.foreign", passage.place, message, mend)


def find_named_schools(model: ModelVersion, passages: Iterable[Passage], names: NameIndex) -> Iterator[Finding]:
    """Names of schools in a model's own words, which every adopter would print; the publisher may name itself."""
    for passage in passages:
        for name, _ in _names_in(passage.words, names):
            if name not in " ".join(words_of(model.publisher.name)):
                message = f"the model names a school, '{name}', and every school that adopts it would print that"
                mend = "write `{{ school_name }}` or a parameter, or leave it if that school is meant"
                yield Finding("warning", "name.foreign", passage.place, message, mend)


def _is_telling(words: Sequence[str]) -> bool:
    if len(words) == 1:
        return words[0].isupper() and len(words[0]) >= SHORTEST_INITIALS
    return len(words) >= SHORTEST_NAME and any(word[:1].isupper() and word.casefold() not in _GENERAL for word in words)


def _names_in(text: str, names: NameIndex) -> Iterator[tuple[str, str]]:
    words = words_of(text)
    position = 0
    while position < len(words):
        step = 1
        for name, school in names.get(words[position], ()):
            if tuple(words[position : position + len(name)]) == name:
                yield " ".join(name), school
                step = len(name)
                break
        position += step
