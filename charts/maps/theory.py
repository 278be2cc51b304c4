"""What theory knows of a plane of learning rate and memory, drawn over it."""

from typing import Any

import numpy as np

from charts.figure import Trace
from charts.maps.sides import place
from charts.theme import Theme
from engine.trajectory import Floats
from ensembles.axis import Axis
from ensembles.theory import Theory

POINTS = 200
"""Points of a line."""


def theory_traces(theory: Theory, x: Axis, y: Axis, theme: Theme) -> list[Trace]:
    """Return the border of stability, where the swinging begins, and the fastest pair of all; none on other planes."""
    sides = {axis.name: axis for axis in (x, y)}
    if set(sides) != {"a.lr", theory.memory} and not (theory.memory == "" and "a.lr" in sides):
        return []
    memory = sides.get(theory.memory) or next(axis for axis in (x, y) if axis.name != "a.lr")
    memories = memory.values if theory.memory == "" else np.linspace(memory.low, memory.high, POINTS)
    lines = [(theory.boundary(memories if theory.memory else np.zeros(len(memories))), "solid")]
    lines += [(rates, "dash") for rates in (theory.critically_damped(memories) if theory.memory else ())]
    traces = [_line(x, y, rates, memories, dash, theme) for rates, dash in lines]
    if theory.optimum and theory.memory:
        traces.append(_optimum(x, y, *theory.optimum, theme))
    return traces


def _line(x: Axis, y: Axis, rates: Floats, memories: Floats, dash: str, theme: Theme) -> Trace:
    return _points(x, y, rates, memories) | {
        "mode": "lines",
        "line": {"color": theme.background, "width": 2.5, "dash": dash, "shape": "linear"},
    }


def _optimum(x: Axis, y: Axis, rate: float, memory: float, theme: Theme) -> Trace:
    return _points(x, y, np.array([rate]), np.array([memory])) | {
        "mode": "markers",
        "marker": {
            "symbol": "diamond",
            "size": 12,
            "color": theme.background,
            "line": {"color": theme.text, "width": 1.5},
        },
    }


def _points(x: Axis, y: Axis, rates: Floats, memories: Floats) -> dict[str, Any]:
    """Return what a trace has in common that goes through pairs of a rate and a memory."""
    numbers = {axis.name: rates if axis.name == "a.lr" else memories for axis in (x, y)}
    across, up = ([_inside(axis, value) for value in numbers[axis.name].tolist()] for axis in (x, y))
    return {"type": "scatter", "x": across, "y": up, "showlegend": False, "hoverinfo": "skip"}


def _inside(axis: Axis, value: float) -> float | None:
    at = place(axis, value)
    return at if axis.low <= value <= axis.high and np.isfinite(at) else None
