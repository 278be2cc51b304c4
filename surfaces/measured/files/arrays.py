"""What every reader of a file gives: named arrays of numbers, few and small enough."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from spec.sentences import Sentence, SentenceError
from surfaces.measured.spline import Floats

Arrays: TypeAlias = dict[str, Floats]
"""By the names that the file gives them; "" where it gives none."""

MOST_SIDE = 512
"""Cells along a side of a slice."""

MOST_NUMBERS = 3 * MOST_SIDE * MOST_SIDE
"""Numbers of one array: a slice as rows of x, y and loss."""

MOST_ARRAYS = 64


def check_shape(name: str, shape: Sequence[int]) -> None:
    """Raise SentenceError for an array with more numbers than a slice has."""
    count = 1
    for side in shape:
        count *= max(int(side), 0)
    if count > MOST_NUMBERS or len(shape) > 3:
        written = " × ".join(map(str, shape))
        raise SentenceError("{name} has {shape} numbers; a slice has at most {most} × {most}",
                            name=named(name), shape=written, most=MOST_SIDE)  # fmt: skip


def numbers(name: str, values: Any) -> Floats:
    """Return an array of real numbers as floats. Raises SentenceError for what is none."""
    array = np.ma.filled(np.ma.asarray(values, float), np.nan) if np.ma.isMaskedArray(values) else np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise SentenceError("{name} holds no real numbers", name=named(name))
    check_shape(name, array.shape)
    return np.ascontiguousarray(array, np.float64)


def named(name: str) -> str | Sentence:
    """Return how a sentence calls an array."""
    return name[:40] or Sentence("the array")
