"""One learning rate tried: a recorded run, of which only what decides between rates is kept."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.noise import noisy_gradient
from engine.scenario import Run, Scenario
from engine.simulate import Progress, record
from engine.trajectory import Floats
from schedules.base import learning_rates
from surfaces.base import Surface

RISE = 1.2
"""A run has blown out if it rose above its lowest loss by this many times what its start lies above it."""

FAR = 3.0
"""A run has blown out if it went this many windows away from its start."""


@dataclass(frozen=True)
class Trial:
    """A learning rate, and how its run went.

    loss: at the last point; infinite where the run was lost or has no such number. blew_out: as the function says.
    """

    lr: float
    loss: float
    blew_out: bool

    @cached_property
    def rank(self) -> float:
        """The loss, infinite where the run blew out: lower is better."""
        return math.inf if self.blew_out else self.loss


def attempt(scenario: Scenario, run: Run, lr: float, progress: Progress | None = None) -> Trial:
    """Return the trial of one rate: the same points, to the last bit, as `simulate_run` records with that rate."""
    rates = learning_rates(lr, run.schedule, run.warmup, scenario.steps)
    gradient = noisy_gradient(scenario.surface, scenario.noise, scenario.steps)
    rows = record(scenario.surface, gradient, run.rule(scenario.steps), rates, scenario.start, progress, scenario.box)
    theta = np.vstack([scenario.start, rows[:, 6:8]])
    loss = np.array(scenario.surface.value_array(theta[:, 0], theta[:, 1]))
    is_whole = len(rows) == scenario.steps and np.isfinite(loss[-1])
    return Trial(lr, float(loss[-1]) if is_whole else math.inf, blew_out(scenario.surface, theta, loss))


def blew_out(surface: Surface, theta: Floats, loss: Floats) -> bool:
    """Return whether a run, its points (n, 2) and losses (n,), was thrown out on its way.

    It was if its loss rose above the lowest by more than RISE times what the start lies above it, or is no number;
    or if it went more than FAR windows away from its start.
    """
    if not np.isfinite(loss).all():
        return True
    spans = np.array([high - low for low, high in surface.window])
    lowest = loss.min()
    has_risen = loss.max() - lowest > RISE * (loss[0] - lowest)
    return bool(has_risen or (np.abs(theta - theta[0]) > FAR * spans).any())
