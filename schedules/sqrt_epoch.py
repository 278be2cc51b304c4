from dataclasses import dataclass

import numpy as np

from schedules.base import EpochSchedule, Factors, Updates
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class SqrtEpoch(EpochSchedule):
    """Falls as one over the square root of the epoch number, counted from 1.

        factor(t) = k / sqrt(e + 1), e = t // per_epoch

    Counted from 0, the first epoch would be undefined. Source: A. Ng, Improving Deep Neural Networks, 2017.
    """

    slug = "sqrt-epoch"
    title = "Inverse square root of the epoch"
    latex = r"\mu_t = \mu \frac{k}{\sqrt{e + 1}}, \qquad e = \lfloor t / n \rfloor"
    year = 2017
    source = Source(
        "A. Ng, Improving Deep Neural Networks, Learning Rate Decay, 2017",
        "https://www.coursera.org/learn/deep-neural-network",
    )

    k: float = knob(1.0, Real(symbol="k", help="Factor in the first epoch.", low=1e-3, high=1e3, scale="log"))

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.k / np.sqrt(self.epoch(t) + 1)
