from dataclasses import dataclass

import numpy as np

from schedules.base import Factors, Updates
from schedules.horizon import HorizonSchedule
from schedules.ranges import FLOOR
from spec.catalogue import Source
from spec.knobs import Choice, Flag, Real, knob


@dataclass(frozen=True)
class OneCycle(HorizonSchedule):
    """Rises to its peak once, then falls far below where it started.

        peak at t = rise T - 1, end at t = T - 1; in each part factor = b + (a - b) (1 + cos(pi s)) / 2
        from a to b as its share s goes from 0 to 1, or a + (b - a) s with the linear shape

    In three phases it is back at its first factor at t = 2 (rise T - 1), and falls to the end from there.

    Cycled, the momentum of the rule (beta1, beta or momentum) goes from `most` to `least` and back to `most` in the
    same phases, and stays there in a third one.

    T is `over`, or the length of the run where that is 0; mu is the peak. As
    torch.optim.lr_scheduler.OneCycleLR with div_factor = 1 / start and final_div_factor = start / floor; the
    paper's shape is linear, in three phases. Source: arXiv 1708.07120.
    """

    slug = "one-cycle"
    title = "One cycle"
    latex = (
        r"\mu_t = \begin{cases} \mu\, a\left(f_0, 1, \frac{t}{\rho T - 1}\right) & t \le \rho T - 1 \\"
        r"\mu\, a\left(1, f_{\min}, \frac{t - \rho T + 1}{(1 - \rho) T}\right) & \text{else} \end{cases}, \qquad "
        r"a(p, q, s) = q + (p - q) \tfrac12 (1 + \cos \pi s)"
    )
    year = 2017
    source = Source(
        "L. N. Smith, N. Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning "
        "Rates, 2017",
        "https://arxiv.org/abs/1708.07120",
    )

    rise: float = knob(0.3, Real(symbol=r"\rho", help="Share of the run spent rising.", low=0.01, high=0.99))
    start: float = knob(0.04, Real(symbol="f_0", help="First factor.", low=0.0, high=1.0))
    floor: float = knob(4e-6, FLOOR)
    shape: str = knob(
        "cosine",
        Choice(
            symbol=r"\text{shape}",
            help="Shape of the rise and the fall.",
            options={"cosine": "Cosine", "linear": "Linear"},
        ),
    )

    phases: str = knob(
        "two",
        Choice(
            symbol=r"\text{phases}",
            help="Whether the fall is one, or first as long as the rise and then the rest.",
            options={"two": "Two", "three": "Three"},
        ),
    )

    cycled: bool = knob(
        False,
        Flag(symbol=r"\text{cycled}", help="Whether the momentum falls while the rate rises, and rises as it falls."),
    )
    least: float = knob(
        0.85, Real(symbol=r"\beta_{\min}", help="Momentum at the peak of the rate.", low=0.0, high=0.999)
    )
    most: float = knob(
        0.95, Real(symbol=r"\beta_{\max}", help="Momentum at the beginning and at the end.", low=0.0, high=0.999)
    )

    def factor(self, t: Updates, steps: int) -> Factors:
        if self.phases == "two":
            return self.along(t, steps, (self.start, 1.0, self.floor))
        return self.along(t, steps, (self.start, 1.0, self.start, self.floor))

    @property
    def moves_momentum(self) -> bool:
        return self.cycled

    def momentum(self, t: Updates, steps: int) -> Factors:
        if self.phases == "two":
            return self.along(t, steps, (self.most, self.least, self.most))
        return self.along(t, steps, (self.most, self.least, self.most, self.most))

    def along(self, t: Updates, steps: int, ends: tuple[float, ...]) -> Factors:
        """Return what goes through some values at the ends of the phases."""
        length, values = self.length(steps), np.array(ends)
        peak, last = max(self.rise * length - 1.0, 0.0), length - 1.0
        times = (0.0, peak, last) if len(ends) == 3 else (0.0, peak, min(2.0 * peak, last), last)
        share = np.interp(t, times, np.arange(len(ends)))
        part = np.minimum(share.astype(int), len(ends) - 2)
        left: Factors = 1.0 - (share - part)
        if self.shape == "cosine":
            left = (1.0 - np.cos(np.pi * left)) / 2.0
        made: Factors = values[part + 1] + (values[part] - values[part + 1]) * left
        return made
