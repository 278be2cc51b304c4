from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, nesterov_limit
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import Flag, Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square, and the product of all betas used so far."""

    m: Scalar
    v: Scalar
    product: Scalar


@dataclass(frozen=True)
class NAdam(PerAxis):
    """Adam that looks one step ahead along its momentum, as Nesterov does.

        beta_t = beta1 (1 - 0.96^((t+1) psi) / 2),  product = product of beta_0 .. beta_t
        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
        direction beta_(t+1) m / (1 - product beta_(t+1)) + (1 - beta_t) g / (1 - product)
        sigma = sqrt(v / (1 - beta2^(t+1))) + eps

    As torch.optim.NAdam; Keras fixes psi at 1. Epsilon is added to the corrected root in both. Without its schedule
    beta_t = beta1, as optax.nadam has it. The limit of stability is the one for beta_t = beta1. Source: T. Dozat,
    Incorporating Nesterov Momentum into Adam, 2016.
    """

    slug = "nadam"
    title = "NAdam"
    latex = (
        r"\begin{gathered} \beta_{1,t} = \beta_1 (1 - \tfrac12 0.96^{(t+1)\psi}), \qquad "
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\hat m_t = \frac{\beta_{1,t+1} m_t}{1-\prod_{k=0}^{t+1} \beta_{1,k}} + "
        r"\frac{(1-\beta_{1,t}) g_t}{1-\prod_{k=0}^{t} \beta_{1,k}}, \qquad "
        r"\sigma_t = \sqrt{\frac{v_t}{1-\beta_2^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2016
    source = Source(
        "T. Dozat, Incorporating Nesterov Momentum into Adam, 2016",
        "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
    )
    step_unit = "distance"
    conventions = {
        "pytorch": {"eps": 1e-8, "psi": 0.004, "scheduled": True},
        "keras": {"eps": 1e-7, "psi": 1.0, "scheduled": True},
    }

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    psi: float = knob(0.004, Real(symbol=r"\psi", help="How fast the momentum reaches its value.", low=0.0, high=10.0))
    scheduled: bool = knob(
        True,
        Flag(symbol=r"\text{scheduled}", help="Whether the momentum rises to its value, or has it from the start."),
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero + 1.0)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        beta_now = beta_next = self.beta1
        if self.scheduled:
            beta_now = self.beta1 * (1.0 - 0.5 * 0.96 ** ((t + 1) * self.psi))
            beta_next = self.beta1 * (1.0 - 0.5 * 0.96 ** ((t + 2) * self.psi))
        product = state.product * beta_now
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat = beta_next * m / (1.0 - product * beta_next) + (1.0 - beta_now) * g / (1.0 - product)
        v_hat = v / (1.0 - self.beta2 ** (t + 1))
        return m_hat, xp.sqrt(v_hat) + self.eps, Moments(m, v, product)

    @property
    def stability_limit(self) -> float:
        return nesterov_limit(self.beta1) / (1.0 - self.beta1)
