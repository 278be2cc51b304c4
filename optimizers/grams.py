from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class Grams(PerAxis):
    """Goes as far as Adam would, but the way that the gradient of the moment points.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2,  both corrected for their start at zero
        direction sign(g) abs(m_hat),  sigma = sqrt(v_hat) + eps

    Epsilon is added to the corrected root. Source: arXiv 2412.17107.
    """

    slug = "grams"
    title = "Grams"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\text{direction } \operatorname{sign}(g_t)\,\lvert \hat m_t \rvert, \qquad "
        r"\sigma_t = \sqrt{\hat v_t} + \epsilon \end{gathered}"
    )
    year = 2024
    source = Source(
        "Y. Cao, X. Li, Z. Song, Grams: Gradient Descent with Adaptive Momentum Scaling, 2024",
        "https://arxiv.org/abs/2412.17107",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        v_hat = v / (1.0 - self.beta2 ** (t + 1))
        return xp.sign(g) * xp.abs(m_hat), xp.sqrt(v_hat) + self.eps, Moments(m, v)
