"""The reference page of upgrades tells every outcome, and its example is what the program gives."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from conftest import ROOT
from policybook.domain.upgrade import TRIAGES, ModelChange, SchoolState, StepKind
from policybook.report.upgrade import TRIAGE_WORDS

PAGE = (ROOT / "docs" / "reference" / "upgrade.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*get_args(StepKind), *TRIAGES])
def test_every_outcome_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", [*get_args(ModelChange), *get_args(SchoolState)])
def test_every_change_and_state_is_told(name: str) -> None:
    assert re.search(rf"[`, \n]{name}[`,]", PAGE)


def test_people_read_on_the_page_what_the_program_says() -> None:
    for name, words in TRIAGE_WORDS.items():
        assert f"| {words} | `{name}` |" in PAGE


def test_the_example_of_the_json_is_json() -> None:
    example = PAGE.split("```json\n")[1].split("```")[0]
    assert set(json.loads(example)) == {"schema", "plans", "passed_over", "summary"}
