"""Adam: momentum's direction over RMSProp's scale, both corrected for their start at zero."""

from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Optimizer, Scalar, average_limit
from optimizers.xp import Namespace
from spec.catalogue import Source
from spec.knobs import Real, knob


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class Adam(Optimizer):
    """Divide an average of the gradient by the root of an average of its square.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
        direction m / (1 - beta1^(t+1)),  sigma = sqrt(v / (1 - beta2^(t+1))) + eps

    Epsilon is added to the corrected root, as in the paper's algorithm 1 and in torch.optim.Adam; Keras adds
    it before the correction ("epsilon hat" of the paper's section 2). Source: arXiv 1412.6980.
    """

    slug = "adam"
    title = "Adam"
    summary = "Momentum's direction over RMSProp's scale, both corrected for their start at zero."
    latex = (
        r"m_t = \frac{\beta_1 m_{t-1} + (1-\beta_1) g_t}{1-\beta_1^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{\beta_2 v_{t-1} + (1-\beta_2) g_t^2}{1-\beta_2^{t+1}}} + \epsilon"
    )
    year = 2014
    source = Source(
        "D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, 2014", "https://arxiv.org/abs/1412.6980"
    )
    step_unit = "distance"

    beta1: float = knob(0.9, Real(symbol=r"\beta_1", help="Memory of the direction.", low=0.0, high=0.9999))
    beta2: float = knob(0.999, Real(symbol=r"\beta_2", help="Memory of the scale.", low=0.0, high=0.99999))
    eps: float = knob(1e-8, Real(symbol=r"\epsilon", help="Floor of the scale.", low=0.0, high=1.0, scale="log"))

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        v_hat = v / (1.0 - self.beta2 ** (t + 1))
        return m_hat, xp.sqrt(v_hat) + self.eps, Moments(m, v)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
