"""Every chart as an object of Plotly's, which checks each of its properties."""

from charts.figure import to_plotly
from charts.views import CHARTS as _CHARTS


def _checked(chart):
    return lambda *arguments: to_plotly(chart(*arguments))


CHARTS = {name: _checked(chart) for name, chart in _CHARTS.items()}

loss_chart = CHARTS["loss"]
map_chart = CHARTS["map"]
phase_chart = CHARTS["phase"]
sigma_chart = CHARTS["sigma"]
stability_chart = CHARTS["stability"]
step_size_chart = CHARTS["step_size"]
surface_3d_chart = CHARTS["surface_3d"]
