from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Velocity(NamedTuple):
    """Moving average of the gradient."""

    v: Scalar


@dataclass(frozen=True)
class QHM(PerAxis):
    """Mixes the plain gradient into momentum, so that a long memory still reacts at once.

        v = beta v + (1 - beta) g,  m = (1 - nu) g + nu v,  sigma = 1

    nu = 0 is gradient descent, nu = 1 the exponential average, nu = beta Nesterov momentum at a learning rate
    1 - beta times as large. Source: arXiv 1810.06801.
    """

    slug = "qhm"
    title = "Quasi-hyperbolic momentum"
    latex = r"v_t = \beta v_{t-1} + (1-\beta) g_t, \qquad m_t = (1-\nu) g_t + \nu v_t, \qquad \sigma_t = 1"
    year = 2018
    source = Source(
        "J. Ma, D. Yarats, Quasi-hyperbolic momentum and Adam for deep learning, 2018",
        "https://arxiv.org/abs/1810.06801",
    )
    step_unit = "gradient"
    family = "recent"

    beta: float = knob(0.999, BETA)
    nu: float = knob(0.7, Real(symbol=r"\nu", help="Share of the average in the direction.", low=0.0, high=1.0))

    def init(self, zero: Scalar) -> Velocity:
        return Velocity(zero)

    def update(self, g: Scalar, state: Velocity, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Velocity]:
        v = self.beta * state.v + (1.0 - self.beta) * g
        return (1.0 - self.nu) * g + self.nu * v, 1.0, Velocity(v)

    @property
    def stability_limit(self) -> float:
        """2 over the filter's gain at the highest frequency, 1 - nu + nu (1 - beta) / (1 + beta)."""
        return 2.0 / (1.0 - self.nu + self.nu * (1.0 - self.beta) / (1.0 + self.beta))
