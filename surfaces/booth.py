from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Booth(Surface):
    """A mild bowl whose axes lie at 45 degrees to the parameters.

        L = (x + 2y - 7)^2 + (2x + y - 5)^2

    The condition number is 9.

    Source: M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013) 150,
    arXiv 1308.4008.
    """

    slug = "booth"
    title = "Booth"
    latex = r"L(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2"
    year = 2013
    source = Source(
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimization problems, 2013",
        "https://arxiv.org/abs/1308.4008",
    )
    window = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-8.0, 6.0)
    critical_points = (CriticalPoint(1.0, 3.0, 0.0, "minimum"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2
