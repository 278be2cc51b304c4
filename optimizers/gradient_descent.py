from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from spec.catalogue import Source
from xp.functions import Namespace


class NoState(NamedTuple):
    """Gradient descent remembers nothing."""


@dataclass(frozen=True)
class GradientDescent(PerAxis):
    """Steps straight against the gradient, with one learning rate for every axis.

        m = g,  sigma = 1

    As torch.optim.SGD without momentum. Source: A. Cauchy, Comptes rendus 25 (1847) 536.
    """

    slug = "gd"
    title = "Gradient descent"
    latex = r"m_t = g_t, \qquad \sigma_t = 1"
    year = 1847
    source = Source("A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847")
    step_unit = "gradient"
    family = "classic"

    def init(self, zero: Scalar) -> NoState:
        return NoState()

    def update(self, g: Scalar, state: NoState, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, NoState]:
        return g, 1.0, state

    @property
    def stability_limit(self) -> float:
        return 2.0
