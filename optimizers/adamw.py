from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS, WEIGHT_DECAY
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class AdamW(PerAxis):
    """Adam with weight decay that the scale does not touch.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
        direction m / (1 - beta1^(t+1)),  sigma = sqrt(v / (1 - beta2^(t+1))) + eps
        and the same update pulls theta towards zero by mu * weight_decay * theta

    Epsilon is added to the corrected root, as in the paper and in torch.optim.AdamW; Keras adds it before the
    correction. The paper's schedule multiplier is mu here, as in both frameworks. Source: arXiv 1711.05101.
    """

    slug = "adamw"
    title = "AdamW"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{v_t}{1-\beta_2^{t+1}}} + \epsilon \\"
        r"\theta_{t+1} = \theta_t - \frac{\mu_t}{\sigma_t} \hat m_t - \mu_t \lambda \theta_t \end{gathered}"
    )
    year = 2017
    source = Source(
        "I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, 2017", "https://arxiv.org/abs/1711.05101"
    )
    step_unit = "distance"
    family = "recent"
    conventions = {
        "pytorch": {"eps": 1e-8, "weight_decay": 0.01},
        "keras": {"eps": 1e-7, "weight_decay": 0.004},
    }

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    weight_decay: float = knob(0.01, WEIGHT_DECAY)

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
