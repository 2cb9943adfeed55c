"""A disk that fails when told to: at any one of the steps by which a program changes what is on it.

Python tells an audit hook of every file opened, renamed, made or taken away, before it happens. A step that the hook
refuses does not happen. Ended at a step means that this one and all that would follow, cleaning up too, do not happen:
for what is on the disk that is the same as a process killed there.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
_NEED_ROOM = {"open", "os.mkdir", "os.link", "os.symlink"}


class Killed(BaseException):
    """The program ends here; nothing catches it."""


@dataclass
class Disk:
    """Counts the steps below `root`; from step `fails_at` on it ends the program, is full, or may not be written."""

    root: str
    fails_at: int = sys.maxsize
    how: str = "killed"
    steps: int = 0

    def step(self, event: str) -> None:
        self.steps += 1
        if self.steps < self.fails_at:
            return
        if self.how == "killed":
            raise Killed(event)
        if self.how == "full" and event in _NEED_ROOM:
            raise OSError(errno.ENOSPC, "No space left on device")
        if self.how == "read-only":
            raise PermissionError(errno.EROFS, "Read-only file system")


_now: list[Disk] = []
_hooked: list[bool] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if not _now or not (event in _CHANGES or event == "open"):
        return
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITES):
        return
    disk = _now[-1]
    if any(isinstance(path, str | bytes) and os.fsdecode(path).startswith(disk.root) for path in arguments[:2]):
        disk.step(event)


@contextmanager
def failing_disk(root: os.PathLike[str], fails_at: int = sys.maxsize, how: str = "killed") -> Iterator[Disk]:
    """Everything below `root` lies on such a disk meanwhile. A hook cannot be taken away, so there is ever one."""
    if not _hooked:
        sys.addaudithook(_listen)
        _hooked.append(True)
    disk = Disk(os.fspath(root), fails_at, how)
    _now.append(disk)
    try:
        yield disk
    finally:
        _now.pop()
