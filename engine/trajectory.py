"""What a run leaves behind: a struct of arrays, and an outcome that is a value with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from spec.sentences import Sentence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ending = Literal[
    "converged",
    "floor",
    "saddle",
    "maximum",
    "plateau",
    "balanced",
    "wall",
    "idle",
    "stalled",
    "moving",
    "diverged",
    "undefined",
]

ENDINGS: tuple[Ending, ...] = get_args(Ending)

AT_REST: tuple[Ending, ...] = ("converged", "floor", "saddle", "maximum", "plateau", "balanced", "wall")
"""The endings at a point where a run stays of itself."""

LOST: tuple[Ending, ...] = ("diverged", "undefined")
"""The endings of runs that left every reasonable distance, or the domain of the loss or of its gradient."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and the update from which on that was so.

    axis: along which it diverged. sentence: the same in words.
    """

    ending: Ending
    update: int
    sentence: Sentence
    axis: str = ""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One recorded run of n updates; update t goes from theta[t] to theta[t + 1]. Its arrays own their memory.

    theta: (n + 1, 2), the points. loss: (n + 1,). grad: (n + 1, 2), the gradient that update t saw,
    noise included; the last row is the gradient at the last point. m, sigma, rate: (n, 2), direction, scale
    and effective step size mu_t / sigma. lr: (n,), mu_t. sharpness: (n,), preconditioned sharpness, the largest
    eigenvalue of diag(rate_t) H(theta_t) over the axes that move. limit: its value above which a step on a quadratic
    diverges, None where unknown. weight_decay: the decoupled one, a share of theta per unit of mu. angle: (n,), by how
    much the two axes of sigma and rate are turned from those of theta, in radians, where a rule turns them; sigma then
    holds the eigenvalues of S. ghosts: (ghosts, n, 2), the points beside the drawn one that a rule keeps. held: (n, 2),
    whether an update ended at a wall of the box; None without a box.
    """

    theta: Floats
    loss: Floats
    grad: Floats
    m: Floats
    sigma: Floats
    rate: Floats
    lr: Floats
    sharpness: Floats
    limit: float | None
    outcome: Outcome
    weight_decay: float = 0.0
    angle: Floats | None = None
    ghosts: Floats | None = None
    held: Flags | None = None

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray) and value.base is not None:
                object.__setattr__(self, name, value.copy())

    @property
    def updates(self) -> int:
        """How many updates were made; fewer than asked for if the run diverged."""
        return len(self.lr)

    def on_own_axes(self, vectors: Floats) -> Floats:
        """Return vectors (n, 2), one an update, on the axes of sigma."""
        return rotated(vectors, None if self.angle is None else -self.angle)

    @property
    def steps(self) -> Floats:
        """What each update moved, on the axes of sigma, (n, 2)."""
        with np.errstate(all="ignore"):
            return self.on_own_axes(np.diff(self.theta, axis=0))

    @property
    def slopes(self) -> Floats:
        """The gradient that each update saw, on the axes of sigma, (n, 2)."""
        return self.on_own_axes(self.grad[:-1])

    def name_of(self, axes: tuple[str, ...], axis: int) -> str:
        """Return what an axis of sigma is called: as the surface's, with a prime where the run has turned it."""
        return axes[axis] if self.angle is None else f"{axes[axis]}′"

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    @property
    def grad_norm(self) -> Floats:
        """Euclidean norm of the gradient, (n + 1,)."""
        norm: Floats = np.hypot(self.grad[:, 0], self.grad[:, 1])
        return norm


def rotated(vectors: Floats, angle: Floats | None) -> Floats:
    """Return vectors (n, 2), each turned by its angle, (n,), if there is one."""
    if angle is None:
        return vectors
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = vectors.T
    with np.errstate(all="ignore"):
        return np.stack([cos * x - sin * y, sin * x + cos * y], axis=1)


def clock_end(steps: int, trajectories: Sequence[Trajectory]) -> int:
    """Return the update at which a clock over some runs of `steps` updates ends: soon after the last of them has."""
    made = max(trajectory.updates for trajectory in trajectories)
    return min(steps, made + max(1, made // 4))
