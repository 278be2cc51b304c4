from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Valley(Surface):
    """A quadratic whose condition number and direction you choose.

        L = 1/2 (x'^2 + kappa y'^2)
        x' = x cos(angle) + y sin(angle),  y' = y cos(angle) - x sin(angle)

    Source: S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.3.2.
    """

    slug = "valley"
    title = "Elongated valley"
    latex = (
        r"L(x, y) = \tfrac{1}{2}\,(x'^2 + \kappa\,y'^2),\quad "
        r"x' = x\cos\alpha + y\sin\alpha,\quad y' = y\cos\alpha - x\sin\alpha"
    )
    year = 2004
    source = Source(
        "S. Boyd and L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004, section 9.3.2",
        "https://web.stanford.edu/~boyd/cvxbook/",
    )
    window = ((-6.0, 6.0), (-4.0, 4.0))
    start = (6.0, 3.0)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    kappa: float = knob(
        50.0,
        Real(
            symbol=r"\kappa",
            help="Curvature across the valley over curvature along it.",
            low=1.0,
            high=1e6,
            scale="log",
        ),
    )
    angle: float = knob(
        0.0,
        Real(
            symbol=r"\alpha",
            help="Direction of the valley floor, in degrees from the x axis.",
            low=-90.0,
            high=90.0,
            scale="linear",
        ),
    )

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, kappa: sp.Symbol, angle: sp.Symbol) -> sp.Expr:
        cos, sin = sp.cos(angle * sp.pi / 180), sp.sin(angle * sp.pi / 180)
        return ((x * cos + y * sin) ** 2 + kappa * (y * cos - x * sin) ** 2) / 2
