from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobs_sample import shout, shout_or_fail
from policybook.domain.error import PolicybookError, RenderError, TaskError
from policybook.jobs import HERE, Workers, stream
from policybook.jobs.stream import AHEAD

PLACES = pytest.mark.parametrize("workers", [HERE, Workers(2)], ids=["here", "two processes"])


@PLACES
def test_answers_come_in_the_order_of_the_items(workers: Workers) -> None:
    words = [f"words {number}" for number in range(25)]
    assert list(stream(shout, words, workers, bundle=4)) == [word.upper().encode() for word in words]


@PLACES
def test_an_item_that_fails_stops_no_other(workers: Workers) -> None:
    one, refused, fault, last = stream(shout_or_fail, ["one", "refuse", "fault", "last"], workers, bundle=3)
    assert (one, last) == (b"ONE", b"LAST")
    assert isinstance(refused, RenderError)
    assert refused.mend == "try other words"
    assert isinstance(fault, TaskError)
    assert "KeyError in jobs_sample.py" in fault.what


def test_a_process_that_ends_takes_only_its_own_item_with_it() -> None:
    words = ["a", "b", "die", "c", *(f"w{number}" for number in range(12)), "die", "z"]
    answers = list(stream(shout_or_fail, words, Workers(2), bundle=2))
    for word, answer in zip(words, answers, strict=True):
        if word == "die":
            assert isinstance(answer, TaskError)
            assert "the process that worked on it ended" in answer.what
        else:
            assert answer == word.upper().encode()


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def words() -> Iterator[str]:
        for number in range(200):
            taken.append(number)
            yield f"w{number}"

    answers = stream(shout, words(), Workers(2), bundle=3)
    next(answers)
    assert len(taken) <= 3 * 2 * AHEAD
    assert len(list(answers)) == 199


def test_nobody_at_the_address_is_told_in_plain_words() -> None:
    with pytest.raises(PolicybookError, match="no scheduler answers there") as caught:
        list(stream(shout, ["a"], Workers(cluster="nonsense address")))
    assert "tcp://scheduler:8786" in caught.value.mend
