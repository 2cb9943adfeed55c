"""What a run that was ended in the middle of its writing left behind, and how the next one puts it right.

While files are being written, `clauses/.unfinished.json` says which, and what stood there before. Where that file is
found and nobody is writing, the run died: what it had begun is undone, or, where all was written, only cleared up.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from policybook.domain.error import Refused, WorkspaceError
from policybook.domain.finding import Finding, Place

JOURNAL = ".unfinished.json"
LOCK = ".writing.lock"
FORMAT = 1
WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """One file to be written or taken away, and what undoes it.

    `content` is None for a file to be taken away, `was` for one that was not there. `temporary` holds the new content
    until it takes its place.
    """

    file: Path
    temporary: Path
    content: str | None
    was: bytes | None

    def is_done(self) -> bool:
        """Whether the file is as this step leaves it."""
        return _digest_of_file(self.file) == self.content

    def undo(self) -> None:
        """Puts back what was there, unless somebody wrote something else since. Raises OSError."""
        if self.is_done() and self.was is None:
            _take_away(self.file)
        elif self.is_done() and self.was is not None:
            self.temporary.write_bytes(self.was)
            self.temporary.replace(self.file)
        _take_away(self.temporary)


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, as a step remembers it."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def only_writer(home: Path) -> Iterator[None]:
    """Nobody else writes to this workspace meanwhile. Raises Refused where another goes on for too long.

    The lock goes with the process that holds it, also when that is ended. Its file is taken away while it is held:
    whoever waits for it looks again.
    """
    lock = FileLock(home / LOCK, timeout=WAIT_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        mend = "wait until that command is done, then run this one again"
        raise Refused("somebody else is writing to this workspace", where=str(home), mend=mend) from error
    except OSError as error:
        mend = "make room, or choose a folder that you may write to"
        raise WorkspaceError(f"cannot be written: {error.strerror or error}", where=str(home), mend=mend) from error
    try:
        yield
    finally:
        try:
            (home / LOCK).unlink()
        except OSError:  # Windows takes it away itself when it is let go
            pass
        finally:
            lock.release()


def begin(home: Path, steps: Sequence[Step], folders: Sequence[Path]) -> None:
    """Notes what is going to be written, and which folders will be made for it. Raises OSError."""
    root = home.parent
    data = {
        "format": FORMAT,
        "folders": [folder.relative_to(root).as_posix() for folder in folders],
        "steps": [
            {
                "file": step.file.relative_to(root).as_posix(),
                "temporary": step.temporary.name,
                "content": step.content,
                "was": None if step.was is None else base64.b64encode(step.was).decode(),
            }
            for step in steps
        ],
    }
    fresh = home / f"{JOURNAL}.new"
    fresh.write_bytes(json.dumps(data).encode())
    fresh.replace(home / JOURNAL)


def undo(home: Path, steps: Sequence[Step], folders: Sequence[Path]) -> None:
    """Puts everything back as it was, the last step first, and forgets the note. Raises OSError."""
    for step in reversed(steps):
        step.undo()
    for folder in sorted(folders, key=lambda entry: len(entry.parts), reverse=True):
        with suppress(OSError):  # not empty, or never made
            folder.rmdir()
    forget(home)


def forget(home: Path) -> None:
    """Takes the note away: what it spoke of is finished, or undone. Raises OSError."""
    (home / JOURNAL).unlink(missing_ok=True)
    (home / f"{JOURNAL}.new").unlink(missing_ok=True)


def heal(root: Path) -> None:
    """Puts right what a run that died left half written; does nothing where nothing is, or where it may not write.

    Waits for one that is still writing. What cannot be put right is left for `find_unfinished`.
    """
    home = root / "clauses"
    if not any((home / name).exists() for name in (JOURNAL, f"{JOURNAL}.new", LOCK)):
        return
    with suppress(OSError, WorkspaceError, Refused), only_writer(home):
        heal_alone(home)


def heal_alone(home: Path) -> None:
    """As `heal`, by somebody who is the only writer already. Raises OSError."""
    noted = _read(home)
    if noted is None:
        return
    steps, folders = noted
    if all(step.is_done() for step in steps):
        for step in steps:
            _take_away(step.temporary)
        forget(home)
    else:
        undo(home, steps, folders)


def find_unfinished(root: Path) -> Iterator[Finding]:
    """The error that a workspace is half written, where the next run could not put it right by itself."""
    file = root / "clauses" / JOURNAL
    if file.exists():
        message = "a command was ended while it was writing here, and could not be undone"
        mend = "run any command where you may write here and there is room; if it still stands there, delete this file"
        yield Finding("error", "workspace.unfinished", Place(f"clauses/{JOURNAL}"), message, mend)


def _read(home: Path) -> tuple[list[Step], list[Path]] | None:
    """The steps and folders noted; none where the note is whole and names nothing outside of the workspace.

    A note that is cut short was never acted on: it takes its name only when it is whole.
    """
    (home / f"{JOURNAL}.new").unlink(missing_ok=True)
    try:
        data = json.loads((home / JOURNAL).read_bytes())
        if data["format"] != FORMAT:
            return None
        return [_step(home.parent, entry) for entry in data["steps"]], [
            _inside(home.parent, name) for name in data["folders"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _step(root: Path, entry: dict[str, Any]) -> Step:
    file, was = _inside(root, entry["file"]), entry["was"]
    temporary = _inside(root, str(Path(entry["file"]).parent / entry["temporary"]))
    if temporary.parent != file.parent or not temporary.name.startswith(".writing-"):
        raise ValueError(entry["temporary"])
    return Step(file, temporary, entry["content"], None if was is None else base64.b64decode(was, validate=True))


def _inside(root: Path, name: str) -> Path:
    """A path that stays in the workspace: the note is only a file, and what it names may be written over."""
    path = root / name
    if ".." in path.parts or not path.parent.resolve().is_relative_to(root.resolve()):
        raise ValueError(name)
    return path


def _take_away(file: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()


def _digest_of_file(file: Path) -> str | None:
    try:
        return digest(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
