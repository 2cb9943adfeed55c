"""Blocks and runs written out anew keep all that they held."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from policybook.domain.inline import Run
from policybook.intake.block import Block, numbered, with_text


def filled(kind: type[Any]) -> Any:
    """A record with something else in each of its fields."""
    return kind(**{field.name: f"its {field.name}" for field in fields(kind)})


def test_a_block_keeps_all_else_when_its_number_is_taken_apart() -> None:
    block, runs = filled(Block), (Run("Mail is for work."),)
    assert numbered(block, "1.1", "number", runs) == replace(block, number="1.1", marker="number", runs=runs)


def test_a_run_keeps_all_else_when_its_words_change() -> None:
    assert with_text(filled(Run), "other") == replace(filled(Run), text="other")
