from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar, heavy_ball_limit
from optimizers.ranges import BETA, EPS, PLACE, RHO
from spec.catalogue import Source
from spec.knobs import Flag, knob
from xp.functions import Namespace


class Averages(NamedTuple):
    """Moving averages of the squared gradient and of the gradient, and the momentum of the scaled gradient."""

    v: Scalar
    mean: Scalar
    b: Scalar


@dataclass(frozen=True)
class RMSProp(PerAxis):
    """Divides by the root of a moving average of the squared gradient, which forgets what is long past.

        v = rho v + (1 - rho) g^2;  centred: v less the square of a like average of g, not below 0
        m = g,  sigma = sqrt(v) + eps, or sqrt(v + eps) with epsilon inside
        with momentum: b = momentum b + g / sigma, and m / sigma = b

    Epsilon stands outside the root in torch.optim.RMSprop, inside in Keras; the lecture slides have none.
    Sources: G. Hinton, Neural Networks for Machine Learning, lecture 6e; centred: arXiv 1308.0850, section 4.2.
    """

    slug = "rmsprop"
    title = "RMSProp"
    latex = r"m_t = g_t, \qquad v_t = \rho v_{t-1} + (1-\rho) g_t^2, \qquad \sigma_t = \sqrt{v_t} + \epsilon"
    year = 2012
    source = Source(
        "G. Hinton, Neural Networks for Machine Learning, lecture 6e, 2012",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    )
    step_unit = "distance"
    conventions = {
        "pytorch": {"rho": 0.99, "eps": 1e-8, "place": "outside"},
        "keras": {"rho": 0.9, "eps": 1e-7, "place": "inside"},
        "paper": {"rho": 0.9, "eps": 0.0, "place": "outside"},
    }

    rho: float = knob(0.99, RHO)
    eps: float = knob(1e-8, EPS)
    place: str = knob("outside", PLACE)
    centered: bool = knob(False, Flag(symbol=r"\text{centred}", help="Divide by the spread of the gradient instead."))
    momentum: float = knob(0.0, BETA)

    def init(self, zero: Scalar) -> Averages:
        return Averages(zero, zero, zero)

    def update(self, g: Scalar, state: Averages, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Averages]:
        v, mean = self.rho * state.v + (1.0 - self.rho) * (g * g), state.mean
        spread = v
        if self.centered:
            mean = self.rho * mean + (1.0 - self.rho) * g
            spread = xp.maximum(v - mean * mean, 0.0)
        sigma = xp.sqrt(spread) + self.eps if self.place == "outside" else xp.sqrt(spread + self.eps)
        if self.momentum == 0.0:
            return g, sigma, Averages(v, mean, state.b)
        b = self.momentum * state.b + g / xp.where(sigma == 0.0, 1.0, sigma)
        return sigma * b, sigma, Averages(v, mean, b)

    @property
    def stability_limit(self) -> float:
        return heavy_ball_limit(self.momentum)
