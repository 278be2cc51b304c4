"""Curves over the updates of a training: what its charts share. Each curve has a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from charts.figure import Say, Trace, float32, inert, make_figure, panel_title, run_line
from charts.ranges import AxisRange, range_of
from charts.theme import Theme
from charts.thinning import thin
from charts.time import domain, shade, time_axis, value_axis
from engine.trajectory import Floats
from player.contract import Column, Columns, Figure, MovingMeta, RestingMeta

LAYER_DASHES = ("solid", "6px,3px", "2px,3px")
"""The dashes of the layers, the first one's first."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve of run number `run`.

    x: updates, (n,). y: (n,). name: for hovering. bands: the outermost first, each as its lower and its upper side,
    (n,). dash: in place of the run's own. width: in px. decides: whether it has a say in the range of its panel.
    """

    run: int
    x: NDArray[np.int64]
    y: Floats
    name: str
    bands: tuple[tuple[Floats, Floats], ...] = ()
    dash: str = ""
    width: float = 2.0
    decides: bool = True


@dataclass(frozen=True, eq=False)
class Level:
    """A level to mark for a run."""

    run: int
    value: float


@dataclass(frozen=True, eq=False)
class CurvePanel:
    """One panel: its title, its curves, levels to mark and spans of updates to shade; axis: in place of what fits."""

    title: str
    curves: Sequence[Curve]
    levels: Sequence[Level] = ()
    spans: Sequence[tuple[int, tuple[int, int]]] = ()
    axis: AxisRange | None = None


def curves_chart(panels: Sequence[CurvePanel], lost: Sequence[bool], end: int, theme: Theme, say: Say) -> Figure:
    """Return one row of panels; lost: whether each run was. end: of the clock."""
    traces = [trace for i, panel in enumerate(panels) for trace in _traces(i, panel, end, theme, say)]
    shades = [shade(k, span, i, theme) for i, panel in enumerate(panels) for k, span in panel.spans]
    layout: dict[str, Any] = {
        "margin": {"l": 46, "r": 14, "t": 30, "b": 8},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "x": 0, "y": 1.2, "yanchor": "bottom"},
        "annotations": [panel_title(panel.title, domain(i, len(panels))[0], 1) for i, panel in enumerate(panels)],
        "shapes": shades,
    }
    for i, panel in enumerate(panels):
        suffix = str(i + 1) if i else ""
        layout[f"xaxis{suffix}"] = time_axis(i, len(panels), end, say)
        layout[f"yaxis{suffix}"] = value_axis(i, panel.axis or _range(panel, lost))
    return make_figure("time", traces, layout, theme)


def _range(panel: CurvePanel, lost: Sequence[bool]) -> AxisRange:
    deciding = [curve for curve in panel.curves if curve.decides]
    values = [np.concatenate([curve.y, *(side for band in curve.bands for side in band)]) for curve in deciding]
    levels = [np.array([level.value]) for level in panel.levels if np.isfinite(level.value)]
    return range_of([lost[curve.run] for curve in deciding] + [False] * len(levels), [*values, *levels])


def _traces(i: int, panel: CurvePanel, end: int, theme: Theme, say: Say) -> list[Trace]:
    place = {"xaxis": f"x{i + 1 if i else ''}", "yaxis": f"y{i + 1 if i else ''}"}
    curves = [place | _trace(curve, theme) for curve in panel.curves]
    levels = [place | _level(level, end, theme, say) for level in panel.levels if np.isfinite(level.value)]
    return [*curves, *levels]


def _trace(curve: Curve, theme: Theme) -> Trace:
    rows = thin(np.column_stack([curve.y, *(side for band in curve.bands for side in band)]))
    line = run_line(curve.run, theme)
    meta = MovingMeta(run=curve.run, animate=True)
    if curve.bands:
        meta["bands"] = [_sides(band, rows) for band in curve.bands]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": inert(curve.name),
        "legendgroup": f"run {curve.run}",
        "line": line | {"dash": curve.dash or line["dash"], "width": curve.width},
        "x": curve.x[rows].astype(np.int32),
        "y": float32(curve.y[rows]),
        "meta": meta,
        "showlegend": False,
        "hovertemplate": "%{y:.4~g}",
    }


def _sides(band: tuple[Floats, Floats], rows: NDArray[np.int64]) -> Columns:
    def side(values: Floats) -> Column:
        column: Column = float32(values[rows])
        return column

    return [side(values) for values in band]


def _level(level: Level, end: int, theme: Theme, say: Say) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": say("limit"),
        "legendgroup": f"run {level.run}",
        "line": run_line(level.run, theme) | {"dash": "2px,4px", "width": 1.5},
        "x": np.array([0, end], np.int32),
        "y": np.array([level.value, level.value], np.float32),
        "meta": RestingMeta(run=level.run),
        "showlegend": False,
        "hovertemplate": "%{y:.4~g}",
    }
