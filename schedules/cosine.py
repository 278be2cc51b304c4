from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Updates
from schedules.horizon import HorizonSchedule
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import knob


@dataclass(frozen=True)
class Cosine(HorizonSchedule):
    """Falls along half a wave: gently at first, fast in the middle, gently at the end.

        factor(t) = floor + (1 - floor) (1 + cos(pi min(t / T, 1))) / 2

    T is `over`, or the length of the run where that is 0. As torch.optim.lr_scheduler.CosineAnnealingLR up to T;
    it then stays at the floor, where PyTorch rises again. Source: arXiv 1608.03983.
    """

    slug = "cosine"
    title = "Cosine"
    latex = r"\mu_t = \mu \left(f_{\min} + (1 - f_{\min}) \tfrac12 (1 + \cos(\pi \min(t / T, 1)))\right)"
    year = 2016
    source = Source(
        "I. Loshchilov, F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016",
        "https://arxiv.org/abs/1608.03983",
    )

    floor: float = knob(0.0, FLOOR)

    def factor(self, t: Updates, steps: int) -> Factors:
        return self.floor + (1.0 - self.floor) * (1.0 + np.cos(np.pi * self.progress(t, steps))) / 2.0
