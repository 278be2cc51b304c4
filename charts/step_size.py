"""The chart of the effective step size mu_t / sigma, one panel an axis."""

from collections.abc import Callable, Sequence

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure


def step_size_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return mu_t / sigma of each axis over the updates."""
    short = [f"μₜ/σ<sub>{name}</sub>" for name in scenario.surface.axes]
    size = say("Step size")

    def along(axis: int) -> Callable[[Trajectory], Floats]:
        return lambda run: run.rate[:, axis]

    panels = [Panel(f"{size}, {title}", along(axis)) for axis, title in enumerate(short)]
    return time_chart(scenario, trajectories, theme, say, panels, short)
