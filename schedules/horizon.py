"""What the schedules that know when they end have in common."""

from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Schedule, Updates
from spec.knobs import Integer, knob


@dataclass(frozen=True)
class HorizonSchedule(Schedule):
    """A schedule that takes `over` updates, or the whole run, and then stays where it is."""

    over: int = knob(
        0, Integer(symbol="T", help="Updates it takes; 0 for the whole run.", low=0, high=1_000_000, scale="log")
    )

    def length(self, steps: int) -> int:
        """Return the number of updates T that it takes in a run of `steps` updates."""
        return self.over or steps

    def progress(self, t: Updates, steps: int) -> Factors:
        """Return t / T, and 1 from update T on."""
        return np.minimum(t / self.length(steps), 1.0)
