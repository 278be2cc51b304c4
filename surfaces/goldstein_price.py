from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class GoldsteinPrice(Surface):
    """Losses from 3 to a million in one small window: no single learning rate fits.

        L = (1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2))
          * (30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2))

    Source: A. A. Goldstein and J. F. Price, Mathematics of Computation 25 (1971) 569,
    doi 10.1090/S0025-5718-1971-0312365-X.
    """

    slug = "goldstein"
    title = "Goldstein-Price"
    latex = (
        r"L(x, y) = (1 + (x + y + 1)^2\,(19 - 14x + 3x^2 - 14y + 6xy + 3y^2))"
        r"\cdot (30 + (2x - 3y)^2\,(18 - 32x + 12x^2 + 48y - 36xy + 27y^2))"
    )
    year = 1971
    source = Source(
        "A. A. Goldstein and J. F. Price, On descent from local minima, 1971",
        "https://doi.org/10.1090/S0025-5718-1971-0312365-X",
    )
    window = ((-2.0, 2.0), (-2.0, 2.0))
    start = (-1.5, 0.5)
    critical_points = (
        CriticalPoint(0.0, -1.0, 3.0, "minimum"),
        CriticalPoint(-0.6, -0.4, 30.0, "minimum"),
        CriticalPoint(1.8, 0.2, 84.0, "minimum"),
        CriticalPoint(1.2, 0.8, 840.0, "minimum"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        left = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
        right = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
        return left * right
