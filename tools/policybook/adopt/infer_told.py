"""Values that a document states in a sentence of its own, which answers none of the model's word for word.

"Governors look at this policy again every three years" fills the blank of "It is reviewed every ...". The sentence must
share telling words with the model's, and more than any other that states another value: nothing rests on a likeness of
two whole clauses, and what is in doubt is not told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from policybook.adopt.infer_value import TOLD_BY_TYPE, Capture, StatedValue
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.text.placeholder import find_placeholders
from policybook.text.sentence import split_sentences
from policybook.text.spelling import folded_words
from policybook.text.value import parse_value

FEWEST_SHARED = 3
"""Telling words that two sentences must share for the one to say the value of the other."""
_TYPES = (*TOLD_BY_TYPE, "organisation")
_STEM = 6
"""Letters of a word that count: `reviewed` and `review` are the same."""
_ENDING = re.compile(r"(?<=..)(?:ing|ed|e?s|e)$")
_E_MAIL = re.compile(r"\be-mail", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    "the and for are was were not but any all its his her our their them they you your she who whom what which when "
    "where while with without within from into onto upon this that these those such than then there here has have had "
    "having will would shall should must may might can could been being does did other others another also only more "
    "most some each both either neither school schools staff employee employees member members".split()
)


class _Told(NamedTuple):
    """That a sentence of the document may say a parameter's value: `shared` telling words, `at` which statement."""

    shared: int
    parameter: str
    value: Value
    at: int


def find_told(model: ModelVersion, stated: Sequence[StatedValue], known: Collection[str]) -> Capture:
    """By parameter the value that the document states in other words, where that is beyond doubt.

    `stated` is every value in the document's words, `known` are parameters whose value was found already.
    """
    asked = {name: list(_asking(model, name)) for name in model.parameters if name not in known}
    found = sorted(_told(model, stated, asked), key=lambda one: (-one.shared, one.parameter, one.at))
    taken: dict[str, _Told] = {}
    for one in found:
        if one.parameter not in taken and one.at not in {other.at for other in taken.values()}:
            taken[one.parameter] = one
    return {name: (one.value,) for name, one in taken.items() if not _is_in_doubt(one, found)}


def _is_in_doubt(one: _Told, found: Sequence[_Told]) -> bool:
    """Whether as much speaks for another value of the parameter, or for another parameter of the statement."""
    return any(
        other.shared >= one.shared
        and ((other.parameter == one.parameter and other.value != one.value)
             or (other.at == one.at and other.parameter != one.parameter))
        for other in found
    )  # fmt: skip


def _told(
    model: ModelVersion, stated: Sequence[StatedValue], asked: dict[str, list[frozenset[str]]]
) -> Iterator[_Told]:
    for at, said in enumerate(stated):
        words = _telling(said.sentence) if said.type in _TYPES else frozenset()
        for name, sentences in asked.items():
            if model.parameters[name].type != said.type:
                continue
            shared = max((len(words & sentence) for sentence in sentences), default=0)
            if shared >= FEWEST_SHARED and (value := _parsed(model.parameters[name], said.value)) is not None:
                yield _Told(shared, name, value, at)


def _parsed(parameter: Parameter, value: Value) -> Value:
    with suppress(ValueError):
        return parse_value(parameter, value)
    return None


def _asking(model: ModelVersion, name: str) -> Iterator[frozenset[str]]:
    """The telling words of each sentence of the model with the blank in it, with those of its label."""
    label = _telling(model.parameters[name].label)
    for clause in model.walk():
        for text in (clause.text, clause.closing, *(choice.text for choice in clause.choices)):
            for sentence in split_sentences(text) if "{{" in text else ():
                if any(blank.name == name for blank in find_placeholders(sentence)):
                    yield _telling(sentence) | label


def _telling(text: str) -> frozenset[str]:
    words = folded_words(_E_MAIL.sub("email", text))
    told = (word for word in words if len(word) > 2 and word.isalpha() and word not in _SAYS_NOTHING)
    return frozenset(_ENDING.sub("", word)[:_STEM] for word in told)
