"""The line about a clause says what is set for it, and is read as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.domain.model import Clause, Condition, Parameter
from policybook.text.draft_line import parse_settings, print_settings

PARAMETERS = {"pool": Parameter("pool", "boolean", "There is a pool"), "age": Parameter("age", "age", "Age")}
IDS = st.lists(st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True), max_size=3, unique=True).map(tuple)
CONDITIONS = st.one_of(
    st.none(),
    st.builds(Condition, st.sampled_from([("school",), ("academy", "trust")]), st.none(), st.none()),
    st.builds(Condition, st.just(()), st.just("pool"), st.booleans()),
    st.builds(Condition, st.just(("trust",)), st.just("age"), st.integers(1, 99)),
)


@given(st.sampled_from(["fixed", "fill-in", "choice", "free"]), IDS, CONDITIONS, IDS)
def test_a_printed_line_is_read_as_the_same_settings(
    tailoring: str, topics: tuple[str, ...], when: Condition | None, defines: tuple[str, ...]
) -> None:
    clause = Clause("use.it", tailoring=tailoring, topics=topics, when=when, defines=defines)  # type: ignore[arg-type]
    label, rest = print_settings(clause, PARAMETERS)
    assert parse_settings(f"{label}. {rest}", Clause("use.it"), PARAMETERS, is_whole=True) == clause


def test_a_typed_line_sets_what_it_names_and_leaves_the_rest() -> None:
    clause = Clause("use.it", tailoring="fixed", topics=("phones",))
    made = parse_settings("Only for: Academy, trust", clause, PARAMETERS, is_whole=False)
    assert (made.tailoring, made.topics, made.when) == ("fixed", ("phones",), Condition(("academy", "trust")))


def test_a_typed_line_without_a_condition_leaves_the_one_that_is_set_and_a_whole_line_takes_it_out() -> None:
    clause = Clause("use.it", when=Condition(("trust",)))
    for is_whole, when in ((False, clause.when), (True, None)):
        assert parse_settings("Topics: phones", clause, PARAMETERS, is_whole=is_whole).when == when


@pytest.mark.parametrize(
    "line", ["Colour: red", "Only for: colleges", "Only where: pond is yes", "Topics: Past pupils"]
)
def test_what_is_not_understood_is_refused_with_its_words(line: str) -> None:
    with pytest.raises(ValueError, match=line.partition(": ")[2]):
        parse_settings(line, Clause("use.it"), PARAMETERS, is_whole=True)
