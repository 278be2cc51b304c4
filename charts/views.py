"""The views of a scene, and the charts of which each one consists."""

from collections.abc import Callable, Mapping, Sequence

from charts.angle import angle_chart
from charts.loss import loss_chart
from charts.map import map_chart
from charts.phase import phase_chart
from charts.sigma import sigma_chart
from charts.stability import stability_chart
from charts.stable_step import stable_step_chart
from charts.step_size import step_size_chart
from charts.surface_3d import surface_3d_chart
from engine.trajectory import Trajectory
from explain.formula import has_constant_scale
from player.contract import Figure
from surfaces.base import Surface

CHARTS: Mapping[str, Callable[..., Figure]] = {
    "map": map_chart,
    "sigma": sigma_chart,
    "angle": angle_chart,
    "step_size": step_size_chart,
    "stability": stability_chart,
    "stable_step": stable_step_chart,
    "loss": loss_chart,
    "surface_3d": surface_3d_chart,
    "phase": phase_chart,
}
"""Every chart of a scene: (scenario, trajectories, theme, say) -> figure."""

DEFAULT = "map"
CURVES = ("sigma", "step_size", "stability", "loss")
"""The curves over the updates that every scene has."""

NAMED = (*CURVES, "angle", "stable_step")
"""All that an address may name."""

VIEWS = {DEFAULT: ("map", *CURVES), "3d": ("surface_3d", *CURVES), "phase": ("map", "phase")}
"""The charts of each view, the one in the map's place first."""

TITLES = {DEFAULT: "Map", "3d": "3-D", "phase": "Phase"}


def titles_of(surface: Surface) -> dict[str, str]:
    """Return the titles of the views that a surface has: a loss in x alone is seen whole on its map."""
    return {name: title for name, title in TITLES.items() if name != "3d" or surface.dimension == 2}


def charts_of(view: str, trajectories: Sequence[Trajectory]) -> tuple[str, ...]:
    """Return the charts of a view for some runs: where one turns the axes of its scale, the angle too."""
    charts = VIEWS[view]
    if "sigma" not in charts or all(run.angle is None for run in trajectories):
        return charts
    place = charts.index("sigma") + 1
    return (*charts[:place], "angle", *charts[place:])


def causes(trajectories: Sequence[Trajectory]) -> tuple[str, ...]:
    """Return the three charts that tell why the runs of a scene do what they do, one cause each.

    The memory of past gradients where a run has one, the step size, how long a step is beside the longest stable one
    where theory knows that, and the loss in the place of what says nothing.
    """
    remembers = not all(has_constant_scale(run) for run in trajectories)
    is_limited = any(run.limit is not None for run in trajectories)
    chosen = [*(["sigma"] if remembers else []), "step_size", *(["stable_step"] if is_limited else [])]
    return (*chosen, *["loss", "stability"][: 3 - len(chosen)])
