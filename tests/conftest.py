"""What all tests share: the documents to try things on, and the rule that a skipped test fails a build."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
TWINS = ROOT / "tests" / "twins"
REAL = ROOT.parent / "shared" / "policies"

# No test is timed. A build machine tries the same cases every time; a person's machine goes on looking for new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") == "true" else "here")


def pytest_report_header() -> str:
    found = len(list(REAL.glob("*.txt"))) if REAL.is_dir() else 0
    return f"real policies beside the project: {found or 'none, so only their own-words twins are read'}"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a build machine a test that cannot run is a failure: something is missing from the set-up."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def twins() -> Path:
    """The folder of the own-words twins of five real policies."""
    return TWINS


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example workspace, to build in and to break."""
    workspace = tmp_path / "workspace"
    for name in ("clauses", "templates"):
        shutil.copytree(ROOT / name, workspace / name)
    shutil.copyfile(ROOT / "mkdocs.yml", workspace / "mkdocs.yml")
    return workspace
