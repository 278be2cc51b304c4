from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of gradient, difference and squared look ahead, and the gradient before."""

    m: Scalar
    v: Scalar
    n: Scalar
    g: Scalar


@dataclass(frozen=True)
class Adan(PerAxis):
    """Adam that also follows how the gradient changes, a look ahead without a second gradient.

        d = g - g', 0 at t = 0
        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) d,  n = beta3 n + (1 - beta3) (g + beta2 d)^2
        direction m / (1 - beta1^(t+1)) + beta2 v / (1 - beta2^(t+1)),  sigma = sqrt(n / (1 - beta3^(t+1))) + eps

    As the authors' code: the betas are memories (the paper's are 1 minus these), all averages are corrected,
    epsilon is added to the corrected root. Without restarts and weight decay. Source: arXiv 2208.06677.
    """

    slug = "adan"
    title = "Adan"
    latex = (
        r"\begin{gathered} d_t = g_t - g_{t-1}, \qquad m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) d_t, \qquad "
        r"n_t = \beta_3 n_{t-1} + (1-\beta_3) (g_t + \beta_2 d_t)^2 \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}} + \frac{\beta_2 v_t}{1-\beta_2^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{n_t}{1-\beta_3^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2022
    source = Source(
        "X. Xie et al., Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep Models, 2022",
        "https://arxiv.org/abs/2208.06677",
    )
    step_unit = "distance"
    family = "recent"
    decides_by_t = True

    beta1: float = knob(0.98, BETA1)
    beta2: float = knob(0.92, replace(BETA1, symbol=r"\beta_2", help="Memory of the change."))
    beta3: float = knob(0.99, replace(BETA2, symbol=r"\beta_3"))
    eps: float = knob(1e-8, EPS)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        d = g - (state.g if t else g)
        ahead = g + self.beta2 * d
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * d
        n = self.beta3 * state.n + (1.0 - self.beta3) * (ahead * ahead)
        m_hat = m / (1.0 - self.beta1 ** (t + 1)) + self.beta2 * v / (1.0 - self.beta2 ** (t + 1))
        n_hat = n / (1.0 - self.beta3 ** (t + 1))
        return m_hat, xp.sqrt(n_hat) + self.eps, Moments(m, v, n, g)

    @property
    def stability_limit(self) -> float:
        """2 over the gain of the direction at the highest frequency, where a change is twice the gradient."""
        gain = (1.0 - self.beta1) / (1.0 + self.beta1)
        gain += 2.0 * self.beta2 * (1.0 - self.beta2) / (1.0 + self.beta2)
        return 2.0 / gain
