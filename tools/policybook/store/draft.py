"""A model draft as files: `policy.yaml` and one file a part, as a person would write them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from policybook.domain.model import Clause, ModelVersion, Parameter, Part
from policybook.store.editor import schema_line

_WIDTH = 110
_UNIT = re.compile(r"(?:\{\{.*?\}\}|[^ ])+")  # a word, or a placeholder whole


def print_draft(model: ModelVersion, *, schema: int = 1) -> dict[str, bytes]:
    """The files of a model version by name, `policy.yaml` first; read again they give the same model."""
    files = {"policy.yaml": schema_line("policy").encode() + _print(_policy(model, schema))}
    for index, part in enumerate(model.parts, 1):
        files[part_file_name(index, part)] = print_part(part, schema=schema)
    return files


def part_file_name(index: int, part: Part) -> str:
    """`06-safeguarding.yaml`."""
    return f"{index:02}-{part.id[:60].rstrip('-')}.yaml"


def print_part(part: Part, *, schema: int = 1) -> bytes:
    """The file of one part."""
    return schema_line("part").encode() + _print(_part(part, schema))


def print_key(key: str, value: Any) -> list[str]:
    """The lines of one key and what it holds, as a person would write them."""
    return _print({key: value}).decode().splitlines()


def print_source(facts: Mapping[str, Any]) -> bytes:
    """The record of a document as received: `source.yaml`."""
    return _print({key: _plain(value) for key, value in facts.items()})


def _print(data: Mapping[str, Any]) -> bytes:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = io.BytesIO()
    yaml.dump(CommentedMap(data), stream)
    return stream.getvalue()


def _policy(model: ModelVersion, schema: int) -> dict[str, Any]:
    data: dict[str, Any] = {
        "schema": schema,
        "id": model.id,
        "version": DoubleQuotedScalarString(model.version),
        "title": model.title,
        "language": model.language,
        "publisher": _flow({"name": model.publisher.name, "kind": model.publisher.kind}),
        "issued": model.issued,
        "supersedes": DoubleQuotedScalarString(model.supersedes) if model.supersedes else None,
        "review": _flow({"every": model.review}) if model.review else None,
        "publish": model.publish,
        "numbering": model.numbering,
        "notice": model.notice,
        "parameters": {name: parameter_data(entry) for name, entry in model.parameters.items()},
        "parts": [part.id for part in model.parts],
    }
    return _filled(data)


def parameter_data(parameter: Parameter) -> dict[str, Any]:
    """The keys of a blank in the order in which people write them; what says nothing is left out."""
    return _filled(
        {
            "type": parameter.type,
            "label": parameter.label,
            "default": _plain(parameter.default),
            "minimum": _plain(parameter.minimum),
            "maximum": _plain(parameter.maximum),
            "options": list(parameter.options),
            "topic": parameter.topic,
            "detail": parameter.detail or None,
            "required": parameter.required or None,
        }
    )


def _part(part: Part, schema: int) -> dict[str, Any]:
    data = {"schema": schema, "id": part.id, "heading": part.heading}
    if part.kind != "part":
        data["kind"] = part.kind
    return {**data, "clauses": [clause_data(clause) for clause in part.clauses]}


def clause_data(clause: Clause) -> dict[str, Any]:
    """The keys of a clause and all below it, in the order in which people write them."""
    data: dict[str, Any] = {
        "id": clause.id,
        "kind": None if clause.kind == "paragraph" else clause.kind,
        "marker": clause.marker,
        "text": _words(clause.text),
        "tailoring": None if clause.tailoring == "free" else clause.tailoring,
        "choices": [{"id": entry.id, "text": _words(entry.text)} for entry in clause.choices],
        "head": list(clause.head),
        "rows": [CommentedSeq(row) for row in clause.rows],
        "fields": [_flow({"label": entry.label, "type": entry.type}) for entry in clause.fields],
        "topics": _flow_list(clause.topics),
        "defines": list(clause.defines),
        "note": _words(clause.note),
        "when": _condition(clause),
        "source": clause.source,
        "permission": clause.permission,
        "supersedes": list(clause.supersedes),
        "withdrawn": DoubleQuotedScalarString(clause.withdrawn) if clause.withdrawn else None,
        "clauses": [clause_data(child) for child in clause.clauses],
        "closing": _words(clause.closing),
    }
    return _filled(data)


def _condition(clause: Clause) -> dict[str, Any] | None:
    if clause.when is None:
        return None
    value = {"is": _plain(clause.when.value)} if clause.when.parameter else {}
    return _filled({"school": _flow_list(clause.when.school), "parameter": clause.when.parameter}) | value


def _words(text: str) -> Any:
    """Long words folded over lines, as people write them; a folded text may not begin or end with a space."""
    plain = " ".join(text.split(" "))
    foldable = len(plain) > _WIDTH - 20 and "\n" not in plain and "  " not in plain and plain == plain.strip()
    if not foldable:
        return plain
    folded = FoldedScalarString(plain)
    folded.fold_pos = _folds(plain)
    return folded


def _folds(text: str) -> list[int]:
    """Where ruamel.yaml shall break a folded text: at the last space before the width is full."""
    folds: list[int] = []
    start, limit = 0, _WIDTH - 12
    for match in _UNIT.finditer(text):
        if match.end() - start > limit and match.start() > start:
            folds.append(match.start() - 1)
            start = match.start()
    return folds


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, str):
        return DoubleQuotedScalarString(value) if value[:1].isdigit() else value
    return value


def _flow(data: Mapping[str, Any]) -> CommentedMap:
    mapping = CommentedMap(data)
    mapping.fa.set_flow_style()
    return mapping


def _flow_list(values: tuple[str, ...]) -> CommentedSeq:
    listed = CommentedSeq(values)
    listed.fa.set_flow_style()
    return listed


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {
        key: value for key, value in data.items() if value is not None and value != "" and value != [] and value != {}
    }
