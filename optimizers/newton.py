from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class NoState(NamedTuple):
    """Newton's method remembers nothing."""


@dataclass(frozen=True)
class Newton(Coupled):
    """Divides by the Hessian itself, and goes to where the parabola of that point is level: a saddle as well.

        m = g,  S = H + damping I

    On a quadratic one update with mu = 1 and no damping is enough. Where the Hessian is not positive it goes uphill
    along some direction; damping above the most negative curvature keeps it from that.
    Source: J. Nocedal, S. J. Wright, Numerical Optimization, doi 10.1007/978-0-387-40065-5, chapter 3.3.
    """

    slug = "newton"
    title = "Newton's method"
    latex = r"m_t = g_t, \qquad S_t = H(\theta_t) + \delta I"
    year = 1740
    source = Source("T. Simpson, Essays on Several Curious and Useful Subjects, 1740")
    step_unit = "free"
    family = "matrix"
    sees = ("hessian",)
    may_climb = True

    damping: float = knob(
        0.0, Real(symbol=r"\delta", help="What is added to every curvature.", low=0.0, high=1e6, scale="log")
    )

    def init(self, zero: Scalar) -> NoState:
        return NoState()

    def update(self, seen: Seen, state: NoState, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, NoState]:
        xx, xy, yy = seen.hessian  # type: ignore[misc]
        return seen.g, (xx + self.damping, xy, yy + self.damping), state

    @property
    def stability_limit(self) -> float:
        return 2.0
