from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class StyblinskiTang(Surface):
    """Four bowls of three depths, and the deepest is easy to miss.

        L = 1/2 (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y)

    The sum of two double wells.

    Source: M. A. Styblinski and T.-S. Tang, Neural Networks 3 (1990) 467, doi 10.1016/0893-6080(90)90029-K.
    """

    slug = "styblinski"
    title = "Styblinski-Tang"
    latex = r"L(x, y) = \tfrac{1}{2}\,(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)"
    year = 1990
    source = Source(
        "M. A. Styblinski and T.-S. Tang, Experiments in nonconvex optimization: stochastic approximation "
        "with function smoothing and simulated annealing, 1990",
        "https://doi.org/10.1016/0893-6080(90)90029-K",
    )
    window = ((-5.0, 5.0), (-5.0, 5.0))
    start = (0.5, 4.5)
    critical_points = (
        CriticalPoint(-2.9035340277711771, -2.9035340277711771, -78.3323314075428309, "minimum"),
        CriticalPoint(2.74680277099083699, -2.9035340277711771, -64.1956123590553581, "minimum"),
        CriticalPoint(-2.9035340277711771, 2.74680277099083699, -64.1956123590553581, "minimum"),
        CriticalPoint(2.74680277099083699, 2.74680277099083699, -50.0588933105678853, "minimum"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2
