from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from spec.knobs import Real, knob
from surfaces.base import CriticalPoint, Surface

CONVEX = 0.05066059182116889
"""1 / (2 pi^2): the roughness above which the bowl is not convex any more."""


@dataclass(frozen=True)
class RoughBowl(Surface):
    """A round bowl with ripples, whose roughness you choose.

        L = x^2 + y^2 + rho lambda^2 (2 - cos(2 pi x / lambda) - cos(2 pi y / lambda))

    rho is the height of the ripples over the square of their length lambda. Along each axis the curvature lies between
    2 - 4 pi^2 rho and 2 + 4 pi^2 rho, so that the bowl is convex up to rho = 1 / (2 pi^2), about 0.0507.

    Source: arXiv 2406.13971, the additive perturbation, here on both axes.
    """

    slug = "rough-bowl"
    title = "Rough bowl"
    latex = (
        r"L(x, y) = x^2 + y^2 + \rho\lambda^2\left(2 - \cos\frac{2\pi x}{\lambda} - \cos\frac{2\pi y}{\lambda}\right)"
    )
    year = 2024
    source = Source(
        "L. Liu, Complex fractal trainability boundary can arise from trivial non-convexity, 2024",
        "https://arxiv.org/abs/2406.13971",
    )
    window = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.6, -1.1)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    roughness: float = knob(
        0.2,
        Real(
            symbol=r"\rho",
            help="Height of the ripples over the square of their length.",
            low=0.0,
            high=10.0,
        ),
    )
    length: float = knob(0.5, Real(symbol=r"\lambda", help="Length of a ripple.", low=0.05, high=10.0, scale="log"))

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol, roughness: sp.Symbol, length: sp.Symbol) -> sp.Expr:
        ripples = 2 - sp.cos(2 * sp.pi * x / length) - sp.cos(2 * sp.pi * y / length)
        return x**2 + y**2 + roughness * length**2 * ripples
