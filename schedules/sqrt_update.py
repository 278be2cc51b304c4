from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class SqrtUpdate(Schedule):
    """Falls as one over the square root of the update number, counted from 1.

        factor(t) = k / sqrt(t + 1)

    Counted from 0, the first update would be undefined. Sources: M. Zinkevich, Online Convex Programming and
    Generalized Infinitesimal Gradient Ascent, ICML 2003; A. Ng, Improving Deep Neural Networks, 2017.
    """

    slug = "sqrt-update"
    title = "Inverse square root of the update"
    latex = r"\mu_t = \mu \frac{k}{\sqrt{t + 1}}"
    year = 2003
    source = Source(
        "M. Zinkevich, Online Convex Programming and Generalized Infinitesimal Gradient Ascent, 2003",
        "https://aaai.org/papers/icml03-120-online-convex-programming-and-generalized-infinitesimal-gradient-ascent/",
    )

    k: float = knob(1.0, Real(symbol="k", help="Factor of the first update.", low=1e-3, high=1e3, scale="log"))

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.k / np.sqrt(t + 1)
