"""The published JSON Schemas: as the program reads the files, and the example workspace follows them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from conftest import ROOT
from policybook.cli import main
from policybook.domain.adoption import Adoption, School
from policybook.store import read_workspace
from policybook.store.adopted import print_adoption
from policybook.store.draft import print_draft
from policybook.store.editor import schema_line
from policybook.store.schema import json_schemas, print_schema
from policybook.store.school_file import print_school

FOLDER = ROOT / "docs" / "reference" / "schemas"


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_the_published_schema_is_that_of_the_program(name: str) -> None:
    """If this fails: python -m policybook.store.schema docs/reference/schemas"""
    assert (FOLDER / f"{name}.json").read_bytes() == print_schema(name, json_schemas()[name])


def test_no_schema_is_left_over() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(json_schemas())


def test_a_schema_knows_the_keys_as_people_write_them_and_no_others() -> None:
    adoption = json.loads((FOLDER / "adoption.json").read_text(encoding="utf-8"))
    assert {"schema", "school", "model"} <= set(adoption["required"])
    assert adoption["additionalProperties"] is False
    assert "with" in adoption["$defs"]["ConsultationRecord"]["properties"]


KEPT = {"editions", "issued"}
"""What the program writes and nobody edits."""
EXAMPLES = sorted(file for file in (ROOT / "clauses").rglob("*.yaml") if not KEPT & set(file.parts))
LINE = re.compile(r"# yaml-language-server: \$schema=(?P<schema>\S+)\n")


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2 as editors read it: a date is a word."""
    yaml = YAML(typ="safe", pure=True)
    resolvers = yaml.resolver.versioned_resolver
    for start, entries in resolvers.items():
        resolvers[start] = [entry for entry in entries if not entry[0].endswith(":timestamp")]
    return yaml.load(text)


def validate(text: str, file: Path) -> None:
    """Raises where the text does not follow the schema that its first line names, from the place of the file."""
    match = LINE.match(text)
    assert match, f"{file} does not name its schema in the first line"
    schema = json.loads((file.parent / match["schema"]).resolve().read_text(encoding="utf-8"))
    jsonschema.validate(as_an_editor_reads(text), schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_example_file_names_its_schema_and_follows_it(file: Path) -> None:
    validate(file.read_text(encoding="utf-8"), file)


WRONG = [
    ("school: x\n", "a key is missing"),
    ("schema: 1\nschool: x\nmodel: a/b\nversion: '1'\nvaleus: {}\n", "an unknown key"),
    ("schema: 1\nschool: x\nmodel: a/b\nversion: 1.10\n", "a version that is a number"),
    ("schema: 1\nschool: x\nmodel: a/b\nversion: '1'\ntailorings: [{reason: None.}]\n", "no kind of departure"),
    ("schema: 1\nschool: x\nmodel: a/b\nversion: '1'\ntailorings: [{omit: a.b}]\n", "no reason"),
]


@pytest.mark.parametrize("text", [entry[0] for entry in WRONG], ids=[entry[1] for entry in WRONG])
def test_an_editor_marks_what_check_would_refuse(text: str) -> None:
    file = ROOT / "clauses" / "adoptions" / "x" / "b" / "adoption.yaml"
    with pytest.raises(jsonschema.ValidationError):
        validate(schema_line("adoption") + text, file)


def test_the_list_of_citations_that_comes_with_the_package_follows_its_schema() -> None:
    text = (ROOT / "tools" / "policybook" / "check" / "citations.yaml").read_text(encoding="utf-8")
    validate(schema_line("citations") + text, ROOT / "clauses" / "citations.yaml")


def test_every_writer_names_the_schema_and_follows_it() -> None:
    model = read_workspace(ROOT)[0].models["luton-hr/social-media-internet@2024-10"]
    folder = ROOT / "clauses" / "models" / model.id / model.version
    for name, content in print_draft(model).items():
        validate(content.decode(), folder / name)
    adoption = print_adoption(Adoption("oak", "mail", model.id, "2024-10", {"past_pupil_age_limit": 19}))
    validate(adoption.decode(), ROOT / "clauses" / "adoptions" / "oak" / "mail" / "adoption.yaml")
    validate(print_school(School("oak", "Oak", "school")).decode(), ROOT / "clauses" / "schools" / "oak.yaml")


def test_a_new_workspace_holds_the_schemas_and_names_them(tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    topics = root / "clauses" / "topics.yaml"
    validate(topics.read_text(encoding="utf-8"), topics)
    made = {file.name: file.read_bytes() for file in (root / "docs" / "reference" / "schemas").iterdir()}
    assert made == {file.name: file.read_bytes() for file in FOLDER.iterdir()}
