from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Branin(Surface):
    """Three equal minima along a bent valley.

        L = (y - 5.1/(4 pi^2) x^2 + 5/pi x - 6)^2 + 10 (1 - 1/(8 pi)) cos x + 10

    Source: F. H. Branin, IBM Journal of Research and Development 16 (1972) 504, doi 10.1147/rd.165.0504.
    """

    slug = "branin"
    title = "Branin"
    latex = (
        r"L(x, y) = \left(y - \tfrac{5.1}{4\pi^2} x^2 + \tfrac{5}{\pi} x - 6\right)^2"
        r" + 10\left(1 - \tfrac{1}{8\pi}\right)\cos x + 10"
    )
    year = 1972
    source = Source(
        "F. H. Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear "
        "equations, 1972",
        "https://doi.org/10.1147/rd.165.0504",
    )
    window = ((-5.0, 10.0), (0.0, 15.0))
    start = (4.5, 13.0)
    critical_points = (
        CriticalPoint(-3.14159265358979324, 12.275, 0.397887357729738339, "minimum"),
        CriticalPoint(3.14159265358979324, 2.275, 0.397887357729738339, "minimum"),
        CriticalPoint(9.42477796076937972, 2.475, 0.397887357729738339, "minimum"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        valley = y - sp.Rational("5.1") / (4 * sp.pi**2) * x**2 + 5 * x / sp.pi - 6
        return valley**2 + 10 * (1 - 1 / (8 * sp.pi)) * sp.cos(x) + 10
