from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Matyas(Surface):
    """A shallow valley along the diagonal, where a scale per axis cannot help.

        L = 0.26 (x^2 + y^2) - 0.48 x y

    The condition number is 25.

    Source: M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013) 150,
    arXiv 1308.4008.
    """

    slug = "matyas"
    title = "Matyas"
    latex = r"L(x, y) = 0.26\,(x^2 + y^2) - 0.48\,x y"
    year = 2013
    source = Source(
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimization problems, 2013",
        "https://arxiv.org/abs/1308.4008",
    )
    window = ((-10.0, 10.0), (-10.0, 10.0))
    start = (9.0, 2.0)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return sp.Rational("0.26") * (x**2 + y**2) - sp.Rational("0.48") * x * y
