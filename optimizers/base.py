"""The contract of every optimizer: gradient in, direction m and scale sigma out; the engine moves."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

import numpy as np

from spec.catalogue import Entry
from xp.functions import ARRAYS, Namespace

Scalar: TypeAlias = Any  # a Python float, or a NumPy array of any shape
State: TypeAlias = Any  # a NamedTuple of scalars
Pair: TypeAlias = tuple[Scalar, Scalar]  # of both axes
Symmetric: TypeAlias = tuple[Scalar, Scalar, Scalar]  # the entries xx, xy, yy of a matrix

StepUnit = Literal["gradient", "distance", "both", "either", "free"]
Family: TypeAlias = Literal["classic", "adaptive", "recent", "matrix", "reference"]
Convention = Literal["pytorch", "keras", "paper"]
Sight: TypeAlias = Literal["loss", "hessian"]


@dataclass(frozen=True)
class Optimizer(Entry):
    """A rule that turns the gradient g into a direction m and a scale sigma: each axis for itself, or both together.

    The engine alone moves, with one formula for every rule, in which sigma may be a symmetric matrix:

        theta <- theta - mu_t sigma_t^-1 m_t - mu_t * weight_decay * theta

    step_unit says what the learning rate measures. "gradient": mu times a gradient is a distance (gradient
    descent). "distance": m / sigma has no unit, so mu itself is a distance (Adam, sign methods). "both": first the
    one, then, from update `unit_changes_at` on, the other (RAdam). "either": the one for some gradients, the other for
    others, as where a scale is bounded. "free": the rule finds its own unit, and mu = 1
    is its paper's choice (Adadelta).
    family: where menus have it. "classic": from before axes had scales of their own. "recent": from 2017 on. "matrix":
    those that see both axes at once. "reference": what one races against, rarely met in training networks.
    decides_by_t: whether `update` asks `if` of t; such a rule cannot be written out, it is called.
    may_climb: whether its step may lead uphill however low the rate, as Newton's where the loss curves downwards.
    conventions: knob values that make the rule what each of them means by its name, where they differ.
    """

    step_unit: ClassVar[StepUnit]
    family: ClassVar[Family] = "adaptive"
    unit_changes_at: ClassVar[int] = 0
    decides_by_t: ClassVar[bool] = False
    may_climb: ClassVar[bool] = False
    conventions: ClassVar[dict[Convention, dict[str, Any]]] = {}

    @property
    def weight_decay(self) -> float:
        """The decoupled weight decay, a share of theta per unit of mu; a rule that has one declares it as a knob."""
        return 0.0

    def init(self, zero: Scalar) -> State:
        """Return the state before the first update; `zero` is 0.0 or an array of zeros."""
        raise NotImplementedError

    @property
    def stability_limit(self) -> float | None:
        """The preconditioned sharpness above which a step on a quadratic diverges; None where theory has none.

        Theory has one wherever m is linear in the gradients.
        """
        return None


@dataclass(frozen=True)
class PerAxis(Optimizer):
    """A rule that scales each axis alone: theta_i <- theta_i - (mu_t / sigma_i) m_i, with g of one axis.

    ghosts: names of points beside the drawn one that such a rule keeps; at the first of them it takes its gradient.
    """

    ghosts: ClassVar[tuple[str, ...]] = ()

    def offsets(self, state: State) -> tuple[Scalar, ...]:
        """Return how far each of `ghosts` is from theta before an update, element by element."""
        return ()

    def update(self, g: Scalar, state: State, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, State]:
        """Return (m, sigma, state) of update t = 0, 1, ... from the gradient `g`, element by element.

        m and sigma broadcast against g, so a constant sigma is a plain 1.0.
        lr is mu_t, for the few rules whose own step size is bounded in absolute terms; most ignore it.
        """
        raise NotImplementedError

    @property
    def scale_may_vanish(self) -> bool:
        """Whether sigma is 0 on an axis whose gradient has been 0 from the start, as without an epsilon."""
        _, sigma, _ = self.update(0.0, self.init(0.0), 0, 1.0, ARRAYS)
        return bool(np.any(np.equal(sigma, 0.0)))


class Seen(NamedTuple):
    """What a rule that couples the axes sees at a point: the gradient, and what it asks for besides, else None.

    loss: of all data, without noise. hessian: likewise, its entries xx, xy, yy.
    """

    g: Pair
    loss: Scalar = None
    hessian: Symmetric | None = None


@dataclass(frozen=True)
class Coupled(Optimizer):
    """A rule that sees both axes at once and scales by a symmetric matrix: theta <- theta - mu_t S^-1 m.

    sees: what it asks for besides the gradient.
    """

    sees: ClassVar[tuple[Sight, ...]] = ()

    def update(self, seen: Seen, state: State, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, State]:
        """Return (m, S, state) of update t = 0, 1, ...; S by its entries xx, xy, yy. lr is mu_t."""
        raise NotImplementedError


def heavy_ball_limit(beta: float) -> float:
    """Return 2 + 2 beta, the limit for m <- beta m + g (arXiv 2207.14484, section 2)."""
    return 2.0 + 2.0 * beta


def nesterov_limit(beta: float) -> float:
    """Return (2 + 2 beta) / (1 + 2 beta), the limit for Nesterov momentum (arXiv 2207.14484, section 2)."""
    return (2.0 + 2.0 * beta) / (1.0 + 2.0 * beta)


def average_limit(beta: float) -> float:
    """Return (2 + 2 beta) / (1 - beta), the limit for m <- beta m + (1 - beta) g (arXiv 2207.14484, section 2)."""
    return (2.0 + 2.0 * beta) / (1.0 - beta) if beta < 1.0 else math.inf
