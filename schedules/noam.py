from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source
from spec.knobs import Integer, knob


@dataclass(frozen=True)
class Noam(Schedule):
    """Rises in a straight line, then falls as one over the square root of the update number.

        factor(t) = sqrt(w) min((t + 1)^-0.5, (t + 1) w^-1.5),  w = warmup

    The paper's rate is d^-0.5 min(...); here its peak, at t = w - 1, is normalised to 1, so that mu is the
    highest rate and the width d of the model is left out. Source: arXiv 1706.03762, section 5.3.
    """

    slug = "noam"
    title = "Transformer (Noam)"
    latex = r"\mu_t = \mu \sqrt{\tau}\, \min\left((t+1)^{-1/2},\ (t+1)\, \tau^{-3/2}\right)"
    year = 2017
    source = Source("A. Vaswani et al., Attention Is All You Need, 2017", "https://arxiv.org/abs/1706.03762")

    warmup: int = knob(50, Integer(symbol=r"\tau", help="Updates of the rise.", low=1, high=1_000_000, scale="log"))

    def factor(self, t: Updates, steps: int) -> Factors:
        return np.minimum(np.sqrt(self.warmup / (t + 1)), (t + 1) / self.warmup)
