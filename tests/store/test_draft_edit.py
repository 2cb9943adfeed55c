"""A draft's files after an edit hold what is wanted, and every line that was not edited as it stood."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from policybook.domain.error import Refused
from policybook.domain.model import Clause, ModelVersion, Parameter, Part
from policybook.store.draft_edit import edit_draft, read_draft_files
from policybook.store.yaml_block import print_keys, read_keys

MODELS = Path(__file__).resolve().parents[2] / "clauses" / "models"
FOLDERS = sorted(file.parent.relative_to(MODELS).as_posix() for file in MODELS.glob("*/*/*/policy.yaml"))
POLICY = """schema: 1
id: us/phones
version: "2"
title: Phones
publisher: {name: Us, kind: council-hr}   # that is us
parameters:
  # asked of heads
  head: {type: role, label: Head, default: headteacher}
  age:
    type: age   # in years
    label: Age
    default: 19
parts: [use, law]
"""
USE = """schema: 1
id: use
heading: Use
clauses:
  # the first rule
  - id: use.first
    text: >-
      A rule that goes on
      for two lines.
    topics: [phones]   # one topic
  # a list
  - id: use.list
    text: "Never:"
    clauses:
      # worst of all
      - id: use.list-one
        kind: item
        text: one
      - {id: use.list-two, kind: item, text: two}
    closing: That is all.

  - id: use.last
    text: The last rule.
"""
FILES = {"policy.yaml": POLICY.encode(), "01-use.yaml": USE.encode(),
         "02-law.yaml": b"schema: 1\nid: law\nheading: Law\nclauses:\n- id: law.one\n  text: One law.\n"}  # fmt: skip


def _files(folder: str) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in sorted((MODELS / folder).glob("*.yaml")) if file.name[:8] != "manifest"
    }


def _with(part: int, *clauses: Clause) -> ModelVersion:
    model = read_draft_files(FILES)
    parts = list(model.parts)
    parts[part] = replace(parts[part], clauses=clauses)
    return replace(model, parts=tuple(parts))


def _edited(after: ModelVersion) -> dict[str, bytes]:
    made = edit_draft(FILES, read_draft_files(FILES), after)
    assert read_draft_files(made).parts == after.parts
    return made


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_edit_leaves_every_byte(folder: str) -> None:
    files = _files(folder)
    model = read_draft_files(files)
    assert edit_draft(files, model, model) == files
    for content in files.values():
        text = content.decode()
        assert "\n".join(print_keys(read_keys(text))) + "\n" == text


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("folder", FOLDERS[:3])
def test_any_order_and_any_words_are_read_again_as_wanted(folder: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret, the same edits every time
    files = _files(folder)
    model = read_draft_files(files)

    def shuffled(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        made = [
            replace(one, clauses=shuffled(one.clauses), note=chance.choice(["", "A note: 1 > 0 # so"]))
            for one in clauses
        ]
        chance.shuffle(made)
        return tuple(made)

    parts = [replace(part, clauses=shuffled(part.clauses)) for part in model.parts]
    chance.shuffle(parts)
    edit_draft(files, model, replace(model, parts=tuple(parts)))  # it reads its own result again, and refuses another


def test_a_moved_clause_takes_its_comment_along() -> None:
    first, listed, last = read_draft_files(FILES).parts[0].clauses
    text = _edited(_with(0, listed, last, first))["01-use.yaml"].decode()
    assert text.index("# the first rule\n  - id: use.first") > text.index("use.last")
    assert "      A rule that goes on\n      for two lines.\n    topics: [phones]   # one topic" in text
    assert "  # a list\n  - id: use.list" in text


def test_a_clause_deeper_or_in_another_part_is_indented_as_there() -> None:
    first, listed, last = read_draft_files(FILES).parts[0].clauses
    text = _edited(_with(0, replace(listed, clauses=(*listed.clauses, first)), last))["01-use.yaml"].decode()
    assert "      # the first rule\n      - id: use.first\n        text: >-\n          A rule" in text
    assert "{id: use.list-two, kind: item, text: two}" in text


def test_one_edited_key_changes_its_own_lines_only() -> None:
    first, listed, last = read_draft_files(FILES).parts[0].clauses
    text = _edited(_with(0, first, listed, replace(last, text="Another end.")))["01-use.yaml"].decode()
    assert text == USE.replace("The last rule.", "Another end.")


def test_blanks_change_line_by_line_and_parts_are_added_and_reordered() -> None:
    model = read_draft_files(FILES)
    blanks = {
        **model.parameters,
        "age": replace(model.parameters["age"], default=18),
        "new": Parameter("new", "text", "New"),
    }
    parts = (model.parts[1], Part("pets", "Pets", clauses=(Clause("pets.one", text="No pets."),)), model.parts[0])
    made = edit_draft(FILES, model, replace(model, parameters=blanks, parts=parts))
    text = made["policy.yaml"].decode()
    assert "type: age   # in years" in text
    assert "default: 18" in text
    assert "  # asked of heads\n  head: {type: role" in text
    assert "kind: council-hr}   # that is us" in text
    assert made["01-use.yaml"] == FILES["01-use.yaml"]
    assert b"No pets." in made["03-pets.yaml"]


def test_a_layout_that_cannot_be_edited_is_refused() -> None:
    files = FILES | {"02-law.yaml": b"{schema: 1, id: law, heading: Law, clauses: [{id: law.one, text: One law.}]}\n"}
    model = read_draft_files(files)
    parts = (model.parts[0], replace(model.parts[1], heading="Laws"))
    with pytest.raises(Refused, match="one below the other"):
        edit_draft(files, model, replace(model, parts=parts))
