from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import EPS, RHO
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Averages(NamedTuple):
    """Moving averages of the squared gradient and of the squared step."""

    v: Scalar
    u: Scalar


@dataclass(frozen=True)
class Adadelta(PerAxis):
    """Measures its steps by the size of its own past steps, without a learning rate.

        v = rho v + (1 - rho) g^2,  m = g,  sigma = sqrt(v + eps) / sqrt(u + eps)
        then u = rho u + (1 - rho) (g / sigma)^2

    Epsilon stands inside both roots, as in the paper and in torch.optim.Adadelta; it starts the motion, so it
    may not be 0. The paper has no learning rate, that is mu = 1. Source: arXiv 1212.5701.
    """

    slug = "adadelta"
    title = "Adadelta"
    latex = (
        r"\begin{gathered} v_t = \rho v_{t-1} + (1-\rho) g_t^2, \qquad "
        r"u_t = \rho u_{t-1} + (1-\rho) (g_t / \sigma_t)^2 \\"
        r"m_t = g_t, \qquad \sigma_t = \frac{\sqrt{v_t + \epsilon}}{\sqrt{u_{t-1} + \epsilon}} \end{gathered}"
    )
    year = 2012
    source = Source("M. D. Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012", "https://arxiv.org/abs/1212.5701")
    step_unit = "free"
    conventions = {
        "pytorch": {"rho": 0.9, "eps": 1e-6},
        "keras": {"rho": 0.95, "eps": 1e-7},
        "paper": {"rho": 0.95, "eps": 1e-6},
    }

    rho: float = knob(0.9, RHO)
    eps: float = knob(1e-6, replace(EPS, help="Floor of both averages.", low=1e-16))

    def init(self, zero: Scalar) -> Averages:
        return Averages(zero, zero)

    def update(self, g: Scalar, state: Averages, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Averages]:
        v = self.rho * state.v + (1.0 - self.rho) * (g * g)
        sigma = xp.sqrt(v + self.eps) / xp.sqrt(state.u + self.eps)
        step = g / sigma
        u = self.rho * state.u + (1.0 - self.rho) * (step * step)
        return g, sigma, Averages(v, u)

    @property
    def stability_limit(self) -> float:
        return 2.0
