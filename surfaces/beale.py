from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Beale(Surface):
    """A flat basin between steep corners, with a saddle beside the way to the minimum.

        L = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2

    Source: E. M. L. Beale, On an iterative method for finding a local minimum of a function of more than one
    variable, Technical Report 25, Princeton University (1958).
    """

    slug = "beale"
    title = "Beale"
    latex = r"L(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2"
    year = 1958
    source = Source(
        "E. M. L. Beale, On an iterative method for finding a local minimum of a function of more "
        "than one variable, 1958",
    )
    window = ((-4.5, 4.5), (-4.5, 4.5))
    start = (1.0, 1.5)
    critical_points = (
        CriticalPoint(3.0, 0.5, 0.0, "minimum"),
        CriticalPoint(0.0, 1.0, 14.203125, "saddle"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        first = sp.Rational("1.5") - x + x * y
        second = sp.Rational("2.25") - x + x * y**2
        third = sp.Rational("2.625") - x + x * y**3
        return first**2 + second**2 + third**2
