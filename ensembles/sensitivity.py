"""How much the outcome of each run of a scene depends on its learning rate."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.fields import RUN_KEYS
from engine.scenario import LEARNING_RATE, Scenario
from engine.trajectory import Flags, Floats
from ensembles.axis import Axis, checked
from ensembles.columns import Column
from ensembles.ensemble import run_many
from ensembles.how import How
from ensembles.plane import Share

COUNT = 121
"""Rates of a curve."""

DECADES = 2.0
"""How many decades the curves reach below the lowest rate of the scene, and above the highest."""

GOOD = 0.05
"""A rate is good if it leaves at most this share of what the start lies above the best rate's end."""


@dataclass(frozen=True, eq=False)
class Curve:
    """The final loss of one run at many learning rates.

    run: its letter. rates: (n,), evenly spread in decades. loss: (n,), infinite where the run was lost. first: l_0, the
    loss at the start.
    """

    run: str
    rates: Floats
    loss: Floats
    first: float

    @cached_property
    def counted(self) -> Floats:
        """The losses as they count, (n,): l_0 where they are higher or no number."""
        return np.fmin(np.where(np.isnan(self.loss), np.inf, self.loss), self.first)

    @property
    def lowest(self) -> float:
        """l*, the lowest loss over the range of rates."""
        return float(self.counted.min())

    @property
    def sensitivity(self) -> float:
        """S = E[min(l, l_0) - l*], the mean over rates that are even in decades (arXiv 2309.14322)."""
        return float((self.counted - self.lowest).mean())

    @property
    def share(self) -> float:
        """S / (l_0 - l*), which no unit of the loss changes, 0 to 1; 0 where no rate lowers the loss."""
        height = self.first - self.lowest
        return self.sensitivity / height if height > 0.0 else 0.0

    @property
    def is_good(self) -> Flags:
        """Whether each rate is good, (n,): l <= l* + GOOD (l_0 - l*); none is where no rate lowers the loss."""
        height = self.first - self.lowest
        good: Flags = (height > 0.0) & (self.counted <= self.lowest + GOOD * height)
        return good

    @property
    def width(self) -> float:
        """How many decades of rates are good."""
        decades = np.log10(self.rates[-1] / self.rates[0]) * len(self.rates) / max(len(self.rates) - 1, 1)
        return float(decades * self.is_good.mean())


def rates_of(scenario: Scenario, low: float | None = None, high: float | None = None, count: int = COUNT) -> Axis:
    """Return one axis of learning rates for all runs, DECADES around theirs unless its edges are given."""
    rates = [run.lr for run in scenario.runs]
    reach = 10.0**DECADES
    first = max(LEARNING_RATE.low, min(rates) / reach) if low is None else low
    last = min(LEARNING_RATE.high, max(rates) * reach) if high is None else high
    return Axis("a.lr", first, last, count, log=True)


def sensitivity(
    scenario: Scenario, rates: Axis, threads: int | None = None, progress: Share | None = None
) -> tuple[Curve, ...]:
    """Return the curve of every run of a scene over one axis of learning rates.

    threads: as run_ensemble. progress: called with the share that is done; may raise, to abandon the work. Raises
    SentenceError for rates that are not allowed.
    """
    first = float(np.asarray(scenario.surface.value_array(*scenario.start)))
    curves = []
    for number, letter in enumerate(RUN_KEYS[: len(scenario.runs)]):
        field = checked(scenario, Axis(f"{letter}.lr", rates.low, rates.high, rates.count, rates.log))
        starts = np.tile(scenario.start, (rates.size, 1))
        total = rates.size * scenario.steps

        def report(done: int, number: int = number, total: int = total) -> None:
            if progress:
                progress((number + min(done / total, 1.0)) / len(scenario.runs))

        column = Column.of(field, rates.values)
        made = run_many(scenario, number, starts, [column], How(stop=False, judged=False), threads, report)
        curves.append(Curve(letter, rates.values, np.where(made.diverged, np.inf, made.loss), first))
    return tuple(curves)
