import math
from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalKind, CriticalPoint
from surfaces.curve import Curve


@dataclass(frozen=True)
class DoubleWell(Curve):
    """Two minima with a hill between them, one of them lower where you tilt it: momentum decides which one a run finds.

        L = (x^2 - 1)^2 / 4 + c x

    Source: H. A. Kramers, Brownian motion in a field of force and the diffusion model of chemical reactions, 1940.
    """

    slug = "double-well"
    title = "Double well"
    latex = r"L(x) = \tfrac14 (x^2 - 1)^2 + c\,x"
    year = 1940
    source = Source(
        "H. A. Kramers, Brownian Motion in a Field of Force and the Diffusion Model of Chemical Reactions, 1940",
        "https://doi.org/10.1016/S0031-8914(40)90098-2",
    )
    side = (-2.0, 2.0)
    begin = 1.7

    tilt: float = knob(
        0.1,
        Real(symbol="c", help="Slope of the ground: it decides which minimum is the lower one.", low=-0.3, high=0.3),
    )

    @property
    def critical_points(self) -> tuple[CriticalPoint, ...]:
        """The roots of x^3 - x + c, by Viete's formula: c is so small that there are three."""
        angle = math.acos(-1.5 * math.sqrt(3.0) * self.tilt) / 3.0
        roots = [2.0 / math.sqrt(3.0) * math.cos(angle - 2.0 * math.pi * k / 3.0) for k in range(3)]
        kinds: tuple[CriticalKind, ...] = ("minimum", "maximum", "minimum")
        return tuple(
            CriticalPoint(x, 0.0, (x * x - 1.0) ** 2 / 4.0 + self.tilt * x, kind)
            for x, kind in zip(sorted(roots), kinds, strict=True)
        )

    @staticmethod
    def curve(x: sp.Symbol, tilt: sp.Symbol) -> sp.Expr:
        return (x**2 - 1) ** 2 / 4 + tilt * x
