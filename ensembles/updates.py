"""Updates as plans with constants: numbers for all starts, or arrays of which each start has an element."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.trajectory import Floats
from xp.factors import Number
from xp.tape import Plan


class Update(NamedTuple):
    """One update: a plan and its constants.

    constants: numbers, arrays (2, 1), or None where each start has its own. lasting: those of several updates, by their
    places, (axis, k, l). passing: those of this update.
    """

    plan: Plan
    constants: list[Any]
    lasting: dict[int, Floats]
    passing: dict[int, Floats]


def updates_of(plan: Plan, constants: list[Any], count: int) -> Iterator[Update]:
    """Yield `count` updates of one plan, each with its own constants."""
    arrays = list(map(four, constants))
    fixed: list[Any] = [None] * len(arrays)
    columns: dict[int, Any] = {}
    lasting: dict[int, Floats] = {}
    passing: dict[int, Floats] = {}
    for place, array in enumerate(arrays):
        if array.shape[2:] != (1, 1):
            (lasting if len(array) == 1 else passing)[place] = np.asarray(array)
        elif len(array) == 1:
            fixed[place] = array.item() if array.size == 1 else np.asarray(array[0, :, :, 0])
        else:
            columns[place] = array.ravel().tolist() if array.shape[1] == 1 else list(np.asarray(array[:, :, :, 0]))
    lasting = {place: array[0] for place, array in lasting.items()}
    for k in range(count):
        own = fixed.copy()
        for place, column in columns.items():
            own[place] = column[k]
        yield Update(plan, own, lasting, {place: array[k] for place, array in passing.items()})


def four(numbers: Number) -> Floats:
    """Return numbers with the four dimensions (update, axis, k, l)."""
    array = np.asarray(numbers)
    return array if array.ndim == 4 else array.reshape(1, 1, 1, 1)
