from dataclasses import dataclass

import numpy as np

from schedules.base import EpochSchedule, Factors, Updates
from spec.catalogue import Source
from spec.knobs import Integer, Real, knob


@dataclass(frozen=True)
class Staircase(EpochSchedule):
    """Stays for some epochs, then drops by a factor, again and again.

        factor(t) = gamma^(e // every), e = t // per_epoch

    As torch.optim.lr_scheduler.StepLR. Source: A. Ng, Improving Deep Neural Networks, 2017.
    """

    slug = "staircase"
    title = "Staircase"
    latex = r"\mu_t = \mu\, \gamma^{\lfloor e / s \rfloor}, \qquad e = \lfloor t / n \rfloor"
    year = 2017
    source = Source(
        "A. Ng, Improving Deep Neural Networks, Learning Rate Decay, 2017",
        "https://www.coursera.org/learn/deep-neural-network",
    )

    gamma: float = knob(0.5, Real(symbol=r"\gamma", help="Factor of one drop.", low=0.0, high=1.0))
    every: int = knob(
        100, Integer(symbol="s", help="Epochs from one drop to the next.", low=1, high=1_000_000, scale="log")
    )

    def factor(self, t: Updates, steps: int) -> Factors:
        return np.power(self.gamma, self.epoch(t) // self.every, dtype=np.float64)
