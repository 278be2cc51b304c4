"""The chart of preconditioned sharpness: above its limit a step on a quadratic diverges."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.theme import Theme
from charts.time import Panel, Say, time_chart
from engine.scenario import Scenario
from engine.trajectory import Trajectory


def stability_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> go.Figure:
    """Return the largest eigenvalue of diag(mu_t / sigma_t) H over the updates, with each run's limit."""
    title = f"{say('Preconditioned sharpness')} λ<sub>max</sub>(diag(μₜ/σₜ) H)"
    panel = Panel(title, lambda t: t.sharpness, lambda t: t.limit)
    return time_chart(scenario, trajectories, theme, say, (panel,))
