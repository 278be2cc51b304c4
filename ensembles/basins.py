"""Which minimum each run of an ensemble has reached."""

import numpy as np
from numpy.typing import NDArray

from ensembles.ensemble import Ensemble
from surfaces.base import Surface


def basins(surface: Surface, ensemble: Ensemble, within: float = 1e-2) -> NDArray[np.int_]:
    """Return for each run the index of the known minimum it reached, -1 for none.

    A minimum is reached at a distance of at most `within` windows. Indices count the minima among
    surface.critical_points in their order.
    """
    minima = np.array([(p.x, p.y) for p in surface.critical_points if p.kind == "minimum"]).reshape(-1, 2)
    if len(minima) == 0:
        return np.full(len(ensemble.theta), -1)
    spans = np.array([high - low for low, high in surface.window])
    with np.errstate(all="ignore"):
        distance = np.stack([np.hypot(*((ensemble.theta - minimum) / spans).T) for minimum in minima])
    nearest: NDArray[np.int_] = np.nan_to_num(distance, nan=np.inf).argmin(axis=0)
    return np.where(np.nan_to_num(distance.min(axis=0), nan=np.inf) <= within, nearest, -1)
