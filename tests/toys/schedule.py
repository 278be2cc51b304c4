from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.catalogue import Source
from spec.knobs import Real, knob


@dataclass(frozen=True)
class ToySchedule(Schedule):
    """Takes every other update shorter.

        factor(t) = 1 - depth (t mod 2)

    Source: made for a test.
    """

    slug = "toy-schedule"
    title = "Toy schedule"
    latex = r"\mu_t = \mu (1 - d\,(t \bmod 2))"
    year = 2026
    source = Source("Made for a test, 2026")

    depth: float = knob(0.25, Real(symbol="d", help="Depth of the toy.", low=0.0, high=1.0))

    def factor(self, t: Updates, steps: int) -> Factors:
        return 1.0 - self.depth * (t % 2).astype(np.float64)
