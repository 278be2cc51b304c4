"""A fair race in curves: what the best of n tries is to be expected to leave, and profiles over starts."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.figure import Say, Trace, inert, make_figure, panel_title, run_line
from charts.theme import Theme
from ensembles.profiles import MOST, profile, ratios
from ensembles.race import Race
from player.contract import Cells, Figure, FigureMeta, RestingMeta

POINTS = 240
"""Points of a profile, which is a flight of steps."""


def expected_figure(race: Race, names: Sequence[str], theme: Theme, say: Say = str) -> Figure:
    """Return what the best of n tries is to be expected to leave of a start's height, for each rule."""
    curves = [entrant.expected for entrant in race.entrants]
    tries = np.arange(1, len(curves[0]) + 1)
    traces = [_line(k, name, tries, curve, theme) for k, (name, curve) in enumerate(zip(names, curves, strict=True))]
    low = math.floor(math.log10(min(float(curve.min()) for curve in curves)))
    layout: dict[str, Any] = {
        "margin": {"l": 56, "r": 14, "t": 8, "b": 8},
        "meta": _meta(theme),
        "hovermode": False,
        "xaxis": {"title": {"text": say("Tries n"), "standoff": 4}, "range": [1, len(tries)], "fixedrange": True},
        "yaxis": {
            "type": "log",
            "range": [low, 0.1],
            "title": {"text": say("Share of the way that the best of n tries leaves"), "standoff": 4},
            "exponentformat": "power",
            "fixedrange": True,
            "nticks": 7,
        },
    }
    return make_figure("plane", traces, layout, theme)


def profiles_figure(race: Race, names: Sequence[str], theme: Theme, say: Say = str) -> Figure:
    """Return the profiles of the best tries: by updates to the target, and by what is left at the end."""
    taus = np.geomspace(1.0, MOST, POINTS)
    traces: list[Trace] = []
    titles = (say("By target"), say("By budget"))
    layout: dict[str, Any] = {"annotations": []}
    for i, (costs, title) in enumerate(zip((race.to_target, race.left), titles, strict=True)):
        suffix, shares = ("2" if i else ""), profile(ratios(costs), taus)
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        drawn = zip(names, shares, strict=True)
        traces += [_line(k, name, np.log10(taus), one, theme) | on for k, (name, one) in enumerate(drawn)]
        domain = [0.56 * i, 0.44 + 0.56 * i]
        ticks = {"tickvals": [0.0, math.log10(2), math.log10(5), 1.0], "ticktext": ["1", "2", "5", "10"]}
        layout[f"xaxis{suffix}"] = ticks | {
            "range": [0.0, math.log10(MOST)],
            "domain": domain,
            "anchor": on["yaxis"],
            "title": {"text": "τ", "standoff": 2},
            "fixedrange": True,
        }
        layout[f"yaxis{suffix}"] = {"range": [-0.02, 1.04], "anchor": on["xaxis"], "nticks": 5, "fixedrange": True}
        layout["annotations"].append(panel_title(inert(title), domain[0], 1))
    layout |= {"margin": {"l": 36, "r": 8, "t": 26, "b": 8}, "meta": _meta(theme), "hovermode": False}
    return make_figure("plane", traces, layout, theme)


def _meta(theme: Theme) -> FigureMeta:
    return FigureMeta(kind="plane", background=theme.background, cells=Cells(subplots=[], counts=[0, 0]))


def _line(k: int, name: str, x: Any, y: Any, theme: Theme) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": inert(name),
        "x": x.tolist(),
        "y": y.tolist(),
        "line": run_line(k, theme),
        "meta": RestingMeta(run=k),
        "hoverinfo": "skip",
    }
