from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint
from surfaces.curve import Curve


@dataclass(frozen=True)
class Parabola(Curve):
    """One parameter and one curvature: a step that is right for one is wrong for the other.

        L = h x^2 / 2

    Gradient descent multiplies x by 1 - mu h at each update: straight there at mu = 1 / h, to and fro above it, and
    away from mu = 2 / h on.

    Source: Y. LeCun et al., Efficient BackProp, 1998, section 5.
    """

    slug = "parabola"
    title = "Parabola"
    latex = r"L(x) = \tfrac12 h x^2"
    year = 1998
    source = Source(
        "Y. LeCun et al., Efficient BackProp, 1998",
        "https://doi.org/10.1007/978-3-642-35289-8_3",
    )
    side = (-5.0, 5.0)
    begin = 4.0
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    curvature: float = knob(1.0, Real(symbol="h", help="Curvature.", low=0.01, high=100.0, scale="log"))

    @staticmethod
    def curve(x: sp.Symbol, curvature: sp.Symbol) -> sp.Expr:
        return curvature * x**2 / 2
