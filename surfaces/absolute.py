from dataclasses import dataclass

import sympy as sp

from spec.catalogue import Source
from surfaces.base import CriticalPoint
from surfaces.curve import Curve
from surfaces.formula.functions import magnitude


@dataclass(frozen=True)
class Absolute(Curve):
    """A kink: the gradient is as large beside the minimum as far away, so that a constant step never gets there.

        L = |x|

    The gradient at the kink itself is 0.

    Source: N. Z. Shor, Minimization Methods for Non-Differentiable Functions, 1985.
    """

    slug = "absolute"
    title = "Absolute value"
    latex = r"L(x) = |x|"
    year = 1985
    source = Source(
        "N. Z. Shor, Minimization Methods for Non-Differentiable Functions, 1985",
        "https://doi.org/10.1007/978-3-642-82118-9",
    )
    side = (-4.0, 4.0)
    begin = 3.05
    critical_points = (CriticalPoint(0.0, 0.0, 0.0, "minimum"),)

    @staticmethod
    def curve(x: sp.Symbol) -> sp.Expr:
        return magnitude(x)
