"""Phase plots, one panel an axis: oscillation is a spiral there, and a blow-out a loop that grows."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.figure import Say, Trace, float32, make_figure, panel_title, run_style
from charts.ranges import linear_range
from charts.theme import Theme
from charts.thinning import thin
from engine.labels import labels
from engine.scenario import Scenario
from engine.trajectory import Floats, Trajectory
from player.contract import Figure, MovingMeta

GAP = 0.2
"""Share of the height between the two panels."""


def phase_chart(scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, say: Say = str) -> Figure:
    """Return theta_i,t against the step theta_i,t+1 - theta_i,t, axis i below axis i - 1."""
    count = scenario.surface.dimension
    traces = [
        _path(k, label, trajectory, i, theme, say)
        for k, (label, trajectory) in enumerate(zip(labels(scenario, say), trajectories, strict=True))
        for i in range(count)
    ]
    layout: dict[str, Any] = {
        "margin": {"l": 46, "r": 14, "t": 30, "b": 8},
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.1, "yanchor": "bottom"},
        "annotations": [_title(i, count, name, say) for i, name in enumerate(scenario.surface.axes)],
    }
    for i, name in enumerate(scenario.surface.axes):
        places = linear_range(trajectories, [t.theta[:, i] for t in trajectories])
        steps = linear_range(trajectories, [np.append(_steps(t, i), 0.0) for t in trajectories])
        suffix = _suffix(i)
        layout[f"xaxis{suffix}"] = {
            "anchor": f"y{suffix}",
            "range": list(places),
            "nticks": 8,
            "title": {"text": f"{name}ₜ", "standoff": 4},
        }
        layout[f"yaxis{suffix}"] = {
            "anchor": f"x{suffix}",
            "domain": list(_domain(i, count)),
            "range": list(steps),
            "nticks": 6,
            "exponentformat": "power",
            "zeroline": True,
            "zerolinecolor": theme.muted,
        }
    return make_figure("phase", traces, layout, theme)


def _path(k: int, label: str, trajectory: Trajectory, i: int, theme: Theme, say: Say) -> Trace:
    curve = np.column_stack([trajectory.theta[:-1, i], _steps(trajectory, i)])
    rows = thin(curve)
    place = f"(%{{x:.5~g}}, {say('step')} %{{y:.4~g}})"
    return run_style(k, label, theme) | {
        "xaxis": f"x{_suffix(i)}",
        "yaxis": f"y{_suffix(i)}",
        "x": float32(curve[rows, 0]),
        "y": float32(curve[rows, 1]),
        "customdata": rows.astype(np.int32),
        "meta": MovingMeta(run=k, animate=True),
        "showlegend": i == 0,
        "hovertemplate": f"{say('update')} %{{customdata:,d}}<br>{place}<extra>%{{fullData.name}}</extra>",
    }


def _steps(trajectory: Trajectory, i: int) -> Floats:
    with np.errstate(over="ignore", invalid="ignore"):
        return np.diff(trajectory.theta[:, i])


def _suffix(i: int) -> str:
    return str(i + 1) if i else ""


def _domain(i: int, count: int) -> tuple[float, float]:
    height = (1 - GAP * (count - 1)) / count
    top = 1 - i * (height + GAP)
    return max(top - height, 0.0), top


def _title(i: int, count: int, name: str, say: Say) -> dict[str, Any]:
    return panel_title(say("Step") + f" {name}ₜ₊₁ − {name}ₜ", 0, _domain(i, count)[1])
