"""Everything a developer or a build machine does, with nothing but Python: set up, demo, test, lock.

    python tools/dev.py demo      builds the example workspace and says where to look
    python tools/dev.py test      passes all checks and tests
    python tools/dev.py format    puts the code into its one layout
    python tools/dev.py coverage  says which lines of the rooms that judge no test runs; fails under 95 in 100
    python tools/dev.py lock      renews requirements.lock, and docs/dev/licences.md with it
    python tools/dev.py picture   renews the picture of the README
    python tools/dev.py fuzz [TARGET | --all] [--minutes N]   damages input of one kind, or of all, and sees what breaks

Each sets up what it needs first: `.venv` from requirements.lock (versions and hashes), and for the tests a browser,
LibreOffice and the PDF tools where this machine lets them be installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
JUDGING = ("domain", "text", "adopt", "compare", "check")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
PROGRAMS = {
    "a browser": (BROWSERS, "chromium libatomic1"),  # the second: for the driver of Playwright
    "LibreOffice": (("soffice", "libreoffice"), "libreoffice-writer-nogui fonts-liberation fonts-dejavu-core"),
    "pdftoppm": (("pdftoppm",), "poppler-utils"),
    # veraPDF, which holds our PDFs against their standards, comes in a Python package and needs these two.
    "Java": (("javac",), "default-jdk-headless"),
    "JAXB": (("/usr/share/java/jaxb-runtime.jar",), "libjaxb-java"),
}


def main(arguments: list[str]) -> int:
    """Runs the command named; returns its exit code."""
    commands = {"demo": demo, "test": test, "format": tidy, "lock": lock, "picture": picture, "coverage": coverage}
    if sys.version_info < (3, 11):  # noqa: UP036 - it may be run by any Python
        print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}")
        return 2
    if arguments[:1] == ["fuzz"]:
        return fuzz(arguments[1:])
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


def demo() -> int:
    """Builds the example workspace and says where to look."""
    set_up()
    code = run("-m", "policybook", "--workspace", str(ROOT), "build")
    if code == 0:
        print(f"\nOpen in a browser: {ROOT / 'build' / 'site' / 'index.html'}")
        print(f"Word, PDF and Excel files: {ROOT / 'build' / 'documents'}")
    return code


def test() -> int:
    """Layout, lint, types, layers, then the tests; stops at the first that fails."""
    set_up()
    install_programs()
    steps = (
        ("-m", "ruff", "format", "--check", "tools", "tests"),
        ("-m", "ruff", "check", "tools", "tests"),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
        ("-m", "pytest", "-n", "auto", "--dist", "worksteal", "-q"),
    )
    for step in steps:
        started = time.monotonic()
        code = run(*step)
        print(f"[{time.monotonic() - started:.0f} s] {' '.join(step[:3])}", flush=True)
        if code:
            return code
    return 0


def tidy() -> int:
    """Puts the code into its one layout and mends what ruff can mend."""
    set_up()
    return run("-m", "ruff", "format", "tools", "tests") or run("-m", "ruff", "check", "--fix", "tools", "tests")


def lock() -> int:
    """Renews requirements.lock: every version with its hashes, for every system, and no address."""
    set_up()
    code = run(
        "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--generate-hashes",
        "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", "--upgrade", "--quiet",
        "--custom-compile-command", "python tools/dev.py lock", "--output-file", str(LOCK),
    )  # fmt: skip
    if code:
        return code
    set_up()
    return run(str(ROOT / "docs" / "dev" / "make_licences.py"))


def coverage() -> int:
    """Runs the tests but those of the site and the benchmarks, and counts the lines of the rooms that judge."""
    set_up()
    rooms = [f"--cov=policybook.{room}" for room in JUDGING]
    report = ("--cov-report=term-missing:skip-covered", "--cov-fail-under=95")
    left_out = ("--ignore=tests/site", "--ignore=tests/bench", "--ignore=tests/faults")
    return run("-m", "pytest", "-n", "auto", "--dist", "worksteal", "-q", *rooms, *report, *left_out)


def picture() -> int:
    """Renews docs/images/side-by-side.svg from the example workspace."""
    set_up()
    return run(str(ROOT / "docs" / "images" / "make_picture.py"))


def fuzz(arguments: list[str]) -> int:
    """Throws damaged input at the target named, or at all in turn, 15 minutes each; docs/dev/fuzzing.md tells more."""
    set_up()
    install_programs()
    return run(str(ROOT / "tests" / "bench" / "fuzz.py"), *arguments)


def set_up() -> None:
    """Makes `.venv` from the lock, unless it stands already as the lock and pyproject.toml have it."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / ".installed"
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.exists():
        return
    print("setting up .venv (once) …", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    quiet = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    must(*quiet, "--require-hashes", "-r", str(LOCK))
    must(*quiet, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(wanted)


def install_programs() -> None:
    """Installs the programs that some tests need, where the machine allows; says what is missing where it does not."""
    missing = {name: package for name, (names, package) in PROGRAMS.items() if not any(map(is_there, names))}
    if missing and shutil.which("apt-get"):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        print(f"installing {', '.join(missing)} …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = " ".join(missing.values()).split()
        for step in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
            subprocess.run([*prefix, "apt-get", *step], check=False, stdout=subprocess.DEVNULL, env=environment)
    if "a browser" in missing and not any(map(shutil.which, BROWSERS)):
        run("-m", "playwright", "install", "chromium")
    for name, (names, _) in PROGRAMS.items():
        if name in missing and not any(map(is_there, names)):
            print(f"note: {name} could not be installed here; tests that need it say so")


def is_there(name: str) -> bool:
    """Whether a program of this name, or a file at this path, is on this machine."""
    return shutil.which(name) is not None or Path(name).is_file()


def run(*arguments: str) -> int:
    """Runs the Python of `.venv` in the repository; returns its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def must(*arguments: str) -> None:
    """Runs the Python of `.venv`; ends with its exit code where it fails."""
    code = run(*arguments)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
