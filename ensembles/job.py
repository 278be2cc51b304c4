"""What every block of an ensemble does: the gradient and the updates, recorded and without needless factors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import prod
from typing import Any, TypeAlias, cast

import numpy as np

from engine.box import clamped
from engine.noise import batch_gradient_array
from engine.scale import coupled_move, move
from engine.stepper import LOOKS, seen_of
from engine.trajectory import Floats
from ensembles.columns import Several
from ensembles.how import How
from ensembles.setup import Setup
from ensembles.updates import Update, four, updates_of
from optimizers.base import Coupled, PerAxis
from surfaces.base import Surface
from xp.factors import Factored, Factoring, Number
from xp.tape import RECORDED, Draft, Plan, Tape, Undecided

CHUNK, CHUNKS_KEPT = 1000, 64
"""Updates recorded at a time, and how many such chunks are kept for the next block."""

LARGEST = 2**20
"""Elements of an array of constants: with columns, as many updates are recorded at a time as make no larger one."""

THETA, GRADIENT, STATE = range(3)

Recorded: TypeAlias = tuple[Tape, list[Number], int, tuple[Sequence[Any], Sequence[Any]]]
"""A tape, the factors of its inputs, the first input that is state, and theta and the state after the update."""


@dataclass(frozen=True, eq=False)
class Job:
    """What a run is made of, and how it is made; gradient and state are kept in units that save multiplications."""

    setup: Setup
    how: How

    @property
    def steps(self) -> int:
        """How many updates are made."""
        return self.setup.scenario.steps

    @cached_property
    def slopes(self) -> Update:
        """The gradient, and the loss if it is watched: registers x, y, g_x, g_y, loss."""
        factoring, slopes, loss = self._slopes
        outputs = [factoring.whole(slope, unit) for slope, unit in zip(slopes, self._slope_units, strict=True)]
        outputs += [factoring.whole(loss)] if loss else []
        draft = factoring.tape.plan(outputs, homes=range(2, 2 + len(outputs)), kept=frozenset((0, 1)))
        return next(updates_of(draft.compile(), factoring.tape.constants[::-1], 1))

    @cached_property
    def slope_unit(self) -> Number:
        """What the gradient in its register is multiplied by to give the gradient: a number, or (1, 2, k, l)."""
        if self.called_gradient:
            return 1.0
        x, y = self._slope_units
        return x if np.array_equal(x, y) else np.concatenate(np.broadcast_arrays(*map(four, (x, y))), axis=1)

    @cached_property
    def _slope_units(self) -> tuple[Number, Number]:
        """The units of both axes: 1 where two would make the constants of columns twice as large."""
        x, y = (1.0 if slope.is_number else slope.factor for slope in self._slopes[1])
        return (1.0, 1.0) if self.setup.columns and not np.array_equal(x, y) else (x, y)

    @cached_property
    def state_units(self) -> tuple[Number, ...]:
        """What each array of the state is multiplied by to give the state: as a late update would leave it."""
        units: tuple[Number, ...] = (1.0,) * len(self.first_state)
        for _ in range(2):
            _, (_, state) = self._factoring(self.steps, units, 1.0)
            units = tuple(1.0 if value.is_number else value.factor for value in state)
        return units

    def update(self, t: int) -> Update:
        """Return update t: its `registers`."""
        return self._chunk(t // self._length)[t % self._length]

    @cached_property
    def is_coupled(self) -> bool:
        """Whether the rule sees both axes at once, so that registers hold one axis, (n,), and not both, (2, n)."""
        return isinstance(self.setup.optimizer, Coupled)

    def registers(self, arrays: Sequence[Any], looks: Sequence[Any]) -> list[Any]:
        """Return what an update works on: theta, g, the state, and what a rule sees besides, one axis or both each."""
        theta, gradient, *state = arrays
        return [*theta, *gradient, *state, *looks] if self.is_coupled else [theta, gradient, *state]

    def looks(self, surface: Surface) -> list[Callable[[Floats, Floats], Any]]:
        """Return what gives a rule that couples the axes the things it asks for besides the gradient, each called."""
        functions = {"loss": lambda x, y: (surface.value_array(x, y),), "hessian": surface.hessian_array}
        rule = self.setup.optimizer
        return [functions[sight] for sight in rule.sees] if isinstance(rule, Coupled) else []

    @cached_property
    def ghost(self) -> Update | None:
        """The point where the gradient is taken: registers theta, it, the state; None where that is theta."""
        rule, count = self.setup.optimizer, len(self.first_state)
        if not isinstance(rule, PerAxis) or not rule.ghosts:
            return None
        tape = Tape(2 + count)
        theta, _, *rest = tape.inputs
        state = (value * unit for value, unit in zip(rest, self.state_units, strict=True))
        point = theta + rule.offsets(type(self.first_state)(*state))[0]
        draft = tape.plan([point], (1,), frozenset((0, *range(2, 2 + count))))
        return next(updates_of(draft.compile(), tape.constants[::-1], 1))

    @cached_property
    def first_state(self) -> Any:
        """The state before the first update: floats, or arrays."""
        return self.setup.optimizer.init(0.0)

    @cached_property
    def called_gradient(self) -> Callable[[int, Floats, Floats], Any] | None:
        """The gradient of update t as a function of (t, x, y), where it is not recorded.

        It is that of a mini-batch, or of a surface without a formula; None where it is recorded.
        """
        surface, scenario = self.setup.plain, self.setup.scenario
        if surface.has_formula:
            return batch_gradient_array(surface, scenario.noise, scenario.steps)
        gradient = surface.gradient_array
        return lambda _, x, y: gradient(x, y)

    @cached_property
    def _slopes(self) -> tuple[Factoring, list[Factored], Factored | None]:
        surface = self.setup.surface
        tape = Tape(4 + self.how.watched)
        loss, *slopes = (surface.loss_code if self.how.watched else surface.gradient_code)(*tape.inputs[:2])
        if not self.how.watched:
            loss, slopes = None, [loss, *slopes]
        factoring = Factoring(tape, (1.0,) * len(tape.inputs))
        return factoring, [factoring.of(slope) for slope in slopes], factoring.of(loss) if self.how.watched else None

    @cached_property
    def _length(self) -> int:
        """How many updates are recorded at a time."""
        size = 2 * prod(len(column) for column in self.setup.columns)
        return max(1, min(CHUNK, LARGEST // size))

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
            yield from updates_of(plan, constants[::-1], last - first)

        @lru_cache(1 if self.setup.columns else CHUNKS_KEPT)
        def chunk(number: int) -> list[Update]:
            return list(updates(number * self._length, min((number + 1) * self._length, self.steps)))

        return chunk

    def _record(self, first: int, last: int) -> tuple[Draft, list[Any]]:
        """Record the updates first, ..., last - 1 as one, with constants that are arrays (update, axis, k, l).

        Raises Undecided where the rule does not do the same in all of them, or for all starts.
        """
        t: Any = first
        if last - first > 1:
            t = np.arange(first, last, dtype=float).reshape(-1, 1, 1, 1).view(Several)
        factors, draws = self.setup.factors, self.setup.draws
        factor = factors[first:last] if len(factors) > 1 else factors
        draw = None if draws is None else draws[first:last]
        factoring, (moved, state) = self._factoring(t, self.state_units, _one(factor), draw)
        outputs = [*map(factoring.whole, moved), *map(factoring.whole, state, self.state_units)]
        axes = len(moved)
        homes = (*range(axes), *range(2 * axes, 2 * axes + len(state)))
        return factoring.tape.plan(outputs, homes), factoring.tape.constants

    def _factoring(
        self, t: Any, units: tuple[Number, ...], factor: Number, draw: Floats | None = None
    ) -> tuple[Factoring, tuple[list[Factored], list[Factored]]]:
        """Record update t and take its factors out; return also theta, in its registers, and the state after it."""
        record = self._of_both_axes if self.is_coupled else self._of_each_axis
        with np.errstate(all="ignore"):
            tape, factors, first, (moved, state) = record(t, units, self.setup.lr * factor, draw)
            factoring = Factoring(tape, factors, free=range(first, first + len(units)))
            return factoring, ([factoring.of(value) for value in moved], [factoring.of(value) for value in state])

    def _of_each_axis(self, t: Any, units: tuple[Number, ...], lr: Any, draw: Floats | None) -> Recorded:
        rule, tape = cast(PerAxis, self.setup.optimizer), Tape(STATE + len(units))
        theta, g, *rest = tape.inputs
        state = type(self.first_state)(*rest)
        m, sigma, after = rule.update(g if draw is None else g + draw, state, t, lr, RECORDED)
        moved = move(theta, m, sigma, lr, rule.weight_decay, rule.scale_may_vanish, RECORDED)
        if self.setup.walls:
            low, high = map(_one, self.setup.walls)
            moved = clamped(moved, low, high, RECORDED)
        return tape, [1.0, self.slope_unit, *units], STATE, ([moved], after)

    def _of_both_axes(self, t: Any, units: tuple[Number, ...], lr: Any, draw: Floats | None) -> Recorded:
        rule = cast(Coupled, self.setup.optimizer)
        names = [name for sight in rule.sees for name in LOOKS[sight]]
        tape = Tape(2 * STATE + len(units) + len(names))
        x, y, *g = tape.inputs[: 2 * STATE]
        state = type(self.first_state)(*tape.inputs[2 * STATE : 2 * STATE + len(units)])
        looks = dict(zip(names, tape.inputs[2 * STATE + len(units) :], strict=True))
        if draw is not None:
            g = [slope + draw[:, axis : axis + 1] for axis, slope in enumerate(g)]
        m, matrix, after = rule.update(seen_of(tuple(g), looks), state, t, lr, RECORDED)
        moved = coupled_move((x, y), m, matrix, lr, rule.weight_decay, RECORDED)
        if self.setup.walls:
            (low_x, low_y), (high_x, high_y) = (map(_one, np.split(wall, 2, axis=1)) for wall in self.setup.walls)
            moved = clamped(moved[0], low_x, high_x, RECORDED), clamped(moved[1], low_y, high_y, RECORDED)
        unit = self.slope_unit
        slopes = (unit, unit) if np.ndim(unit) == 0 else (unit[:, :1], unit[:, 1:])
        return tape, [1.0, 1.0, *slopes, *units, *(1.0,) * len(names)], 2 * STATE, (moved, after)


def _one(numbers: Floats) -> Number:
    """Return the only number of an array as such, other arrays as they are."""
    return numbers.item() if numbers.size == 1 else numbers.view(Several)
