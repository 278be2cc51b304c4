"""A panel of a film: curves over the updates, one a run, on a logarithmic axis where all values are positive."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from charts.ranges import axis_range
from engine.trajectory import Floats, Trajectory
from spec.sentences import SUPERSCRIPTS

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
MOST_TICKS = 4


@dataclass(frozen=True)
class Curve:
    """A panel's box on the picture, its title, and its curves: for each run (n,) values."""

    title: str
    box: Box
    curves: Sequence[Floats]
    is_log: bool
    low: float
    high: float
    updates: int

    @classmethod
    def of(
        cls, title: str, box: Box, trajectories: Sequence[Trajectory], curves: Sequence[Floats], updates: int
    ) -> "Curve":
        """Return the panel whose axis settled curves decide."""
        axis = axis_range(trajectories, curves)
        return cls(title, box, curves, axis.type == "log", *axis.range, max(updates, 1))

    def places(self, run: int) -> Floats:
        """Return the pixels of a run's points, (n, 2); nan where a point has none."""
        left, _, right, _ = self.box
        curve = self.curves[run]
        x = left + (right - left) * np.arange(len(curve)) / self.updates
        return np.stack([x, self.heights(curve)], axis=1)

    def heights(self, values: Floats) -> Floats:
        """Return the rows of values, held at the panel's edges."""
        _, top, _, bottom = self.box
        with np.errstate(all="ignore"):
            shown = np.log10(values) if self.is_log else values
            share = np.clip((shown - self.low) / (self.high - self.low), 0.0, 1.0)
        rows: Floats = bottom - (bottom - top) * np.where(np.isfinite(shown), share, np.nan)
        return rows

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The rows of a few round values, each with its text."""
        if self.is_log:
            first, last = int(np.ceil(self.low)), int(np.floor(self.high))
            step = max(1, -(-(last - first + 1) // MOST_TICKS))
            values = [(10.0**k, _power(k)) for k in range(first, last + 1, step)]
        else:
            values = [(value, f"{value:.3g}") for value in np.linspace(self.low, self.high, 3)]
        rows = self.heights(np.array([value for value, _ in values], float))
        return [(float(row), text) for row, (_, text) in zip(rows, values, strict=True)]


def _power(exponent: int) -> str:
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"
