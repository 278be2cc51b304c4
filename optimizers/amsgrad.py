from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square, and the largest of the latter so far."""

    m: Scalar
    v: Scalar
    v_max: Scalar


@dataclass(frozen=True)
class AMSGrad(PerAxis):
    """Adam that remembers its largest scale, so that a rare large gradient is not forgotten.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2,  v_max = max(v_max, v)
        direction m / (1 - beta1^(t+1)),  sigma = sqrt(v_max / (1 - beta2^(t+1))) + eps

    The maximum is taken before the correction and epsilon added after it, as in torch.optim.Adam(amsgrad=True);
    the paper corrects nothing and has no epsilon. Since the correction fades, sigma itself may shrink at
    first. Source: arXiv 1904.09237.
    """

    slug = "amsgrad"
    title = "AMSGrad"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{\max_{k \le t} v_k}{1-\beta_2^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2018
    source = Source(
        "S. J. Reddi, S. Kale, S. Kumar, On the Convergence of Adam and Beyond, 2018",
        "https://arxiv.org/abs/1904.09237",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        v_max = xp.maximum(state.v_max, v)
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        v_hat = v_max / (1.0 - self.beta2 ** (t + 1))
        return m_hat, xp.sqrt(v_hat) + self.eps, Moments(m, v, v_max)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
