"""One build at a time, in a folder that is the workspace's own, cleared of what a build that died left there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policybook.domain.error import Refused, WorkspaceError
from policybook.store.unfinished import only_writer
from policybook.workflow.site_place import SitePlace


@contextmanager
def only_builder(root: Path, place: SitePlace) -> Iterator[None]:
    """Nobody else builds meanwhile; the last good site is in its place again.

    Raises Refused where another build goes on, or where a folder of `build/` is a link (it would be written to, and
    emptied, wherever it leads); WorkspaceError where the disk refuses.
    """
    with only_writer(root):
        try:
            _clear(place.work, root)
            _put_back(place.site)
            yield
        except OSError as error:
            where = str(error.filename or place.work)
            mend = "make room, close the file elsewhere, or choose a folder that you may write to"
            raise WorkspaceError(f"cannot be written: {error.strerror or error}", where=where, mend=mend) from error


def _clear(work: Path, root: Path) -> None:
    """Takes away the files that a build which died had begun to write. Raises Refused at a link."""
    for folder in (root / "build", work):
        _require_no_link(folder)
    for name, folders, files in os.walk(work):
        for below in folders:
            _require_no_link(Path(name, below))
        for file in files:
            if file.startswith(".writing-"):
                Path(name, file).unlink(missing_ok=True)


def _require_no_link(folder: Path) -> None:
    if folder.is_symlink():
        mend = "take the link away; where the site should go elsewhere, copy it when it is built"
        raise Refused("a folder of the build is a link; nothing was built", where=str(folder), mend=mend)


def _put_back(site: Path) -> None:
    """The last good site, where a build died between setting it aside and putting the new one in its place."""
    old = site.with_name(f"{site.name}.old")
    if old.is_dir() and not site.exists():
        old.replace(site)
