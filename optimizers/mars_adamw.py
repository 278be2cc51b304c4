from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Coupled, Pair, Scalar, Seen, Symmetric
from optimizers.matrices import size_of
from optimizers.ranges import BETA1, BETA2, EPS, WEIGHT_DECAY
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the corrected gradient and of its square, and the gradient before, of each axis."""

    m_x: Scalar
    m_y: Scalar
    v_x: Scalar
    v_y: Scalar
    g_x: Scalar
    g_y: Scalar


@dataclass(frozen=True)
class MARSAdamW(Coupled):
    """AdamW on gradients that are carried on by their last change, and cut to a length of 1.

        c = g + gamma beta1 / (1 - beta1) (g - g'),  c = c / max(1, norm(c)),  g' the gradient of the update before
        m, v, m_hat, v_hat and sigma as Adam of c;  theta = theta - (mu / sigma) m_hat - mu weight_decay theta

    Epsilon is added to the corrected root. Gradients of networks are short; on surfaces as steep as these the cut
    decides nearly all: what Adam is given are directions of length 1. At first g' is g, as in timm.
    Source: arXiv 2411.10438.
    """

    slug = "mars-adamw"
    title = "MARS-AdamW"
    latex = (
        r"\begin{gathered} \tilde c_t = g_t + \gamma \frac{\beta_1}{1-\beta_1} (g_t - g_{t-1}), \qquad "
        r"c_t = \frac{\tilde c_t}{\max(1,\ \lVert \tilde c_t \rVert)} \\"
        r"\text{direction } \hat m_t, \quad \sigma_t = \sqrt{\hat v_t} + \epsilon "
        r"\quad \text{as Adam of } c_t \end{gathered}"
    )
    year = 2024
    source = Source(
        "H. Yuan et al., MARS: Unleashing the Power of Variance Reduction for Training Large Models, 2024",
        "https://arxiv.org/abs/2411.10438",
    )
    step_unit = "either"
    family = "recent"

    beta1: float = knob(0.95, BETA1)
    beta2: float = knob(0.99, BETA2)
    gamma: float = knob(0.025, Real(symbol=r"\gamma", help="How far a change is carried on.", low=0.0, high=1.0))
    eps: float = knob(1e-8, EPS)
    weight_decay: float = knob(0.0, WEIGHT_DECAY)

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero, zero, zero, zero, zero)

    def update(self, seen: Seen, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Pair, Symmetric, Moments]:
        g_x, g_y = seen.g
        carried = xp.minimum(t, 1.0) * (self.gamma * self.beta1 / (1.0 - self.beta1))
        c_x, c_y = g_x + carried * (g_x - state.g_x), g_y + carried * (g_y - state.g_y)
        length = xp.maximum(size_of((c_x, c_y), xp), 1.0)
        c_x, c_y = c_x / length, c_y / length
        m_x = self.beta1 * state.m_x + (1.0 - self.beta1) * c_x
        m_y = self.beta1 * state.m_y + (1.0 - self.beta1) * c_y
        v_x = self.beta2 * state.v_x + (1.0 - self.beta2) * (c_x * c_x)
        v_y = self.beta2 * state.v_y + (1.0 - self.beta2) * (c_y * c_y)
        share, correction = 1.0 - self.beta1 ** (t + 1), 1.0 - self.beta2 ** (t + 1)
        scale = xp.sqrt(v_x / correction) + self.eps, 0.0, xp.sqrt(v_y / correction) + self.eps
        return (m_x / share, m_y / share), scale, Moments(m_x, m_y, v_x, v_y, g_x, g_y)
