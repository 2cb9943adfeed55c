"""Several files written as one step: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policybook.domain.error import Refused, WorkspaceError
from policybook.store.write import write_atomically


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write, and what stood there when it was read: None for a file that must be new."""

    file: Path
    content: bytes
    was: bytes | None = None


def write_together(writes: Sequence[FileWrite]) -> None:
    """Writes all files, folders too, in the order given, or puts back whatever it had begun and raises.

    Raises Refused where a file is no longer as it was read (somebody else wrote meanwhile), WorkspaceError where the
    disk refuses. What others read in between are whole files; name last the one that makes the others count.
    """
    for write in writes:
        _require_unchanged(write)
    made_folders = [folder for write in writes for folder in write.file.parents if not folder.exists()]
    begun: list[FileWrite] = []
    try:
        for write in writes:
            _require_unchanged(write)
            begun.append(write)
            write_atomically(write.file, write.content)
    except (Refused, WorkspaceError):
        for write in reversed(begun):
            _put_back(write)
        for folder in sorted(set(made_folders), key=lambda entry: len(entry.parts), reverse=True):
            with suppress(OSError):  # not empty, or never made
                folder.rmdir()
        raise


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


def _put_back(write: FileWrite) -> None:
    if write.was is not None:
        with suppress(WorkspaceError):
            if write.file.read_bytes() != write.was:
                write_atomically(write.file, write.was)
    else:
        with suppress(OSError):
            write.file.unlink()
