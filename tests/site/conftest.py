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
ADDRESS = "https://policies.example.org/"
"""Where the workspace says that its public site stands; the council's own site does not name it."""
BEHIND = {
    "schools/oakfield.yaml": "schema: 1\nid: oakfield\nname: Oakfield School (invented)\nkind: school\n",
    "adoptions/oakfield/social-media-internet/adoption.yaml": """\
schema: 1
school: oakfield
model: luton-hr/social-media-internet
version: "2022-09"
values: {past_pupil_age_limit: 18, sign_off_keeper: school business manager}
tailorings:
  - {omit: email.violent, reason: Covered by our conduct policy.}
  - {substitute: email.personal, text: Staff use school addresses only., reason: Shorter.}
decisions: [{outcome: approved, body: Full Governing Board, on: 2023-03-01}]
review: {next: 2027-02-01}
""",
    "adoptions/oakfield/lettings/adoption.yaml": """\
schema: 1
school: oakfield
model: none
title: Lettings
file: lettings.pdf
owner: School business manager
publish: public
decisions: []
review: {next: 2027-02-15}
""",
}
"""A school that is behind a model version, with a policy of its own as well."""


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
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (workspace / "mkdocs.yml").write_text(f"{settings}\nsite_url: {ADDRESS}\n", encoding="utf-8")
    for path, text in BEHIND.items():
        (workspace / "clauses" / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / "clauses" / path).write_text(text, encoding="utf-8")
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
