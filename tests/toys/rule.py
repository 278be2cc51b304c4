from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import PerAxis, Scalar
from optimizers.ranges import WEIGHT_DECAY
from spec.catalogue import Source
from spec.knobs import Real, knob
from xp.functions import Namespace


class Nothing(NamedTuple):
    """No state."""


@dataclass(frozen=True)
class ToyRule(PerAxis):
    """Takes a share of the gradient three times, and its sign from then on.

        m = share g at t < 3, later share sign(g);  sigma = 1

    No epsilon. As awkward as a rule may be: it decides by t, decays, turns from one unit to the other, and has no
    limit. Source: made for a test.
    """

    slug = "toy-rule"
    title = "Toy rule"
    latex = r"m_t = s\, g_t"
    year = 2026
    source = Source("Made for a test, 2026")
    step_unit = "both"
    unit_changes_at = 3
    decides_by_t = True

    share: float = knob(0.5, Real(symbol="s", help="Share of the toy.", low=0.0, high=1.0))
    weight_decay: float = knob(0.01, WEIGHT_DECAY)

    def init(self, zero: Scalar) -> Nothing:
        return Nothing()

    def update(self, g: Scalar, state: Nothing, t: int, lr: float, xp: Namespace) -> tuple[Scalar, Scalar, Nothing]:
        return self.share * (g if t < 3 else xp.sign(g)), 1.0, state
