"""What a run is made of, with arrays in the place of the numbers of which every start has its own.

The arrays are (update, axis, first column, second column), each as small as it can be: a knob that a column varies has
as many elements as the column has settings.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from engine.around import around
from engine.box import FAR
from engine.noise import gaussian_draws, has_batches
from engine.scenario import Run, Scenario
from engine.trajectory import Floats
from ensembles.columns import MOST, Column, Several
from ensembles.updates import four
from optimizers.base import Optimizer
from schedules.base import learning_rates
from surfaces.base import Surface
from xp.factors import Number


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
        """The rule, likewise, with what stands around it."""
        run, arrays = self.run, self._arrays("optimizer")
        rule = run.optimizer.with_arrays(**arrays) if arrays else run.optimizer
        return around(rule, run.schedule, run.warmup, run.clip, self.scenario.steps)

    @cached_property
    def lr(self) -> Number:
        """The learning rate, or an array of them."""
        return self._arrays("lr").get("", self.run.lr)

    @cached_property
    def factors(self) -> Floats:
        """What the learning rate of each update is multiplied by, (steps, 1, k, l), (1, 1, k, l) if always the same."""
        shape = [1] * MOST
        varying = sorted({place for place, part, *_ in self._leaves if part in ("schedule", "warmup")})
        for place in varying:
            shape[place] = len(self.columns[place])
        table = np.empty((self.scenario.steps, prod(shape)))
        for number, rows in enumerate(product(*(range(len(self.columns[place])) for place in varying))):
            scene = self.scenario
            for place, row in zip(varying, rows, strict=True):
                scene = self.columns[place].put(scene, row)
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
    def walls(self) -> tuple[Floats, Floats] | None:
        """The lower and the upper walls of the box, (1, 2, k, l), infinite where there is none; None without a box."""
        box, arrays = self.scenario.box, self._arrays("box")
        if not (box or arrays):
            return None
        low, high = (
            np.concatenate(np.broadcast_arrays(*(four(arrays.get(name, getattr(box, name))) for name in names)), axis=1)
            for names in (("left", "bottom"), ("right", "top"))
        )
        low, high = np.where(low <= -FAR, -np.inf, low), np.where(high >= FAR, np.inf, high)
        return np.minimum(low, high), high

    @cached_property
    def _leaves(self) -> list[tuple[int, str, str, Floats]]:
        """The place of the column, the part, its number and the values of everything that columns vary."""
        return [
            (place, *leaf)
            for place, column in enumerate(self.columns)
            for leaf in column.leaves(self.scenario, self.number)
        ]

    def _arrays(self, part: str) -> dict[str, Several]:
        """Return the numbers of a part that columns vary."""
        return {name: _along(values, place) for place, own, name, values in self._leaves if own == part}


def _along(values: Floats, place: int) -> Several:
    """Return the values of a column along the dimension of that column."""
    shape = [1] * (2 + MOST)
    shape[2 + place] = len(values)
    made = values.copy().reshape(shape).view(Several)
    made.flags.writeable = False
    return made


def goes_by_value(scenario: Scenario, number: int, column: Column) -> bool:
    """Return whether each setting of a column needs an ensemble of its own."""
    leaves, schedule = list(column.leaves(scenario, number)), scenario.runs[number].schedule
    if any(part == "clip" or (part in ("schedule", "warmup") and schedule.moves_momentum) for part, _, _ in leaves):
        return True
    if any(part == "steps" or (part == "noise" and name != "level") for part, name, _ in leaves):
        return True
    names = {name for part, name, _ in leaves if part == "surface"}
    surface, noise = scenario.surface, scenario.noise
    if not names:
        return False
    symbols = {str(symbol) for symbol in surface.expression.free_symbols}
    windows = {column.put(scenario, row).surface.window for row in (0, -1)}
    is_disturbed = noise.level > 0.0 or has_batches(surface, noise)
    return not surface.has_formula or not names <= symbols or len(windows) > 1 or is_disturbed
