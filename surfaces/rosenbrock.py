"""Rosenbrock's banana: a flat, bent valley floor between steep walls."""

from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Rosenbrock(Surface):
    """A bent valley: L = (1 - x)^2 + 100 (y - x^2)^2.

    Source: H. H. Rosenbrock, The Computer Journal 3 (1960) 175, doi 10.1093/comjnl/3.3.175.
    """

    slug = "rosenbrock"
    title = "Rosenbrock"
    summary = "A flat, bent valley floor between steep walls."
    latex = r"L(x, y) = (1 - x)^2 + 100\,(y - x^2)^2"
    year = 1960
    source = Source(
        "H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
        "https://doi.org/10.1093/comjnl/3.3.175",
    )
    window = ((-2.0, 2.0), (-1.0, 3.0))
    start = (-1.2, 1.0)
    critical_points = (CriticalPoint(1.0, 1.0, 0.0, "minimum"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2
