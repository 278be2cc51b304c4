from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source
from spec.knobs import Points, knob


@dataclass(frozen=True)
class MultiStep(Schedule):
    """Drops by a factor at each milestone, and the drops multiply.

        factor(t) = prod of f_k with t_k <= t

    (t_k, f_k) are the milestones. As torch.optim.lr_scheduler.MultiStepLR where all factors are equal.
    Source: arXiv 1512.03385, section 4.2.
    """

    slug = "multi-step"
    title = "Multi-step"
    latex = r"\mu_t = \mu \prod_{k:\, t_k \le t} f_k"
    year = 2015
    source = Source(
        "K. He, X. Zhang, S. Ren, J. Sun, Deep Residual Learning for Image Recognition, 2015",
        "https://arxiv.org/abs/1512.03385",
    )

    milestones: tuple[tuple[int, float], ...] = knob(
        ((250, 0.1), (375, 0.1)), Points(symbol="(t_k, f_k)", help="At which update which factor is multiplied in.")
    )

    def factor(self, t: Updates, steps: int) -> Factors:
        updates, factors = zip(*self.milestones, strict=True)
        return np.cumprod((1.0, *factors))[np.searchsorted(updates, t, side="right")]
