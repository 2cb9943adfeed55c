from __future__ import annotations

from policybook.domain.model import ModelVersion, Publisher
from policybook.domain.workspace import Workspace


def version(label: str, supersedes: str | None = None) -> ModelVersion:
    return ModelVersion("hr/ict", label, "ICT", Publisher("hr", "HR", "council-hr"), None, (), supersedes=supersedes)


def labels(*versions: ModelVersion) -> list[str]:
    workspace = Workspace(models={entry.ref: entry for entry in versions})
    return [entry.version for entry in workspace.versions_of("hr/ict")]


def test_versions_are_ordered_by_what_they_supersede_and_not_by_string() -> None:
    assert labels(version("2", "10"), version("10", "9"), version("9")) == ["9", "10", "2"]


def test_a_circle_of_versions_ends_and_loses_none() -> None:
    assert sorted(labels(version("a", "b"), version("b", "a"))) == ["a", "b"]


def test_a_version_whose_forerunner_is_not_here_still_counts() -> None:
    assert labels(version("2", "1"), version("3", "2")) == ["2", "3"]
