"""A workspace folder into records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policybook.domain.adoption import Adoption, HomeGrown, PolicyRecord, School
from policybook.domain.error import BrokenWorkspace, WorkspaceError
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion, Part, Topic
from policybook.domain.workspace import Workspace
from policybook.store.convert import (
    KINDS,
    to_adoption,
    to_home_grown,
    to_model,
    to_part,
    to_school,
    to_topic,
)
from policybook.store.schema import (
    ADOPTED_KEYS,
    HOME_GROWN_KEYS,
    AdoptionFile,
    PartFile,
    PolicyFile,
    SchoolFile,
    TopicsFile,
)
from policybook.store.unfinished import find_unfinished, heal
from policybook.store.validate import read_record
from policybook.store.yaml_file import Memory, YamlFile
from policybook.text.slug import is_device


def find_workspace(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds `clauses/`. Raises WorkspaceError where there is none.

    What a run that died there left half written is put right first.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "clauses").is_dir():
            heal(folder)
            return folder
    mend = "go to the folder that holds `clauses/`, name it with --workspace, or make one with `policybook init DIR`"
    raise WorkspaceError("this is not a workspace: there is no `clauses/` folder here or above", mend=mend)


def read_workspace(root: Path, memory: Memory | None = None) -> tuple[Workspace, list[Finding]]:
    """Everything under `root/clauses` as records, and all that is wrong with the files, in the order of their paths.

    What cannot be read is left out of the workspace and named in `Workspace.broken`; nothing is raised for it. With a
    memory, files that it knows are not parsed again.
    """
    reader = _Reader(root.resolve(), memory)
    reader.findings += find_unfinished(root)
    topics = reader.read_topics()
    models = {model.ref: model for model in reader.read_models()}
    schools = {school.id: school for school in reader.read_schools()}
    records = list(reader.read_policies())
    adoptions = {entry.ref: entry for entry in records if isinstance(entry, Adoption)}
    home_grown = {entry.ref: entry for entry in records if isinstance(entry, HomeGrown)}
    workspace = Workspace(topics, models, schools, adoptions, frozenset(reader.broken), home_grown)
    return workspace, sorted(reader.findings, key=lambda finding: finding.place)


def read_adoption(root: Path, ref: str) -> PolicyRecord:
    """The record of `school/policy` alone, whatever the state of the rest. Raises BrokenWorkspace with its findings."""
    reader = _Reader(root.resolve())
    for record in reader.read_policies(f"{ref}/adoption.yaml"):
        return record
    raise BrokenWorkspace(tuple(reader.findings))


def read_school(root: Path, name: str) -> School | None:
    """One school's record alone; None where there is no such school or its file cannot be read."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        return None
    return next(_Reader(root.resolve()).read_schools(f"{name}.yaml"), None)


def read_model(root: Path, folder: str) -> tuple[ModelVersion | None, list[Finding]]:
    """The model in `publisher/policy/version` (or `…/draft`) alone, None where it is unreadable, and its findings."""
    reader = _Reader(root.resolve())
    models = list(reader.read_models(f"{folder}/policy.yaml"))
    return models[0] if models and not reader.broken else None, reader.findings


