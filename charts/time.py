"""Curves over the updates, one panel beside the other: what the charts of sigma, step size and loss share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.figure import Say, Trace, float32, make_figure, panel_title, run_style
from charts.ranges import AxisRange, axis_range
from charts.theme import Theme
from charts.thinning import thin
from engine.labels import labels
from engine.scenario import Scenario
from engine.stability import unstable_spans
from engine.trajectory import Floats, Trajectory, clock_end
from player.contract import Figure, FigureMeta, MovingMeta, RestingMeta

Numbers = Callable[[Trajectory], Floats]

GAP = 0.14
"""Share of the width between two panels."""


BESIDE_DASH = "1px,2px"
"""The dash of a curve beside a run's own, in the run's colour."""

LEAST_BESIDE = 0.001
"""The share of the level below which a curve beside a run's own decides no range."""


@dataclass(frozen=True)
class Beside:
    """A second curve of every run that has a level in the panel, under one name for all runs."""

    name: str
    curve: Numbers


@dataclass(frozen=True)
class Panel:
    """One panel: its title, and the curve that it takes from a trajectory."""

    title: str
    curve: Numbers
    level: Callable[[Trajectory], float | None] = lambda _: None
    """A level to mark for a run, if there is one."""
    beside: Beside | None = None
    """A second curve for a run with a level, if there is one."""


def time_chart(
    scenario: Scenario,
    trajectories: Sequence[Trajectory],
    theme: Theme,
    say: Say,
    panels: Sequence[Panel],
    short: Sequence[str] = (),
) -> Figure:
    """Return one row of panels, each with one curve a run over the updates.

    short: where the two panels are the two axes of one quantity, the title of each where it is small.
    """
    runs = [[_Drawn(panel, trajectory) for panel in panels] for trajectory in trajectories]
    traces = [
        trace
        for k, (label, trajectory) in enumerate(zip(labels(scenario, say), trajectories, strict=True))
        for trace in _run_traces(k, label, trajectory, theme, say, runs[k])
    ]
    spans = [(k, span) for k, trajectory in enumerate(trajectories) for span in unstable_spans(trajectory)]
    end = clock_end(scenario.steps, trajectories)
    layout: dict[str, Any] = {
        "margin": {"l": 46, "r": 14, "t": 30, "b": 8},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "x": 0, "y": 1.2, "yanchor": "bottom"},
        "annotations": [panel_title(panel.title, domain(i, len(panels))[0], 1) for i, panel in enumerate(panels)],
        "shapes": [shade(k, span, i, theme) for k, span in spans for i in range(len(panels))],
    }
    for i in range(len(panels)):
        suffix = str(i + 1) if i else ""
        layout[f"xaxis{suffix}"] = time_axis(i, len(panels), end, say)
        layout[f"yaxis{suffix}"] = value_axis(i, axis_range(trajectories, [run[i].deciding for run in runs]))
    if len(short) > 1:
        layout["meta"] = FigureMeta(kind="time", background=theme.background, short=list(short))
    return make_figure("time", traces, layout, theme)


class _Drawn:
    """What one panel draws of one run: a curve, perhaps a level, perhaps a second curve beside it."""

    def __init__(self, panel: Panel, trajectory: Trajectory) -> None:
        self.curve = panel.curve(trajectory)
        self.level = panel.level(trajectory)
        self.name = panel.beside.name if panel.beside else ""
        self.beside = panel.beside.curve(trajectory) if panel.beside and self.level is not None else None

    @property
    def curves(self) -> list[Floats]:
        return [self.curve] if self.beside is None else [self.curve, self.beside]

    @property
    def deciding(self) -> Floats:
        """What decides the range of the panel."""
        if self.level is None:
            return self.curve
        beside = [np.maximum(curve[curve > 0], LEAST_BESIDE * self.level) for curve in self.curves[1:]]
        return np.concatenate([self.curve, [self.level], *beside])


def shade(k: int, span: tuple[int, int], panel: int, theme: Theme) -> dict[str, Any]:
    """Return the band over the updates at which run k is above its limit of stability."""
    suffix = str(panel + 1) if panel else ""
    return {
        "type": "rect",
        "layer": "below",
        "xref": f"x{suffix}",
        "yref": f"y{suffix} domain",
        "x0": span[0],
        "x1": span[1],
        "y0": 0,
        "y1": 1,
        "fillcolor": theme.runs[k],
        "opacity": 0.13,
        "line": {"width": 0},
    }


def _run_traces(
    k: int, label: str, trajectory: Trajectory, theme: Theme, say: Say, drawn: Sequence[_Drawn]
) -> list[Trace]:
    rows = thin(np.column_stack([curve for one in drawn for curve in one.curves]))
    traces = []
    for i, one in enumerate(drawn):
        place = {"xaxis": f"x{i + 1 if i else ''}", "yaxis": f"y{i + 1 if i else ''}"} | run_style(k, label, theme)
        curve = {
            "x": rows.astype(np.int32),
            "y": float32(one.curve[rows]),
            "meta": MovingMeta(run=k, animate=True),
            "showlegend": i == 0,
            "hovertemplate": "%{y:.4~g}",
        }
        traces.append(place | curve)
        if one.beside is not None:
            traces.append(place | curve | _beside_trace(k, one.name, float32(one.beside[rows]), place))
        if one.level is not None and np.isfinite(one.level):
            traces.append(_level_trace(k, trajectory, one.level, say, place))
    return traces


def _beside_trace(k: int, name: str, y: Any, place: Trace) -> Trace:
    """Return what is different in a second curve; the first run's stands in the legend for all."""
    return {
        "y": y,
        "meta": MovingMeta(run=k, animate=True),
        "name": name,
        "legendgroup": name,
        "line": place["line"] | {"dash": BESIDE_DASH},
        "showlegend": k == 0,
    }


def _level_trace(k: int, trajectory: Trajectory, level: float, say: Say, place: Trace) -> Trace:
    return place | {
        "x": np.array([0, max(trajectory.updates, 1)], np.int32),
        "y": np.array([level, level], np.float32),
        "meta": RestingMeta(run=k),
        "name": say("limit"),
        "line": place["line"] | {"dash": "2px,4px", "width": 1.5},
        "showlegend": False,
        "hovertemplate": "%{y:.4~g}",
    }


def domain(i: int, count: int) -> tuple[float, float]:
    """Return where panel i of so many lies, as shares of the width."""
    width = (1 - GAP * (count - 1)) / count
    return i * (width + GAP), i * (width + GAP) + width


def time_axis(i: int, count: int, steps: int, say: Say) -> dict[str, Any]:
    """Return the clock of panel i, as Plotly writes an axis."""
    return {
        "domain": list(domain(i, count)),
        **({"matches": "x"} if i else {}),
        "anchor": f"y{i + 1 if i else ''}",
        "range": [0, steps],
        "nticks": 6,
        "tickangle": 0,
        "hoverformat": ",d",
        "unifiedhovertitle": {"text": f"{say('update')} %{{x}}"},
        "title": {"text": say("update") + " t", "standoff": 4},
    }


def value_axis(i: int, axis: AxisRange) -> dict[str, Any]:
    """Return the axis of the values of panel i, likewise."""
    return {
        "anchor": f"x{i + 1 if i else ''}",
        "type": axis.type,
        "range": list(axis.range),
        "nticks": 3 if axis.type == "log" else 5,
        "exponentformat": "power",
    }
