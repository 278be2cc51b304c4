"""The chart of sigma, the scale by which an optimizer divides its step, one panel an axis."""

from collections.abc import Sequence

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from player.contract import Figure


def sigma_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return sigma of each axis over the updates."""
    x, y = scenario.surface.axes
    scale = say("Scale")
    panels = (
        Panel(f"{scale} σ<sub>{x}</sub>", lambda t: t.sigma[:, 0]),
        Panel(f"{scale} σ<sub>{y}</sub>", lambda t: t.sigma[:, 1]),
    )
    return time_chart(scenario, trajectories, theme, say, panels)
