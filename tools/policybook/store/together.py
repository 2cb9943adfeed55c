"""Several files written as one step: all of them, or none, also where the program is ended in between."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from policybook.domain.error import Refused, WorkspaceError
from policybook.store.unfinished import Step, begin, digest, forget, heal_alone, only_writer, undo
from policybook.text.slug import is_device


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write, and what stood there when it was read: None for a file that must be new.

    Without content the file is taken away.
    """

    file: Path
    content: bytes | None
    was: bytes | None = None


def write_together(writes: Sequence[FileWrite]) -> None:
    """Writes all files, folders too, in the order given, or puts back whatever it had begun and raises.

    Raises Refused where a file is no longer as it was read (somebody else wrote meanwhile) or lies outside of the
    workspace, WorkspaceError where the disk refuses. Room is taken for all before the first takes its place. Where the
    program is ended in between, the next run puts everything right (`store.unfinished`).
    """
    if not writes:
        return
    home = _home(writes[0].file)
    with only_writer(home):
        try:
            heal_alone(home)
            for write in writes:
                _require_inside(write.file, home.parent)
                _require_unchanged(write)
            _write_all(writes, home)
        except OSError as error:
            mend = "make room, close the file elsewhere, or choose a folder that you may write to"
            where = str(error.filename2 or error.filename or home)
            raise WorkspaceError(f"cannot be written: {error.strerror or error}", where=where, mend=mend) from error


def _write_all(writes: Sequence[FileWrite], home: Path) -> None:
    mark = uuid4().hex[:8]
    steps = [_step(write, f".writing-{mark}-{index}") for index, write in enumerate(writes)]
    folders = sorted({folder for write in writes for folder in write.file.parents if not folder.exists()})
    try:
        begin(home, steps, folders)
        for write, step in zip(writes, steps, strict=True):
            if write.content is not None:
                write.file.parent.mkdir(parents=True, exist_ok=True)
                step.temporary.write_bytes(write.content)
        for write, step in zip(writes, steps, strict=True):
            _require_unchanged(write)
            if write.content is None:
                write.file.unlink(missing_ok=True)
            else:
                step.temporary.replace(write.file)
    except BaseException:  # whoever stops the program finds the workspace as it was
        with suppress(OSError):  # then the note stays, and the next run undoes it
            undo(home, steps, folders)
        raise
    with suppress(OSError):  # all is written; the next run finds that and takes the note away
        forget(home)


def _step(write: FileWrite, temporary: str) -> Step:
    content = None if write.content is None else digest(write.content)
    return Step(write.file, write.file.with_name(temporary), content, write.was)


def _home(file: Path) -> Path:
    """The folder of the note and the lock: `clauses/` of the workspace, else the nearest folder that there is."""
    for folder in file.parents:
        if (folder / "clauses").is_dir():
            return folder / "clauses"
    return next(folder for folder in file.parents if folder.is_dir())


def _require_inside(file: Path, root: Path) -> None:
    kept = next((part for part in file.relative_to(root).parts if is_device(part)), "")
    if kept:
        mend = "choose another name: the workspace could not be opened there"
        raise Refused(f"Windows keeps the name '{kept}' for itself", where=str(file), mend=mend)
    if not file.parent.resolve().is_relative_to(root.resolve()):
        mend = "put the folder itself into the workspace, not a link to it"
        raise Refused("a link leads out of the workspace; nothing was written", where=str(file), mend=mend)


def _require_unchanged(write: FileWrite) -> None:
    try:
        now = write.file.read_bytes() if write.file.exists() else None
    except OSError as error:
        mend = "close it elsewhere, and see that you may read and write it"
        raise WorkspaceError(f"cannot be read: {error.strerror}", where=str(write.file), mend=mend) from error
    if now == write.was:
        return
    if write.was is None:
        raise Refused("is there already", where=str(write.file), mend="it is never written over; look at it first")
    mend = "somebody else changed it meanwhile; look at it, then run the command again"
    raise Refused("is no longer as it was read", where=str(write.file), mend=mend)
