"""Choosing pairs from a matrix of how alike each text of one list is with each of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def clear_matches(scores: Scores, bar: float, lead: float) -> Iterator[tuple[int, int, float]]:
    """Cells (row, column, score) that reach the bar and lead by that much in their row as well as in their column."""
    if scores.max() < bar:
        return
    columns, rows = scores.argmax(axis=1), scores.argmax(axis=0)
    places = np.arange(len(columns))
    best = scores[places, columns]
    is_clear = (rows[columns] == places) & (best >= bar)
    is_clear &= np.minimum(_lead(scores), _lead(scores.T)[columns]) >= lead
    for row in np.flatnonzero(is_clear).tolist():
        yield row, int(columns[row]), float(best[row])


def best_assignment(scores: Scores) -> Iterator[tuple[Any, Any]]:
    """The cells, one in each row and column, with the greatest sum."""
    from scipy.optimize import linear_sum_assignment

    return zip(*linear_sum_assignment(-scores), strict=True)


def best_path(gains: Scores) -> list[tuple[int, int]]:
    """The in-order cells with the greatest sum of gains; cells that gain nothing are never taken."""
    rows, columns = gains.shape
    best = np.zeros((rows + 1, columns + 1), dtype=np.float64)
    usable = np.maximum(gains, 0.0)
    for row in range(rows):
        taken = np.maximum(best[row, :-1] + usable[row], best[row, 1:])
        np.maximum.accumulate(taken, out=best[row + 1, 1:])
    cells: list[tuple[int, int]] = []
    row, column = rows, columns
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            cells.append((row, column))
    return cells[::-1]


def _lead(scores: Scores) -> Scores:
    """By how much the best of each row is better than the second; its whole score where there is only one."""
    if scores.shape[1] < 2:
        return scores[:, 0]
    ranked = np.partition(scores, -2, axis=1)
    return np.subtract(ranked[:, -1], ranked[:, -2])
