"""The tables of a survey: filled as documents come in, written as Parquet, counted in SQL by DuckDB.

Rows wait in a database file that is thrown away at the end, so that memory stays bounded however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from policybook.domain.comparison import CHANGE_KINDS, ChangeKind
from policybook.domain.error import WorkspaceError
from policybook.domain.model import Topic
from policybook.domain.survey import AnswerCount, SharedChange, SurveyFailure, TopicCounts

if TYPE_CHECKING:
    import duckdb

TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "document": "VARCHAR", "school": "VARCHAR", "title": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR",
        "mend": "VARCHAR", "sha256": "VARCHAR", "version": "VARCHAR", "likeness": "DOUBLE", "coverage": "DOUBLE",
        "sections": "INTEGER", **dict.fromkeys(CHANGE_KINDS, "INTEGER"),
    },
    "clauses": {
        "document": "VARCHAR", "school": "VARCHAR", "clause": "VARCHAR", "number": "VARCHAR", "after": "VARCHAR",
        "change": "VARCHAR", "moved": "BOOLEAN", "how": "VARCHAR", "shared": "VARCHAR", "words": "VARCHAR",
    },
    "positions": {
        "document": "VARCHAR", "school": "VARCHAR", "topic": "VARCHAR", "answer": "VARCHAR", "words": "VARCHAR",
    },
}  # fmt: skip
"""Columns by table; docs/how-to/survey.md tells what each means (held by a test)."""
FOLLOWS, OTHER, FAILED = "follows", "follows no version", "could not be read"
_ROWS = 20_000
_SETTINGS = {
    "threads": "1",  # rows keep their order and bytes repeat
    "memory_limit": "300MB",
    "autoinstall_known_extensions": "false",  # nothing is fetched
    "autoload_known_extensions": "false",
}


class SurveyTables:
    """The rows of one survey, in a folder that nobody else uses; a context manager that takes its database away."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "survey.duckdb"
        self._rows: dict[str, list[Sequence[Any]]] = {name: [] for name in TABLES}
        self._base = _connect(self._file)
        for name, columns in TABLES.items():
            shape = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            self._base.execute(f"CREATE TABLE {name} ({shape})")

    def __enter__(self) -> SurveyTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def add(self, document: str, school: str, sha256: str, found: Mapping[str, Any]) -> None:
        """What was found in a document (see `workflow.survey_task.survey_document`)."""
        changes = [row[3] for row in found["clauses"]]
        counts = [changes.count(kind) if found["follows"] else None for kind in CHANGE_KINDS]
        status = FOLLOWS if found["follows"] else OTHER
        told = (found["title"], status, None, None, sha256, found["version"] or None, found["likeness"])
        self._add("documents", [(document, school, *told, found["coverage"], found["sections"], *counts)])
        self._add("clauses", [(document, school, *row) for row in found["clauses"]])
        self._add("positions", [(document, school, *row) for row in found["positions"]])

    def add_failure(self, document: str, school: str, sha256: str | None, failure: SurveyFailure) -> None:
        """A document that could not be surveyed."""
        empty = [None] * (len(TABLES["documents"]) - 7)
        self._add("documents", [(document, school, None, FAILED, failure.reason, failure.mend, sha256, *empty)])

    def write(self, folder: Path) -> tuple[str, ...]:
        """Writes each table as Parquet into a folder; the same rows give the same bytes. Returns the files' names."""
        self._flush()
        for name in TABLES:
            target = str(folder / f"{name}.parquet").replace("'", "''")
            self._base.execute(f"COPY {name} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        return tuple(f"{name}.parquet" for name in TABLES)

    def count_documents(self) -> dict[str, int]:
        """How many documents there are of each status."""
        return dict(self._ask("SELECT status, count(*) FROM documents GROUP BY status"))

    def count_versions(self) -> tuple[tuple[str, int], ...]:
        """How many documents follow each version; "" where it cannot be told."""
        return tuple(
            self._ask(
                "SELECT coalesce(version, '') AS v, count(*) FROM documents WHERE status = ? GROUP BY v ORDER BY v",
                FOLLOWS,
            )
        )

    def failures(self) -> tuple[SurveyFailure, ...]:
        """The documents that could not be surveyed, in their order."""
        rows = self._ask("SELECT document, reason, mend FROM documents WHERE status = ? ORDER BY rowid", FAILED)
        return tuple(SurveyFailure(*row) for row in rows)

    def count_answers(self, topics: Sequence[Topic]) -> tuple[TopicCounts, ...]:
        """How many documents give each answer to each topic."""
        rows = self._ask(
            "SELECT topic, max(answer) AS said, count(*) AS found FROM positions GROUP BY topic, lower(answer)"
            " ORDER BY found DESC, said NULLS LAST"
        )
        return tuple(
            TopicCounts(
                topic.id,
                topic.label,
                topic.question,
                tuple(AnswerCount(answer, found) for name, answer, found in rows if name == topic.id),
            )
            for topic in topics
        )

    def count_changes(self) -> dict[str, dict[ChangeKind, int]]:
        """By clause of the model: how many documents do what to it."""
        found: dict[str, dict[ChangeKind, int]] = {}
        for clause, change, number in self._ask(
            "SELECT clause, change, count(*) FROM clauses WHERE clause <> '' GROUP BY clause, change"
        ):
            found.setdefault(clause, {})[change] = number
        return found

    def shared_changes(self, most: int) -> dict[str, tuple[SharedChange, ...]]:
        """By clause ("" for what is added anywhere): the departures most often shared, at most so many each."""
        rows = self._ask(
            "SELECT clause, change, any_value(how), min(words), count(DISTINCT document) AS found FROM clauses"
            " WHERE change IN ('substantive', 'reworded', 'removed', 'added') GROUP BY clause, change, shared"
            " QUALIFY row_number() OVER (PARTITION BY clause ORDER BY found DESC, change, min(words)) <= ?"
            " ORDER BY clause, found DESC, change, min(words)",
            most,
        )
        shared: dict[str, list[SharedChange]] = {}
        for clause, change, how, words, number in rows:
            shared.setdefault(clause, []).append(SharedChange(change, how, words, number))
        return {clause: tuple(changes) for clause, changes in shared.items()}

    def list_schools(self, topics: Sequence[Topic]) -> list[tuple[Any, ...]]:
        """A row a document: document, school, status, version, changes of substance, and its answer to each topic."""
        answers = "".join(f", max(answer) FILTER (topic = ${index + 1})" for index in range(len(topics)))
        query = (
            f"WITH told AS (SELECT document AS name{answers} FROM positions GROUP BY document)"  # noqa: S608 - no words of others
            " SELECT document, school, status, version, substantive, told.* EXCLUDE (name) FROM documents"
            " LEFT JOIN told ON told.name = document ORDER BY documents.rowid"
        )
        return self._ask(query, *(topic.id for topic in topics))

    def _add(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        waiting = self._rows[table]
        waiting += rows
        if len(waiting) >= _ROWS:
            self._flush_table(table)

    def _flush(self) -> None:
        for table in TABLES:
            self._flush_table(table)

    def _flush_table(self, table: str) -> None:
        rows = self._rows[table]
        if not rows:
            return
        columns = {}
        for name, values in zip(TABLES[table], zip(*rows, strict=True), strict=True):
            columns[name] = np.empty(len(rows), dtype=object)
            columns[name][:] = values
        self._base.register("arrived", columns)
        self._base.execute(f"INSERT INTO {table} SELECT * FROM arrived")  # noqa: S608 - a name of ours
        self._base.unregister("arrived")
        rows.clear()

    def _ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        self._flush()
        return self._base.execute(query, values).fetchall()


def _connect(file: Path) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        mend = "install it with `pip install policybook[survey]`"
        raise WorkspaceError("a survey needs DuckDB, which is not installed", mend=mend) from error
    return duckdb.connect(str(file), config={**_SETTINGS, "temp_directory": str(file.parent / "spill")})
