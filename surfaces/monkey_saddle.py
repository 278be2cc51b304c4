from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class MonkeySaddle(Surface):
    """A saddle so flat that its curvature vanishes too, with three ways down.

        L = x^3 - 3 x y^2

    Source: D. Hilbert and S. Cohn-Vossen, Anschauliche Geometrie, Springer (1932).
    """

    slug = "monkey"
    title = "Monkey saddle"
    latex = r"L(x, y) = x^3 - 3 x y^2"
    year = 1932
    source = Source("D. Hilbert and S. Cohn-Vossen, Anschauliche Geometrie, Springer, 1932")
    window = ((-1.5, 1.5), (-1.5, 1.5))
    start = (1.2, 0.02)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "saddle"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return x**3 - 3 * x * y**2
