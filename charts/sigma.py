"""The chart of sigma, the scale by which an optimizer divides its step, one panel an axis."""

from collections.abc import Callable, Sequence

import numpy as np

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from explain.formula import has_constant_scale
from player.contract import Figure


def sigma_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return sigma of each axis over the updates; a run that divides by nothing is left out beside others.

    Where a run turns its axes it is the eigenvalues of S; `charts/angle.py` has its angle.
    """
    remembers = [run for run in trajectories if not has_constant_scale(run)]

    def along(axis: int) -> Callable[[Trajectory], Floats]:
        return lambda run: np.where(not remembers or run in remembers, run.sigma[:, axis], np.nan)

    short = [f"σ<sub>{name}</sub>" for name in scenario.surface.axes]
    memory = say("Memory of past gradients")
    panels = [Panel(f"{memory}, {title}", along(axis)) for axis, title in enumerate(short)]
    return time_chart(scenario, trajectories, theme, say, panels, short)
