from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from jobs_sample import shout, shout_or_fail, shout_or_hang
from policybook.domain.error import PolicybookError, RenderError, TaskError
from policybook.jobs import HERE, Limits, Workers, stream
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


@PLACES
@pytest.mark.parametrize("how", ["sleep", "spin", "stick"])
def test_an_item_that_never_ends_is_given_up_and_stops_no_other(workers: Workers, how: str) -> None:
    words = ["a", how, "b", "refuse", "c"]
    one, hung, two, refused, three = stream(shout_or_hang, words, workers, bundle=3, limits=Limits(seconds=1.5))
    assert (one, two, three) == (b"A", b"B", b"C")
    assert isinstance(hung, TaskError)
    assert hung.what == "it took longer than 1.5 seconds"
    assert "--time-limit" in hung.mend
    assert isinstance(refused, RenderError)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing tells a process how much memory it has")
def test_an_item_that_asks_for_too_much_memory_is_given_up_and_stops_no_other() -> None:
    one, large, two = stream(shout_or_hang, ["a", "eat", "b"], HERE, bundle=3, limits=Limits(megabytes=500))
    assert (one, two) == (b"A", b"B")
    assert isinstance(large, TaskError)
    assert large.what == "it needs more than 500 MB of memory"


def test_with_limits_even_one_process_is_not_the_asking_one() -> None:
    first, ended = stream(shout_or_hang, ["a", "die"], HERE, limits=Limits())
    assert first == b"A"
    assert isinstance(ended, TaskError)


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
