"""A learning rate that makes sense for any surface and optimizer, from curvature and window alone."""

import math
from functools import lru_cache

import numpy as np

from engine.scenario import LEARNING_RATE, round_to_nice
from engine.stability import spectral_norm
from optimizers.base import Optimizer
from surfaces.base import Point, Surface
from xp.functions import FLOATS

SHARE_OF_LIMIT = 0.4
"""How much of plain gradient descent's stability limit, 2 / lambda, a gradient method uses."""

SHARE_OF_WINDOW = 0.01
"""How much of the window's shorter side a method with a step of fixed length covers in one update."""

LONGEST_STEP = 0.2
"""The largest share of the window that the first step of a gradient method may cover."""


@lru_cache(maxsize=1024)
def suggest_learning_rate(surface: Surface, start: Point, optimizer: Optimizer) -> float:
    """Return a round learning rate (1, 2 or 5 times a power of ten) to begin with.

    A rate that multiplies a gradient is SHARE_OF_LIMIT * 2 / lambda / sqrt(gain), and less where the first step
    would leave the window; lambda is the largest curvature a descent from `start` can meet, gain the length to
    which momentum builds a constant gradient up. A rate that is a distance is SHARE_OF_WINDOW of the window.
    A rule that uses its rate both ways gets the smaller of the two.
    """
    if optimizer.step_unit == "free":
        return 1.0
    spans = np.array([high - low for low, high in surface.window])
    by_window = SHARE_OF_WINDOW * float(spans.min())
    if optimizer.step_unit == "distance":
        return _allowed(by_window)
    by_curvature = SHARE_OF_LIMIT * 2.0 / (sharpest(surface, start) or 1e-300)
    slope = np.nan_to_num(np.abs(surface.gradient_array(*start)))
    by_reach = LONGEST_STEP / (float((slope / spans).max()) or 1e-300)
    by_gradient = min(by_curvature, by_reach) / math.sqrt(gain(optimizer))
    return _allowed(min(by_gradient, by_window) if optimizer.step_unit == "both" else by_gradient)


def sharpest(surface: Surface, start: Point) -> float:
    """Return the largest spectral norm of the Hessian where the loss is not above its value at `start`."""
    x, y = np.meshgrid(*(np.linspace(low, high, 41) for low, high in surface.window))
    below = surface.value_array(x, y) <= surface.value_array(*start)
    norms = spectral_norm(surface, np.append(x[below], start[0]), np.append(y[below], start[1]))
    finite = norms[np.isfinite(norms)]
    return float(finite.max()) if len(finite) else 0.0


def gain(optimizer: Optimizer) -> float:
    """Return what the rule makes of a gradient that is 1 for a long time: m / sigma after 1,000 updates."""
    state, m, sigma = optimizer.init(0.0), 1.0, 1.0
    for t in range(1000):
        m, sigma, state = optimizer.update(1.0, state, t, 1.0, FLOATS)
    return max(float(m / sigma), 1e-3) if sigma else 1.0


def _allowed(value: float) -> float:
    if not 0 < value < 1e100:
        return 0.01
    return float(LEARNING_RATE.nearest(round_to_nice(value)))
