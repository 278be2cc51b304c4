from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint
from surfaces.curve import Curve


@dataclass(frozen=True)
class Quartic(Curve):
    """Flat in the middle and ever steeper outside: no learning rate is right everywhere.

        L = x^4 / 4

    The curvature 3 x^2 has no bound, so that gradient descent diverges from |x| > sqrt(2 / mu) on, and slows down as
    1 / sqrt(t) near the minimum. Newton's step takes a third of the way each time.

    Source: J. Zhang et al., Why gradient clipping accelerates training, arXiv 1905.11881, whose examples polynomials
    are.
    """

    slug = "quartic"
    title = "Quartic"
    latex = r"L(x) = \tfrac14 x^4"
    year = 2019
    source = Source(
        "J. Zhang et al., Why Gradient Clipping Accelerates Training: A Theoretical Justification for Adaptivity, 2019",
        "https://arxiv.org/abs/1905.11881",
    )
    side = (-3.0, 3.0)
    begin = 2.0
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    @staticmethod
    def curve(x: sp.Symbol) -> sp.Expr:
        return x**4 / 4
