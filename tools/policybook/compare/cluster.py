"""Who departs together: witnesses that share the same departure from one clause, and who stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from policybook.domain.comparison import Cluster, CollationCell
from policybook.text.fingerprint import match_fingerprint

_WHY = {
    "removed": "Left out.",
    "added": "Added in the same words.",
    "reworded": "Reworded in the same words.",
}


def find_clusters(cells: Sequence[CollationCell]) -> tuple[Cluster, ...]:
    """The departures in one row, each with the columns that share it; the most common first, then in order of columns.

    Two changes of substance are the same where their evidence is ("18 became 19"), however the rest is worded; other
    departures are the same where their words are. Names and spelling are no departures.
    """
    columns: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for column, cell in enumerate(cells):
        if key := _departure(cell):
            columns[key].append(column)
    found = [_cluster(cells[shared[0]], shared) for shared in columns.values()]
    return tuple(sorted(found, key=lambda cluster: (-len(cluster.columns), cluster.columns)))


def _departure(cell: CollationCell) -> tuple[object, ...]:
    if cell.state == "substantive":
        return ("substantive", *((fact.kind, fact.before, fact.after) for fact in cell.facts))
    if cell.state in ("reworded", "added"):
        return (cell.state, match_fingerprint(cell.text))
    return ("removed",) if cell.state == "removed" else ()


def _cluster(cell: CollationCell, columns: list[int]) -> Cluster:
    assert cell.state in ("reworded", "substantive", "added", "removed")  # noqa: S101 - narrows the type
    why = tuple(fact.why for fact in cell.facts) if cell.state == "substantive" else (_WHY[cell.state],)
    return Cluster(cell.state, why, tuple(columns))
