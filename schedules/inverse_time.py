from dataclasses import dataclass

import numpy as np

from schedules.base import EpochSchedule, Factors, Updates
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class InverseTime(EpochSchedule):
    """Falls as one over the epoch number: fast at first, then ever more slowly.

        factor(t) = 1 / (1 + rate e), e = t // per_epoch

    With rate > 0 it satisfies the conditions of stochastic approximation. Source: H. Robbins, S. Monro,
    doi 10.1214/aoms/1177729586; in this form, A. Ng, Improving Deep Neural Networks, 2017.
    """

    slug = "inverse-time"
    title = "Inverse time"
    latex = r"\mu_t = \frac{\mu}{1 + r\, e}, \qquad e = \lfloor t / n \rfloor"
    year = 1951
    source = Source(
        "H. Robbins, S. Monro, A Stochastic Approximation Method, 1951", "https://doi.org/10.1214/aoms/1177729586"
    )

    rate: float = knob(0.01, Real(symbol="r", help="Decay per epoch.", low=0.0, high=100.0, scale="log"))

    def factor(self, t: Updates, steps: int) -> Factors:
        return 1.0 / (1.0 + self.rate * self.epoch(t).astype(np.float64))
