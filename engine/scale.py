"""The scale sigma of an update and all that follows from it: the move, how far it reaches, and how stable it is.

Every formula with sigma in it stands here: the engine moves by `move`; charts, words and the player ask a Scale.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Floats, Trajectory
from surfaces.base import Surface
from xp.functions import ARRAYS, Namespace
from xp.tape import RECORDED, Tape, Traced


def move(theta: Any, m: Any, sigma: Any, lr: Any, decay: float, guarded: bool, xp: Namespace) -> Any:
    """Return where an update leads: theta - ((lr / sigma) m + lr * decay * theta), element by element.

    decay: the decoupled weight decay. guarded: whether sigma may be 0; an axis with m = 0 then stays where it is.
    """
    step = xp.over(lr, sigma) * m
    if guarded:
        step = xp.where(m == 0.0, 0.0, step)
    return theta - (step + lr * decay * theta if decay else step)


def recorded_move(decay: float, guarded: bool) -> tuple[Tape, Traced]:
    """Return the tape of `move` with the inputs theta, m, sigma and lr, and its result: to be written as Python."""
    tape = Tape(4)
    theta, m, sigma, lr = tape.inputs
    return tape, move(theta, m, sigma, lr, decay, guarded, RECORDED)


@dataclass(frozen=True, eq=False)
class Scale:
    """The scale of n updates. sigma: (n, 2). lr: (n,), the learning rates mu_t."""

    sigma: Floats
    lr: Floats

    @staticmethod
    def of(trajectory: Trajectory, updates: Any = slice(None)) -> "Scale":
        """Return the scale of a run's updates, all of them by default."""
        return Scale(trajectory.sigma[updates], trajectory.lr[updates])

    @cached_property
    def rate(self) -> Floats:
        """The effective step size mu_t / sigma of each axis, (n, 2)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rate: Floats = ARRAYS.over(self.lr[:, None], self.sigma)
        return rate

    def step(self, m: Floats) -> Floats:
        """Return (mu_t / sigma) m, what a move without weight decay takes from theta, (n, 2)."""
        with np.errstate(all="ignore"):
            step: Floats = -move(np.zeros(1), m, self.sigma, self.lr[:, None], 0.0, True, ARRAYS)
        return step

    def reach(self, m: Floats) -> Floats:
        """Return the semi-axes of the ellipse on which every direction as long as m ends, |m| mu_t / sigma, (n, 2)."""
        with np.errstate(all="ignore"):
            return np.hypot(m[:, :1], m[:, 1:]) * self.rate

    def unscaled(self, direction: Floats) -> Floats:
        """Return what one step size for both axes, their geometric mean, makes of a direction, (n, 2)."""
        with np.errstate(all="ignore"):
            size = np.sqrt(self.rate[:, :1]) * np.sqrt(self.rate[:, 1:])
            return np.where(direction == 0.0, 0.0, size * direction)

    def sharpness(self, surface: Surface, theta: Floats) -> Floats:
        """Return the largest eigenvalue of diag(mu_t / sigma) H at the points theta (n, 2), in closed form, (n,).

        diag(r) H is similar to the symmetric matrix with entries r_i^(1/2) H_ij r_j^(1/2). A step of plain
        gradient descent on a quadratic diverges above 2 (arXiv 2207.14484).
        """
        a, b, c = self._preconditioned(surface, theta)
        with np.errstate(all="ignore"):
            eigenvalue: Floats = (a + c) / 2 + np.hypot((a - c) / 2, b)
        return eigenvalue

    def eigen_axis(self, surface: Surface, theta: Floats) -> NDArray[np.int_]:
        """Return the axis, 0 or 1, that has the larger share of that eigenvalue's vector at the points theta (n, 2).

        Of a symmetric matrix with the diagonal (a, c), the eigenvector of the larger eigenvalue leans to the second
        axis where c > a.
        """
        a, _, c = self._preconditioned(surface, theta)
        with np.errstate(all="ignore"):
            axes: NDArray[np.int_] = (c > a).astype(np.int_)
        return axes

    def _preconditioned(self, surface: Surface, theta: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the entries (a, b, c) of the symmetric matrix that diag(mu_t / sigma) H is similar to."""
        h_xx, h_xy, h_yy = surface.hessian_array(theta[:, 0], theta[:, 1])
        r_x, r_y = self.rate[:, 0], self.rate[:, 1]
        with np.errstate(all="ignore"):
            return r_x * h_xx, np.sqrt(r_x * r_y) * h_xy, r_y * h_yy
