"""The sides of a map as axes of a figure: cells are equally wide, whatever the number on that side counts by."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ensembles.axis import Axis
from spec.knobs import format_real

FEW = 6
"""Numbers that are written along an axis, about."""

STEPS = (1.0, 2.0, 5.0, 10.0)


def place(axis: Axis, value: float) -> float:
    """Return where a value lies along the axis of a figure: its exponent of ten, that of 1 / (1 - value), or itself."""
    if axis.log:
        return math.log10(value) if value > 0.0 else -math.inf
    if axis.memory:
        return -math.log10(1.0 - value) if value < 1.0 else math.inf
    return value


def value_at(axis: Axis, at: float) -> float:
    """Return the value that lies at a place."""
    if axis.log:
        return float(10.0**at)
    return 1.0 - 10.0**-at if axis.memory else at


def ends(axis: Axis) -> tuple[float, float]:
    """Return the places of an axis's ends; around whole numbers there is half of a cell."""
    if axis.whole and axis.size > 1:
        first, second, *_ = axis.values
        gap = (second - first) / 2.0
        return float(first - gap), float(axis.values[-1] + gap)
    return place(axis, axis.low), place(axis, axis.high)


def side(axis: Axis, title: str) -> dict[str, Any]:
    """Return an axis of a figure for a side of a map."""
    drawn: dict[str, Any] = {"range": list(ends(axis)), "title": {"text": title, "standoff": 4}, "showgrid": False}
    if not axis.log and not axis.memory:
        return drawn | {"nticks": 6}
    marks = _marks(axis)
    return drawn | {"tickvals": [place(axis, mark) for mark in marks], "ticktext": [format_real(m) for m in marks]}


def _marks(axis: Axis) -> Sequence[float]:
    """Return the values that are written along an axis that counts by factors."""
    low, high = axis.low, axis.high
    if axis.memory:
        shares = _by_factors(1.0 - high, 1.0 - low)
        marks = [float(f"{1.0 - share:.12g}") for share in reversed(shares)]
    else:
        marks = _by_factors(low, high)
    return marks if len(marks) > 2 else _even(low, high)


def _by_factors(low: float, high: float) -> list[float]:
    """Return powers of ten between two numbers, with their twofold and fivefold where those are few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    leads = STEPS[:1] if last - first > 3 else STEPS[:3]
    every = max(1, round((last - first) / FEW))
    marks = [lead * 10.0**exponent for exponent in range(first, last + 1) if exponent % every == 0 for lead in leads]
    return [float(f"{mark:.3g}") for mark in marks if low * (1 - 1e-9) <= mark <= high * (1 + 1e-9)]


def _even(low: float, high: float) -> list[float]:
    """Return round numbers between two that lie close together."""
    rough = (high - low) / FEW
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(lead * power for lead in STEPS if lead * power >= rough * (1 - 1e-9))
    digits = max(0, -math.floor(math.log10(step)))
    return [round(k * step, digits + 1) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def centres(axis: Axis) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the places of the middles of an axis's cells, (size,)."""
    return np.array([place(axis, float(value)) for value in axis.values])
