from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, nesterov_limit
from optimizers.ranges import BETA, RATE
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Velocity(NamedTuple):
    """The remembered direction, before the look ahead."""

    v: Scalar


@dataclass(frozen=True)
class Nesterov(PerAxis):
    """Momentum that looks one step ahead, which damps its swings.

        v = beta v + g,  m = g + beta v,  sigma = 1

    As torch.optim.SGD(nesterov=True): theta is the point looked ahead to, where the gradient is taken.

    PyTorch multiplies m by the learning rate. Sutskever and Keras multiply each gradient before it enters the memory:
    v = beta v + mu_t g, theta <- theta - (mu_t g + beta v), which differs once the rate changes; m is then
    g + beta v / mu_t. At mu_t = 0 the run stands still, where Keras's would glide on.
    Sources: Y. Nesterov, Soviet Mathematics Doklady 27 (1983) 372; I. Sutskever et al., ICML 2013.
    """

    slug = "nesterov"
    title = "Nesterov momentum"
    latex = r"v_t = \beta v_{t-1} + g_t, \qquad m_t = g_t + \beta v_t, \qquad \sigma_t = 1"
    year = 1983
    source = Source(
        "Y. Nesterov, A method of solving a convex programming problem with convergence rate O(1/k^2), 1983; "
        "I. Sutskever et al., On the importance of initialization and momentum in deep learning, 2013",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    )
    step_unit = "gradient"
    family = "classic"
    conventions = {"pytorch": {"rate": "outside"}, "keras": {"rate": "inside"}, "paper": {"rate": "inside"}}

    beta: float = knob(0.9, BETA)
    rate: str = knob("outside", RATE)

    def init(self, zero: Scalar) -> Velocity:
        return Velocity(zero)

    def update(self, g: Scalar, state: Velocity, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Velocity]:
        if self.rate == "inside":
            v = self.beta * state.v + lr * g
            return g + self.beta * v / xp.where(lr == 0.0, 1.0, lr), 1.0, Velocity(v)
        v = self.beta * state.v + g
        return g + self.beta * v, 1.0, Velocity(v)

    @property
    def stability_limit(self) -> float:
        return nesterov_limit(self.beta)
