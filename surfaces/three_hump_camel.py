from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class ThreeHumpCamel(Surface):
    """Three minima in a row: the outer two are traps.

        L = 2 x^2 - 1.05 x^4 + x^6/6 + x y + y^2

    Source: F. H. Branin, IBM Journal of Research and Development 16 (1972) 504, doi 10.1147/rd.165.0504.
    """

    slug = "camel3"
    title = "Three-hump camel"
    latex = r"L(x, y) = 2x^2 - 1.05\,x^4 + \tfrac{1}{6} x^6 + x y + y^2"
    year = 1972
    source = Source(
        "F. H. Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear "
        "equations, 1972",
        "https://doi.org/10.1147/rd.165.0504",
    )
    window = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-2.0, 3.0)
    critical_points = (
        CriticalPoint(0.0, 0.0, 0.0, "minimum"),
        CriticalPoint(1.7475523458302889, -0.873776172915144449, 0.29863844223685982, "minimum"),
        CriticalPoint(-1.7475523458302889, 0.873776172915144449, 0.29863844223685982, "minimum"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return 2 * x**2 - sp.Rational("1.05") * x**4 + x**6 / 6 + x * y + y**2
