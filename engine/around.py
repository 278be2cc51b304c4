"""What stands around a rule: gradients that are clipped before they come to it, a momentum that moves."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np

from optimizers.base import Coupled, Optimizer, Pair, PerAxis, Scalar, Seen, Sight, State, Symmetric
from schedules.base import Schedule, WarmUp, momenta
from spec.knobs import Real, check_knobs, knob, knobs_of
from xp.functions import Namespace
from xp.tape import Undecided

MOMENTA = ("beta1", "beta", "momentum")
"""What rules call the momentum that a schedule may move; the first one that a rule has counts."""


USUAL = 0.9
"""A momentum that is none of the values at which a rule does something else."""


@dataclass(frozen=True)
class Clip:
    """What is cut off a gradient before it comes to a rule.

        g <- min(max(g, -value), value), each component by itself

    value: 0 for no limit. As torch.nn.utils.clip_grad_value_. Source: T. Mikolov, Statistical Language Models Based on
    Neural Networks, 2012, section 3.2.2.
    """

    value: float = knob(
        0.0, Real(symbol="c", help="Largest size of each component of a gradient; 0 for no limit.", low=0.0, high=1e9)
    )

    def __post_init__(self) -> None:
        check_knobs(self)

    def of(self, g: Scalar, xp: Namespace) -> Scalar:
        """Return what is left of one component."""
        return xp.minimum(xp.maximum(g, -self.value), self.value)


@dataclass(frozen=True)
class _Around(Optimizer):
    """A rule with something around it, in the place of that rule."""

    rule: Optimizer

    @property
    def slug(self) -> str:  # type: ignore[override]
        return self.rule.slug

    @property
    def may_climb(self) -> bool:  # type: ignore[override]
        return self.rule.may_climb

    @property
    def weight_decay(self) -> float:
        return self.rule.weight_decay

    @property
    def stability_limit(self) -> float | None:
        return self.rule.stability_limit

    def init(self, zero: Scalar) -> State:
        return self.rule.init(zero)


@dataclass(frozen=True)
class _PerAxis(_Around, PerAxis):
    @property
    def ghosts(self) -> tuple[str, ...]:  # type: ignore[override]
        return cast(PerAxis, self.rule).ghosts

    def offsets(self, state: State) -> tuple[Scalar, ...]:
        return cast(PerAxis, self.rule).offsets(state)


@dataclass(frozen=True)
class _Clipped(_PerAxis):
    clip: Clip

    def update(self, g: Scalar, state: State, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, State]:
        return cast(PerAxis, self.rule).update(self.clip.of(g, xp), state, t, lr, xp)


@dataclass(frozen=True)
class _Both(_Around, Coupled):
    @property
    def sees(self) -> tuple[Sight, ...]:  # type: ignore[override]
        return cast(Coupled, self.rule).sees


@dataclass(frozen=True)
class _ClippedBoth(_Both):
    clip: Clip

    def update(self, seen: Seen, state: State, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, State]:
        g_x, g_y = (self.clip.of(g, xp) for g in seen.g)
        return cast(Coupled, self.rule).update(seen._replace(g=(g_x, g_y)), state, t, lr, xp)


@dataclass(frozen=True)
class _Cycled(_Around):
    """A rule whose momentum is another one at each update: what its limit would be, no theory says.

    name: of the knob. packed: its values as bytes of floats.
    """

    name: str
    packed: bytes

    @property
    def stability_limit(self) -> None:
        return None

    @cached_property
    def _values(self) -> Any:
        return np.frombuffer(self.packed)

    @cached_property
    def _floats(self) -> list[float]:
        return [float(value) for value in self._values]

    def at(self, t: Any) -> Any:
        """Return the rule with the momentum of an update, soon, since it is asked for at each; or of several."""
        if isinstance(t, int):
            made = object.__new__(type(self.rule))
            made.__dict__.update(self.rule.__dict__)
            made.__dict__[self.name] = self._floats[min(t, len(self._floats) - 1)]
            return made
        if not isinstance(t, np.ndarray):
            raise Undecided("a momentum of each update is read off a table")
        several = self._values.take(np.asarray(t, int), mode="clip").view(type(t))
        return self.rule.with_arrays(**{self.name: several})


@dataclass(frozen=True)
class _CycledAxes(_Cycled, _PerAxis):
    def update(self, g: Scalar, state: State, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, State]:
        moved: tuple[Scalar, Scalar, State] = self.at(t).update(g, state, t, lr, xp)
        return moved


@dataclass(frozen=True)
class _CycledBoth(_Cycled, _Both):
    def update(self, seen: Seen, state: State, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, State]:
        moved: tuple[Pair, Symmetric, State] = self.at(t).update(seen, state, t, lr, xp)
        return moved


def momentum_of(optimizer: Optimizer) -> str:
    """Return what a rule calls the momentum that a schedule may move, nothing if it has none.

    What a rule with points beside the drawn one calls so weighs these against each other.
    """
    if isinstance(optimizer, PerAxis) and optimizer.ghosts:
        return ""
    return next((name for name in MOMENTA if name in knobs_of(optimizer)), "")


def moving_momentum(optimizer: Optimizer, schedule: Schedule) -> str:
    """Return what a rule calls the momentum that a schedule moves, nothing if it moves none."""
    return momentum_of(optimizer) if schedule.moves_momentum else ""


def with_a_momentum(optimizer: Optimizer, schedule: Schedule) -> Optimizer:
    """Return a rule as it is written out: with some momentum, where a schedule gives each update its own."""
    name = moving_momentum(optimizer, schedule)
    return replace(optimizer, **{name: USUAL}) if name else optimizer


def around(optimizer: Optimizer, schedule: Schedule, warmup: WarmUp, clip: Clip, steps: int) -> Optimizer:
    """Return a rule with what stands around it in a run of `steps` updates; the rule itself where nothing does."""
    name = moving_momentum(optimizer, schedule)
    if name:
        kind = _CycledBoth if isinstance(optimizer, Coupled) else _CycledAxes
        optimizer = kind(optimizer, name, momenta(schedule, warmup, steps).tobytes())
    if not clip.value:
        return optimizer
    return _ClippedBoth(optimizer, clip) if isinstance(optimizer, Coupled) else _Clipped(optimizer, clip)
