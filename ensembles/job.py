"""What every block of an ensemble does: the gradient and the updates, recorded and without needless factors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import numpy as np

from engine.noise import Noise, batch_gradient_array, gaussian_draws
from engine.scale import move
from engine.scenario import Run
from engine.trajectory import Floats
from schedules.base import learning_rates
from surfaces.base import Surface
from xp.factors import Factored, Factoring, Number
from xp.tape import RECORDED, Draft, Plan, Tape, Undecided

CHUNK, CHUNKS_KEPT = 1000, 64
"""Updates recorded at a time, and how many such chunks are kept for the next block."""

THETA, GRADIENT, STATE = range(3)

Update: TypeAlias = tuple[Plan, list[Any]]


class Updates(np.ndarray):
    """The numbers of several updates; a condition on them is true or false where it is the same for all."""

    def __bool__(self) -> bool:
        truths = np.asarray(self, bool)
        if truths.all() != truths.any():
            raise Undecided("these updates do not all do the same")
        return bool(truths.all())

    def __float__(self) -> float:
        raise Undecided("several updates are not one number")

    def __index__(self) -> int:
        raise Undecided("several updates are not one number")


@dataclass(frozen=True)
class Job:
    """A surface, a run, and how; gradient and state are kept in units that save multiplications."""

    surface: Surface
    run: Run
    steps: int
    noise: Noise
    stop: bool
    own_rates: bool

    @cached_property
    def slopes(self) -> Update:
        """The plan and the constants of the gradient: registers x, y, g_x, g_y."""
        factoring, slopes = self._slopes
        outputs = [factoring.whole(slope, 1.0 if slope.is_number else slope.factor) for slope in slopes]
        draft = factoring.tape.plan(outputs, homes=(2, 3), kept=frozenset((0, 1)))
        return draft.compile(), factoring.tape.constants[::-1]

    @cached_property
    def slope_unit(self) -> Number:
        """What the gradient in its register is multiplied by to give the gradient: a number, or (2, 1)."""
        if self.called_gradient:
            return 1.0
        x, y = (1.0 if slope.is_number else slope.factor for slope in self._slopes[1])
        return x if x == y else np.array([[x], [y]])

    @cached_property
    def state_units(self) -> tuple[Number, ...]:
        """What each array of the state is multiplied by to give the state: as a late update would leave it."""
        units: tuple[Number, ...] = (1.0,) * len(self.first_state)
        for _ in range(2):
            _, (_, *state) = self._factoring(self.steps, units)
            units = tuple(1.0 if value.is_number else value.factor for value in state)
        return units

    def update(self, t: int) -> Update:
        """The plan and the constants of update t: registers theta, g, the state, own learning rates."""
        return self._chunk(t // CHUNK)[t % CHUNK]

    @cached_property
    def first_state(self) -> Any:
        """The state before the first update, on floats."""
        return self.run.optimizer.init(0.0)

    @cached_property
    def called_gradient(self) -> Callable[[int, Floats, Floats], Any] | None:
        """The gradient of update t as a function of (t, x, y), where it is not recorded.

        It is that of a mini-batch, or of a surface without a formula; None where it is recorded.
        """
        if self.surface.has_formula:
            return batch_gradient_array(self.surface, self.noise, self.steps)
        gradient = self.surface.gradient_array
        return lambda _, x, y: gradient(x, y)

    @cached_property
    def _slopes(self) -> tuple[Factoring, list[Factored]]:
        tape = Tape(4)
        slopes = self.surface.gradient_code(*tape.inputs[:2])
        factoring = Factoring(tape, (1.0,) * 4)
        return factoring, [factoring.of(slope) for slope in slopes]

    @cached_property
    def _chunk(self) -> Callable[[int], list[Update]]:
        plans: dict[Draft, Plan] = {}

        def updates(first: int, last: int) -> Iterator[Update]:
            try:
                draft, constants = self._record(first, last)
            except Undecided:
                if last - first == 1:
                    raise
                yield from updates(first, (first + last) // 2)
                yield from updates((first + last) // 2, last)
                return
            plan = plans.setdefault(draft, plans.get(draft) or draft.compile())
            yield from ((plan, row) for row in _rows(constants[::-1], last - first))

        @lru_cache(CHUNKS_KEPT)
        def chunk(number: int) -> list[Update]:
            return list(updates(number * CHUNK, min((number + 1) * CHUNK, self.steps)))

        return chunk

    def _record(self, first: int, last: int) -> tuple[Draft, list[Any]]:
        """Record the updates first, ..., last - 1 as one, with constants that are arrays of shape (last - first, ...).

        Raises Undecided where the rule does not do the same in all of them.
        """
        t: Any = first
        if last - first > 1:
            t = np.arange(first, last, dtype=float).reshape(-1, 1, 1).view(Updates)
        factor = self.rate_factors[first:last].reshape(-1, 1, 1)
        draw = None if self._draws is None else self._draws[first:last, :, None]
        factoring, (moved, *state) = self._factoring(t, self.state_units, factor, draw)
        outputs = [factoring.whole(moved), *map(factoring.whole, state, self.state_units)]
        homes = (THETA, *range(STATE, STATE + len(state)))
        kept = frozenset((STATE + len(state),)) if self.own_rates else frozenset[int]()
        return factoring.tape.plan(outputs, homes, kept), factoring.tape.constants

    def _factoring(
        self, t: Any, units: tuple[Number, ...], factor: Number = 1.0, draw: Floats | None = None
    ) -> tuple[Factoring, list[Factored]]:
        """Record update t and take its factors out; return also theta and the state after it."""
        tape = Tape(STATE + len(units) + self.own_rates)
        theta, g, *rest = tape.inputs
        state = type(self.first_state)(*rest[: len(units)])
        lr = rest[-1] * factor if self.own_rates else self.run.lr * factor
        outputs = self._move(theta, g if draw is None else g + draw, state, t, lr)
        factors = [1.0, self.slope_unit, *units, 1.0]
        factoring = Factoring(tape, factors[: len(tape.inputs)], free=range(STATE, STATE + len(units)))
        return factoring, [factoring.of(output) for output in outputs]

    def _move(self, theta: Any, g: Any, state: Any, t: Any, lr: Any) -> list[Any]:
        rule = self.run.optimizer
        m, sigma, state = rule.update(g, state, t, lr, RECORDED)
        return [move(theta, m, sigma, lr, rule.weight_decay, rule.scale_may_vanish, RECORDED), *state]

    @cached_property
    def rate_factors(self) -> Floats:
        """What the learning rate of each update is multiplied by, (steps,)."""
        return learning_rates(1.0, self.run.schedule, self.run.warmup, self.steps)

    @cached_property
    def _draws(self) -> Floats | None:
        return gaussian_draws(self.surface, self.noise, self.steps)


def _rows(constants: list[Any], count: int) -> Iterator[list[Any]]:
    """Return the constants of each update: floats, or arrays of shape (2, 1)."""
    columns = [np.broadcast_to(c, (count, *np.shape(c)[-2:]) if np.ndim(c) else count) for c in constants]
    rows = [column.ravel().tolist() if column[:1].size == 1 else list(column) for column in columns]
    return ([row[k] for row in rows] for k in range(count))
