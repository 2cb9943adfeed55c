"""Plain data into checked file records; every mistake of a file at once, each with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policybook.domain.finding import Finding
from policybook.store.schema import File
from policybook.store.yaml_file import Location, Memory, YamlFile, read_yaml

FileRecord = TypeVar("FileRecord", bound=File)
_TYPE_NOUNS = {"bool": "true or false", "int": "a whole number", "date": "a date", "list[str]": "a list of words"}


def read_record(
    file: Path, root: Path, shape: type[FileRecord], memory: Memory | None = None
) -> tuple[FileRecord | None, YamlFile]:
    """The record of a YAML file, or None, and the file with its findings and lines."""
    yaml = read_yaml(file, root, memory)
    if yaml.data is None or yaml.findings:
        return None, yaml
    try:
        record = shape.model_validate(yaml.data)
    except ValidationError as error:
        for details in _one_of_each_union(yaml, error.errors(include_url=False)):
            _report(yaml, shape, details)
        return None, yaml
    _warn_of_plain_version(yaml)
    return record, yaml


def _one_of_each_union(yaml: YamlFile, errors: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors, each at a location of the file; a value that no type of several fits is one mistake, not several."""
    unions: dict[Location, list[ErrorDetails]] = {}
    for details in errors:
        location: Location = tuple(step for step in details["loc"] if step != "[key]")
        if details["type"] in ("missing", "extra_forbidden") or location in yaml.lines:
            yield {**details, "loc": location}
            continue
        while location and location not in yaml.lines:
            location = location[:-1]
        unions.setdefault(location, []).append(details)
    for location, tried in unions.items():
        nouns = {_TYPE_NOUNS.get(str(details["loc"][len(location)]), "words") for details in tried}
        yield {**tried[0], "loc": location, "msg": f"must be {' or '.join(sorted(nouns))}"}


def _report(yaml: YamlFile, shape: type[BaseModel], details: ErrorDetails) -> None:
    location: Location = tuple(details["loc"])
    key = str(location[-1]) if location else ""
    kind, value = details["type"], details.get("input")
    if kind == "extra_forbidden":
        known = _known_keys(shape, location[:-1])
        near = difflib.get_close_matches(key, known, n=1)
        mend = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
        yaml.report("yaml.unknown-key", f"unknown key '{key}'", mend, location)
    elif key == "reason" and (kind in ("missing", "string_pattern_mismatch", "string_too_short") or value is None):
        mend = "say why; `not recorded (inherited)` is honest where nobody knows"
        yaml.report("reason.missing", "this departure has no reason", mend, location[:-1])
    elif kind == "missing":
        yaml.report("yaml.missing-key", f"'{key}' is missing", f"add `{key}:`", location[:-1])
    elif key in ("version", "supersedes", "withdrawn") and not isinstance(value, str | None):
        message = f"{key} {value} is not in quotes, so YAML reads it as a {_noun(value)}"
        yaml.report("version.unquoted", message, f'write it in double quotes: `{key}: "…"`', location)
    elif kind == "string_pattern_mismatch":
        message = f"'{value}' is not allowed as {key}"
        mend = "use lower-case letters, digits and single hyphens; a clause id begins with its part and a full stop"
        yaml.report("id.malformed", message, mend, location)
    else:
        is_day = kind.startswith("date")
        mend = "write the day as 2026-11-21" if is_day else "see the reference of clause YAML for what stands here"
        yaml.report("yaml.wrong-type", f"'{key}': {details['msg'].lower()}, not {_shown(value)}", mend, location)


def _warn_of_plain_version(yaml: YamlFile) -> None:
    for location in sorted(yaml.plain_keys & {("version",), ("supersedes",)}):
        message = f"{location[0]} is not in quotes; an unquoted 1.10 would be the number 1.1"
        mend = f'write it in double quotes: `{location[0]}: "…"`'
        yaml.findings.append(Finding("warning", "version.unquoted", yaml.place(location), message, mend))


def _known_keys(shape: type[BaseModel], location: Location) -> list[str]:
    """The keys known at a location, following it through the shapes of records."""
    for step in location:
        names = {field.alias or name: field for name, field in shape.model_fields.items()}
        if isinstance(step, str) and step in names:
            nested = _nested_shape(names[step].annotation)
            shape = nested or shape
    return sorted(field.alias or name for name, field in shape.model_fields.items())


def _nested_shape(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _nested_shape(argument))), None)


def _noun(value: object) -> str:
    return "number" if isinstance(value, int | float) else "date"


def _shown(value: object) -> str:
    shown = str(value)
    return f"'{shown[:60]}…'" if len(shown) > 60 else f"'{shown}'"
