from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class SixHumpCamel(Surface):
    """Six minima in three pairs, on both sides of a saddle.

        L = (4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2

    Point-symmetric about the saddle.

    Source: L. C. W. Dixon and G. P. Szegö, Towards Global Optimisation 2, North-Holland (1978).
    """

    slug = "camel6"
    title = "Six-hump camel"
    latex = r"L(x, y) = \left(4 - 2.1\,x^2 + \tfrac{1}{3} x^4\right) x^2 + x y + (4 y^2 - 4)\,y^2"
    year = 1978
    source = Source("L. C. W. Dixon and G. P. Szegö, Towards Global Optimisation 2, North-Holland, 1978")
    window = ((-2.0, 2.0), (-1.5, 1.5))
    start = (-1.2, 1.2)
    critical_points = (
        CriticalPoint(0.0898420131003180624, -0.712656403020739633, -1.03162845348987735, "minimum"),
        CriticalPoint(-0.0898420131003180624, 0.712656403020739633, -1.03162845348987735, "minimum"),
        CriticalPoint(1.70360671496998, -0.796083568672625, -0.215463824383718, "minimum"),
        CriticalPoint(-1.70360671496998, 0.796083568672625, -0.215463824383718, "minimum"),
        CriticalPoint(0.0, 0.0, 0.0, "saddle"),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return (4 - sp.Rational("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2
