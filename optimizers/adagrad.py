from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import EPS, PLACE
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Total(NamedTuple):
    """Sum of the squared gradients."""

    s: Scalar


@dataclass(frozen=True)
class Adagrad(PerAxis):
    """Divides by the root of the sum of all squared gradients, so the steps only ever shrink.

        s = s + g^2,  m = g,  sigma = sqrt(s) + eps, or sqrt(s + eps) with epsilon inside; s starts at `initial`

    Epsilon stands outside the root in the paper (its delta) and in torch.optim.Adagrad, inside in Keras.
    Source: J. Duchi, E. Hazan, Y. Singer, JMLR 12 (2011) 2121.
    """

    slug = "adagrad"
    title = "Adagrad"
    latex = r"m_t = g_t, \qquad \sigma_t = \sqrt{\textstyle\sum_{k=0}^{t} g_k^2} + \epsilon"
    year = 2011
    source = Source(
        "J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods for Online Learning and Stochastic "
        "Optimization, 2011",
        "https://jmlr.org/papers/v12/duchi11a.html",
    )
    step_unit = "distance"
    conventions = {
        "pytorch": {"eps": 1e-10, "place": "outside", "initial": 0.0},
        "keras": {"eps": 1e-7, "place": "inside", "initial": 0.1},
    }

    eps: float = knob(1e-10, EPS)
    place: str = knob("outside", PLACE)
    initial: float = knob(0.0, Real(symbol="s_{-1}", help="Sum before the first update.", low=0.0, high=1e6))

    def init(self, zero: Scalar) -> Total:
        return Total(zero + self.initial)

    def update(self, g: Scalar, state: Total, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Total]:
        s = state.s + g * g
        sigma = xp.sqrt(s) + self.eps if self.place == "outside" else xp.sqrt(s + self.eps)
        return g, sigma, Total(s)

    @property
    def stability_limit(self) -> float:
        return 2.0
