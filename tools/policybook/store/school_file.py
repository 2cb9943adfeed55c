"""A school's record as a file: made anew, or brought up to date with its comments and order kept."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.domain.adoption import School
from policybook.domain.error import Refused
from policybook.domain.model import Value
from policybook.store.append import edit_bytes, parse_plain
from policybook.store.editor import schema_line
from policybook.store.schema import SchoolFile


def print_school(school: School) -> bytes:
    """The file of a new school; read again it gives the same record."""
    text = _dump(CommentedMap({"schema": 1, "id": school.id, **_filled(_fields(school))}))
    return _checked((schema_line("school") + text).encode(), school.id)


def update_school(raw: bytes, before: School, after: School) -> bytes:
    """The file with what differs set; nothing is taken out, and comments and order stay.

    Raises Refused where the file would no longer be readable.
    """
    return _checked(edit_bytes(raw, lambda text: _update(text, before, after)), after.id)


def _update(text: str, before: School, after: School) -> str:
    data = _yaml().load(text)
    old, new = _fields(before), _fields(after)
    for key, value in new.items():
        if value == old[key]:
            continue
        if isinstance(value, Mapping):
            there = data.setdefault(key, CommentedMap())
            there.update({name: entry for name, entry in value.items() if old[key].get(name) != entry})
        elif isinstance(value, CommentedSeq) and key in data:
            data[key].extend(entry for entry in value if entry not in data[key])
        else:
            data[key] = value
    return _dump(data)


def _fields(school: School) -> dict[str, Any]:
    return {
        "name": school.name,
        "short_name": "" if school.short_name == school.name else school.short_name,
        "kind": school.kind,
        "aliases": _flow(CommentedSeq(school.aliases)),
        "roles": CommentedMap(school.roles),
        "values": CommentedMap({name: _plain(value) for name, value in school.values.items()}),
    }


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return _flow(CommentedSeq(value))
    return DoubleQuotedScalarString(value) if isinstance(value, str) and value[:1].isdigit() else value


def _flow(listed: CommentedSeq) -> CommentedSeq:
    listed.fa.set_flow_style()
    return listed


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(data: CommentedMap) -> str:
    stream = io.StringIO()
    _yaml().dump(data, stream)
    return stream.getvalue()


def _checked(content: bytes, name: str) -> bytes:
    try:
        SchoolFile.model_validate(parse_plain(content.decode()))
    except (ValidationError, YAMLError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        mend = "use plain words of ordinary length"
        raise Refused(f"the record would not be readable: {said}", where=name, mend=mend) from error
    return content
