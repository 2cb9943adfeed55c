"""The package as others install it: everything that it needs is within, and it knows its version from one place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from policybook import __version__


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the wheel, beside nothing of the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, within: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "policybook", *arguments],
        cwd=within,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_installed_package_makes_a_workspace_and_builds_it(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "init", "new")
    run(installed, tmp_path / "new", "check")
    run(installed, tmp_path / "new", "build")
    assert (tmp_path / "new" / "build" / "site" / "index.html").is_file()


def test_it_shows_a_text_of_a_workspace_that_has_clauses_alone(installed: Path, example: Path) -> None:
    (example / "mkdocs.yml").unlink()
    (example / "templates").rename(example.parent / "away")
    for form in ("docx", "pdf", "html"):
        run(installed, example, "show", "severn-valley/staff-ict-social-media", "--to", form, "-o", f"text.{form}")
        assert (example / f"text.{form}").stat().st_size > 5_000


def test_the_package_says_whose_it_is_and_which_version(installed: Path) -> None:
    (information,) = installed.glob("*.dist-info")
    assert f"\nVersion: {__version__}\n" in (information / "METADATA").read_text(encoding="utf-8")
    assert (information / "licenses" / "LICENSE").is_file()
    assert "policybook = policybook.cli:main" in (information / "entry_points.txt").read_text(encoding="utf-8")
    assert (installed / "policybook" / "py.typed").is_file()
    wanted = {file.relative_to(ROOT / "tools").as_posix() for file in (ROOT / "tools" / "policybook").rglob("*.*")}
    wanted = {name for name in wanted if re.search(r"\.(py|yaml)$", name) and "__pycache__" not in name}
    assert wanted <= {file.relative_to(installed).as_posix() for file in installed.rglob("*")}
