"""Where each start of a window ends, and how entangled the borders between the ends are."""

from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.trajectory import Floats
from ensembles.ensemble import Ensemble, run_ensemble
from ensembles.plane import Share
from surfaces.base import Surface

BOX = 5
"""Cells along the side of a box of which entropy is measured."""

WITHIN = 1e-2
"""Ends are at the same place up to this share of the window."""

MOST_PLACES = 64
"""Places that are told from each other; what ends elsewhere ends at none of them."""


@dataclass(frozen=True, eq=False)
class Basins:
    """Where the starts of a window end; arrays are (y, x).

    window: x_low, x_high, y_low, y_high. ends: (y, x, 2). loss, ending: places in ENDINGS. updates: how many it took to
    come to rest or to be lost. where: the index in `places` of the place where a run ended, -1 for none (`places_of`).
    places: (k, 2), minima and saddles that are known, then those that were found.
    """

    run: str
    window: tuple[float, float, float, float]
    ends: Floats
    loss: Floats
    ending: NDArray[np.int8]
    updates: NDArray[np.int32]
    where: NDArray[np.int_]
    places: Floats

    @cached_property
    def colours(self) -> NDArray[np.int_]:
        """One number for each outcome: the place, or -1 - ending where a run ended at none."""
        return np.where(self.where >= 0, self.where, -1 - self.ending.astype(int))

    @cached_property
    def entropy(self) -> float:
        """The basin entropy S_b, the mean over boxes of BOX x BOX cells of -sum p ln p (arXiv 1605.02342)."""
        return float(self._entropies.mean()) if self._entropies.size else 0.0

    @cached_property
    def boundary_entropy(self) -> float:
        """The boundary basin entropy S_bb, the same over the boxes with more than one outcome; 0 without any."""
        mixed = self._entropies[self._entropies > 0.0]
        return float(mixed.mean()) if mixed.size else 0.0

    @property
    def is_fractal(self) -> bool:
        """Whether S_bb > ln 2, which implies that the border is fractal (arXiv 1605.02342)."""
        return self.boundary_entropy > log(2.0)

    @cached_property
    def _entropies(self) -> Floats:
        rows, columns = (side // BOX for side in self.colours.shape)
        boxes = self.colours[: rows * BOX, : columns * BOX].reshape(rows, BOX, columns, BOX)
        cells = boxes.transpose(0, 2, 1, 3).reshape(rows * columns, BOX * BOX)
        same = (cells[:, :, None] == cells[:, None, :]).sum(axis=2) / BOX**2
        entropies: Floats = -np.log(same).mean(axis=1) + 0.0
        return entropies


def basins(
    scenario: Scenario,
    run: str,
    window: tuple[float, float, float, float],
    nx: int,
    ny: int,
    progress: Share | None = None,
    threads: int | None = None,
) -> Basins:
    """Return where a run of a scene ends from the middle of each of nx x ny cells of a window.

    run: its letter. window: x_low, x_high, y_low, y_high. progress: called with the share that is done; may raise, to
    abandon the work. threads: as in `run_ensemble`.
    """
    x_low, x_high, y_low, y_high = window
    xs = x_low + (x_high - x_low) * (np.arange(nx) + 0.5) / nx
    ys = y_low + (y_high - y_low) * (np.arange(ny) + 0.5) / ny
    starts = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    total = len(starts) * scenario.steps
    ensemble = run_ensemble(
        scenario.surface,
        scenario.runs[RUN_KEYS.index(run)],
        starts,
        scenario.steps,
        noise=scenario.noise,
        threads=threads,
        progress=None if progress is None else lambda done: progress(min(done / total, 1.0)),
    )
    where, places = places_of(scenario.surface, ensemble)
    shape = (ny, nx)
    return Basins(
        run=run,
        window=window,
        ends=ensemble.theta.reshape(ny, nx, 2),
        loss=ensemble.loss.reshape(shape),
        ending=ensemble.ending.reshape(shape),
        updates=ensemble.updates.reshape(shape),
        where=where.reshape(shape),
        places=places,
    )


def places_of(surface: Surface, ensemble: Ensemble, within: float = WITHIN) -> tuple[NDArray[np.int_], Floats]:
    """Return for each run the index of the place at which it ended, -1 for none, and those places, (k, 2).

    First come the minima and saddles that are known, then the places where runs came to rest at none of them, each the
    one that is farthest from all before it, until none is farther than `within` windows. A run that still moves has
    ended at a minimum that is as near as that, at nothing else.
    """
    spans = np.array([high - low for low, high in surface.window])
    known = [p for p in surface.critical_points if p.kind in ("minimum", "saddle")]
    places = [np.array((point.x, point.y)) for point in known]
    kept = np.flatnonzero(~ensemble.diverged)
    ends, rests = ensemble.theta[kept], ensemble.converged[kept]
    nearest, distance = np.full(len(ends), -1), np.full(len(ends), np.inf)
    for index, place in enumerate(places):
        _compare(ends, place, spans, index, nearest, distance)
    while rests.any() and distance[rests].max() > within and len(places) < MOST_PLACES:
        places.append(ends[np.flatnonzero(rests)[distance[rests].argmax()]])
        _compare(ends, places[-1], spans, len(places) - 1, nearest, distance)
    passing = np.isin(nearest, [index for index, point in enumerate(known) if point.kind == "saddle"]) & ~rests
    where = np.full(len(ensemble.theta), -1)
    where[kept] = np.where((distance <= within) & ~passing, nearest, -1)
    return where, np.array(places).reshape(-1, 2)


def _compare(
    ends: Floats, place: Floats, spans: Floats, index: int, nearest: NDArray[np.int_], distance: Floats
) -> None:
    """Note the ends that are nearer to this place than to all before it."""
    away = np.hypot(*((ends - place) / spans).T)
    nearer = away < distance
    nearest[nearer], distance[nearer] = index, away[nearer]
