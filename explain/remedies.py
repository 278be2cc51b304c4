"""What may be changed about a run, for each thing that may have happened to it, in the order in which it is tried."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, radians, sin

from engine.box import Box
from engine.scenario import LEARNING_RATE, Run, Scenario
from engine.stability import crossings, margin
from engine.suggest import guess
from engine.trajectory import Trajectory
from explain.happenings import Happening
from explain.promises import Promise, calm, leaves, lower, off, sooner
from optimizers.adam import Adam
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.ranges import EPS
from schedules.base import WarmUp
from schedules.constant import Constant
from schedules.inverse_time import InverseTime
from spec.sentences import Sentence

SMALLER = (
    ("half-rate", Sentence("Half the rate"), 2.0),
    ("quarter-rate", Sentence("A quarter the rate"), 4.0),
    ("tenth-rate", Sentence("A tenth the rate"), 10.0),
    ("hundredth-rate", Sentence("A hundredth the rate"), 100.0),
)
LARGER = (
    ("ten-rates", Sentence("Ten times the rate"), 10.0),
    ("five-rates", Sentence("Five times the rate"), 5.0),
    ("two-rates", Sentence("Twice the rate"), 2.0),
)
BEYOND = 1.05
"""How many times the largest stable rate is just above the limit."""


@dataclass(frozen=True)
class Remedy:
    """A change to try: slug and label of the button, the scene that it makes, and what it promises.

    family: of those of one family at most one is proposed.
    """

    family: str
    slug: str
    label: Sentence
    scene: Scenario
    promise: Promise


def remedies(what: Happening, scenario: Scenario, index: int, trajectory: Trajectory) -> Iterator[Remedy]:
    """Yield what may help run `index` of a scene, to which `what` happened, the most telling change first."""
    case = _Case(scenario, index, trajectory)
    if what in ("lost", "blown"):
        yield from case.rates(SMALLER, calm)
        yield from (*case.decays(calm), *case.adams(calm), *case.warm_ups(), *case.larger_epsilons())
    elif what == "stuck":
        yield from (*case.rates(SMALLER, lower), *case.decays(lower), *case.momenta(lower), *case.adams(lower))
    elif what == "held":
        yield from (*case.noises(), *case.rates(SMALLER, leaves))
    elif what in ("idle", "balanced"):
        yield from (*case.without_schedule(), *case.without_weight_decay())
    elif what == "walled":
        yield from case.without_box()
    elif what in ("crawls", "trapped"):
        yield from (*case.turned_back(), *(case.decays(lower) if scenario.noise.level else ()))
        yield from (*case.without_weight_decay(), *case.momenta(lower), *case.adams(lower))
        yield from case.rates(LARGER, lower)
        yield from (*case.rates(SMALLER, lower), *(case.noises() if what == "trapped" else ()))
    elif what == "arrived":
        yield from (*case.turned_back(), *case.momenta(sooner), *case.rates(LARGER, sooner), *case.beyond())


@dataclass(frozen=True)
class _Case:
    """Run `index` of a scene, how it went, and the changes that it allows."""

    scenario: Scenario
    index: int
    trajectory: Trajectory

    @property
    def run(self) -> Run:
        return self.scenario.runs[self.index]

    def rates(self, factors: tuple[tuple[str, Sentence, float], ...], promise: Promise) -> Iterator[Remedy]:
        for slug, label, factor in factors:
            lr = self.run.lr * factor if factors is LARGER else self.run.lr / factor
            if LEARNING_RATE.low <= lr <= LEARNING_RATE.high:
                yield Remedy("rate", slug, label, self._with(replace(self.run, lr=float(f"{lr:.4g}"))), promise)

    def decays(self, promise: Promise) -> Iterator[Remedy]:
        if self.run.schedule == Constant():
            for share in (10.0, 100.0):
                rate = min(float(f"{share / self.scenario.steps:.2g}"), 100.0)
                run = replace(self.run, schedule=InverseTime(rate=rate, per_epoch=1))
                yield Remedy("decay", "decay", Sentence("Let it decay"), self._with(run), promise)

    def warm_ups(self) -> Iterator[Remedy]:
        steps = min(200, self.scenario.steps // 5)
        if steps and not self.run.warmup.steps:
            run = replace(self.run, warmup=WarmUp(steps=steps))
            yield Remedy("warm-up", "warm-up", Sentence("Warm it up"), self._with(run), calm)

    def adams(self, promise: Promise) -> Iterator[Remedy]:
        """Yield Adam with the rate of the rule before it, if that is a distance too, else with rates by the window."""
        if isinstance(self.run.optimizer, Adam):
            return
        own = self.run.optimizer.step_unit == "distance"
        first = self.run.lr if own else guess(self.scenario.surface, self.scenario.start, Adam())
        for factor in (1.0, 10.0, 0.1):
            lr = LEARNING_RATE.nearest(float(f"{first * factor:.4g}"))
            run = self._instead(Adam(), lr)
            yield Remedy("adam", "adam", Sentence("Adam instead"), self._with(run), promise)

    def momenta(self, promise: Promise) -> Iterator[Remedy]:
        if isinstance(self.run.optimizer, GradientDescent):
            run = self._instead(Momentum(), self.run.lr)
            yield Remedy("momentum", "momentum", Sentence("Add momentum"), self._with(run), promise)

    def larger_epsilons(self) -> Iterator[Remedy]:
        """Yield an epsilon as large as sigma was where steps became too long: with it they would not have."""
        rises, _ = crossings(self.trajectory)
        own = getattr(self.run.optimizer, "eps", None)
        eps = float(f"{self.trajectory.sigma[rises[0]].max():.2g}") if len(rises) else 0.0
        if own is not None and own < eps <= EPS.high:
            run = self._instead(replace(self.run.optimizer, **{"eps": eps}), self.run.lr)
            yield Remedy("epsilon", "epsilon", Sentence("A larger epsilon"), self._with(run), calm)

    def noises(self) -> Iterator[Remedy]:
        noise = self.scenario.noise
        for level in (0.01, 0.1):
            if noise.level < level:
                scene = replace(self.scenario, noise=replace(noise, level=level))
                yield Remedy("noise", "noise", Sentence("Add some noise"), scene, leaves)

    def turned_back(self) -> Iterator[Remedy]:
        """Yield the surface and the start turned back to its axes; only a scale of each axis notices."""
        surface = self.scenario.surface
        angle = getattr(surface, "angle", 0.0)
        if angle and self.run.optimizer.step_unit != "gradient":
            (x, y), turn = self.scenario.start, radians(angle)
            start = (round(x * cos(turn) + y * sin(turn), 4), round(y * cos(turn) - x * sin(turn), 4))
            scene = replace(self.scenario, surface=replace(surface, **{"angle": 0.0}), start=start)
            for promise in (lower, sooner):
                yield Remedy("turn", "turn", Sentence("Turn the valley back"), scene, promise)

    def without_schedule(self) -> Iterator[Remedy]:
        if (self.run.schedule, self.run.warmup) != (Constant(), WarmUp()):
            run = replace(self.run, schedule=Constant(), warmup=WarmUp())
            yield Remedy("schedule", "constant", Sentence("Keep the rate"), self._with(run), lower)

    def without_weight_decay(self) -> Iterator[Remedy]:
        if self.run.optimizer.weight_decay:
            run = self._instead(replace(self.run.optimizer, **{"weight_decay": 0.0}), self.run.lr)
            yield Remedy("weight-decay", "no-weight-decay", Sentence("No weight decay"), self._with(run), lower)

    def without_box(self) -> Iterator[Remedy]:
        yield Remedy("box", "no-box", Sentence("Without the box"), replace(self.scenario, box=Box()), lower)

    def beyond(self) -> Iterator[Remedy]:
        found = margin(self.trajectory, self.run.lr)
        if found and self.run.optimizer.step_unit == "gradient" and found.largest * BEYOND <= LEARNING_RATE.high:
            run = replace(self.run, lr=float(f"{found.largest * BEYOND:.4g}"))
            yield Remedy("beyond", "beyond", Sentence("Beyond the limit"), self._with(run), off)

    def _instead(self, optimizer: Optimizer, lr: float) -> Run:
        """Return the run with another rule; a name that a person gave to the old one is dropped."""
        return replace(self.run, optimizer=optimizer, lr=lr, name="")

    def _with(self, run: Run) -> Scenario:
        runs = self.scenario.runs
        return replace(self.scenario, runs=(*runs[: self.index], run, *runs[self.index + 1 :]))
