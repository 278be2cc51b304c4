"""The final loss of every run over one axis of learning rates."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.figure import Say, Trace, make_figure, run_style
from charts.maps.sides import centres, place, side
from charts.maps.values import DEEPEST
from charts.theme import Theme
from engine.fields import RUN_KEYS
from engine.labels import labels, symbol
from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Floats
from ensembles.axis import Axis
from ensembles.sensitivity import Curve
from player.contract import Cells, Figure, FigureMeta, RestingMeta


def rates_figure(scenario: Scenario, curves: Sequence[Curve], rates: Axis, theme: Theme, say: Say = str) -> Figure:
    """Return the curves, the loss at the start as a dotted line, and where each run is on its own."""
    names = labels(scenario, say)
    low, high, is_log = _losses(curves)
    traces: list[Trace] = []
    for curve in curves:
        k = RUN_KEYS.index(curve.run)
        traces += _curve(k, names[k], curve, rates, low, theme)
        traces.append(_here(k, scenario.runs[k].lr, curve, rates, low, theme))
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": curves[0].first, "y1": curves[0].first}
    ends = [np.log10(low), np.log10(high)] if is_log else [low, high]
    layout: dict[str, Any] = {
        "margin": {"l": 56, "r": 14, "t": 8, "b": 8},
        "meta": FigureMeta(
            kind="plane",
            background=theme.background,
            cells=Cells(subplots=[["xaxis", "yaxis"]], counts=[rates.size, 0]),
        ),
        "hovermode": False,
        "xaxis": side(rates, f"{symbol(LEARNING_RATE, say)} · lr"),
        "yaxis": {
            "type": "log" if is_log else "linear",
            "range": ends,
            "title": {"text": say("Loss at the end"), "standoff": 4},
            "exponentformat": "power",
            "fixedrange": True,
            "nticks": 8,
        },
        "shapes": [level | {"line": {"color": theme.muted, "dash": "dot", "width": 1}}],
    }
    return make_figure("plane", traces, layout, theme)


def _losses(curves: Sequence[Curve]) -> tuple[float, float, bool]:
    """Return the range of the losses, and whether its axis is logarithmic: what is above the start does not decide."""
    known = np.concatenate([curve.counted for curve in curves])
    known = known[np.isfinite(known)]
    first = curves[0].first
    low, high = (float(known.min()), float(first)) if len(known) else (0.0, 1.0)
    positive = known[known > 0.0]
    if low >= 0.0 and high > 0.0 and len(positive):
        return max(float(positive.min()), high * 10.0**-DEEPEST) / 2.0, high * 10.0, True
    room = (high - low) or 1.0
    return low - 0.05 * room, high + 0.15 * room, False


def _curve(k: int, name: str, curve: Curve, rates: Axis, low: float, theme: Theme) -> list[Trace]:
    """Return a curve, broken where runs were lost, and below it where its rates are good."""
    style = run_style(k, name, theme) | {"meta": RestingMeta(run=k), "hoverinfo": "skip", "x": centres(rates).tolist()}
    loss = np.maximum(curve.loss, low)
    thick = {"line": style["line"] | {"width": 7, "dash": "solid"}, "opacity": 0.35}
    return [style | thick | {"y": _known(np.where(curve.is_good, loss, np.nan))}, style | {"y": _known(loss)}]


def _known(values: Floats) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values.tolist()]


def _here(k: int, lr: float, curve: Curve, rates: Axis, low: float, theme: Theme) -> Trace:
    """Return the point of a run's own rate."""
    nearest = int(np.argmin(np.abs(np.log(curve.rates / lr))))
    loss = float(curve.loss[nearest])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place(rates, lr)],
        "y": [max(loss, low) if np.isfinite(loss) else None],
        "marker": {"size": 11, "color": theme.runs[k], "line": {"color": theme.background, "width": 2}},
        "meta": RestingMeta(run=k),
        "showlegend": False,
        "hoverinfo": "skip",
    }
