import math
from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Choice, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class RAdam(PerAxis):
    """Adam with a built-in warm-up: it shortens its steps while its scale is a poor estimate.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2,  direction m / (1 - beta1^(t+1))
        rho_inf = 2 / (1 - beta2) - 1,  rho = rho_inf - 2 (t+1) beta2^(t+1) / (1 - beta2^(t+1))
        r = sqrt((rho - 4) (rho - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho))
        sigma = (sqrt(v) + eps) / (r sqrt(1 - beta2^(t+1))) where rho > 5, else 1

    As torch.optim.RAdam: epsilon is added before the correction. The paper has no epsilon and already
    rectifies where rho > 4. While sigma is 1, 5 updates by default, the learning rate multiplies a gradient;
    with early = "still", as in the authors' code, sigma is infinite instead. Source: arXiv 1908.03265.
    """

    slug = "radam"
    title = "RAdam"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2, \qquad \hat m_t = \frac{m_t}{1-\beta_1^{t+1}} \\"
        r"\rho_\infty = \frac{2}{1-\beta_2} - 1, \qquad "
        r"\rho_t = \rho_\infty - \frac{2 (t+1) \beta_2^{t+1}}{1-\beta_2^{t+1}}, \qquad "
        r"r_t = \sqrt{\frac{(\rho_t-4)(\rho_t-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho_t}} \\"
        r"\sigma_t = \begin{cases} \dfrac{\sqrt{v_t} + \epsilon}{r_t \sqrt{1-\beta_2^{t+1}}} & \rho_t > 5 \\"
        r"1 & \text{else} \end{cases} \end{gathered}"
    )
    year = 2019
    source = Source(
        "L. Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, 2019",
        "https://arxiv.org/abs/1908.03265",
    )
    step_unit = "both"
    family = "recent"
    unit_changes_at = 5
    decides_by_t = True

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    early: str = knob(
        "momentum",
        Choice(
            symbol=r"\text{early}",
            help="What it does before it has seen enough gradients.",
            options={"momentum": "Plain momentum", "still": "Stand still"},
        ),
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        remembered = self.beta2 ** (t + 1)
        correction = 1.0 - remembered
        rho_inf = 2.0 / (1.0 - self.beta2) - 1.0
        rho = rho_inf - 2.0 * (t + 1) * remembered / correction
        if rho <= 5.0:
            return m_hat, 1.0 if self.early == "momentum" else math.inf, Moments(m, v)
        r = ((rho - 4.0) * (rho - 2.0) * rho_inf / ((rho_inf - 4.0) * (rho_inf - 2.0) * rho)) ** 0.5
        return m_hat, (xp.sqrt(v) + self.eps) / (r * correction**0.5), Moments(m, v)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
