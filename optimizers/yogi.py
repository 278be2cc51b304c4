from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class Yogi(PerAxis):
    """Adam whose scale shrinks slowly, even when the gradients become small at once.

        m = beta1 m + (1 - beta1) g,  v = v - (1 - beta2) sign(v - g^2) g^2
        direction m,  sigma = sqrt(v) + eps

    m starts at 0, v at `initial`; neither is corrected, as in the paper's algorithm 2 (optax and TensorFlow
    Addons correct both). Epsilon stands outside the root.
    Source: M. Zaheer et al., Adaptive Methods for Nonconvex Optimization, NeurIPS 2018.
    """

    slug = "yogi"
    title = "Yogi"
    latex = (
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"v_t = v_{t-1} - (1-\beta_2) \operatorname{sign}(v_{t-1} - g_t^2)\, g_t^2, \qquad "
        r"\sigma_t = \sqrt{v_t} + \epsilon"
    )
    year = 2018
    source = Source(
        "M. Zaheer et al., Adaptive Methods for Nonconvex Optimization, 2018",
        "https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-3, EPS)
    initial: float = knob(
        1e-6, Real(symbol="v_{-1}", help="Squared scale before the first update.", low=0.0, high=1e6, scale="log")
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero + self.initial)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = state.v - (1.0 - self.beta2) * xp.sign(state.v - g * g) * (g * g)
        return m, xp.sqrt(v) + self.eps, Moments(m, v)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
