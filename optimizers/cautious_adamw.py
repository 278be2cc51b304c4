from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.ranges import BETA1, BETA2, EPS, WEIGHT_DECAY
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square, of each axis."""

    m_x: Scalar
    m_y: Scalar
    v_x: Scalar
    v_y: Scalar


@dataclass(frozen=True)
class CautiousAdamW(Coupled):
    """AdamW that moves only the axes along which momentum and the gradient of the moment agree, and these the farther.

        m, v, m_hat, v_hat and sigma as Adam,  mask = 1 where m g > 0, else 0
        direction m_hat mask / max(mean mask, 1e-3)
        theta = theta - (mu / sigma) direction - mu weight_decay theta

    Epsilon is added to the corrected root. The mask is made up for by its mean over both axes: one that moves alone
    moves twice as far. As in timm. Source: arXiv 2411.16085.
    """

    slug = "cautious-adamw"
    title = "Cautious AdamW"
    latex = (
        r"\begin{gathered} \hat m_t,\ \hat v_t \text{ as Adam}, \qquad "
        r"\phi_t = [\, m_t g_t > 0 \,], \qquad \text{direction } "
        r"\hat m_t\, \frac{\phi_t}{\max(\operatorname{mean} \phi_t,\ 10^{-3})}, \qquad "
        r"\sigma_t = \sqrt{\hat v_t} + \epsilon \end{gathered}"
    )
    year = 2024
    source = Source(
        "K. Liang et al., Cautious Optimizers: Improving Training with One Line of Code, 2024",
        "https://arxiv.org/abs/2411.16085",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    weight_decay: float = knob(0.01, WEIGHT_DECAY)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        g_x, g_y = seen.g
        m_x = self.beta1 * state.m_x + (1.0 - self.beta1) * g_x
        m_y = self.beta1 * state.m_y + (1.0 - self.beta1) * g_y
        v_x = self.beta2 * state.v_x + (1.0 - self.beta2) * (g_x * g_x)
        v_y = self.beta2 * state.v_y + (1.0 - self.beta2) * (g_y * g_y)
        mask_x, mask_y = xp.where(m_x * g_x <= 0.0, 0.0, 1.0), xp.where(m_y * g_y <= 0.0, 0.0, 1.0)
        share = (1.0 - self.beta1 ** (t + 1)) * xp.maximum((mask_x + mask_y) * 0.5, 1e-3)
        correction = 1.0 - self.beta2 ** (t + 1)
        scale = xp.sqrt(v_x / correction) + self.eps, 0.0, xp.sqrt(v_y / correction) + self.eps
        return (m_x * mask_x / share, m_y * mask_y / share), scale, Moments(m_x, m_y, v_x, v_y)
