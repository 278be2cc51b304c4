"""The chart of how long a step is beside the longest that is stable: above 1 every step overshoots."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure


def stable_step_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return the preconditioned sharpness over its limit, for each run that has one; 1 is where stability ends."""
    panel = Panel(say("Step ÷ longest stable step"), _margin, lambda run: None if run.limit is None else 1.0)
    figure = time_chart(scenario, trajectories, theme, say, [panel])
    layout = figure.layout
    is_log, (bottom, top) = layout["yaxis"]["type"] == "log", layout["yaxis"]["range"]
    bottom = min(bottom, -0.6 * top) if is_log else bottom
    top = max(top, -0.6 * bottom if is_log else 1.6)
    words = [
        _words(say("above: every step overshoots"), 0, 0 if is_log else 1, theme),
        _words(say("below: steps fit"), 1, 0 if is_log else 1, theme),
    ]
    changes = {
        "shapes": [_band(10.0**top if is_log else top, theme)],
        "annotations": [*layout["annotations"], *words],
        "yaxis": layout["yaxis"] | {"range": [bottom, top]},
    }
    return replace(figure, layout=layout | changes)


def _margin(trajectory: Trajectory) -> Floats:
    if trajectory.limit is None:
        return np.full(trajectory.updates, np.nan)
    return trajectory.sharpness / trajectory.limit


def _band(top: float, theme: Theme) -> dict[str, Any]:
    """Return what marks all from 1 to the top of the axis."""
    place = {"xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": 1, "y1": top}
    return place | {"type": "rect", "layer": "below", "fillcolor": theme.muted, "opacity": 0.16, "line": {"width": 0}}


def _words(text: str, x: float, y: float, theme: Theme) -> dict[str, Any]:
    """Return words that stand above the line at its left end, or below it at its right end."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x domain",
        "yref": "y",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if x else "bottom",
        "showarrow": False,
        "font": {"color": theme.muted, "size": 12},
    }
