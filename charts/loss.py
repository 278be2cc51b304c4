"""The chart of loss and gradient norm: a loss that rests while the gradient does not is not at a minimum."""

from collections.abc import Sequence

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from player.contract import Figure


def loss_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the loss and the Euclidean norm of the gradient over the updates."""
    panels = (
        Panel(say("Loss") + " L", lambda t: t.loss),
        Panel(say("Gradient norm") + " ‖g‖", lambda t: t.grad_norm),
    )
    return time_chart(scenario, trajectories, theme, say, panels)
