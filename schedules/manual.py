from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source
from spec.knobs import Points, knob


@dataclass(frozen=True)
class Manual(Schedule):
    """Changes to a factor of your choice at each update of your choice.

    Keeps the factor of the latest point (update, factor) reached, and 1 before the first.

    Source: A. Ng, Improving Deep Neural Networks, 2017, "manual decay".
    """

    slug = "manual"
    title = "Manual"
    latex = r"\mu_t = \mu f_k, \qquad t_k \le t < t_{k+1}"
    year = 2017
    source = Source(
        "A. Ng, Improving Deep Neural Networks, Learning Rate Decay, 2017",
        "https://www.coursera.org/learn/deep-neural-network",
    )

    points: tuple[tuple[int, float], ...] = knob(
        ((250, 0.1),), Points(symbol="(t_k, f_k)", help="From which update on which factor holds.")
    )

    def factor(self, t: Updates, steps: int) -> Factors:
        updates, factors = zip(*self.points, strict=True)
        return np.array((1.0, *factors))[np.searchsorted(updates, t, side="right")]
