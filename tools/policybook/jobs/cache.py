"""Answers kept by what went in: one SQLite file under `build/`, safe to delete at any time.

Only the asking process opens it, also when others do the work, so that a cluster needs no shared folder.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path
from types import TracebackType

LIMIT = 500_000_000
"""Bytes kept at most, unless asked otherwise."""
_KEPT_SHARE = 0.8
_COMMIT_EVERY = 500
_TABLE = (
    "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, used INTEGER, sha256 TEXT, content BLOB) WITHOUT ROWID"
)


class Cache:
    """Answers by key; where more than `limit` bytes are kept, those go whose last use is longest ago.

    Nothing here is ever an error: what cannot be read, or is not what was written, is not there, and what cannot be
    written is not kept. `hits` and `misses` count what was asked for. "Last" goes by order of use, not by the clock.
    """

    def __init__(self, file: Path, limit: int = LIMIT) -> None:
        self.file = file
        self.limit = limit
        self.hits = self.misses = 0
        self._changes = 0
        self._use = 0
        self._base: sqlite3.Connection | None = None

    def __enter__(self) -> Cache:
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._start_anew()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):
            self._shrink()
        self._close()

    def __contains__(self, key: str) -> bool:
        """Whether something is kept under a key; it may prove damaged all the same."""
        if self._base is None:
            return False
        with suppress(sqlite3.Error):
            return self._base.execute("SELECT 1 FROM answer WHERE key = ?", (key,)).fetchone() is not None
        return False

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None."""
        content = self._read(key)
        if content is None:
            self.misses += 1
        else:
            self.hits += 1
            self._write("UPDATE answer SET used = ? WHERE key = ?", (self._next_use(), key))
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps an answer."""
        row = (key, self._next_use(), hashlib.sha256(content).hexdigest(), zlib.compress(content, 1))
        self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)

    def _read(self, key: str) -> bytes | None:
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT sha256, content FROM answer WHERE key = ?", (key,)).fetchone()
            content = zlib.decompress(row[1]) if row else None
        except sqlite3.OperationalError:  # another run is writing
            return None
        except (sqlite3.DatabaseError, zlib.error, TypeError):
            self._start_anew()
            return None
        return content if content is not None and hashlib.sha256(content).hexdigest() == row[0] else None

    def _write(self, statement: str, row: tuple[object, ...]) -> None:
        if self._base is None:
            return
        try:
            self._base.execute(statement, row)
            self._changes += 1
            if self._changes % _COMMIT_EVERY == 0:
                self._base.commit()
        except sqlite3.OperationalError:  # another run is writing, or the disk is full
            return
        except sqlite3.DatabaseError:
            self._start_anew()

    def _open(self) -> None:
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = sqlite3.connect(self.file, timeout=2)
            self._base.execute("PRAGMA auto_vacuum = FULL")
            self._base.execute("PRAGMA synchronous = OFF")
            self._base.execute(_TABLE)
            self._use = self._base.execute("SELECT coalesce(max(used), 0) FROM answer").fetchone()[0]
        except sqlite3.OperationalError:  # a folder that may not be written to, or another run
            self._close()

    def _start_anew(self) -> None:
        """Deletes a file that is damaged or not ours, and begins with an empty one."""
        self._close()
        with suppress(OSError):
            self.file.unlink()
        with suppress(sqlite3.DatabaseError):
            self._open()

    def _shrink(self) -> None:
        if self._base is None:
            return
        size = self._base.execute("SELECT coalesce(sum(length(content)), 0) FROM answer").fetchone()[0]
        if size > self.limit:
            for key, length in self._base.execute("SELECT key, length(content) FROM answer ORDER BY used").fetchall():
                self._base.execute("DELETE FROM answer WHERE key = ?", (key,))
                size -= length
                if size <= _KEPT_SHARE * self.limit:
                    break
        self._base.commit()

    def _close(self) -> None:
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None

    def _next_use(self) -> int:
        self._use += 1
        return self._use
