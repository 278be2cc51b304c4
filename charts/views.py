"""The views of a scene, and the charts of which each one consists."""

from collections.abc import Callable, Mapping

from charts.loss import loss_chart
from charts.map import map_chart
from charts.phase import phase_chart
from charts.sigma import sigma_chart
from charts.stability import stability_chart
from charts.step_size import step_size_chart
from charts.surface_3d import surface_3d_chart
from player.contract import Figure

CHARTS: Mapping[str, Callable[..., Figure]] = {
    "map": map_chart,
    "sigma": sigma_chart,
    "step_size": step_size_chart,
    "stability": stability_chart,
    "loss": loss_chart,
    "surface_3d": surface_3d_chart,
    "phase": phase_chart,
}
"""Every chart of a scene: (scenario, trajectories, theme, say) -> figure."""

DEFAULT = "map"
CURVES = ("sigma", "step_size", "stability", "loss")
VIEWS = {DEFAULT: ("map", *CURVES), "3d": ("surface_3d", *CURVES), "phase": ("map", "phase")}
"""The charts of each view, the one in the map's place first."""

TITLES = {DEFAULT: "Map", "3d": "3-D", "phase": "Phase"}
