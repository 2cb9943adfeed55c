"""What policybook stands on is listed with its licence, as the lock has it, and a council may use all of it."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from conftest import ROOT

LISTED = (ROOT / "docs/dev/licences.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([a-z0-9._-]+) \| ([^ |]*\d[^ |]*) \| ([^|]+) \|$", re.MULTILINE)
FREE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MPL-2.0", "OFL-1.1", "PSF-2.0",
    "Unlicense", "Zlib",
}  # fmt: skip


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_licences", ROOT / "docs/dev/make_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_has_the_packages_and_versions_of_the_lock(maker: ModuleType) -> None:
    packages = maker.read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert packages
    needed = maker.needed_to_run(packages)
    to_run, _, to_develop = LISTED.partition("## To develop it")
    for text, names in ((to_run, needed), (to_develop, packages.keys() - needed)):
        assert {name: version for name, version, _ in ROW.findall(text)} == {name: packages[name][0] for name in names}


def test_every_package_has_a_licence_and_what_is_shipped_a_free_one() -> None:
    licences = {name: licence for name, _, licence in ROW.findall(LISTED)}
    assert [name for name, licence in licences.items() if licence == "not installed here"] == []
    for name, _, licence in ROW.findall(LISTED.partition("## To develop it")[0]):
        words = set(re.split(r" AND | OR | or |, ", licence)) - {"dependency licenses"}
        assert words <= FREE, f"{name}: {licence}"


def test_the_lock_is_read_with_who_asks_for_what(maker: ModuleType) -> None:
    lock = (
        "a==1.0 \\\n    --hash=sha256:0\n    # via policybook (pyproject.toml)\nb[x]==2 ; python_version < '3'\n"
        "    # via\n    #   a\n    #   c\nc==3\n    # via policybook (pyproject.toml:dev)\n"
    )
    packages = maker.read_lock(lock)
    assert {name: version for name, (version, _) in packages.items()} == {"a": "1.0", "b": "2", "c": "3"}
    assert maker.needed_to_run(packages) == {"a", "b"}
