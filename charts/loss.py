"""The chart of loss and gradient norm: a loss that rests while the gradient does not is not at a minimum."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure
from surfaces.base import Surface

ROUNDING = 1e-12
"""The share of the lowest loss that rounding may take from it."""


def loss_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the loss and the Euclidean norm of the gradient over the updates.

    The loss is drawn above the lowest one where that is known and is not 0: beside a large constant a fall by half
    would not be seen.
    """
    lowest = lowest_known(scenario.surface, trajectories)

    def above(trajectory: Trajectory) -> Floats:
        with np.errstate(invalid="ignore"):
            return np.maximum(trajectory.loss - lowest, 0.0) if lowest else trajectory.loss

    panels = (
        Panel(say("Loss above its lowest") + " L − L*" if lowest else say("Loss") + " L", above),
        Panel(say("Gradient norm") + " ‖g‖", lambda t: t.grad_norm),
    )
    return time_chart(scenario, trajectories, theme, say, panels)


def lowest_known(surface: Surface, trajectories: Sequence[Trajectory]) -> float:
    """Return the loss at a surface's lowest known minimum, 0 where none is known or a run came lower."""
    minima = [point.loss for point in surface.critical_points if point.kind == "minimum"]
    lowest = min(minima, default=0.0)
    least = min((float(np.nanmin(t.loss)) for t in trajectories if not np.isnan(t.loss).all()), default=lowest)
    return lowest if least >= lowest - ROUNDING * abs(lowest) else 0.0
