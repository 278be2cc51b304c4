"""A learning rate that makes sense for any surface and optimizer, from curvature and window alone."""

import numpy as np

from engine.scenario import LEARNING_RATE, round_to_nice
from engine.stability import spectral_norm
from optimizers.base import Optimizer
from surfaces.base import Point, Surface

SHARE_OF_LIMIT = 0.4
"""How much of the stability limit at the start a gradient method uses."""

SHARE_OF_WINDOW = 0.01
"""How much of the window's shorter side a method with a step of fixed length covers in one update."""

LONGEST_STEP = 0.2
"""The largest share of the window that the first step of a gradient method may cover."""


def suggest_learning_rate(surface: Surface, start: Point, optimizer: Optimizer) -> float:
    """Return a round learning rate (1, 2 or 5 times a power of ten) to begin with.

    A rule whose rate multiplies a gradient gets SHARE_OF_LIMIT * limit / lambda_max(H(start)), less where the
    first step would leave the window; a rule whose rate is a distance gets SHARE_OF_WINDOW of the window.
    """
    if optimizer.step_unit == "free":
        return 1.0
    spans = np.array([high - low for low, high in surface.window])
    if optimizer.step_unit == "distance":
        return _allowed(SHARE_OF_WINDOW * spans.min())
    limit = optimizer.stability_limit or 2.0
    curvature = spectral_norm(surface, start)
    reach = np.abs(np.array(surface.gradient_array(*start))) / spans
    by_curvature = SHARE_OF_LIMIT * limit / curvature if curvature > 0 else np.inf
    by_reach = LONGEST_STEP / reach.max() if reach.max() > 0 else np.inf
    return _allowed(min(by_curvature, by_reach))


def _allowed(value: float) -> float:
    if not np.isfinite(value) or value <= 0:
        return 0.01
    return float(LEARNING_RATE.nearest(round_to_nice(float(value))))
