"""The published JSON Schemas: as the program reads the files, and the example workspace follows them."""

from __future__ import annotations

import json

import pytest

from conftest import ROOT
from policybook.store.schema import json_schemas, print_schema

FOLDER = ROOT / "docs" / "reference" / "schemas"


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_the_published_schema_is_that_of_the_program(name: str) -> None:
    """If this fails: python -m policybook.store.schema docs/reference/schemas"""
    assert (FOLDER / f"{name}.json").read_bytes() == print_schema(name, json_schemas()[name])


def test_no_schema_is_left_over() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(json_schemas())


def test_a_schema_knows_the_keys_as_people_write_them_and_no_others() -> None:
    adoption = json.loads((FOLDER / "adoption.json").read_text(encoding="utf-8"))
    assert {"schema", "school", "model", "version"} <= set(adoption["required"])
    assert adoption["additionalProperties"] is False
    assert "with" in adoption["$defs"]["ConsultationRecord"]["properties"]
