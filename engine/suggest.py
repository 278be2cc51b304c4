"""A learning rate that makes sense for any surface and optimizer: a guess, and a few trials around it."""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.stability import spectral_norm
from engine.trial import Trial, attempt
from optimizers.base import Coupled, Optimizer
from surfaces.base import Point, Surface
from xp.functions import FLOATS

SHARE_OF_LIMIT = 0.4
"""How much of plain gradient descent's stability limit, 2 / lambda, the guess for a gradient method is."""

SHARE_OF_WINDOW = 0.01
"""How much of the window's shorter side the guess for a method with a step of fixed length covers in one update."""

LONGEST_STEP = 0.2
"""The largest share of the window that the first step of a gradient method covers by the guess."""

QUANTILE = 0.9
"""Which of the curvatures of the region below the start, in their order, the guess takes for all of them."""

DECADES = (-2, -1, 0, 1, 2)
"""The decades around the guess that are tried first."""

BETWEEN = (1 / 5, 1 / 2, 2.0, 5.0)
"""What the best of them is multiplied by for the trials between two decades."""

FINER = (2 / 3, 3 / 2)
"""What the best of all these is multiplied by for the last trials."""

MOST_TRIALS = 20
"""Trials of decades, after which no farther one is tried."""

EVEN = 1e-15
"""Losses that differ by less than this share of what the best trial has descended are the same."""


@lru_cache(maxsize=1024)
def suggest_learning_rate(surface: Surface, start: Point, optimizer: Optimizer) -> float:
    """Return a learning rate of one significant digit to begin with.

    The guess and the two decades below and above it are tried, each in a recorded run of as many updates as a scene
    has by default; where the best is the first or the last of them, the next decade too. Then what lies between the
    best and its neighbours is tried, and then what is left closest to the best. The suggestion is the trial with the
    lowest loss at its end, of those that did not blow out and did not end above the start, and that nearest to the
    guess where several end the same.
    """
    middle = _allowed(guess(surface, start, optimizer))
    if not math.isfinite(surface.value_array(*start)):
        return middle
    search = _Search(Scenario(surface, start, Scenario.DEFAULT_STEPS, (Run(optimizer, middle),)))
    search.attempt(middle * 10.0**decade for decade in DECADES)
    while len(search.trials) < MOST_TRIALS and search.attempt(search.best * factor for factor in (0.1, 10.0)):
        pass
    search.attempt([search.best * factor for factor in BETWEEN])
    search.attempt([search.best * factor for factor in FINER])
    return search.best


class _Search:
    """The trials of a scene's first run, by their rates."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.run = scenario, scenario.runs[0]
        self.first = float(scenario.surface.value_array(*scenario.start))
        self.trials: dict[float, Trial] = {}

    def attempt(self, rates: Iterable[float]) -> bool:
        """Try those rates that were not tried yet; return whether there were any."""
        new = {_allowed(rate) for rate in rates} - set(self.trials)
        self.trials |= {rate: attempt(self.scenario, self.run, rate) for rate in new}
        return bool(new)

    @property
    def best(self) -> float:
        """The rate of the best trial; the lowest of all where every trial ended above the start.

        Where a rule climbs however low its rate, it is the guess.
        """
        good = [trial for trial in self.trials.values() if trial.rank <= self.first]
        if not good:
            return self.run.lr if self.run.optimizer.may_climb else min(self.trials)
        lowest = min(trial.loss for trial in good)
        even = lowest + EVEN * (self.first - lowest)
        return min((t.lr for t in good if t.loss <= even), key=lambda lr: abs(math.log(lr / self.run.lr)))


def guess(surface: Surface, start: Point, optimizer: Optimizer) -> float:
    """Return a learning rate from curvature and window alone, around which trials look for a better one.

    A rate that multiplies a gradient is SHARE_OF_LIMIT * 2 / lambda / sqrt(gain), and less where the first step
    would leave the window; lambda is a curvature that few points below the start exceed, gain the length to
    which momentum builds a constant gradient up. A rate that is a distance is SHARE_OF_WINDOW of the window.
    A rule that uses its rate both ways gets the smaller of the two, one that finds its own unit 1.
    """
    if optimizer.step_unit == "free":
        return 1.0
    spans = np.array([high - low for low, high in surface.window])
    by_window = SHARE_OF_WINDOW * float(spans[: surface.dimension].min())
    if optimizer.step_unit == "distance":
        return by_window
    by_curvature = SHARE_OF_LIMIT * 2.0 / (curvature_below(surface, start) or 1e-300)
    slope = np.nan_to_num(np.abs(surface.gradient_array(*start)))
    by_reach = LONGEST_STEP / (float((slope / spans).max()) or 1e-300)
    by_gradient = min(by_curvature, by_reach) / math.sqrt(gain(optimizer))
    return min(by_gradient, by_window) if optimizer.step_unit in ("both", "either") else by_gradient


def curvature_below(surface: Surface, start: Point) -> float:
    """Return the QUANTILE of the Hessian's spectral norm over where the loss is not above its value at `start`."""
    x, y = np.meshgrid(*(np.linspace(low, high, 41) for low, high in surface.window))
    below = surface.value_array(x, y) <= surface.value_array(*start)
    norms = spectral_norm(surface, np.append(x[below], start[0]), np.append(y[below], start[1]))
    finite = norms[np.isfinite(norms)]
    return float(np.quantile(finite, QUANTILE)) if len(finite) else 0.0


def gain(optimizer: Optimizer) -> float:
    """Return what the rule makes of a gradient that is 1 for a long time: m / sigma after 1,000 updates.

    1 for a rule that couples the axes: a gradient of one axis says nothing of it.
    """
    if isinstance(optimizer, Coupled):
        return 1.0
    rule: Any = optimizer
    state, m, sigma = optimizer.init(0.0), 1.0, 1.0
    for t in range(1000):
        m, sigma, state = rule.update(1.0, state, t, 1.0, FLOATS)
    return max(float(m / sigma), 1e-3) if sigma else 1.0


def _allowed(value: float) -> float:
    if not 0 < value < 1e100:
        return 0.01
    return float(LEARNING_RATE.nearest(float(f"{value:.0e}")))
