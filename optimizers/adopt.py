from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, EPS
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the scaled gradient and of the gradient's square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class ADOPT(PerAxis):
    """Adam with its two halves exchanged: it scales each gradient by those before it, and averages what comes out.

        n = clip(g / max(sqrt(v), eps), -t^(1/4), t^(1/4)),  m = beta1 m + (1 - beta1) n,  sigma = 1
        then v = beta2 v + (1 - beta2) g^2;  at first v = g^2, and nothing moves

    Epsilon is a floor of the root. The scale is inside the memory, so that no sigma is left to divide by: the step is
    mu m. As the authors' code. Source: arXiv 2411.02853.
    """

    slug = "adopt"
    title = "ADOPT"
    latex = (
        r"\begin{gathered} n_t = \operatorname{clip}\Bigl(\frac{g_t}{\max(\sqrt{v_{t-1}},\ \epsilon)},\ \pm t^{1/4}"
        r"\Bigr), \qquad m_t = \beta_1 m_{t-1} + (1-\beta_1) n_t, \qquad \sigma_t = 1 \\"
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2, \qquad v_0 = g_0^2 \end{gathered}"
    )
    year = 2024
    source = Source(
        "S. Taniguchi et al., ADOPT: Modified Adam Can Converge with Any beta2 with the Optimal Rate, 2024",
        "https://arxiv.org/abs/2411.02853",
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.9999, BETA2)
    eps: float = knob(1e-6, replace(EPS, low=1e-16))

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        most = t**0.25
        n = g / xp.maximum(xp.sqrt(state.v), self.eps)
        n = xp.maximum(xp.minimum(n, most), -most)
        m = self.beta1 * state.m + (1.0 - self.beta1) * n
        new = xp.maximum(1.0 - self.beta2, 1.0 - t)
        v = (1.0 - new) * state.v + new * (g * g)
        return m, 1.0, Moments(m, v)
