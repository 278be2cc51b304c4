from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS, PLACE
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving average of the gradient and decaying maximum of its size."""

    m: Scalar
    u: Scalar


@dataclass(frozen=True)
class Adamax(PerAxis):
    """Adam whose scale is the largest recent gradient instead of an average.

        m = beta1 m + (1 - beta1) g,  direction m / (1 - beta1^(t+1))
        u = max(beta2 u, |g| + eps), sigma = u, or u = max(beta2 u, |g|), sigma = u + eps with epsilon outside

    Epsilon stands inside the maximum in torch.optim.Adamax, outside in Keras; the paper has none.
    Source: arXiv 1412.6980, section 7.1.
    """

    slug = "adamax"
    title = "Adamax"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad "
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}} \\"
        r"\sigma_t = \max(\beta_2 \sigma_{t-1}, |g_t| + \epsilon) \end{gathered}"
    )
    year = 2014
    source = Source(
        "D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, 2014", "https://arxiv.org/abs/1412.6980"
    )
    step_unit = "distance"
    conventions = {
        "pytorch": {"eps": 1e-8, "place": "inside"},
        "keras": {"eps": 1e-7, "place": "outside"},
        "paper": {"eps": 0.0, "place": "inside"},
    }

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    place: str = knob(
        "inside", replace(PLACE, options={"inside": "Inside the maximum", "outside": "Outside the maximum"})
    )

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        m_hat = m / (1.0 - self.beta1 ** (t + 1))
        if self.place == "inside":
            u = xp.maximum(self.beta2 * state.u, xp.abs(g) + self.eps)
            return m_hat, u, Moments(m, u)
        u = xp.maximum(self.beta2 * state.u, xp.abs(g))
        return m_hat, u + self.eps, Moments(m, u)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
