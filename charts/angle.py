"""The chart of the angle by which a matrix S turns the axes of its scale from those of the map."""

from collections.abc import Sequence

import numpy as np

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure


def angle_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the angle of the first eigenvector of S over the updates; a run that turns no axes is left out."""
    panel = Panel(say("Angle of the axes of S, in degrees"), _degrees)
    return time_chart(scenario, trajectories, theme, say, [panel])


def _degrees(run: Trajectory) -> Floats:
    return np.full(run.updates, np.nan) if run.angle is None else np.degrees(run.angle)
