from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint
from surfaces.curve import Curve


@dataclass(frozen=True)
class RippledParabola(Curve):
    """A parabola with ripples: small steps stay in the first one, large ones or momentum skip them.

        L = x^2 / 2 + rho lambda^2 (1 - cos(2 pi x / lambda))

    The curvature lies between 1 - 4 pi^2 rho and 1 + 4 pi^2 rho: from rho = 1 / (4 pi^2), about 0.025, on there are
    ripples in which it is negative.

    Source: arXiv 2406.13971, the additive perturbation.
    """

    slug = "rippled-parabola"
    title = "Rippled parabola"
    latex = r"L(x) = \tfrac12 x^2 + \rho\lambda^2\left(1 - \cos\frac{2\pi x}{\lambda}\right)"
    year = 2024
    source = Source(
        "L. Liu, Complex fractal trainability boundary can arise from trivial non-convexity, 2024",
        "https://arxiv.org/abs/2406.13971",
    )
    side = (-4.0, 4.0)
    begin = 3.4
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    roughness: float = knob(
        0.3, Real(symbol=r"\rho", help="Height of the ripples over the square of their length.", low=0.0, high=10.0)
    )
    length: float = knob(1.0, Real(symbol=r"\lambda", help="Length of a ripple.", low=0.05, high=10.0, scale="log"))

    @staticmethod
    def curve(x: sp.Symbol, roughness: sp.Symbol, length: sp.Symbol) -> sp.Expr:
        return x**2 / 2 + roughness * length**2 * (1 - sp.cos(2 * sp.pi * x / length))
