"""One block of an ensemble: many starts that move together, in place, until each has finished."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.noise import Noise, batch_gradient_array, gaussian_draws, median_gradient
from engine.scenario import Run
from engine.simulate import CONVERGED, escape_bounds
from engine.tape import Plan, Tape, Traced
from engine.trajectory import Floats
from optimizers.xp import ARRAYS
from schedules.base import learning_rates
from surfaces.base import Surface

CHECK = 10
"""Updates between two looks at which starts have finished."""

CHUNK, CHUNKS_KEPT = 1000, 64
"""Updates recorded at a time, and how many such chunks are kept for the next block."""

MOVING, CONVERGED_END, DIVERGED_END = range(3)
THETA, GRADIENT, STATE = range(3)

Report = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """What every block of an ensemble does."""

    surface: Surface
    run: Run
    steps: int
    noise: Noise
    stop: bool
    own_rates: bool

    @cached_property
    def slopes(self) -> tuple[Plan, list[Any]]:
        """The plan of the gradient: registers x, y, g_x, g_y."""
        tape = Tape(4)
        outputs = self.surface.gradient_code(*tape.inputs[:2])
        return tape.plan(outputs, homes=(2, 3), kept=frozenset((0, 1))).compile(), tape.constants[::-1]

    def update(self, t: int) -> tuple[Plan, list[Any]]:
        """The plan and the constants of update t: registers theta, g, the state, own learning rates."""
        return self._chunk(t // CHUNK)[t % CHUNK]

    @cached_property
    def _chunk(self) -> Callable[[int], list[tuple[Plan, list[Any]]]]:
        factors = learning_rates(1.0, self.run.schedule, self.run.warmup, self.steps)
        draws = gaussian_draws(self.surface, self.noise, self.steps)
        plans: dict[Any, Plan] = {}

        def one(t: int) -> tuple[Plan, list[Any]]:
            draft, constants = self._record(t, float(factors[t]), None if draws is None else draws[t][:, None])
            return plans.setdefault(draft, plans.get(draft) or draft.compile()), constants[::-1]

        @lru_cache(CHUNKS_KEPT)
        def chunk(number: int) -> list[tuple[Plan, list[Any]]]:
            return [one(t) for t in range(number * CHUNK, min((number + 1) * CHUNK, self.steps))]

        return chunk

    @cached_property
    def first_state(self) -> Any:
        """The state before the first update, on floats."""
        return self.run.optimizer.init(0.0)

    @cached_property
    def batch_gradient(self) -> Callable[[int, Floats, Floats], Floats] | None:
        """The gradient of the mini-batch of update t as a function of (t, x, y), where there are mini-batches."""
        return batch_gradient_array(self.surface, self.noise, self.steps)

    def _record(self, t: int, factor: float, draw: Floats | None) -> tuple[Any, list[Any]]:
        size = len(self.first_state)
        tape = Tape(STATE + size + self.own_rates)
        theta, g = tape.inputs[THETA], tape.inputs[GRADIENT]
        lr: Any = tape.inputs[-1] * factor if self.own_rates else self.run.lr * factor
        state = type(self.first_state)(*tape.inputs[STATE : STATE + size])
        moved, state = self._move(theta, g if draw is None else g + draw, state, t, lr)
        homes = (THETA, *range(STATE, STATE + size))
        kept = frozenset((STATE + size,)) if self.own_rates else frozenset[int]()
        return tape.plan((moved, *state), homes, kept), tape.constants

    def _move(self, theta: Traced, g: Traced, state: Any, t: int, lr: Any) -> tuple[Any, Any]:
        m, sigma, state = self.run.optimizer.update(g, state, t, lr, ARRAYS)
        step = (lr / sigma) * m
        if self.run.optimizer.scale_may_vanish:
            step = np.where(m == 0.0, 0.0, step)
        decay = self.run.optimizer.weight_decay
        return theta - (step + (lr * decay) * theta if decay else step), state


class Block:
    """The starts of one block, and what became of each."""

    def __init__(self, job: Job, points: Floats, rates: Floats | None) -> None:
        count = points.shape[1]
        self.job = job
        self.theta, self.updates = points.copy(), np.full(count, job.steps, np.int32)
        self.ending = np.full(count, MOVING, np.int8)
        self._active: NDArray[np.int_] = np.arange(count)
        self._arrays = [points.copy(), np.zeros_like(points), *(np.full_like(points, s) for s in job.first_state)]
        self._rates = rates

    def run(self, report: Report) -> None:
        """Move until all starts have finished or all updates are made; report updates done at every check."""
        with np.errstate(all="ignore"):
            self._lay_out()
            for t in range(self.job.steps):
                self._gradient(t)
                if t % CHECK == 0:
                    self._let_finished_leave(t)
                    report(min(CHECK, self.job.steps - t) * len(self._active))
                    if len(self._active) == 0:
                        return
                plan, constants = self.job.update(t)
                if plan not in self._scratch:
                    self._scratch[plan] = plan.registers(self._arrays[THETA].shape)
                plan.run(self._table + self._scratch[plan] + constants)
            self._gradient(self.job.steps - 1)
            self._let_finished_leave(self.job.steps)
            self.theta[:, self._active] = self._arrays[THETA]

    def _lay_out(self) -> None:
        plan, constants = self.job.slopes
        scratch = plan.registers(self._active.shape)
        self._slopes = [*self._arrays[THETA], *self._arrays[GRADIENT], *scratch, *constants]
        self._table = self._arrays + ([] if self._rates is None else [self._rates])
        self._scratch: dict[Plan, list[Any]] = {}

    def _gradient(self, t: int) -> None:
        if self.job.batch_gradient is None:
            self.job.slopes[0].run(self._slopes)
        else:
            self._arrays[GRADIENT][:] = self.job.batch_gradient(t, *self._arrays[THETA])

    def _let_finished_leave(self, t: int) -> None:
        gone, still = self._escaped(), self._at_rest()
        leaving = gone | still
        if not leaving.any():
            return
        left = self._active[leaving]
        self.theta[:, left] = self._arrays[THETA][:, leaving]
        self.updates[left] = t
        self.ending[left] = np.where(gone[leaving], DIVERGED_END, CONVERGED_END)
        self._keep(~leaving)

    def _escaped(self) -> NDArray[np.bool_]:
        (left, right), (low, high) = escape_bounds(self.job.surface)
        x, y = self._arrays[THETA]
        inside: NDArray[np.bool_] = (x > left) & (x < right) & (y > low) & (y < high)
        return ~inside

    def _at_rest(self) -> NDArray[np.bool_]:
        if not self.job.stop:
            return np.zeros(len(self._active), bool)
        g_x, g_y = self._arrays[GRADIENT]
        small: NDArray[np.bool_] = g_x * g_x + g_y * g_y <= (CONVERGED * median_gradient(self.job.surface)) ** 2
        return small

    def _keep(self, staying: NDArray[np.bool_]) -> None:
        self._active = self._active[staying]
        self._arrays = [array[:, staying] for array in self._arrays]
        if self._rates is not None:
            self._rates = self._rates[staying]
        self._lay_out()
