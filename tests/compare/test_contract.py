"""The JSON of `compare`, `collate` and `positions` is what docs/reference/compare.md says it is."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from conftest import ROOT
from policybook.compare import collate, compare
from policybook.domain.comparison import CHANGE_KINDS, Position, PositionTable, Reading, Witness
from policybook.report.data import collation_data, comparison_data, positions_data

PAGE = (ROOT / "docs" / "reference" / "compare.md").read_text(encoding="utf-8")


def shown(command: str) -> Any:
    """The JSON that the page shows under the heading of a command."""
    section = PAGE.split(f"## `{command}", 1)[1]
    found = re.search(r"```json\n(.*?)```", section, re.S)
    assert found
    return json.loads(found[1])


def shape(value: Any) -> Any:
    """The keys of an object and of what stands in it; of lists of objects, all keys that their entries have."""
    if isinstance(value, dict):
        return {key: shape(entry) for key, entry in value.items()}
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return [{key: shape(entry[key]) for entry in value for key in entry}]
    return "value"


def witness(siglum: str, age: int, *more: str) -> Witness:
    readings = [Reading(f"Staff do not contact past pupils under {age}.", "use.age", "1")]
    return Witness(siglum, siglum, siglum, (*readings, *map(Reading, more)), model="hr/use")


NAMES = [f"MC & staff {rule}." for rule in ("lock their screens", "sign the form", "wear a badge")]


def comparison_sample() -> Any:
    left, right = witness("A", 18, *NAMES), witness("B", 19, *(text.replace("MC & staff", "Staff") for text in NAMES))
    data = comparison_data(compare(left, right))
    data["rows"] = data["rows"][:1]
    return data


def collation_sample() -> Any:
    data = collation_data(collate(witness("M", 18), [witness("S1", 19)]))
    for row in data["rows"]:
        row["cells"][0]["facts"] = []
    return data


def positions_sample() -> Any:
    position = Position("age", "A", None)
    return positions_data(PositionTable((("age", "Age"),), (("A", "A"),), {("age", "A"): position}))


@pytest.mark.parametrize(
    ("command", "sample"),
    [("compare A B", comparison_sample), ("collate", collation_sample), ("positions", positions_sample)],
)
def test_the_json_has_the_keys_that_the_page_shows(command: str, sample: Any) -> None:
    assert shape(json.loads(json.dumps(sample()))) == shape(shown(command))


def test_the_page_names_every_kind_of_change_and_every_fact() -> None:
    kinds = {entry.strip() for entry in shown("compare A B")["rows"][0]["change"].split("|")}
    assert kinds == set(CHANGE_KINDS) == set(shown("compare A B")["summary"])
    facts = (
        "age number time date duration modal negation scope who authority sanction definition added-text dropped-text"
    )
    assert all(f"`{fact}`" in PAGE for fact in facts.split())
