"""Constant: the learning rate stays as it is."""

from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source


@dataclass(frozen=True)
class Constant(Schedule):
    """Keep the learning rate: factor(t) = 1."""

    slug = "constant"
    title = "Constant"
    summary = "The learning rate stays as it is."
    latex = r"\mu_t = \mu"
    year = 1847
    source = Source("A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847")

    def factor(self, t: Updates, steps: int) -> Factors:
        return np.ones(t.shape)
