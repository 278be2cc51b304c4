from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Updates
from schedules.horizon import HorizonSchedule
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class WSD(HorizonSchedule):
    """Rises for a moment, stays for most of the run, and falls at the end.

        rise:  factor(t) = (t + 1) / (rise T)                                     up to 1
        fall:  factor(t) = 1 - (1 - floor) (t - (1 - fall) T) / (fall T)          from t = (1 - fall) T to T

    T is `over`, or the length of the run where that is 0. The paper leaves the shape of the fall open.
    Source: arXiv 2404.06395, section 4.
    """

    slug = "wsd"
    title = "Warm-up, stable, decay"
    latex = (
        r"\mu_t = \mu \min\left(\frac{t+1}{\rho T}, 1\right) "
        r"\left(1 - (1 - f_{\min}) \operatorname{clip}\left(\frac{t - (1-\delta) T}{\delta T}, 0, 1\right)\right)"
    )
    year = 2024
    source = Source(
        "S. Hu et al., MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies, "
        "2024",
        "https://arxiv.org/abs/2404.06395",
    )

    rise: float = knob(0.05, Real(symbol=r"\rho", help="Share of the run spent rising.", low=0.0, high=0.5))
    fall: float = knob(0.2, Real(symbol=r"\delta", help="Share of the run spent falling.", low=0.0, high=0.5))
    floor: float = knob(0.0, FLOOR)

    def factor(self, t: Updates, steps: int) -> Factors:
        length = self.length(steps)
        rise = np.minimum((t + 1) / max(self.rise * length, 1.0), 1.0)
        return rise * np.interp(t, ((1.0 - self.fall) * length, length), (1.0, self.floor))