class _Reader:
    """Reads the files of one workspace and gathers what is wrong with them."""

    def __init__(self, root: Path, memory: Memory | None = None) -> None:
        self.root = root
        self.memory = memory
        self.findings: list[Finding] = []
        self.broken: set[str] = set()

    def read_topics(self) -> dict[str, Topic]:
        file = self.root / "clauses" / "topics.yaml"
        if not file.is_file() or not self._is_inside(file):
            return {}
        record, yaml = read_record(file, self.root, TopicsFile, self.memory)
        self.findings += yaml.findings
        return {name: to_topic(name, topic) for name, topic in record.topics.items()} if record else {}

    def read_models(self, pattern: str = "*/*/*/policy.yaml") -> Iterator[ModelVersion]:
        for file in self._files("models", pattern):
            publisher, policy, version = file.parts[-4:-1]
            record, yaml = read_record(file, self.root, PolicyFile, self.memory)
            ref = f"{publisher}/{policy}@{version}"
            if record:
                self._same(yaml, "id", record.id, f"{publisher}/{policy}")
                if version != "draft":
                    self._same(yaml, "version", record.version, version)
            parts = list(self._read_parts(file.parent, record, ref))
            self.findings += yaml.findings
            if record is None:
                self.broken.add(ref)
                continue
            self._report_missing_parts(record, parts, yaml, ref)
            model = to_model(record, parts, yaml)
            # `publisher/policy@draft`, whatever version it is meant to become: it must hide no released one.
            yield replace(model, version=version) if version == "draft" else model

    def _read_parts(self, folder: Path, policy: PolicyFile | None, ref: str) -> Iterator[Part]:
        for file in sorted(folder.glob("[0-9][0-9]-*.yaml")):
            if not self._is_inside(file):
                self.broken.add(ref)
                continue
            record, yaml = read_record(file, self.root, PartFile, self.memory)
            if record and policy and record.id not in policy.parts:
                mend = "add it there, or remove the file"
                yaml.report("part.unlisted", f"part '{record.id}' is not in `parts:` of policy.yaml", mend, ("id",))
            self.findings += yaml.findings
            if record:
                yield to_part(record, yaml)
            else:
                self.broken.add(ref)

    def _report_missing_parts(self, record: PolicyFile, parts: list[Part], yaml: YamlFile, ref: str) -> None:
        there = {part.id for part in parts}
        for index, name in enumerate(record.parts):
            if name not in there and ref not in self.broken:
                place = yaml.place(("parts", index))
                mend = f"write NN-{name}.yaml with `id: {name}`, or take it out of `parts:`"
                message = f"part '{name}' has no file"
                self.findings.append(Finding("error", "part.missing", place, message, mend))

    def read_schools(self, pattern: str = "*.yaml") -> Iterator[School]:
        for file in self._files("schools", pattern):
            record, yaml = read_record(file, self.root, SchoolFile, self.memory)
            if record:
                self._same(yaml, "id", record.id, file.stem)
                yield to_school(record, yaml)
            else:
                self.broken.add(file.stem)
            self.findings += yaml.findings

    def read_policies(self, pattern: str = "*/*/adoption.yaml") -> Iterator[PolicyRecord]:
        for file in self._files("adoptions", pattern):
            school, policy = file.parts[-3:-1]
            record, yaml = read_record(file, self.root, AdoptionFile, self.memory)
            if record:
                self._same(yaml, "school", record.school, school)
                self._same(yaml, "school", policy, policy)
                _report_model_keys(record, yaml)
                self._report_unclear_tailorings(record, yaml)
            self.findings += yaml.findings
            if record is None or any(finding.severity == "error" for finding in yaml.findings):
                self.broken.add(f"{school}/{policy}")
            elif record.model == "none":
                yield to_home_grown(record, policy, yaml)
            else:
                yield to_adoption(record, policy, yaml)

    def _report_unclear_tailorings(self, record: AdoptionFile, yaml: YamlFile) -> None:
        for index, entry in enumerate(record.tailorings):
            said = [kind for kind in KINDS if getattr(entry, kind)]
            if len(said) != 1:
                message = f"a tailoring is one of {', '.join(KINDS)}; this one is {' and '.join(said) or 'none'}"
                yaml.report("tailoring.unclear", message, "write one entry for each departure", ("tailorings", index))

    def _same(self, yaml: YamlFile, key: str, said: str, folder: str) -> None:
        if said != folder:
            message = f"{key} '{said}' is not that of its place, '{folder}'"
            yaml.report("id.misplaced", message, "rename one of the two", (key,))
        if kept := next((part for part in folder.split("/") if is_device(part)), ""):
            mend = "choose another name: the workspace could not be opened there"
            yaml.report("id.malformed", f"Windows keeps the name '{kept}' for itself", mend, (key,))

    def _files(self, kind: str, pattern: str) -> Iterator[Path]:
        """The files of a kind, in order; a link that leads out of the workspace is refused with a finding."""
        for file in sorted((self.root / "clauses" / kind).glob(pattern)):
            if self._is_inside(file):
                yield file
            else:
                self.broken.add(_name_of(file))

    def _is_inside(self, file: Path) -> bool:
        try:
            if file.resolve().is_relative_to(self.root):
                return True
        except (OSError, RuntimeError):  # a link that leads to itself; which of the two depends on the Python version
            pass
        yaml = YamlFile(file.relative_to(self.root).as_posix())
        yaml.report("yaml.refused", "the file is a link out of the workspace, or to itself", "put the file itself here")
        self.findings += yaml.findings
        return False


def _report_model_keys(record: AdoptionFile, yaml: YamlFile) -> None:
    """What must, and what must not, stand beside `model:`."""
    is_home_grown, is_edition = record.model == "none", "@" in record.model
    needed = "file" if is_home_grown else "version"
    if not is_edition and not getattr(record, needed):
        yaml.report("yaml.missing-key", f"'{needed}' is missing", f"add `{needed}:`")
    elsewhere: tuple[str, ...] = ADOPTED_KEYS if is_home_grown else HOME_GROWN_KEYS
    if is_edition:
        elsewhere = (*elsewhere, "version")
    for key in elsewhere:
        if getattr(record, key):
            what = "a policy without a model" if is_home_grown else "an adoption"
            if key == "version":
                what = "the adoption of an edition, which `model:` names already,"
            yaml.report("yaml.unknown-key", f"{what} has no '{key}'", f"take `{key}:` out", (key,))


def _name_of(file: Path) -> str:
    """What `Workspace.broken` calls the record of a file."""
    folders = file.parts[:-1]
    if file.name == "policy.yaml":
        return f"{folders[-3]}/{folders[-2]}@{folders[-1]}"
    return "/".join(folders[-2:]) if file.name == "adoption.yaml" else file.stem
