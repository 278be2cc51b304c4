"""Numbers of a scene of which every start has its own: columns of settings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.fields import Field
from engine.scenario import Scenario
from engine.trajectory import Flags, Floats
from xp.tape import Undecided

MOST = 2
"""Columns that an ensemble may have."""


class Divided(Undecided):
    """Raised where a rule does one thing for some values of a column and another for the others.

    column: its place. which: (k,), for which of its distinct values the condition holds.
    """

    def __init__(self, column: int, which: Flags) -> None:
        self.column, self.which = column, which


class Several(np.ndarray):
    """Numbers of several updates or starts; a condition on them is true or false where it is the same for all."""

    def __bool__(self) -> bool:
        truths = np.asarray(self, bool)
        if truths.all() == truths.any():
            return bool(truths.all())
        truths = truths if truths.ndim == 2 + MOST else truths.reshape(-1, 1, 1, 1)
        for column in range(MOST):
            which = np.moveaxis(truths, 2 + column, -1).reshape(-1, truths.shape[2 + column])
            if (which != which[:, :1]).any():
                raise Divided(column, next(row for row in which if row.any() and not row.all()))
        raise Undecided("these updates do not all do the same")

    def __float__(self) -> float:
        raise Undecided("several numbers are not one")

    def __index__(self) -> int:
        raise Undecided("several numbers are not one")


@dataclass(frozen=True, eq=False)
class Column:
    """Some numbers of a scene that change together, and which of their settings each of n starts has.

    fields: the numbers. table: (k, fields), their settings. places: (n,), rows of the table.
    """

    fields: tuple[Field, ...]
    table: Floats
    places: NDArray[np.intp]

    @staticmethod
    def of(field: Field, values: ArrayLike) -> "Column":
        """Return the column of one number with a value for each start, (n,)."""
        table, places = np.unique(np.asarray(values, float), return_inverse=True)
        return Column((field,), table[:, None], places)

    def __len__(self) -> int:
        return len(self.table)

    def at(self, some: Any) -> "Column":
        """Return the column of some of the starts."""
        rows, places = np.unique(self.places[some], return_inverse=True)
        return Column(self.fields, self.table[rows], places)

    def put(self, scenario: Scenario, row: int) -> Scenario:
        """Return the scene with one of the settings; raise SentenceError if it is not allowed."""
        for field, value in zip(self.fields, self.table[row].tolist(), strict=True):
            scenario = field.replace(scenario, field.knob.nearest(value))
        return scenario

    def leaves(self, scenario: Scenario, number: int) -> Iterator[tuple[str, str, Floats]]:
        """Yield which part of run `number` each field varies, which number of that part, and its values, (k,)."""
        for field, values in zip(self.fields, self.table.T, strict=True):
            ends = [
                _parts(field.replace(scenario, field.knob.nearest(value)), number)
                for value in (float(values.min()), float(values.max()))
            ]
            yield (*_difference(*ends), values)


PARTS = ("surface", "x", "y", "steps", "noise", "optimizer", "lr", "schedule", "warmup", "clip", "box")


def _parts(scenario: Scenario, number: int) -> tuple[Any, ...]:
    run, (x, y) = scenario.runs[number], scenario.start
    shared = (scenario.surface, x, y, scenario.steps, scenario.noise)
    return (*shared, run.optimizer, run.lr, run.schedule, run.warmup, run.clip, scenario.box)


def _difference(low: Sequence[Any], high: Sequence[Any]) -> tuple[str, str]:
    """Return the name of the first part that is not the same in two lists of parts, and what is different in it."""
    for part, one, other in zip(PARTS, low, high, strict=True):
        if one != other:
            names = [field.name for field in fields(one)] if hasattr(one, "__dataclass_fields__") else []
            return part, next((name for name in names if getattr(one, name) != getattr(other, name)), "")
    return "", ""


def folded(scenario: Scenario, columns: Sequence[Column]) -> tuple[Scenario, tuple[Column, ...]]:
    """Return the scene with the first setting of every column, and the columns that have more than one."""
    for column in columns:
        scenario = column.put(scenario, 0)
    return scenario, tuple(column for column in columns if len(column) > 1)
