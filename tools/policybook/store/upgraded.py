"""An adoption on its new model version, written into the file that people wrote: their comments and order are kept."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.model import Value

_LONG = 80
"""Characters from which words are written as a block of their own."""


def print_upgraded(text: str, before: Adoption, after: Adoption, renamed: Mapping[str, str]) -> str:
    """The text of `adoption.yaml` with the version, values, choices and departures of `after` in place of `before`.

    What is the same in both keeps its lines and comments. `renamed` maps clause ids of the old version to the new.
    """
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text)
    if "@" in str(data["model"]):  # the edition of a trust: `model:` names it whole
        data["model"] = after.model_ref
    else:
        data["version"] = DoubleQuotedScalarString(after.version)
    _set_mapping(data, "values", before.values, after.values)
    _set_mapping(data, "choices", before.choices, after.choices)
    _set_tailorings(data, before, after, renamed)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _set_mapping(data: CommentedMap, key: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
    if before == after:
        return
    there = data.setdefault(key, CommentedMap())
    for name in [name for name in there if name not in after]:
        del there[name]
    for name, value in after.items():
        if name not in before or before[name] != value:
            there[name] = list(value) if isinstance(value, tuple) else value
    if not there:
        del data[key]


def _set_tailorings(data: CommentedMap, before: Adoption, after: Adoption, renamed: Mapping[str, str]) -> None:
    if before.tailorings == after.tailorings:
        return
    entries = data.setdefault("tailorings", CommentedSeq())
    wanted = {(entry.kind, entry.clause): entry for entry in after.tailorings}
    for index in reversed(range(len(before.tailorings))):
        old = before.tailorings[index]
        new = wanted.pop((old.kind, renamed.get(old.clause, old.clause)), None)
        if new is None:
            del entries[index]
        elif new != old:
            _change(entries[index], old, new)
    for entry in after.tailorings:
        if (entry.kind, entry.clause) in wanted:
            entries.append(_entry(entry))
    if not entries:
        del data["tailorings"]


def _change(there: CommentedMap, old: Tailoring, new: Tailoring) -> None:
    for name, value in tailoring_data(new).items():
        if tailoring_data(old).get(name) != value:
            there[name] = _words(value)
    for name in tailoring_data(old).keys() - tailoring_data(new).keys():
        del there[name]


def _entry(entry: Tailoring) -> CommentedMap:
    return CommentedMap((name, _words(value)) for name, value in tailoring_data(entry).items())


def tailoring_data(entry: Tailoring) -> dict[str, Any]:
    """The keys of a departure in the order in which people write them; what is the default is left out."""
    fields: dict[str, Any] = {entry.kind: entry.clause}
    fields |= {name: value for name, value in (("after", entry.after), ("into", entry.into)) if value}
    if entry.clause_kind != "paragraph":
        fields["kind"] = entry.clause_kind
    if entry.marker:
        fields["marker"] = entry.marker
    if entry.text:
        fields["text"] = entry.text
    fields |= {"head": list(entry.head)} if entry.head else {}
    fields |= {"rows": [list(row) for row in entry.rows]} if entry.rows else {}
    fields["reason"] = entry.reason
    if entry.consulted:
        fields["consulted"] = {"with": entry.consulted.with_whom, "on": entry.consulted.on}
    return fields


def _words(value: Any) -> Any:
    is_long = isinstance(value, str) and len(value) > _LONG and "\n" not in value
    return _folded(value) if is_long else value


def _folded(text: str) -> Any:
    """Words laid out in lines of at most 110 characters, as a person would; read again they are one line."""
    folded: Any = FoldedScalarString(text)
    places: list[int] = []
    start = 0
    while len(text) - start > 110:
        place = text.rfind(" ", start, start + 110)
        if place <= start:
            break
        places.append(place)
        start = place + 1
    folded.fold_pos = places
    return folded
