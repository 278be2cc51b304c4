from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from spec.catalogue import Source
from xp.functions import Namespace


class NoState(NamedTuple):
    """The sign of the gradient needs no memory."""


@dataclass(frozen=True)
class SignSGD(PerAxis):
    """Looks only at the sign of the gradient: every axis moves by the learning rate.

        m = sign(g),  sigma = 1

    sign(0) = 0: an axis whose gradient vanishes rests. Source: arXiv 1802.04434.
    """

    slug = "signsgd"
    title = "SignSGD"
    latex = r"m_t = \operatorname{sign}(g_t), \qquad \sigma_t = 1"
    year = 2018
    source = Source(
        "J. Bernstein et al., signSGD: Compressed Optimisation for Non-Convex Problems, 2018",
        "https://arxiv.org/abs/1802.04434",
    )
    step_unit = "distance"
    family = "recent"

    def init(self, zero: Scalar) -> NoState:
        return NoState()

    def update(self, g: Scalar, state: NoState, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, NoState]:
        return xp.sign(g), 1.0, state
