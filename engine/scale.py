"""The scale sigma of an update and all that follows from it: the move, how far it reaches, and how stable it is.

Every formula with sigma in it stands here: the engine moves by `move`; charts, words and the player ask a Scale.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Flags, Floats, Trajectory
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


ROUNDING = 1e-9
"""Where the two parts of an eigenvalue cancel to less than this share of them, it is taken from the determinant."""


def takes_part(m: Floats, sigma: Floats) -> Flags:
    """Return whether each axis has a part in the stability of each update of a whole run, (n, 2).

    An axis that never moves has none, however small its scale. Nor has one that has not moved yet, while its scale is
    another than at its first move: an epsilon, or 0, that has seen no gradient.
    """
    moves = m != 0.0
    if moves[:1].all():
        return np.ones_like(moves)
    first = moves.argmax(axis=0)
    same: Flags = (sigma == sigma[first, [0, 1]]) & moves.any(axis=0)
    since: Flags = (np.arange(len(m))[:, None] >= first) & moves.any(axis=0)
    return same | since


def curvature(surface: Surface, theta: Floats, direction: Floats) -> Floats:
    """Return d' H d at the points theta (n, 2) for the directions d (n, 2), (n,)."""
    h_xx, h_xy, h_yy = surface.hessian_array(theta[:, 0], theta[:, 1])
    x, y = direction.T
    with np.errstate(all="ignore"):
        terms: Floats = x * h_xx * x + 2.0 * (x * h_xy * y) + y * h_yy * y
    return terms


@dataclass(frozen=True, eq=False)
class Scale:
    """The scale of n updates.

    sigma: (n, 2). lr: (n,), the learning rates mu_t. part: (n, 2), whether an axis has a part in stability; both have
    by default.
    """

    sigma: Floats
    lr: Floats
    part: Flags | None = None

    @staticmethod
    def of(trajectory: Trajectory, updates: Any = slice(None)) -> "Scale":
        """Return the scale of a run's updates, all of them by default."""
        part = takes_part(trajectory.m, trajectory.sigma)
        return Scale(trajectory.sigma[updates], trajectory.lr[updates], part[updates])

    @cached_property
    def rate(self) -> Floats:
        """The effective step size mu_t / sigma of each axis, (n, 2)."""
        with np.errstate(all="ignore"):
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

    @property
    def shared(self) -> Floats:
        """One step size for both axes, the geometric mean of their own, (n,)."""
        with np.errstate(all="ignore"):
            size: Floats = np.sqrt(self.rate[:, 0]) * np.sqrt(self.rate[:, 1])
        return size

    def sharpness(self, surface: Surface, theta: Floats) -> Floats:
        """Return the largest eigenvalue of diag(mu_t / sigma) H at the points theta (n, 2), in closed form, (n,).

        diag(r) H is similar to the symmetric matrix with entries r_i^(1/2) H_ij r_j^(1/2). A step of plain
        gradient descent on a quadratic diverges above 2 (arXiv 2207.14484). Where one axis alone has a part, it is
        that axis's own r_i H_ii, and where none has, nan.
        """
        a, b, c = self._preconditioned(surface, theta)
        with np.errstate(all="ignore"):
            middle, reach = (a + c) / 2, np.hypot((a - c) / 2, b)
            eigenvalue: Floats = middle + reach
            least = middle - reach
            is_rounding = (middle < 0.0) & (np.abs(eigenvalue) <= ROUNDING * reach)
            eigenvalue = np.where(is_rounding, a * (c / least) - b * (b / least), eigenvalue)
        return self._of_parts(eigenvalue, a, c)

    def eigen_axis(self, surface: Surface, theta: Floats) -> NDArray[np.int_]:
        """Return the axis, 0 or 1, that has the larger share of that eigenvalue's vector at the points theta (n, 2).

        Of a symmetric matrix with the diagonal (a, c), the eigenvector of the larger eigenvalue leans to the second
        axis where c > a.
        """
        a, _, c = self._preconditioned(surface, theta)
        with np.errstate(all="ignore"):
            leans = c > a
        if self.part is not None:
            leans = np.where(self.part.all(axis=1), leans, self.part[:, 1])
        axes: NDArray[np.int_] = leans.astype(np.int_)
        return axes

    def curvature_along(self, surface: Surface, theta: Floats, g: Floats) -> Floats:
        """Return the preconditioned curvature along the gradients g (n, 2) at the points theta (n, 2), (n,).

        With D = diag(mu_t / sigma) and a = D^(1/2) g it is a' D^(1/2) H D^(1/2) a / |a|^2 = s' H s / g' s, s = D g
        the step. A step of s changes a quadratic loss by |a|^2 (c / 2 - 1): it rises above 2 (arXiv 2506.04805).
        """
        step = self.step(g)
        with np.errstate(all="ignore"):
            along: Floats = np.einsum("ti,ti->t", g, step)
            unit = step / np.sqrt(along)[:, None]
            return curvature(surface, theta, unit)

    def _of_parts(self, both: Floats, a: Floats, c: Floats) -> Floats:
        """Return what belongs to the axes that have a part: to both, to the first, to the second, to none."""
        if self.part is None:
            return both
        x, y = self.part.T
        parts: Floats = np.where(x & y, both, np.where(x, a, np.where(y, c, np.nan)))
        return parts

    def _preconditioned(self, surface: Surface, theta: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the entries (a, b, c) of the symmetric matrix that diag(mu_t / sigma) H is similar to."""
        h_xx, h_xy, h_yy = surface.hessian_array(theta[:, 0], theta[:, 1])
        r_x, r_y = self.rate[:, 0], self.rate[:, 1]
        with np.errstate(all="ignore"):
            return r_x * h_xx, np.sqrt(r_x * r_y) * h_xy, r_y * h_yy
