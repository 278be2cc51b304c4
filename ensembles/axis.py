"""One side of a map: a number of the scene, and the values that the middles of its cells have."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.box import WALLS
from engine.fields import Field, numbers, run_of
from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Floats
from spec.knobs import Integer, Knob, Number
from spec.sentences import SentenceError

CELLS = 128
"""Cells of a side, unless somebody asks for another number."""

DECADES = 2.0
"""How many decades a logarithmic side reaches below the scene's value, and above it."""

SMALLEST = 1e-12
"""Where a logarithmic side begins whose knob begins at 0, if the scene's value is 0."""

WIDEST = 400.0
"""A knob of evenly spread values is shown whole if it is no wider."""

NEWEST, OLDEST = 1.0, 1e-4
"""The shares 1 - value between which a side of memory reaches."""

BOX = {f"box.{name}": place // 2 for place, name in enumerate(WALLS)}
SIDES = {"x": 0, "y": 1} | BOX
"""Numbers that lie along an axis of the surface, and which."""


@dataclass(frozen=True)
class Axis:
    """A side of a map.

    name: of the field, as in the address. low, high: its edges. count: its cells; fewer where the knob is a whole
    number and several cells would have the same. log: whether cells are as wide in decades. memory: whether they are
    so in decades of 1 - value. whole: whether values are whole numbers. part: the first of its values and the one after
    the last, if it is only a part of such a side.
    """

    name: str
    low: float
    high: float
    count: int
    log: bool = False
    memory: bool = False
    whole: bool = False
    part: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.log and self.low <= 0.0) or (self.memory and self.high >= 1.0):
            raise SentenceError("{field} cannot go from {low:g} to {high:g}", **self._said)
        if self.count < 1:
            raise SentenceError("a side of a map has at least one cell, got {count}", count=self.count)

    @cached_property
    def values(self) -> Floats:
        """The middles of the cells, (count,); of a whole number, each of them once."""
        places = (np.arange(self.count) + 0.5) / self.count
        values = self.at(places)
        return (np.unique(np.rint(values)) if self.whole else values)[slice(*self.part) if self.part else slice(None)]

    @cached_property
    def edges(self) -> Floats:
        """The edges of the cells, (count + 1,)."""
        return self.at(np.linspace(0.0, 1.0, self.count + 1))

    @property
    def size(self) -> int:
        """How many values it has."""
        return len(self.values)

    def at(self, places: Floats) -> Floats:
        """Return the values at shares of the side, 0 at its low edge and 1 at its high one."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** places)
        if self.memory:
            first, last = 1.0 - self.low, 1.0 - self.high
            return np.asarray(1.0 - first * (last / first) ** places)
        return np.asarray(self.low + (self.high - self.low) * places)

    @property
    def _said(self) -> dict[str, float | str]:
        return {"field": self.name, "low": self.low, "high": self.high}


def plane_axes(scenario: Scenario, run: str = "a") -> tuple[str, ...]:
    """Return the names of all numbers that a side of a map of this run may have."""
    names = [name for name in numbers(scenario) if run_of(name) in ("", run)]
    without = {"batch"} if not scenario.surface.data_size else set()
    without |= {"seed"} if scenario.noise.level == 0.0 and not scenario.noise.batch else set()
    without |= set() if scenario.box else set(BOX)
    return tuple(name for name in names if name not in without)


def axis_of(
    scenario: Scenario, name: str, low: float | None = None, high: float | None = None, count: int = CELLS
) -> Axis:
    """Return a side of a map, around the scene's value of that field unless its edges are given.

    Raises SentenceError for what is no number of the scene, and for edges that the number cannot have.
    """
    field = field_of(scenario, name)
    knob: Number = field.knob  # type: ignore[assignment]
    is_log, is_memory = knob.scale == "log", knob.scale == "memory"
    first, last = _around(scenario, field, knob)
    low, high = first if low is None else float(low), last if high is None else float(high)
    if is_log and low <= 0.0:
        is_log = False
    for edge in (low, high):
        _check(name, knob, edge)
    return Axis(name, low, high, count, is_log, is_memory, isinstance(knob, Integer))


def field_of(scenario: Scenario, name: str) -> Field:
    """Return a number of the scene by its name; raise SentenceError where there is none."""
    known = numbers(scenario)
    if name not in known:
        raise SentenceError("{field} is not a number of this scene", field=name)
    return known[name]


def checked(scenario: Scenario, axis: Axis) -> Field:
    """Return the field of an axis; raise SentenceError where it is none, or a value is one that it cannot have."""
    field = field_of(scenario, axis.name)
    for value in (axis.values[0], axis.values[-1]):
        _check(axis.name, field.knob, float(value))
    return field


def _check(name: str, knob: Knob, value: float) -> None:
    try:
        knob.check(round(value) if isinstance(knob, Integer) else value)
    except SentenceError as error:
        raise SentenceError("{owner} {reason}", owner=name, reason=error.sentence) from None


def _around(scenario: Scenario, field: Field, knob: Number) -> Sequence[float]:
    """Return the edges between which most of what a number does can be seen."""
    value = float(field.read(scenario))
    if field.name in SIDES:
        return scenario.surface.window[SIDES[field.name]]
    if knob.scale == "memory":
        low, high = 1.0 - NEWEST, 1.0 - OLDEST
    elif isinstance(knob, Integer):
        low, high = 0.0, max(2.0 * value, scenario.steps / 2.0)
    elif knob.scale == "log":
        middle = value or max(knob.low, SMALLEST) * 10.0**DECADES
        reach = 10.0 ** (DECADES if knob is LEARNING_RATE else 2 * DECADES)
        low, high = middle / reach, middle * reach
    elif knob.high - knob.low <= WIDEST:
        low, high = knob.low, knob.high
    else:
        low, high = 0.0, 2.0 * abs(value) or 1.0
    return max(knob.low, low), min(knob.high, high)
