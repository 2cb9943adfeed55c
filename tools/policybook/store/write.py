"""Files written so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from policybook.domain.error import WorkspaceError

_LONGEST_PATH = 259  # of Windows as it comes


def write_atomically(file: Path, content: bytes) -> None:
    """Writes a file, its folders too, in one step. Raises WorkspaceError where the disk refuses; the old file stays."""
    try:
        if file.is_dir():
            raise WorkspaceError("this is a folder", where=str(file), mend="name a file in it")
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    except OSError as error:
        raise _refused(file, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise _refused(file, error) from error


def _refused(file: Path, error: OSError) -> WorkspaceError:
    mend = "make room, close the file elsewhere, or choose a folder that you may write to"
    if error.errno in (errno.ENAMETOOLONG, errno.ENOENT) and len(str(file.absolute())) > _LONGEST_PATH:
        long = f"a path of more than {_LONGEST_PATH} letters cannot be opened on every machine"
        mend = f"{long}: choose a shorter name, or move the workspace nearer to the drive"
    return WorkspaceError(f"cannot be written: {error.strerror or error}", where=str(file), mend=mend)
