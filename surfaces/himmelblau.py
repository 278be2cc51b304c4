from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Himmelblau(Surface):
    """Four minima of equal depth: the start decides which one is found.

        L = (x^2 + y - 11)^2 + (x + y^2 - 7)^2

    Source: D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill (1972).
    """

    slug = "himmelblau"
    title = "Himmelblau"
    latex = r"L(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    year = 1972
    source = Source("D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972")
    window = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-0.5, -1.0)
    critical_points = (
        CriticalPoint(3.0, 2.0, 0.0, "minimum"),
        CriticalPoint(-2.805118086952744853, 3.131312518250572966, 0.0, "minimum"),
        CriticalPoint(-3.779310253377746892, -3.283185991286169412, 0.0, "minimum"),
        CriticalPoint(3.584428340330491745, -1.848126526964403553, 0.0, "minimum"),
        CriticalPoint(-0.270844590667347613, -0.923038556479981463, 181.616521522582704, "maximum"),
        CriticalPoint(0.0866775045553964, 2.88425470117477611, 67.7191500875, "saddle"),
        CriticalPoint(3.38515418360702094, 0.0738518798377492877, 13.3119262704, "saddle"),
        CriticalPoint(-0.127961346730680066, -1.95371498024457643, 178.33723920193, "saddle"),
        CriticalPoint(-3.07302575076438961, -0.0813530442879675, 104.015162917558, "saddle"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
