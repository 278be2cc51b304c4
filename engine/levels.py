"""The losses at which a map draws its lines: round numbers, spread evenly over the heights."""

import math
from dataclasses import dataclass

import numpy as np

from engine.landscape import BANDS, Landscape
from engine.trajectory import Floats
from spec.sentences import people_write

GIVE = 0.35
"""How far a line may move to a rounder loss, in spacings of evenly spread lines."""

SMALLEST, FINEST = 1e-290, 1e-4
"""The smallest numbers, and the smallest steps as a share of a span, among which rounder ones are looked for."""


@dataclass(frozen=True, eq=False)
class Levels:
    """Rising losses, (n,), their heights, the spacing between heights on average, and how many are in the window."""

    losses: Floats
    heights: Floats
    spacing: float
    inside: int

    def position(self, height: Floats) -> Floats:
        """Return where heights lie among the levels: k at level k, and on at the average spacing beyond them.

        Between levels it is the monotone cubic of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5 (1984) 300): with a
        corner at a level, its line, drawn from a grid, would waver.
        """
        known, last = self.heights, len(self.heights) - 1
        if last == 0:
            return np.asarray((height - known[0]) / self.spacing)
        inner = 1 / np.diff(known)
        slopes = np.concatenate([[1 / self.spacing], 2 / (1 / inner[:-1] + 1 / inner[1:]), [1 / self.spacing]])
        slopes = np.minimum(slopes, 3 * np.minimum(np.r_[np.inf, inner], np.r_[inner, np.inf]))
        k = np.clip(np.searchsorted(known, height, side="right") - 1, 0, last - 1)
        t = np.clip((height - known[k]) * inner[k], 0, 1)
        start, end = slopes[k] / inner[k], slopes[k + 1] / inner[k]
        within = k + t * (start + t * (3 - 2 * start - end + t * (start + end - 2)))
        beyond = np.minimum(height - known[0], 0) + np.maximum(height - known[-1], 0)
        position: Floats = within + beyond / self.spacing
        return position


def levels_of(inside: Landscape, around: Landscape) -> Levels:
    """Return the levels of a window, which divide it into BANDS, and as many of what is around it at most."""
    first, last, spacing = inside.levels(BANDS)
    top = float(np.max(around.height[np.isfinite(around.height)], initial=last))
    more = min(max(math.ceil((top - last) / spacing) - 1, 0), BANDS)
    wanted: Floats = first + spacing * np.arange(BANDS - 1 + more, dtype=float)
    with np.errstate(over="ignore"):
        lowest, highest = (inside.loss_at(wanted + give * spacing) for give in (-GIVE, GIVE))
    losses = np.array([roundest(*between) for between in zip(lowest.tolist(), highest.tolist(), strict=True)])
    heights = inside.height_of(losses) if np.isfinite(losses).all() else wanted
    rising = np.concatenate([[True], np.diff(heights) > 0])
    return Levels(losses[rising], heights[rising], spacing, int(rising[: BANDS - 1].sum()))


def roundest(low: float, high: float) -> float:
    """Return the number between two with the fewest digits, the one nearest to their middle if there are several."""
    largest = max(abs(low), abs(high))
    if low <= 0 <= high:
        return 0.0
    if not (low < high and SMALLEST < largest < math.inf):
        return low
    power = math.ceil(math.log10(largest))
    while 10.0 ** (power - 1) > FINEST * (high - low):
        for step in (10.0, 5.0, 2.0):
            unit = step * 10.0 ** (power - 1)
            nearest = round((low / 2 + high / 2) / unit)
            count = min(max(nearest, math.ceil(low / unit)), math.floor(high / unit))
            found = float(f"{count * unit:.15g}")
            if low <= found <= high:
                return found
        power -= 1
    return low / 2 + high / 2


def written(loss: float) -> str:
    """Return a loss as people write it, with the digits that it has, six at most."""
    return people_write(f"{loss:.6g}").replace("-", "−")
