from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import Integer, Real, knob


@dataclass(frozen=True)
class SGDR(Schedule):
    """Falls along half a wave, jumps back up and starts again, with ever longer waves.

        factor(t) = floor + (1 - floor) (1 + cos(pi s / T_i)) / 2

    s counts the updates of cycle i, whose length is T_i = period * mult^i, not rounded. As
    torch.optim.lr_scheduler.CosineAnnealingWarmRestarts, which has whole numbers for mult alone. Source: arXiv
    1608.03983.
    """

    slug = "sgdr"
    title = "Cosine with warm restarts"
    latex = (
        r"\mu_t = \mu \left(f_{\min} + (1 - f_{\min}) \tfrac12 \left(1 + \cos \frac{\pi s}{T_i}\right)\right), \qquad "
        r"T_i = T_0 c^i, \qquad s = t - \sum_{k<i} T_k"
    )
    year = 2016
    source = Source(
        "I. Loshchilov, F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016",
        "https://arxiv.org/abs/1608.03983",
    )

    period: int = knob(
        100, Integer(symbol="T_0", help="Updates of the first cycle.", low=1, high=1_000_000, scale="log")
    )
    mult: float = knob(2.0, Real(symbol="c", help="How much longer each cycle is than the last.", low=1.0, high=10.0))
    floor: float = knob(0.0, FLOOR)

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.floor + (1.0 - self.floor) * (1.0 + np.cos(np.pi * self.progress(t))) / 2.0

    def progress(self, t: Updates) -> Factors:
        """Return the share of its cycle that is over at each update, from 0 to below 1."""
        if self.mult < 1.000001:
            return (t % self.period).astype(np.float64) / self.period
        grown = 1.0 + t * (self.mult - 1.0) / self.period
        cycle = np.floor(np.log(grown) / np.log(self.mult))
        cycle += grown >= self.mult ** (cycle + 1.0)
        cycle -= grown < self.mult**cycle
        length = self.period * self.mult**cycle
        share: Factors = (t - self.period * (self.mult**cycle - 1.0) / (self.mult - 1.0)) / length
        return np.clip(share, 0.0, 1.0)
