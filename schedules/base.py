"""The contract of every schedule: a pure, vectorised factor of the learning rate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spec.catalogue import Entry
from spec.knobs import Choice, Integer, Real, check_knobs, knob

Updates = NDArray[np.int64]
Factors = NDArray[np.float64]


@dataclass(frozen=True)
class Schedule(Entry):
    """A rule that gives the learning rate of each update: mu_t = mu * factor(t)."""

    def factor(self, t: Updates, steps: int) -> Factors:
        """Return the factor of the learning rate at the updates `t` (from 0) of a run of `steps` updates."""
        raise NotImplementedError

    @property
    def moves_momentum(self) -> bool:
        """Whether it gives the momentum of each update too, to a rule that has one."""
        return False

    def momentum(self, t: Updates, steps: int) -> Factors:
        """Return the momentum at the updates `t`, where it moves that."""
        raise NotImplementedError


@dataclass(frozen=True)
class EpochSchedule(Schedule):
    """A schedule that counts epochs: e = t // per_epoch."""

    per_epoch: int = knob(10, Integer(symbol="n", help="Updates per epoch.", low=1, high=1_000_000, scale="log"))

    def epoch(self, t: Updates) -> Updates:
        """Return the epoch number e = t // per_epoch, from 0."""
        return t // self.per_epoch


@dataclass(frozen=True)
class WarmUp:
    """A rise in front of any schedule, which starts its own count when the rise is over.

        s = (t + 1) / steps counted from 1, t / steps counted from 0, for t < steps
        linear:       factor = start + (1 - start) s
        polynomial:   factor = start + (1 - start) s^power
        exponential:  factor = start^(1 - s), from 0.01 where start is 0
        constant:     factor = start

    steps: length of the rise in updates, 0 for none. Counted from 1, the first update is one part of the rise above
    `start` and the last has the whole rate; counted from 0, as in torch.optim.lr_scheduler.LinearLR, the first has
    the factor `start` itself and update `steps` is the first with the whole rate.
    Sources: arXiv 1512.03385 (constant), 1706.02677 (linear), 1803.07416 (exponential, from 0.01).
    """

    steps: int = knob(
        0, Integer(symbol=r"\tau", help="Updates of warm-up; 0 for none.", low=0, high=1_000_000, scale="log")
    )
    shape: str = knob(
        "linear",
        Choice(
            symbol=r"\text{shape}",
            help="How the learning rate rises.",
            options={
                "linear": "Linear",
                "constant": "Constant",
                "polynomial": "Polynomial",
                "exponential": "Exponential",
            },
        ),
    )
    start: float = knob(
        0.0, Real(symbol="f_0", help="Factor of the learning rate from which it rises.", low=0.0, high=1.0)
    )

    count: str = knob(
        "one",
        Choice(
            symbol=r"\text{count}",
            help="Whether the rise counts its updates from 1, so that the first one is already above the factor from "
            "which it rises, or from 0, so that the first one has that factor.",
            options={"one": "From 1, t + 1", "zero": "From 0, t"},
        ),
    )

    power: float = knob(
        2.0, Real(symbol="p", help="Power of a polynomial rise; above 1 it begins gently.", low=0.1, high=10.0)
    )

    def __post_init__(self) -> None:
        check_knobs(self)

    def rise(self, t: Updates) -> Factors:
        """Return the factor at the updates `t` < steps of the rise."""
        return (
            (self.start or 0.01) ** (1.0 - (t + 1 if self.count == "one" else t) / self.steps)
            if self.shape == "exponential"
            else self.start
            + (1.0 - self.start)
            * (
                (t + 1 if self.count == "one" else t) / self.steps
                if self.shape == "linear"
                else ((t + 1 if self.count == "one" else t) / self.steps) ** self.power
                if self.shape == "polynomial"
                else np.zeros(t.shape)
            )
        )


def learning_rates(lr: float, schedule: Schedule, warmup: WarmUp, steps: int) -> Factors:
    """Return mu_t for t = 0 .. steps - 1: the warm-up, then the schedule counted from its end."""
    if warmup.steps:
        with np.errstate(over="ignore"):  # of what the rise would be after its end
            return warmed_up(lr, schedule, warmup, steps)
    return lr * schedule.factor(np.arange(steps), steps)


def momenta(schedule: Schedule, warmup: WarmUp, steps: int) -> Factors:
    """Return the momentum of every update of a schedule that moves it; while it warms up, that is the first one."""
    t = np.maximum(np.arange(steps) - warmup.steps, 0)
    return schedule.momentum(t, max(steps - warmup.steps, 1))


def warmed_up(lr: float, schedule: Schedule, warmup: WarmUp, steps: int) -> Factors:
    """Return mu_t of a schedule with a warm-up of at least one update."""
    t = np.arange(steps)
    after = schedule.factor(np.maximum(t - warmup.steps, 0), max(steps - warmup.steps, 1))
    return lr * np.where(t < warmup.steps, warmup.rise(t) * after, after)
