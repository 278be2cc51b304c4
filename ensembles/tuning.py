"""The learning rate of a run, found by search: the same budget for every run makes a comparison fair."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.simulate import Progress
from engine.suggest import suggest_learning_rate
from engine.trial import Trial, attempt

BUDGET = 61
"""Learning rates that are tried for one run."""

STEP = 0.2
"""Decades between two trials, until the best is closed in on."""

FIRST, WIDER = 21, 10
"""Trials around the suggested rate, and beyond an end if the best lies there."""

LEFT = 20
"""Trials that are kept for the neighbourhood of the best."""


@dataclass(frozen=True)
class Tuned:
    """The best learning rate found, and all trials in the order of their rates.

    loss: at the end of that run, infinite if every trial was lost; then the rate is the one that was there before.
    blew_out: whether it blew out on its way, as it does only if every trial did.
    """

    lr: float
    loss: float
    blew_out: bool
    trials: tuple[Trial, ...]


def tune(scenario: Scenario, run: Run, budget: int = BUDGET, progress: Progress | None = None) -> Tuned:
    """Return the learning rate that does best in `budget` recorded runs.

    A third of the budget lies STEP apart around the suggested rate. While the best lies at an end, a sixth more lies
    beyond that end. What is left is spread between the neighbours of the best. Every rate has three significant
    digits, and is tried as it is returned, so what is found is what is then shown.

    A trial counts for its final loss, or for that of the better of its two neighbours if that is higher: one rate
    that was lucky, with worse ones on both sides, is not preferred. One that blew out is chosen only if all did.
    progress: called with the number of updates done, at most budget * steps; may raise, to abandon the work.
    """
    search = _Search(scenario, run, budget, progress)
    first, wider, left = (max(1, budget * part // BUDGET) for part in (FIRST, WIDER, LEFT))
    search.attempt(search.middle * 10.0 ** (STEP * (i - first // 2)) for i in range(first))
    while search.left >= wider + left and search.look_beyond(wider):
        pass
    search.close_in()
    best = search.trials[search.best]
    if math.isinf(best.loss):
        return Tuned(run.lr, math.inf, True, search.trials)
    return Tuned(best.lr, best.loss, best.blew_out, search.trials)


class _Search:
    """The trials of a run, in the order of their rates."""

    def __init__(self, scenario: Scenario, run: Run, budget: int, progress: Progress | None) -> None:
        self.scenario, self.run, self.budget, self.progress = scenario, run, budget, progress
        self.middle = suggest_learning_rate(scenario.surface, scenario.start, run.optimizer)
        self.trials: tuple[Trial, ...] = ()

    @property
    def left(self) -> int:
        """How many trials the budget still has."""
        return self.budget - len(self.trials)

    @property
    def best(self) -> int:
        """The place of the best trial; of those that are worth the same, the lower one, or the nearer to the middle."""
        losses = [trial.rank for trial in self.trials]
        if math.isinf(min(losses)):
            losses = [trial.loss for trial in self.trials]
        worth, away = _worth(losses), [abs(math.log(trial.lr / self.middle)) for trial in self.trials]
        return min(range(len(losses)), key=lambda i: (worth[i], losses[i], away[i]))

    def attempt(self, rates: Iterable[float]) -> None:
        """Try those rates that were not tried yet, as far as the budget goes."""
        known = {trial.lr for trial in self.trials}
        new = list(dict.fromkeys(lr for lr in map(_rounded, rates) if lr not in known))[: self.left]
        made = list(self.trials)
        for lr in new:
            before = len(made) * self.scenario.steps
            report = None if self.progress is None else partial(_report, self.progress, before)
            made.append(attempt(self.scenario, self.run, lr, report))
            if self.progress:
                self.progress(before + self.scenario.steps)
        self.trials = tuple(sorted(made, key=lambda trial: trial.lr))

    def look_beyond(self, count: int) -> bool:
        """Try `count` rates beyond the best if it lies at an end; return whether it does, and may be left behind."""
        best = self.best
        if best not in (0, len(self.trials) - 1):
            return False
        way, before = (1 if best else -1), len(self.trials)
        self.attempt(self.trials[best].lr * 10.0 ** (way * STEP * i) for i in range(1, count + 1))
        return len(self.trials) > before

    def close_in(self) -> None:
        """Spend what is left between the neighbours of the best, and farther out where no rate is left between."""
        reach = 1
        while self.left and reach < 2 * len(self.trials):
            best, before = self.best, len(self.trials)
            low, high = self.trials[max(best - reach, 0)].lr, self.trials[min(best + reach, before - 1)].lr
            self.attempt(np.geomspace(low, high, (self.left + 1) * reach + 1).tolist())
            reach = 2 * reach if len(self.trials) == before else 1


def _worth(losses: Sequence[float]) -> list[float]:
    """Return each loss, or that of the better of its neighbours if that is higher."""
    bare = [math.inf, *losses, math.inf]
    return [max(loss, min(bare[i], bare[i + 2])) if len(losses) > 1 else loss for i, loss in enumerate(losses)]


def _report(progress: Progress, before: int, done: int) -> None:
    progress(before + done)


def _rounded(lr: float) -> float:
    return float(LEARNING_RATE.nearest(float(f"{lr:.3g}")))
