from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, average_limit
from optimizers.ranges import BETA1, BETA2, EPS, PLACE
from spec.catalogue import Source
from spec.knobs import Flag, knob
from xp.functions import Namespace


class Moments(NamedTuple):
    """Moving averages of the gradient and of its square."""

    m: Scalar
    v: Scalar


@dataclass(frozen=True)
class Adam(PerAxis):
    """Momentum's direction over RMSProp's scale, both corrected for their start at zero.

        m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
        m_hat = m / (1 - beta1^(t+1)),  v_hat = v / (1 - beta2^(t+1));  uncorrected: m_hat = m, v_hat = v
        direction m_hat,  sigma = sqrt(v_hat) + eps

    Epsilon is added to the corrected root, as in the paper's algorithm 1 and in torch.optim.Adam; inside it,
    sqrt(v_hat + eps); or before the correction, (sqrt(v) + eps) / sqrt(1 - beta2^(t+1)), the "epsilon hat" of
    the paper's section 2 and of Keras. Source: arXiv 1412.6980.
    """

    slug = "adam"
    title = "Adam"
    latex = (
        r"\begin{gathered} m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t, \qquad v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2 \\"
        r"\hat m_t = \frac{m_t}{1-\beta_1^{t+1}}, \qquad "
        r"\sigma_t = \sqrt{\frac{v_t}{1-\beta_2^{t+1}}} + \epsilon \end{gathered}"
    )
    year = 2014
    source = Source(
        "D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, 2014", "https://arxiv.org/abs/1412.6980"
    )
    step_unit = "distance"
    conventions = {
        "pytorch": {"eps": 1e-8, "place": "outside"},
        "keras": {"eps": 1e-7, "place": "hat"},
        "paper": {"eps": 1e-8, "place": "outside"},
    }

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.999, BETA2)
    eps: float = knob(1e-8, EPS)
    place: str = knob("outside", replace(PLACE, options=PLACE.options | {"hat": "Outside, before the correction"}))
    corrected: bool = knob(True, Flag(symbol=r"\text{corrected}", help="Make up for averages that start at zero."))

    def init(self, zero: Scalar) -> Moments:
        return Moments(zero, zero)

    def update(self, g: Scalar, state: Moments, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Moments]:
        m = self.beta1 * state.m + (1.0 - self.beta1) * g
        v = self.beta2 * state.v + (1.0 - self.beta2) * (g * g)
        m_hat, v_hat, eps = m, v, self.eps
        if self.corrected:
            m_hat = m / (1.0 - self.beta1 ** (t + 1))
            v_hat = v / (1.0 - self.beta2 ** (t + 1))
            if self.place == "hat":
                eps = eps / (1.0 - self.beta2 ** (t + 1)) ** 0.5
        sigma = xp.sqrt(v_hat + eps) if self.place == "inside" else xp.sqrt(v_hat) + eps
        return m_hat, sigma, Moments(m, v)

    @property
    def stability_limit(self) -> float:
        return average_limit(self.beta1)
