from dataclasses import dataclass

import numpy as np

from schedules.base import EpochSchedule, Factors, Updates
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class Exponential(EpochSchedule):
    """Multiplies by the same number in every epoch.

        factor(t) = base^e, e = t // per_epoch

    As torch.optim.lr_scheduler.ExponentialLR. Source: A. Ng, Improving Deep Neural Networks, 2017.
    """

    slug = "exponential"
    title = "Exponential"
    latex = r"\mu_t = \mu\, b^{e}, \qquad e = \lfloor t / n \rfloor"
    year = 2017
    source = Source(
        "A. Ng, Improving Deep Neural Networks, Learning Rate Decay, 2017",
        "https://www.coursera.org/learn/deep-neural-network",
    )

    base: float = knob(0.95, Real(symbol="b", help="Factor from one epoch to the next.", low=0.0, high=1.0))

    def factor(self, t: Updates, steps: int) -> Factors:
        return np.power(self.base, self.epoch(t), dtype=np.float64)
