from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Rosenbrock(Surface):
    """A flat, bent valley floor between steep walls.

        L = (a - x)^2 + b (y - x^2)^2

    The minimum is at (a, a^2).

    Source: H. H. Rosenbrock, The Computer Journal 3 (1960) 175, doi 10.1093/comjnl/3.3.175.
    """

    slug = "rosenbrock"
    title = "Rosenbrock"
    latex = r"L(x, y) = (a - x)^2 + b\,(y - x^2)^2"
    year = 1960
    source = Source(
        "H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
        "https://doi.org/10.1093/comjnl/3.3.175",
    )
    window = ((-2.0, 2.0), (-1.0, 3.0))
    start = (-1.2, 1.0)

    a: float = knob(1.0, Real(symbol="a", help="Where the minimum lies on the valley floor.", low=-1.5, high=1.5))
    b: float = knob(100.0, Real(symbol="b", help="How steep the walls are.", low=1.0, high=1e4, scale="log"))

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        return (CriticalPoint(self.a, self.a * self.a, 0.0, "minimum"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, a: sp.Symbol, b: sp.Symbol) -> sp.Expr:
        return (a - x) ** 2 + b * (y - x**2) ** 2
