"""The scale sigma of an update and all that follows from it: the move, how far it reaches, and how stable it is.

Every formula with sigma in it stands here: the engine moves by `move`; charts, words and the player ask a Scale.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Flags, Floats, Trajectory, rotated
from optimizers.base import Pair, Symmetric
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


def coupled_move(theta: Pair, m: Pair, matrix: Symmetric, lr: Any, decay: float, xp: Namespace) -> Pair:
    """Return where an update leads whose scale is a matrix: theta - (lr S^-1 m + lr * decay * theta).

    S^-1 by its adjugate over its determinant, with S in units of its largest entry, so that neither overflows. Where
    m = 0 nothing moves.
    """
    (x, y), (m_x, m_y), (a, b, c) = theta, m, matrix
    size = xp.maximum(xp.maximum(xp.abs(a), xp.abs(c)), xp.abs(b))
    size = xp.where(size == 0.0, 1.0, size)
    a, b, c = a / size, b / size, c / size
    rate = xp.over(lr / size, a * c - b * b)
    rests = xp.abs(m_x) + xp.abs(m_y) == 0.0
    step_x = xp.where(rests, 0.0, rate * (c * m_x - b * m_y))
    step_y = xp.where(rests, 0.0, rate * (a * m_y - b * m_x))
    shrink = lr * decay if decay else 0.0
    return x - (step_x + shrink * x if decay else step_x), y - (step_y + shrink * y if decay else step_y)


def recorded_move(decay: float, guarded: bool) -> tuple[Tape, Traced]:
    """Return the tape of `move` with the inputs theta, m, sigma and lr, and its result: to be written as Python."""
    tape = Tape(4)
    theta, m, sigma, lr = tape.inputs
    return tape, move(theta, m, sigma, lr, decay, guarded, RECORDED)


def recorded_coupled_move(decay: float) -> tuple[Tape, Pair]:
    """Return the tape of `coupled_move` with its inputs one by one, and its results."""
    tape = Tape(8)
    x, y, m_x, m_y, a, b, c, lr = tape.inputs
    return tape, coupled_move((x, y), (m_x, m_y), (a, b, c), lr, decay, RECORDED)


ROUNDING = 1e-9
"""Where the two parts of an eigenvalue cancel to less than this share of them, it is taken from the determinant."""


def takes_part(m: Floats, sigma: Floats, angle: Floats | None = None, held: Flags | None = None) -> Flags:
    """Return whether each axis has a part in the stability of each update of a whole run, (n, 2).

    An axis that never moves has none, however small its scale. Nor has one that has not moved yet, while its scale is
    another than at its first move: an epsilon, or 0, that has seen no gradient. Along turned axes m is what is more
    than rounding. Nor has one that a wall holds, `held`; of turned axes both are held where one of theta's is.
    """
    part = _moves_by_itself(m, sigma, angle)
    if held is None:
        return part
    stays = held if angle is None else held[:, :1] | held[:, 1:]
    free: Flags = part & ~stays
    return free


def _moves_by_itself(m: Floats, sigma: Floats, angle: Floats | None) -> Flags:
    moves = m != 0.0
    if angle is not None:
        moves = np.abs(rotated(m, -angle)) > ROUNDING * np.hypot(m[:, :1], m[:, 1:])
    if moves[:1].all():
        return np.ones_like(moves)
    first = moves.argmax(axis=0)
    same: Flags = (sigma == sigma[first, [0, 1]]) & moves.any(axis=0)
    since: Flags = (np.arange(len(m))[:, None] >= first) & moves.any(axis=0)
    return same | since


def turned(entries: Floats) -> tuple[Floats, Floats | None]:
    """Return the eigenvalues (n, 2) of the matrices with entries xx, xy, yy, (n, 3), and the angle of the first, (n,).

    The first is at first that of the direction nearer to the first axis, and turns on from there, by less than 45
    degrees an update. No angle where no matrix has an entry off its diagonal.
    """
    a, b, c = entries.T
    if not b.any():
        return entries[:, [0, 2]], None
    with np.errstate(all="ignore"):
        middle, reach = (a + c) / 2, np.hypot((a - c) / 2, b)
        largest = middle + np.copysign(reach, middle)
        other = a * (c / largest) - b * (b / largest)
        angle = np.arctan2(np.where(middle < 0.0, -2.0, 2.0) * b, np.where(middle < 0.0, c - a, a - c)) / 2
    quarters = _quarters(angle)
    is_other = quarters % 2 == 1
    values = np.stack([np.where(is_other, other, largest), np.where(is_other, largest, other)], axis=1)
    return values, angle + quarters * (np.pi / 2)


def _quarters(angle: Floats) -> NDArray[np.int_]:
    """Return by how many quarters of a turn to turn angles on, so that they begin near 0 and go on without a jump."""
    known = np.maximum.accumulate(np.where(np.isfinite(angle), np.arange(len(angle)), 0))
    filled = np.nan_to_num(angle[known])
    quarter = np.pi / 2
    smooth = np.unwrap(filled, period=quarter)
    turns: NDArray[np.int_] = np.rint((smooth - filled - quarter * np.rint(smooth[0] / quarter)) / quarter).astype(int)
    return turns


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
    by default. angle: (n,), by how much the axes of sigma are turned from those of theta, where a rule turns them: S is
    then R diag(sigma) R', R the rotation by that angle.
    """

    sigma: Floats
    lr: Floats
    part: Flags | None = None
    angle: Floats | None = None

    @staticmethod
    def of(trajectory: Trajectory, updates: Any = slice(None)) -> "Scale":
        """Return the scale of a run's updates, all of them by default."""
        angle = trajectory.angle
        part = takes_part(trajectory.m, trajectory.sigma, angle, trajectory.held)
        turn = None if angle is None else angle[updates]
        return Scale(trajectory.sigma[updates], trajectory.lr[updates], part[updates], turn)

    @cached_property
    def rate(self) -> Floats:
        """The effective step size mu_t / sigma of each axis, (n, 2)."""
        with np.errstate(all="ignore"):
            rate: Floats = ARRAYS.over(self.lr[:, None], self.sigma)
        return rate

    def step(self, m: Floats) -> Floats:
        """Return mu_t S^-1 m, (mu_t / sigma) m on the axes of S: what a move without decay takes from theta, (n, 2)."""
        with np.errstate(all="ignore"):
            inside = m if self.angle is None else rotated(m, -self.angle)
            step: Floats = -move(np.zeros(1), inside, self.sigma, self.lr[:, None], 0.0, True, ARRAYS)
        return rotated(step, self.angle)

    def turned(self, m: Floats) -> Floats:
        """Return S^-1 m, (n, 2)."""
        return Scale(self.sigma, np.ones_like(self.lr), angle=self.angle).step(m)

    def reach(self, m: Floats) -> Floats:
        """Return the semi-axes of the ellipse on which every direction as long as m ends, |m| mu_t / sigma, (n, 2).

        They lie along the axes of sigma.
        """
        with np.errstate(all="ignore"):
            return np.hypot(m[:, :1], m[:, 1:]) * self.rate

    @property
    def shared(self) -> Floats:
        """One step size for both axes, the geometric mean of their own, (n,)."""
        with np.errstate(all="ignore"):
            size: Floats = np.sqrt(np.abs(self.rate[:, 0])) * np.sqrt(np.abs(self.rate[:, 1]))
        return size

    def sharpness(self, surface: Surface, theta: Floats) -> Floats:
        """Return the largest eigenvalue of mu_t S^-1 H at the points theta (n, 2), in closed form, (n,).

        On the axes of S it is diag(r) H with r = mu_t / sigma, which is similar to the symmetric matrix with entries
        r_i^(1/2) H_ij r_j^(1/2). A step of plain gradient descent on a quadratic diverges above 2 (arXiv 2207.14484).
        Where one axis alone has a part, it is that axis's own r_i H_ii, and where none has, nan.
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
        """Return which axis of sigma, 0 or 1, has the larger share of that eigenvalue's vector at points theta (n, 2).

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
            unit = step / np.sqrt(np.abs(along))[:, None]
            return np.sign(along) * curvature(surface, theta, unit)

    def _of_parts(self, both: Floats, a: Floats, c: Floats) -> Floats:
        """Return what belongs to the axes that have a part: to both, to the first, to the second, to none."""
        if self.part is None:
            return both
        x, y = self.part.T
        parts: Floats = np.where(x & y, both, np.where(x, a, np.where(y, c, np.nan)))
        return parts

    def _preconditioned(self, surface: Surface, theta: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the entries (a, b, c) of the symmetric matrix that mu_t S^-1 H is similar to, on the axes of S.

        Of an S that is not positive, as Newton's at a saddle, the eigenvectors are those of H, so that b is 0.
        """
        h_xx, h_xy, h_yy = surface.hessian_array(theta[:, 0], theta[:, 1])
        if self.angle is not None:
            cos, sin = np.cos(self.angle), np.sin(self.angle)
            h_xx, h_xy, h_yy = (
                cos * h_xx * cos + 2.0 * (cos * h_xy * sin) + sin * h_yy * sin,
                cos * (h_yy - h_xx) * sin + cos * h_xy * cos - sin * h_xy * sin,
                sin * h_xx * sin - 2.0 * (cos * h_xy * sin) + cos * h_yy * cos,
            )
        r_x, r_y = self.rate[:, 0], self.rate[:, 1]
        with np.errstate(all="ignore"):
            return r_x * h_xx, np.sqrt(np.abs(r_x * r_y)) * h_xy, r_y * h_yy
