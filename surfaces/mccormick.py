from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class McCormick(Surface):
    """A gentle valley along the diagonal, waved by a sine.

        L = sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1

    Source: M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013) 150,
    arXiv 1308.4008.
    """

    slug = "mccormick"
    title = "McCormick"
    latex = r"L(x, y) = \sin(x + y) + (x - y)^2 - 1.5\,x + 2.5\,y + 1"
    year = 2013
    source = Source(
        "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimization problems, 2013",
        "https://arxiv.org/abs/1308.4008",
    )
    window = ((-1.5, 4.0), (-3.0, 4.0))
    start = (0.0, 3.5)
    critical_points = (
        CriticalPoint(-0.547197551196597746, -1.54719755119659775, -1.91322295498103639, "minimum"),
        CriticalPoint(2.594395102393195, 1.594395102393195, 1.22836969860875685, "minimum"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return sp.sin(x + y) + (x - y) ** 2 - sp.Rational("1.5") * x + sp.Rational("2.5") * y + 1
