"""Trajectories that were computed once, kept for everybody within a bound of memory."""

from threading import Lock

import numpy as np
from cachetools import LRUCache

from engine.scenario import Run, Scenario
from engine.simulate import Progress, simulate_run
from engine.trajectory import Trajectory

MOST_BYTES = 256 * 2**20


def _size(trajectory: Trajectory) -> int:
    return sum(value.nbytes for value in vars(trajectory).values() if isinstance(value, np.ndarray))


_kept: LRUCache[tuple[object, ...], Trajectory] = LRUCache(MOST_BYTES, getsizeof=_size)
_lock = Lock()


def trajectory(scenario: Scenario, run: Run, progress: Progress | None = None) -> Trajectory:
    """Return the trajectory of one run of a scenario, computed at most once while it is kept.

    A run's name does not matter, so renaming computes nothing.
    """
    key = (
        scenario.surface,
        scenario.start,
        scenario.steps,
        run.optimizer,
        run.lr,
        run.schedule,
        run.warmup,
        scenario.noise,
    )
    with _lock:
        known = _kept.get(key)
    if known is not None:
        return known
    made = simulate_run(scenario, run, progress)
    with _lock:
        if _size(made) <= MOST_BYTES:
            _kept[key] = made
    return made
