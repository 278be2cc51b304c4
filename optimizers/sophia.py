from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric, average_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of the Hessian's diagonal, of each axis."""

    m_x: Scalar
    m_y: Scalar
    h_x: Scalar
    h_y: Scalar


@dataclass(frozen=True)
class Sophia(Coupled):
    """Divides momentum by the curvature of each axis, and lets no axis move farther than the learning rate.

        m = beta1 m + (1 - beta1) g,  h = beta2 h + (1 - beta2) diag H,  sigma = max(gamma h, eps, abs(m))

    Epsilon is a floor of the scale. Clipping m / max(gamma h, eps) to 1 is dividing by abs(m) where that is larger. The
    diagonal is exact here, and of every update; the paper estimates it now and then with random vectors.
    Source: arXiv 2305.14342.
    """

    slug = "sophia"
    title = "Sophia"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"h_t = \beta_2 h_{t-1} + (1-\beta_2) \operatorname{diag} H(\theta_t) \\"
        r"\sigma_t = \max(\gamma h_t,\ \epsilon,\ \lvert m_t \rvert) \end{gathered}"
    )
    year = 2023
    source = Source(
        "H. Liu et al., Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training, 2023",
        "https://arxiv.org/abs/2305.14342",
    )
    step_unit = "distance"
    family = "recent"
    sees = ("hessian",)

    beta1: float = knob(0.96, BETA1)
    beta2: float = knob(0.99, BETA2)
    gamma: float = knob(0.05, Real(symbol=r"\gamma", help="Weight of the curvature.", low=1e-6, high=1e3, scale="log"))
    eps: float = knob(1e-12, replace(EPS, low=1e-16))

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        (g_x, g_y), (xx, _, yy) = seen.g, seen.hessian  # type: ignore[misc]
        m_x = self.beta1 * state.m_x + (1.0 - self.beta1) * g_x
        m_y = self.beta1 * state.m_y + (1.0 - self.beta1) * g_y
        h_x = self.beta2 * state.h_x + (1.0 - self.beta2) * xx
        h_y = self.beta2 * state.h_y + (1.0 - self.beta2) * yy
        scale_x = xp.maximum(xp.maximum(self.gamma * h_x, self.eps), xp.abs(m_x))
        scale_y = xp.maximum(xp.maximum(self.gamma * h_y, self.eps), xp.abs(m_y))
        return (m_x, m_y), (scale_x, 0.0, scale_y), Moments(m_x, m_y, h_x, h_y)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
