from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source


@dataclass(frozen=True)
class Constant(Schedule):
    """The learning rate stays as it is.

    The factor is 1 at every update.
    """

    slug = "constant"
    title = "Constant"
    latex = r"\mu_t = \mu"
    year = 1847
    source = Source("A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847")

    def factor(self, t: Updates, steps: int) -> Factors:
        return np.ones(t.shape)
