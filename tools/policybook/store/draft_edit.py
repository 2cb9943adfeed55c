"""A model's draft changed in the files that people wrote: comments, order and layout of all the rest are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.error import YAMLError

from policybook.domain.error import Refused
from policybook.domain.model import Clause, ModelVersion, Part
from policybook.store.append import edit_bytes, parse_plain
from policybook.store.convert import to_model, to_part
from policybook.store.draft import clause_data, parameter_data, part_file_name, print_draft, print_key, print_part
from policybook.store.schema import PartFile, PolicyFile
from policybook.store.yaml_block import EntryLines, KeyLines, changed_keys, print_keys, read_keys
from policybook.store.yaml_file import YamlFile

POLICY = "policy.yaml"
_NUMBERED = re.compile(r"(\d{2})-.+\.yaml")


def edit_draft(files: Mapping[str, bytes], before: ModelVersion, after: ModelVersion) -> dict[str, bytes]:
    """The files of a draft by name, after an edit; those that it does not touch byte for byte as they were.

    `before` is what `files` hold. A file of a part that is gone is not among the result. Read again, the result is
    `after`: else, and where a file is laid out in a way that cannot be edited, raises Refused.
    """
    try:
        made = _edited(files, before, after)
        same = _is_same(read_draft_files(made), after)
    except (ValueError, ValidationError, YAMLError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        mend = "lay its files out with one key or entry below the other, or use plain words of ordinary length"
        raise Refused(f"the draft would not be readable: {said}", where=before.ref, mend=mend) from error
    if not same:
        mend = "lay its files out with one key or entry below the other, then take the copy again"
        raise Refused("the draft is laid out in a way that cannot be edited; nothing was written", where=before.ref,
                      mend=mend)  # fmt: skip
    return made


def draft_version(policy: bytes) -> str:
    """The version that a draft is to become, as its policy.yaml says."""
    return str(parse_plain(policy.decode("utf-8-sig"))["version"])


def read_draft_files(files: Mapping[str, bytes]) -> ModelVersion:
    """The model that some files hold. Raises ValidationError or YAMLError."""
    parts = [
        to_part(PartFile.model_validate(parse_plain(_text(content))), YamlFile(name))
        for name, content in files.items()
        if name != POLICY
    ]
    return to_model(PolicyFile.model_validate(parse_plain(_text(files[POLICY]))), parts, YamlFile(POLICY))


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _is_same(made: ModelVersion, wanted: ModelVersion) -> bool:
    wanted = replace(wanted, version=made.version)
    return print_draft(made) == print_draft(wanted) and made.changes == wanted.changes


def _edited(files: Mapping[str, bytes], before: ModelVersion, after: ModelVersion) -> dict[str, bytes]:
    made = {POLICY: edit_bytes(files[POLICY], lambda text: _policy_text(text, before, after))}
    texts = {name: _text(content) for name, content in files.items() if name != POLICY}
    names = {str(parse_plain(text)["id"]): name for name, text in texts.items()}
    writer = _Writer(before, {name: read_keys(text) for name, text in texts.items()})
    was = {part.id: part for part in before.parts}
    for part in after.parts:
        name = names.get(part.id)
        if name is None:
            name = part_file_name(_next_number((*files, *made)), part)
            made[name] = print_part(part)
        elif part == was.get(part.id):
            made[name] = files[name]
        else:
            made[name] = writer.edited_part(name, files[name], part)
    listed = {part.id for part in (*before.parts, *after.parts)}
    return made | {name: files[name] for part, name in names.items() if part not in listed}


def _next_number(names: Sequence[str]) -> int:
    return max((int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))), default=0) + 1


def _policy_text(text: str, before: ModelVersion, after: ModelVersion) -> str:
    keys = read_keys(text)
    if before.parameters != after.parameters:
        keys = _with_parameters(keys, before, after)
    if [part.id for part in before.parts] != [part.id for part in after.parts]:
        keys = [_with_parts(key, after) if key.key == "parts" else key for key in keys]
    made = "\n".join(print_keys(keys)) + "\n" if keys else text
    for old, new in zip(before.changes, after.changes, strict=True):
        for was, now in zip(old.clauses, new.clauses, strict=True):
            if was != now:
                made = re.sub(rf"(?<![\w.-]){re.escape(was)}(?![\w.-])", now, made)
    return made if text != made.removesuffix("\n") else text


def _with_parameters(keys: list[KeyLines], before: ModelVersion, after: ModelVersion) -> list[KeyLines]:
    """The keys of policy.yaml with the blanks of `after`: one that is the same keeps its lines."""
    place = next((index for index, key in enumerate(keys) if key.key == "parameters"), None)
    was, now = ({name: parameter_data(entry) for name, entry in one.parameters.items()} for one in (before, after))
    if place is None or not was:
        return changed_keys([key for key in keys if key.key != "parameters"], {}, {"parameters": now}) if now else keys
    if not now:
        return [key for key in keys if key.key != "parameters"]
    head, inner, step = _inside(keys[place])
    made = changed_keys(inner, was, now)
    for index, key in enumerate(made):
        if key.key in was and key.key in now and was[key.key] != now[key.key]:
            made[index] = _changed_parameter(
                next(one for one in inner if one.key == key.key), was[key.key], now[key.key]
            )
    lines = [f"{' ' * step}{line}" if line else line for line in print_keys(made)]
    keys[place] = KeyLines("parameters", [head, *lines])
    return keys


def _changed_parameter(key: KeyLines, was: Mapping[str, Any], now: Mapping[str, Any]) -> KeyLines:
    if len(key.lines) == 1:  # in braces on one line
        return KeyLines(key.key, print_key(key.key, now), key.tail)
    head, inner, step = _inside(key)
    lines = [f"{' ' * step}{line}" if line else line for line in print_keys(changed_keys(inner, was, now))]
    return KeyLines(key.key, [head, *lines], [])


def _inside(key: KeyLines) -> tuple[str, list[KeyLines], int]:
    """The first line of a key that holds a mapping, the keys in it, and how far they stand in."""
    lines = [*key.lines[1:], *key.tail]
    if not lines:
        raise ValueError(f"'{key.key}' stands on one line")
    step = next(len(line) - len(line.lstrip()) for line in lines if line.strip() and not line.lstrip().startswith("#"))
    inner = read_keys("\n".join(line[min(step, len(line) - len(line.lstrip())) :] for line in lines) + "\n")
    return key.lines[0], inner, step


def _with_parts(key: KeyLines, after: ModelVersion) -> KeyLines:
    """The list of parts in another order, each with the comments that it has."""
    if key.entries is None:
        return KeyLines(key.key, print_key(key.key, [part.id for part in after.parts]), key.tail)
    there = {entry.id: entry for entry in key.entries}
    entries = [there.get(part.id) or EntryLines([], None, [part.id], part.id) for part in after.parts]
    return replace(key, entries=entries)


class _Writer:
    """Puts the files of parts together from the lines of clauses, wherever these stood before."""

    def __init__(self, before: ModelVersion, files: Mapping[str, list[KeyLines]]) -> None:
        self._files = files
        self._was = {clause.id: clause for clause in before.walk()}
        self._parts = {part.id: part for part in before.parts}
        self._places = {clause.place: clause.id for clause in before.walk() if clause.place.path}
        self._lines: dict[str, EntryLines] = {}
        for keys in files.values():
            self._gather(keys)

    def edited_part(self, name: str, content: bytes, part: Part) -> bytes:
        """The file of a part, its clauses and heading as `part` has them."""
        return edit_bytes(content, lambda _: self._part_text(name, part))

    def _part_text(self, name: str, part: Part) -> str:
        was = self._parts[part.id]
        keys = changed_keys(self._files[name], {"heading": was.heading}, {"heading": part.heading})
        held = next((key for key in keys if key.key == "clauses"), None)
        made = self._children(part.clauses, held)
        if held is None:
            keys.append(made)
        else:
            keys[keys.index(held)] = made
        return "\n".join(print_keys(keys)) + "\n"

    def _gather(self, keys: Sequence[KeyLines]) -> None:
        for key in keys:
            if key.key == "clauses":
                for entry in key.entries or ():
                    self._lines[entry.id] = entry
                    self._gather(entry.keys or ())

    def _children(self, clauses: Sequence[Clause], held: KeyLines | None) -> KeyLines:
        """The key `clauses` with these entries; lists in brackets are laid out anew."""
        if not clauses:
            return KeyLines("clauses", ["clauses: []"], held.tail if held else [])
        entries = [self._entry(clause) for clause in clauses]
        if held is None or held.entries is None:
            return KeyLines("clauses", ["clauses:"], held.tail if held else [], entries)
        return replace(held, entries=entries)

    def _entry(self, clause: Clause) -> EntryLines:
        old = clause.id if clause.id in self._was else self._places.get(clause.place, "")
        was, lines = self._was.get(old), self._lines.get(old)
        after = clause_data(clause)
        if was is None or lines is None:
            return EntryLines([], self._keys(clause, [], {}, after, None), [], after)
        if lines.keys is None:
            if clause_data(was) == after:
                return lines
            return EntryLines(lines.lead, self._keys(clause, [], {}, after, None), [], after)
        held = next((key for key in lines.keys if key.key == "clauses"), None)
        return replace(lines, keys=self._keys(clause, lines.keys, clause_data(was), after, held))

    def _keys(
        self, clause: Clause, keys: list[KeyLines], before: Mapping[str, Any], after: Mapping[str, Any],
        held: KeyLines | None,
    ) -> list[KeyLines]:  # fmt: skip
        made = changed_keys(keys, before, after, besides="clauses")
        if held is not None:
            if clause.clauses:
                made[made.index(held)] = self._children(clause.clauses, held)
            else:
                made.remove(held)
        elif clause.clauses:
            place = next((index for index, key in enumerate(made) if key.key == "closing"), len(made))
            made.insert(place, self._children(clause.clauses, None))
        return made
