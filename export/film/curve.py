"""A panel of a film: curves over the updates, one a run, on a logarithmic axis where all values are positive."""

from dataclasses import dataclass

import numpy as np

from engine.trajectory import Floats
from export.film.shot import Plot
from spec.sentences import SUPERSCRIPTS

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
MOST_TICKS = 4


@dataclass(frozen=True, eq=False)
class Curve:
    """A plot in its box on the picture; updates: along the whole of it."""

    plot: Plot
    box: Box
    updates: int

    @property
    def is_log(self) -> bool:
        """Whether its axis is logarithmic."""
        return self.plot.axis.type == "log"

    def places(self, run: int) -> Floats:
        """Return the pixels of a run's points, (n, 2); nan where a point has none."""
        left, _, right, _ = self.box
        track = self.plot.curves[run]
        x = left + (right - left) * track.times / self.updates
        return np.stack([x, self.heights(track.values)], axis=1)

    def heights(self, values: Floats) -> Floats:
        """Return the rows of values, held at the panel's edges."""
        _, top, _, bottom = self.box
        low, high = self.plot.axis.range
        with np.errstate(all="ignore"):
            shown = np.log10(values) if self.is_log else values
            share = np.clip((shown - low) / (high - low), 0.0, 1.0)
        rows: Floats = bottom - (bottom - top) * np.where(np.isfinite(shown), share, np.nan)
        return rows

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The rows of a few round values, each with its text."""
        low, high = self.plot.axis.range
        if self.is_log:
            first, last = int(np.ceil(low)), int(np.floor(high))
            step = max(1, -(-(last - first + 1) // MOST_TICKS))
            values = [(10.0**k, _power(k)) for k in range(first, last + 1, step)]
        else:
            values = [(value, f"{value:.3g}") for value in np.linspace(low, high, 3)]
        rows = self.heights(np.array([value for value, _ in values], float))
        return [(float(row), text) for row, (_, text) in zip(rows, values, strict=True)]


def _power(exponent: int) -> str:
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"
