"""Numbers of a scene of which every start has its own, and what a run is made of then.

A run of many starts is computed with arrays (update, axis, first column, second column) in the place of numbers, each
as small as it can be: a knob that a column varies has as many elements as the column has distinct values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.fields import Field
from engine.noise import gaussian_draws, has_batches
from engine.scenario import Run, Scenario
from engine.trajectory import Flags, Floats
from optimizers.base import Optimizer
from schedules.base import learning_rates
from surfaces.base import Surface
from xp.factors import Number
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
    """A number of a scene with a value for each of n starts, (n,)."""

    field: Field
    values: Floats

    def at(self, places: Any) -> "Column":
        """Return the column of some of the starts."""
        return Column(self.field, self.values[places])

    @cached_property
    def distinct(self) -> Floats:
        """Its values, each once, in rising order."""
        return np.unique(self.values)

    @property
    def places(self) -> NDArray[np.intp]:
        """Where the value of each start is among the distinct ones, (n,)."""
        return np.searchsorted(self.distinct, self.values)

    def put(self, scenario: Scenario, value: float) -> Scenario:
        """Return the scene with one value of the column; raise SentenceError if it is not allowed."""
        made: Scenario = self.field.replace(scenario, self.field.knob.nearest(value))
        return made


def leaf_of(scenario: Scenario, number: int, column: Column) -> tuple[str, str]:
    """Return which part of what run `number` is made of a column varies, and which number of that part."""
    ends = [_parts(column.put(scenario, value), number) for value in column.distinct[[0, -1]].tolist()]
    for part, (one, other) in zip(PARTS, zip(*ends, strict=True), strict=True):
        if one != other:
            names = [field.name for field in fields(one)] if hasattr(one, "__dataclass_fields__") else []
            return part, next((name for name in names if getattr(one, name) != getattr(other, name)), "")
    return "", ""


PARTS = ("surface", "x", "y", "steps", "noise", "optimizer", "lr", "schedule", "warmup")


def _parts(scenario: Scenario, number: int) -> tuple[Any, ...]:
    run = scenario.runs[number]
    x, y = scenario.start
    shared = (scenario.surface, x, y, scenario.steps, scenario.noise)
    return (*shared, run.optimizer, run.lr, run.schedule, run.warmup)


def goes_by_value(scenario: Scenario, number: int, column: Column) -> bool:
    """Return whether each value of a column needs an ensemble of its own."""
    part, name = leaf_of(scenario, number, column)
    if part != "surface":
        return part == "steps" or (part == "noise" and name != "level")
    surface, noise = scenario.surface, scenario.noise
    is_symbol = surface.has_formula and name in {str(symbol) for symbol in surface.expression.free_symbols}
    windows = {column.put(scenario, value).surface.window for value in column.distinct[[0, -1]].tolist()}
    return not is_symbol or len(windows) > 1 or noise.level > 0.0 or has_batches(surface, noise)


@dataclass(frozen=True, eq=False)
class Setup:
    """What run `number` of a scene is made of, with arrays where columns vary it.

    columns: those with more than one value, at most MOST.
    """

    scenario: Scenario
    number: int
    columns: tuple[Column, ...] = ()

    @property
    def run(self) -> Run:
        """The run with the numbers that no column varies."""
        return self.scenario.runs[self.number]

    @cached_property
    def surface(self) -> Surface:
        """The surface, with arrays in the place of knobs that a column varies."""
        return self.scenario.surface.with_arrays(**arrays) if (arrays := self._arrays("surface")) else self.plain

    @property
    def plain(self) -> Surface:
        """The surface with one number for each knob, of the same window."""
        return self.scenario.surface

    @cached_property
    def optimizer(self) -> Optimizer:
        """The rule, likewise."""
        return self.run.optimizer.with_arrays(**arrays) if (arrays := self._arrays("optimizer")) else self.run.optimizer

    @cached_property
    def lr(self) -> Number:
        """The learning rate, or an array of them."""
        return self._arrays("lr").get("", self.run.lr)

    @cached_property
    def factors(self) -> Floats:
        """What the learning rate of each update is multiplied by, (steps, 1, k, l), (1, 1, k, l) if always the same."""
        shape = [1] * MOST
        varying = [place for place, (part, _) in enumerate(self._leaves) if part in ("schedule", "warmup")]
        for place in varying:
            shape[place] = len(self.columns[place].distinct)
        table = np.empty((self.scenario.steps, int(np.prod(shape))))
        for number, values in enumerate(product(*(self.columns[place].distinct.tolist() for place in varying))):
            scene = self.scenario
            for place, value in zip(varying, values, strict=True):
                scene = self.columns[place].put(scene, value)
            run = scene.runs[self.number]
            table[:, number] = learning_rates(1.0, run.schedule, run.warmup, scene.steps)
        table = table.reshape(-1, 1, *shape)
        return table[:1] if (table == table[:1]).all() else table

    @cached_property
    def draws(self) -> Floats | None:
        """What each update adds to the gradient, (steps, 2, k, l)."""
        level, noise = self._arrays("noise").get("level"), self.scenario.noise
        draws = gaussian_draws(self.plain, noise if level is None else replace(noise, level=1.0), self.scenario.steps)
        if draws is None:
            return None
        draws = draws[:, :, None, None]
        return draws if level is None else draws * level

    @cached_property
    def _leaves(self) -> list[tuple[str, str]]:
        return [leaf_of(self.scenario, self.number, column) for column in self.columns]

    def _arrays(self, part: str) -> dict[str, Several]:
        """Return the numbers of a part that columns vary."""
        return {
            name: _along(column.distinct, place)
            for place, (column, (own, name)) in enumerate(zip(self.columns, self._leaves, strict=True))
            if own == part
        }


def _along(values: Floats, place: int) -> Several:
    """Return the distinct values of a column along the dimension of that column."""
    shape = [1] * (2 + MOST)
    shape[2 + place] = len(values)
    made = values.reshape(shape).view(Several)
    made.flags.writeable = False
    return made


def folded(scenario: Scenario, columns: Sequence[Column]) -> tuple[Scenario, tuple[Column, ...]]:
    """Return the scene with the first value of every column, and the columns that have more than one."""
    for column in columns:
        scenario = column.put(scenario, float(column.distinct[0]))
    return scenario, tuple(column for column in columns if len(column.distinct) > 1)
