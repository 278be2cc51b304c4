from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """A fast and a slow moving average of the gradient, and one of its square."""

    m: Scalar
    slow: Scalar
    v: Scalar


@dataclass(frozen=True)
class AdEMAMix(PerAxis):
    """Adam with a second, slow memory of the gradients beside the fast one.

        m = beta1 m + (1 - beta1) g,  n = beta3 n + (1 - beta3) g,  v = beta2 v + (1 - beta2) g^2
        direction m / (1 - beta1^(t+1)) + alpha n,  sigma = sqrt(v / (1 - beta2^(t+1))) + eps

    Epsilon is added to the corrected root. The slow average is not corrected, so that it fades in. The paper has
    beta3 0.9999, which needs more updates than most scenes have, and raises alpha and beta3 by schedules of their own.
    Source: arXiv 2409.03137.
    """

    slug = "ademamix"
    title = "AdEMAMix"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad n_t = \beta_3 n_{t-1} + (1-\beta_3) g_t, "
        r"\qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\text{direction } \frac{m_t}{1-\beta_1^{t+1}} + \alpha n_t, \qquad "
        r"\sigma_t = \sqrt{\frac{v_t}{1-\beta_2^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2024
    source = Source(
        "M. Pagliardini, P. Ablin, D. Grangier, The AdEMAMix Optimizer: Better, Faster, Older, 2024",
        "https://arxiv.org/abs/2409.03137",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    beta3: float = knob(0.99, replace(BETA1, symbol=r"\beta_3", help="Memory of the slow direction.", high=0.99999))
    alpha: float = knob(5.0, Real(symbol=r"\alpha", help="Weight of the slow direction.", low=0.0, high=100.0))
    eps: float = knob(1e-8, EPS)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        slow = self.beta3 * state.slow + (1.0 - self.beta3) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        v_hat = v / (1.0 - self.beta2 ** (t + 1))
        return m_hat + self.alpha * slow, xp.sqrt(v_hat) + self.eps, Moments(m, slow, v)

    @property
    def stability_limit(self) -> float:
        """Where a root of (z-1)(z-b)(z-e) + s ((1-b) z (z-e) + alpha (1-e) z (z-b)), e = beta3, leaves the unit circle.

        By Jury's conditions: at -1, as for one memory, or as a pair, which a slow and heavy memory makes.
        """
        b, e, alpha = self.beta1, self.beta3, self.alpha
        alone = 2.0 / ((1.0 - b) / (1.0 + b) + alpha * (1.0 - e) / (1.0 + e))
        paired = e * (1.0 - b) ** 2 + alpha * b * (1.0 - e) ** 2
        return min(alone, (1.0 - b * e) * (1.0 + b) * (1.0 + e) / paired) if paired else alone
