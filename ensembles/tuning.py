"""The learning rate of a run, found by search: the same budget for every run makes a comparison fair."""

from dataclasses import dataclass

import numpy as np

from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.simulate import Progress
from engine.suggest import suggest_learning_rate
from engine.trajectory import Floats
from ensembles.ensemble import run_ensemble

BUDGET = 61
"""Learning rates that are tried for one run."""

DECADES = 4.0
"""How many decades around the suggested rate the first two thirds of the budget cover."""


@dataclass(frozen=True)
class Tuned:
    """The best learning rate found, its final loss (infinite if every trial diverged), and the number of trials."""

    lr: float
    loss: float
    trials: int


def tune(scenario: Scenario, run: Run, budget: int = BUDGET, progress: Progress | None = None) -> Tuned:
    """Return the learning rate with the lowest loss at the end of the run.

    Two thirds of the budget are spread evenly on a log scale over DECADES decades around the suggested rate,
    the rest between the neighbours of the best. Every rate has three significant digits, and is tried as it is
    returned. A run that diverges has an infinite loss. progress: called with the number of updates
    done, at most budget * steps; may raise, to abandon the work.
    """
    coarse = (2 * budget + 2) // 3
    middle = suggest_learning_rate(scenario.surface, scenario.start, run.optimizer)
    step = DECADES / (coarse - 1)
    rates = _rates(middle * 10.0 ** np.linspace(-DECADES / 2, DECADES / 2, coarse))
    losses = _final_losses(scenario, run, rates, progress)
    best = rates[np.argmin(losses)] if np.isfinite(losses).any() else middle
    near = _rates(best * 10.0 ** np.linspace(-step, step, budget - coarse + 2)[1:-1])
    rates = np.append(rates, near)
    before = coarse * scenario.steps
    later = None if progress is None else lambda updates: progress(before + updates)
    losses = np.append(losses, _final_losses(scenario, run, near, later))
    if not np.isfinite(losses).any():
        return Tuned(run.lr, np.inf, len(rates))
    return Tuned(float(rates[np.argmin(losses)]), float(losses.min()), len(rates))


def _rates(values: Floats) -> Floats:
    return np.array([LEARNING_RATE.nearest(float(f"{value:.3g}")) for value in values.tolist()])


def _final_losses(scenario: Scenario, run: Run, rates: Floats, progress: Progress | None) -> Floats:
    starts = np.tile(scenario.start, (len(rates), 1))
    ends = run_ensemble(
        scenario.surface,
        run,
        starts,
        scenario.steps,
        rates=rates,
        noise=scenario.noise,
        stop=False,
        progress=progress,
    )
    return np.where(ends.diverged | ~np.isfinite(ends.loss), np.inf, ends.loss)
