import math
from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface

TIP = sp.Float("1e-200")


@dataclass(frozen=True)
class Ackley(Surface):
    """A dented plain with a sharp funnel in the middle, whose gradient does not fade at the minimum.

        L = -a exp(-b r) - exp((cos c x + cos c y) / 2) + a + e,  r = sqrt((x^2 + y^2) / 2 + 1e-200)

    The tip of the cone has no gradient; 1e-200 under the root, below rounding everywhere else, makes it 0 there.

    Source: D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer (1987),
    doi 10.1007/978-1-4613-1997-9.
    """

    slug = "ackley"
    title = "Ackley"
    latex = r"L(x, y) = -a\,e^{-b\sqrt{(x^2 + y^2)/2}} - e^{(\cos c x + \cos c y)/2} + a + e"
    year = 1987
    source = Source(
        "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987",
        "https://doi.org/10.1007/978-1-4613-1997-9",
    )
    window = ((-5.0, 5.0), (-5.0, 5.0))
    start = (3.6, -2.4)

    a: float = knob(20.0, Real(symbol="a", help="How deep the funnel is.", low=0.0, high=40.0))
    b: float = knob(0.2, Real(symbol="b", help="How narrow the funnel is.", low=0.01, high=1.0, scale="log"))
    c: float = knob(2 * math.pi, Real(symbol="c", help="How close together the dents lie.", low=0.0, high=4 * math.pi))

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        lowest = CriticalPoint(0.0, 0.0, 0.0, "minimum")
        neighbour = CriticalPoint(0.952166545950171668, 0.0, 2.57992755702987, "minimum")
        return (lowest, neighbour) if self.is_canonical else (lowest,)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, a: sp.Symbol, b: sp.Symbol, c: sp.Symbol) -> sp.Expr:
        r = sp.sqrt((x**2 + y**2) / 2 + TIP)
        return -a * sp.exp(-b * r) - sp.exp((sp.cos(c * x) + sp.cos(c * y)) / 2) + a + sp.E
