"""What a run would do at other learning rates: its final loss at many, from far below its own to far above."""

import numpy as np

from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.simulate import Progress
from engine.trial import Trial, attempt

COUNT = 61
"""Rates that are tried."""

DECADES = 3.0
"""How many decades they reach below a run's own rate, and above it."""


def around(scenario: Scenario, run: Run, progress: Progress | None = None) -> tuple[Trial, ...]:
    """Return recorded trials of rates that are evenly spread, on a log scale, around the run's own, which is one.

    progress: called with the number of updates done, at most COUNT * steps; may raise, to abandon the work.
    """
    spread = np.delete(np.geomspace(10.0**-DECADES, 10.0**DECADES, COUNT), COUNT // 2)
    rates = {run.lr, *(LEARNING_RATE.nearest(float(f"{run.lr * factor:.3g}")) for factor in spread.tolist())}
    trials: list[Trial] = []
    for lr in sorted(rates):
        before = len(trials) * scenario.steps
        trials.append(attempt(scenario, run, lr, None if progress is None else _shifted(progress, before)))
    return tuple(trials)


def _shifted(progress: Progress, before: int) -> Progress:
    return lambda done: progress(before + done)
