"""Axis ranges that finite, settled curves decide, so that one run that flies off squashes no other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.trajectory import LOST, Floats, Trajectory

OVERSHOOT = 3.0
"""Decades (log axis) or heights of the settled curves (linear axis) that a diverging run may add."""

DEEPEST = 20.0
"""Decades that a log axis shows at most."""

PADDING = 0.05


@dataclass(frozen=True)
class AxisRange:
    """The type of an axis and its range, in Plotly's terms: decades where the type is "log"."""

    type: str
    range: tuple[float, float]


def axis_range(trajectories: Sequence[Trajectory], curves: Sequence[Floats]) -> AxisRange:
    """Return the axis for one curve a run: logarithmic, unless a value is negative.

    Zeros, infinities and nan decide nothing; runs that diverged add at most OVERSHOOT to what the others need.
    """
    return range_of([trajectory.outcome.ending in LOST for trajectory in trajectories], curves)


def range_of(lost: Sequence[bool], curves: Sequence[Floats]) -> AxisRange:
    """Return the same for curves of which it is known whether what they tell of was lost."""
    if any(bool((curve < 0).any()) for curve in curves):
        return AxisRange("linear", linear_range_of(lost, curves))
    core, everything = _settled_and_all(lost, [_decades(curve) for curve in curves])
    if not everything.size:
        return AxisRange("linear", (0.0, 1.0))
    return AxisRange("log", _padded(*_logarithmic(core, everything), least=0.5))


def linear_range(trajectories: Sequence[Trajectory], curves: Sequence[Floats]) -> tuple[float, float]:
    """Return the range of a linear axis for one curve a run; the same runs decide it."""
    return linear_range_of([trajectory.outcome.ending in LOST for trajectory in trajectories], curves)


def linear_range_of(lost: Sequence[bool], curves: Sequence[Floats]) -> tuple[float, float]:
    """Return the same for curves of which it is known whether what they tell of was lost."""
    core, everything = _settled_and_all(lost, curves)
    if not everything.size:
        return 0.0, 1.0
    return _padded(*_linear(core if core.size else everything[:1], everything))


def _settled_and_all(lost: Sequence[bool], curves: Sequence[Floats]) -> tuple[Floats, Floats]:
    finite = [_finite(curve) for curve in curves]
    settled = [curve for curve, is_lost in zip(finite, lost, strict=True) if not is_lost]
    return np.concatenate([np.zeros(0), *settled]), np.concatenate(finite)


def _linear(core: Floats, everything: Floats) -> tuple[float, float]:
    low, high = float(core.min()), float(core.max())
    reach = OVERSHOOT * (high - low or abs(high) or 1.0)
    return max(float(everything.min()), low - reach), min(float(everything.max()), high + reach)


def _logarithmic(core: Floats, everything: Floats) -> tuple[float, float]:
    low, high = float(everything.min()), float(everything.max())
    if not core.size:
        return low, min(high, low + DEEPEST)
    high = min(high, float(core.max()) + OVERSHOOT)
    return max(low, float(core.min()) - OVERSHOOT, high - DEEPEST), high


def _padded(low: float, high: float, least: float = 1e-9) -> tuple[float, float]:
    padding = max(PADDING * (high - low), least if high - low < least else 0.0, 1e-9 * max(abs(low), abs(high)))
    return low - padding, high + padding


def _decades(curve: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        decades: Floats = np.log10(curve)
    return decades


def _finite(curve: Floats) -> Floats:
    return curve[np.isfinite(curve)]
