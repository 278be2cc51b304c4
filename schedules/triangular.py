from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import Integer, Real, knob


@dataclass(frozen=True)
class Triangular(Schedule):
    """Goes up and down in straight lines, again and again.

        cycle = t // (2 half),  x = |t / half - 2 cycle - 1|
        factor(t) = floor + (1 - floor) (1 - x) shrink^cycle

    shrink is the height of a peak over the last: 1 is the paper's "triangular", 0.5 its "triangular2". As
    torch.optim.lr_scheduler.CyclicLR, whose max_lr is mu. Source: arXiv 1506.01186.
    """

    slug = "triangular"
    title = "Triangular cycles"
    latex = (
        r"\mu_t = \mu \left(f_{\min} + (1 - f_{\min}) (1 - x)\, \gamma^c\right), \qquad "
        r"c = \left\lfloor \frac{t}{2h} \right\rfloor, \qquad x = \left|\frac{t}{h} - 2c - 1\right|"
    )
    year = 2015
    source = Source(
        "L. N. Smith, Cyclical Learning Rates for Training Neural Networks, 2015", "https://arxiv.org/abs/1506.01186"
    )

    half: int = knob(50, Integer(symbol="h", help="Updates of one rise.", low=1, high=1_000_000, scale="log"))
    floor: float = knob(0.1, FLOOR)
    shrink: float = knob(1.0, Real(symbol=r"\gamma", help="Height of a peak over the last one.", low=0.0, high=1.0))

    def factor(self, t: Updates, steps: int) -> Factors:
        cycle = t // (2 * self.half)
        x = np.abs(t / self.half - 2 * cycle - 1)
        return self.floor + (1.0 - self.floor) * (1.0 - x) * np.power(self.shrink, cycle, dtype=np.float64)
