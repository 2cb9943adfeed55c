"""What the tests of the site share: a browser, and the example workspace built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from browser_sample import FLAGS, sync_api
from conftest import ROOT
from policybook.workflow.build import build_workspace

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium or Chrome on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `build` folder of the example workspace: `site` by mkdocs, `zensical` by Zensical in strict mode."""
    workspace = tmp_path_factory.mktemp("example")
    for name in ("clauses", "templates"):
        shutil.copytree(ROOT / name, workspace / name)
    shutil.copyfile(ROOT / "mkdocs.yml", workspace / "mkdocs.yml")
    assert not build_workspace(workspace, today=TODAY).failures
    by_mkdocs, kept = workspace / "build" / "site", workspace / "build" / "kept"
    by_mkdocs.rename(kept)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", "build/mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    by_mkdocs.rename(workspace / "build" / "zensical")
    kept.rename(by_mkdocs)
    return workspace / "build"
