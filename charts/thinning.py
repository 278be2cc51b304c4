"""Fewer points for a chart, with every spike kept."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats


def thin(series: Floats, most: int = 2000) -> NDArray[np.int64]:
    """Return rising row indices, about `most`, that keep first, last, lowest and highest of each bucket.

    series: (n, k), k curves over one clock. Every bucket of rows keeps the minimum and the maximum of every
    curve, and the rows at which it becomes or ceases to be finite, so no peak of any curve is lost.
    """
    rows, curves = series.shape
    if rows <= most:
        return np.arange(rows)
    width = -(-rows * 2 * curves // most)
    edges = np.arange(0, rows, width)
    finite = np.isfinite(series)
    lowest = _per_bucket(np.where(finite, series, np.inf), edges, width, np.argmin)
    highest = _per_bucket(np.where(finite, series, -np.inf), edges, width, np.argmax)
    turns = np.flatnonzero((finite[1:] != finite[:-1]).any(axis=1))
    kept = np.concatenate([[0, rows - 1], lowest, highest, turns[:most], turns[:most] + 1])
    return np.unique(kept)


def _per_bucket(series: Floats, edges: NDArray[np.int64], width: int, pick: Callable[..., Any]) -> NDArray[np.int64]:
    padding = len(edges) * width - len(series)
    padded = np.pad(series, ((0, padding), (0, 0)), mode="edge")
    buckets = padded.reshape(len(edges), width, -1)
    chosen = edges[:, None] + pick(buckets, axis=1)
    rows: NDArray[np.int64] = np.minimum(chosen, len(series) - 1).ravel()
    return rows
