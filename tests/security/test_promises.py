"""Every promise of SECURITY.md names a test, and there is one of that name."""

from __future__ import annotations

import ast
import re

import pytest

from conftest import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [row for row in re.findall(r"^\| (.+) \| (.+) \|$", TEXT, re.MULTILINE) if row[0] != "promise"]


def test_there_are_promises_and_each_has_words_of_its_own() -> None:
    assert len(ROWS) > 30
    assert len({promise for promise, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("promise", "held_by"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_a_promise_is_held_by_a_test_that_there_is(promise: str, held_by: str) -> None:
    named = re.fullmatch(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`", held_by)
    assert named, held_by
    tree = ast.parse((ROOT / named[1]).read_text(encoding="utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert named[2] in functions
    assert not any("skip" in ast.unparse(mark) for mark in functions[named[2]].decorator_list)
