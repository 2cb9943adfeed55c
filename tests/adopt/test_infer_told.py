"""Values that a document states in other words than the model: told where nothing is in doubt, else left alone."""

from __future__ import annotations

import pytest

from policybook.adopt.infer_told import find_told
from policybook.adopt.infer_value import StatedValue
from policybook.domain.model import Clause, ModelVersion, Parameter, ParameterType, Part, Publisher, Value
from policybook.intake.suggest import find_stated
from policybook.text.sentence import split_sentences

CYCLE = Parameter("cycle", "duration", "Time from one review to the next", "2 years", maximum="5 years")
CALLS = Parameter("calls", "time-range", "Hours in which parents may be called", "08:00-18:00")
CORE = Parameter("core", "time-range", "Hours without personal use of social media", "09:00-16:00")
WORDS = (
    "This policy is reviewed every {{ cycle | words }}.",
    "Pupils and parents are called from {{ calls }} only.",
    "Personal use of social media is barred from {{ core }}.",
)


def model() -> ModelVersion:
    clauses = tuple(Clause(f"use.c{index}", text=text) for index, text in enumerate(WORDS))
    parameters = {entry.name: entry for entry in (CYCLE, CALLS, CORE)}
    publisher = Publisher("hr", "HR", "other")
    return ModelVersion("hr/x", "1", "X", publisher, None, (Part("use", "Use", clauses=clauses),), parameters)


def stated(text: str) -> list[StatedValue]:
    return [StatedValue(kind, value, words) for words in split_sentences(text) for kind, value in find_stated(words)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Governors will review the policy every three years.", {"cycle": "3 years"}),
        ("The policy will next be reviewed on an annual basis.", {"cycle": "1 year"}),
        ("Calls to pupils and parents are made within the hours of 8.30am to 5pm.", {"calls": "08:30-17:00"}),
        ("Social media may not be used for personal ends between 9am and 4.15pm.", {"core": "09:00-16:15"}),
        ("Records are kept for six years.", {}),  # a length of time, and another matter
        ("The policy is reviewed every three years. The policy is reviewed every two years.", {}),  # in doubt
        ("The policy is reviewed every nine years.", {}),  # outside the limits: nothing is recorded
        ("Pupils and parents are called, and social media is personal, from 9am to 3pm.", {}),  # of both blanks
        ("", {}),
    ],
)
def test_what_a_sentence_says_in_other_words_is_told_and_what_is_in_doubt_is_not(
    text: str, told: dict[str, Value]
) -> None:
    assert {name: values[0] for name, values in find_told(model(), stated(text), ()).items()} == told


def test_what_is_known_already_is_not_told_again() -> None:
    assert find_told(model(), stated("Governors will review the policy every three years."), ("cycle",)) == {}


def test_one_statement_is_taken_once_and_the_nearest_words_count() -> None:
    text = "Pupils and parents are called from 8am to 5pm. No personal use of social media, 9am to 3pm."
    kinds: set[ParameterType] = {one.type for one in stated(text)}
    assert kinds == {"time-range"}
    told = {name: values[0] for name, values in find_told(model(), stated(text), ()).items()}
    assert told == {"calls": "08:00-17:00", "core": "09:00-15:00"}
