"""One block of an ensemble: many starts that move together, in place, until each has finished."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.judge import is_quiet
from engine.trajectory import Floats
from engine.window import has_not_escaped
from ensembles.job import GRADIENT, THETA, Job
from xp.tape import Plan

CHECK = 10
"""Updates between two looks at which starts have finished."""

SHARE = 1 / 8
"""Finished starts are left to move on unheeded until they are more than this share of the block."""

MOVING, CONVERGED_END, DIVERGED_END = range(3)

Report = Callable[[int], None]


class Block:
    """The starts of one block, and what became of each."""

    def __init__(self, job: Job, points: Floats, rates: Floats | None) -> None:
        count = points.shape[1]
        self.job = job
        self.theta, self.updates = points.copy(), np.full(count, job.steps, np.int32)
        self.ending = np.full(count, MOVING, np.int8)
        self._present: NDArray[np.int_] = np.arange(count)
        self._moving = np.ones(count, bool)
        state = [s / unit for s, unit in zip(job.first_state, job.state_units, strict=True)]
        self._arrays = [np.broadcast_to(values, points.shape).copy() for values in (points, 0.0, *state)]
        self._rates = rates

    def run(self, report: Report) -> None:
        """Move until all starts have finished or all updates are made; report updates done at every check."""
        with np.errstate(all="ignore"):
            self._lay_out()
            for t in range(self.job.steps):
                self._gradient(t)
                if t % CHECK == 0:
                    self._let_finished_leave(t)
                    moving = int(np.count_nonzero(self._moving))
                    report(min(CHECK, self.job.steps - t) * moving)
                    if moving == 0:
                        return
                plan, constants = self.job.update(t)
                if plan not in self._scratch:
                    self._scratch[plan] = plan.registers(self._arrays[THETA].shape)
                plan.run(self._table + self._scratch[plan] + constants)
            self._gradient(self.job.steps - 1)
            self._let_finished_leave(self.job.steps)
            self.theta[:, self._present[self._moving]] = self._arrays[THETA][:, self._moving]

    def _lay_out(self) -> None:
        plan, constants = self.job.slopes
        scratch = plan.registers(self._present.shape)
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
        finished = (gone | still) & self._moving
        if not finished.any():
            return
        left = self._present[finished]
        self.theta[:, left] = self._arrays[THETA][:, finished]
        self.updates[left] = t
        self.ending[left] = np.where(gone[finished], DIVERGED_END, CONVERGED_END)
        self._moving &= ~finished
        if np.count_nonzero(self._moving) < (1 - SHARE) * len(self._moving):
            self._keep(self._moving)

    def _escaped(self) -> NDArray[np.bool_]:
        x, y = has_not_escaped(self.job.surface, *self._arrays[THETA])
        inside: NDArray[np.bool_] = x & y
        return ~inside

    def _at_rest(self) -> NDArray[np.bool_]:
        if not self.job.stop:
            return np.zeros(len(self._present), bool)
        return is_quiet(self.job.surface, *self._arrays[GRADIENT] * self.job.slope_unit)

    def _keep(self, staying: NDArray[np.bool_]) -> None:
        self._present, self._moving = self._present[staying], self._moving[staying]
        self._arrays = [array[:, staying] for array in self._arrays]
        if self._rates is not None:
            self._rates = self._rates[staying]
        self._lay_out()
