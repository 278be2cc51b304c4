from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its squared distance from that average."""

    m: Scalar
    s: Scalar


@dataclass(frozen=True)
class AdaBelief(PerAxis):
    """Adam whose scale is the surprise: how far the gradient is from its own average.

        m = beta1 m + (1 - beta1) g,  s = beta2 s + (1 - beta2) (g - m)^2 + eps
        direction m / (1 - beta1^(t+1)),  sigma = sqrt(s / (1 - beta2^(t+1))) + eps

    Epsilon is added twice, to s in every update and to the corrected root, as in the paper; its default is the
    one of the authors' code and of optax, the paper says 1e-8. Source: arXiv 2010.07468.
    """

    slug = "adabelief"
    title = "AdaBelief"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"s_t = \beta_2 s_{t-1} + (1-\beta_2) (g_t - m_t)^2 + \epsilon \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{s_t}{1-\beta_2^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2020
    source = Source(
        "J. Zhuang et al., AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients, 2020",
        "https://arxiv.org/abs/2010.07468",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-16, EPS)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        s = self.beta2 * state.s + (1.0 - self.beta2) * ((g - m) * (g - m)) + self.eps
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        s_hat = s / (1.0 - self.beta2 ** (t + 1))
        return m_hat, xp.sqrt(s_hat) + self.eps, Moments(m, s)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
