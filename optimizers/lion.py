from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import BETA1, BETA2, WEIGHT_DECAY
from spec.catalogue import Source
from spec.knobs import knob
from xp.functions import Namespace


class Momentum(NamedTuple):
    """Moving average of the gradient."""

    c: Scalar


@dataclass(frozen=True)
class Lion(PerAxis):
    """Steps of one length on every axis, towards the sign of a momentum.

        m = sign(beta1 c + (1 - beta1) g),  sigma = 1,  then c = beta2 c + (1 - beta2) g

    Weight decay, if any, is decoupled as in AdamW. No epsilon. Source: arXiv 2302.06675, algorithm 2.
    """

    slug = "lion"
    title = "Lion"
    latex = (
        r"m_t = \operatorname{sign}(\beta_1 c_{t-1} + (1-\beta_1) g_t), \qquad "
        r"c_t = \beta_2 c_{t-1} + (1-\beta_2) g_t, \qquad \sigma_t = 1"
    )
    year = 2023
    source = Source(
        "X. Chen et al., Symbolic Discovery of Optimization Algorithms, 2023", "https://arxiv.org/abs/2302.06675"
    )
    step_unit = "distance"
    family = "recent"

    beta1: float = knob(0.9, BETA1)
    beta2: float = knob(0.99, BETA2)
    weight_decay: float = knob(0.0, WEIGHT_DECAY)

    def init(self, zero: Scalar) -> Momentum:
        return Momentum(zero)

    def update(self, g: Scalar, state: Momentum, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Momentum]:
        m = xp.sign(self.beta1 * state.c + (1.0 - self.beta1) * g)
        c = self.beta2 * state.c + (1.0 - self.beta2) * g
        return m, 1.0, Momentum(c)
