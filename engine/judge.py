"""How a run ended: one judge for recorded runs and for the starts of an ensemble."""

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Ending, Floats, Outcome
from engine.window import has_not_escaped, median_gradient
from surfaces.base import Surface

CONVERGED = 1e-8
"""A run has converged once its gradient stays below this share of the window's median gradient."""


def is_quiet(surface: Surface, g_x: Floats, g_y: Floats) -> NDArray[np.bool_]:
    """Return whether gradients (n,) are so small that a run there is at rest; nan is not."""
    most = CONVERGED * median_gradient(surface)
    quiet: NDArray[np.bool_] = (np.abs(g_x) <= most) & (np.abs(g_y) <= most)  # most are not, and hypot is dear
    quiet[quiet] = np.hypot(g_x[quiet], g_y[quiet]) <= most
    return quiet


def outcome(surface: Surface, theta: Floats, slopes: Floats) -> Outcome:
    """Return how a recorded run ended, from its points and the gradients there, both (n + 1, 2)."""
    updates = len(theta) - 1
    inside = [bool(is_inside) for is_inside in has_not_escaped(surface, *theta[-1])]
    if not all(inside):
        ending: Ending = "undefined" if np.isnan(theta[-1]).any() else "diverged"
        return Outcome(ending, updates, surface.axes[inside.index(False)])
    loud = np.flatnonzero(~is_quiet(surface, *slopes.T))
    if len(loud) and loud[-1] == updates:
        return Outcome("moving", updates)
    quiet_from = int(loud[-1]) + 1 if len(loud) else 0
    return Outcome("converged" if _is_minimum(surface, theta[-1]) else "saddle", quiet_from)


def _is_minimum(surface: Surface, theta: Floats) -> bool:
    h_xx, h_xy, h_yy = (float(h) for h in surface.hessian_array(theta[0], theta[1]))
    smallest = (h_xx + h_yy) / 2 - np.hypot((h_xx - h_yy) / 2, h_xy)
    return bool(smallest > -1e-9 * (abs(h_xx) + abs(h_yy)))
