"""The chart of the learning rate, and of the preconditioned sharpness: above its limit a step diverges."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.figure import Say
from charts.theme import Theme
from charts.time import Panel, time_chart
from engine.scenario import Scenario
from engine.trajectory import Trajectory


def stability_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> go.Figure:
    """Return mu_t and the largest eigenvalue of diag(mu_t / sigma_t) H over the updates, with each run's limit."""
    panels = (
        Panel(say("Learning rate") + " μₜ", lambda t: t.lr),
        Panel(say("Sharpness") + " λ(diag(μₜ/σₜ) H)", lambda t: t.sharpness, lambda t: t.limit),
    )
    return time_chart(scenario, trajectories, theme, say, panels)
