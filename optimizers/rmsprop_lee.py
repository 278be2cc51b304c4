from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import RHO
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Scale(NamedTuple):
    """Moving average of the squared gradient."""

    v: Scalar


@dataclass(frozen=True)
class RMSPropLee(PerAxis):
    """RMSProp whose scale starts at the size of the first gradient, the form taught in the lecture.

        v = g^2 at t = 0, later rho v + (1 - rho) g^2;  m = g,  sigma = sqrt(v)

    No epsilon. The first step has length mu, where RMSProp from zero steps mu / sqrt(1 - rho); the lecture
    writes alpha for rho. Source: H. Lee, Machine Learning 2021, Adaptive Learning Rate.
    """

    slug = "rmsprop-lee"
    title = "RMSProp (from the first gradient)"
    latex = r"m_t = g_t, \qquad \sigma_0 = |g_0|, \qquad \sigma_t = \sqrt{\rho\, \sigma_{t-1}^2 + (1-\rho) g_t^2}"
    year = 2021
    source = Source(
        "H. Lee, Machine Learning 2021, Adaptive Learning Rate",
        "https://speech.ee.ntu.edu.tw/~hylee/ml/2021-spring.php",
    )
    step_unit = "distance"
    decides_by_t = True

    rho: float = knob(0.99, RHO)

    def init(self, zero: Scalar) -> Scale:
        return Scale(zero)

    def update(self, g: Scalar, state: Scale, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Scale]:
        v = g * g if t == 0 else self.rho * state.v + (1.0 - self.rho) * (g * g)
        return g, xp.sqrt(v), Scale(v)

    @property
    def stability_limit(self) -> float:
        return 2.0
