from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint, Surface


@dataclass(frozen=True)
class Saddle(Surface):
    """The gradient vanishes in the middle, yet there is a way down on two sides.

        L = x^2 - y^2

    Unbounded below along y.

    Source: Y. Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional
    non-convex optimization, NeurIPS 2014, arXiv 1406.2572.
    """

    slug = "saddle"
    title = "Saddle"
    latex = r"L(x, y) = x^2 - y^2"
    year = 2014
    source = Source(
        "Y. Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional non-convex "
        "optimization, 2014",
        "https://arxiv.org/abs/1406.2572",
    )
    window = ((-2.0, 2.0), (-2.0, 2.0))
    start = (-1.5, 0.01)
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "saddle"),)

    @staticmethod
    def loss(x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
        return x**2 - y**2
