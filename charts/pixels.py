"""What pictures drawn without Plotly have in common: how much of a surface they show, how far a path is drawn."""

from collections.abc import Sequence

import numpy as np

from engine.trajectory import Floats

Side = tuple[float, float]

FARTHEST = 4.0
"""How many pictures away a path is followed: what comes after it has left would cover the rest."""


def with_equal_units(x: Sequence[float], y: Sequence[float], size: tuple[float, float]) -> list[Side]:
    """Return sides with a unit as long across as up, as wide as a picture of this width and height needs."""
    unit = max((x[1] - x[0]) / size[0], (y[1] - y[0]) / size[1])
    middles = (sum(x) / 2, sum(y) / 2)
    return [(m - unit * room / 2, m + unit * room / 2) for m, room in zip(middles, size, strict=True)]


def followed(places: Floats, size: tuple[float, float]) -> int:
    """Return how many of a path's pixels (n, 2) are drawn: until one is not finite, or too far from the picture."""
    limits = np.array(size, float)
    with np.errstate(all="ignore"):
        near = (np.isfinite(places) & (np.abs(places - limits / 2) < FARTHEST * limits)).all(axis=1)
    return len(places) if near.all() else int(np.argmin(near))
